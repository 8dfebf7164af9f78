"""Builders of published nets, one file a family: designs made of our layers.

They follow torchvision to the letter, without auxiliary heads, so that its weights fit: the id
of a node is torchvision's name of the module with `_` for every dot. `make_templates.py` writes
some of them as templates; the tests hold all of them against torchvision's own.
"""
