"""The messages between the window and its engine processes: frozen values, one JSON line each."""
