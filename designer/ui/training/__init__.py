"""Training in the window: the live panel, the list of runs, the data."""
