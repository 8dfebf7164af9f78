"""The app without widgets: session, selection, settings, actions, and the engine's processes."""
