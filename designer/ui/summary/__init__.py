"""The summary panel: one row a node, to sort and to copy."""
