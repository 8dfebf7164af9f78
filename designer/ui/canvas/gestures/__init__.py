"""Mouse gestures as objects: each has a start, moves, and a finish or a cancel."""
