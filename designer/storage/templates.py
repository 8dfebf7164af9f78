"""The designs that come with the program, to begin from."""

from __future__ import annotations

from dataclasses import dataclass

from designer.core.design import Design
from designer.resources import resource
from designer.storage.project import SUFFIX, load


@dataclass(frozen=True, slots=True)
class Template:
    """A design to begin from: its name on the command line, its title, and what it is."""

    name: str
    title: str
    description: str

    def design(self) -> Design:
        """Read the design."""
        return load(resource("templates", self.name + SUFFIX))


TEMPLATES = (
    Template(
        "assignment-4",
        "Assignment 4",
        "Two 5×5 convolutions of depth 16 with stride 2, a hidden layer of 64, ten classes",
    ),
    Template(
        "assignment-4-pool",
        "Assignment 4 with pooling",
        "The same net with stride 1 and 2×2 max pooling in place of the strides",
    ),
    Template(
        "lenet-5",
        "LeNet-5",
        "LeCun's net for handwritten digits: two convolutions, two poolings, three dense layers",
    ),
    Template(
        "inception-small",
        "Small inception net",
        "A convolution and two inception modules for 28×28 images, with a mean over each map",
    ),
)
"""Every template, the simplest first."""


def template(name: str) -> Template:
    """Find a template by its name; raises KeyError where there is none."""
    return {template.name: template for template in TEMPLATES}[name]
