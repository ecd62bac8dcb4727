"""Pages saved from the web."""
