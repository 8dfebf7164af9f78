"""Where keys are changed, and written to a file."""
