"""The window: widgets that show a session and send it edits."""
