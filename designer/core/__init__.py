"""The design as an immutable value, the edits that change it, and the walk that reads it."""
