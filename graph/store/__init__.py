"""Where the graph is kept: one contract, two engines, one Cypher dialect."""
