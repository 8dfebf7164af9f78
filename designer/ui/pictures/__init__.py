"""Pictures of a design: what is wanted of one, the window that asks, the clipboard."""
