"""Commands: what menus, keys and the command palette can do, room by room."""
