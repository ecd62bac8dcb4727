"""Reading: documents in, one graph with evidence out."""
