"""The desk: the canvas in the middle, and the panels around it that can be moved."""
