"""Editing on the canvas: what gestures and keys do to the design."""
