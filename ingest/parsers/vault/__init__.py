"""Folders of notes."""
