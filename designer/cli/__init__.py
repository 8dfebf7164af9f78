"""The command line: `convnet-designer`, a door for people and for other programs."""

from designer.cli.door import main

__all__ = ["main"]
