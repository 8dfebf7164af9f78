"""The engine: the only package that knows torch; it runs in processes of its own."""
