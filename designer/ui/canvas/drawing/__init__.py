"""The drawing: the scene painted, for the screen, the minimap and pictures alike."""
