"""The outline: the net in order, as a tree."""
