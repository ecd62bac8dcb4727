"""Mermaid drawings."""
