"""The map: positions by Graphviz, nodes and edges by pyvis, drawn by our own component."""
