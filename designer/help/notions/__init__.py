"""Pages about notions: what shapes, costs and settings mean, with numbers worked out."""
