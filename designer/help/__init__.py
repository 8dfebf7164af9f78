"""The help: what a page says about a layer, a notion or a fault, as values that anybody draws."""

from designer.help.page import Page

__all__ = ["Page"]
