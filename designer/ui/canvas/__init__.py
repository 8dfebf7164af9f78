"""The canvas: one widget that paints the design from arrays and turns gestures into edits."""
