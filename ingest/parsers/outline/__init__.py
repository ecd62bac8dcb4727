"""From a tree of blocks to topics, phases and requirements; all families whose documents are prose share it."""
