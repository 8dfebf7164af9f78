"""The help window: pages drawn in the theme, with diagrams that answer the keyboard."""
