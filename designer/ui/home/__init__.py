"""The start page: what was worked on lately, and the templates, each with a small picture."""
