"""Markdown documents: their tokens and their tree of blocks."""
