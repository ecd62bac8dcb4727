"""One parser per family of documents."""
