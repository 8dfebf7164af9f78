"""The scene: what is on the canvas and where, as arrays; nothing here paints."""
