"""Importing in the window: the question for a source, and the net that arrives."""
