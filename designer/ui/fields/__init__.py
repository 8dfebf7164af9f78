"""Fields and forms that are derived from parameters."""
