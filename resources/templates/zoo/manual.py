"""The manual's page of templates, written from what the builders and the program know."""

from __future__ import annotations

from itertools import groupby

from designer.storage.templates import TEMPLATES, Template
from resources.templates.zoo.catalogue import FAMILIES, NOT_EXPRESSIBLE, TORCHVISION
from resources.templates.zoo.catalogue import TEMPLATES as BUILDERS

HEAD = """\
# Templates

Written by `python resources/templates/make_templates.py`; do not edit. `convnet-designer
templates` lists them, `convnet-designer new TEMPLATE -o FILE` writes a project from one,
and *File → New from template* opens one in the window.
"""

LETTER = """\
## To the letter

Network in Network and All-CNN-C follow their papers,
[arXiv:1312.4400](https://arxiv.org/abs/1312.4400) and
[arXiv:1412.6806](https://arxiv.org/abs/1412.6806). The nets for ImageNet follow
torchvision, without auxiliary heads: the tests hold every layer's weights, the
multiply–accumulates and, with the weights copied over, the output numbers against
torchvision's own. The id of a node is torchvision's name of the module with `_` for every
dot (`layer1.0.conv1` is `layer1_0_conv1`), so that weights find their places.

- GoogLeNet is torchvision's: it normalises after every convolution (eps 0.001), its pools
  round up, and the third branch of each module is 3 × 3 where the paper has 5 × 5 (a note
  on the node says so). With 5 × 5 it would have 7,005,832 parameters. Our `Inception`
  layer keeps the paper's 5 × 5.
- `transform_input` of GoogLeNet and Inception v3 only brings images into the range that
  torchvision's trained weights were made for; it is left out.
- DenseNet stacks its maps in a chain of Concats, each of which adds what came last: the
  same maps in the same order as a Concat of everything, with few wires.
- A `StochasticDepth` of 0 does nothing and is left out.

No data set that the program knows has the images and the thousand classes of ImageNet.
These templates name CIFAR-10, and a warning says what does not fit, each with its fix:
set the size of the image, and the number of classes. AlexNet and Inception v3 need at
least 63 × 63 and 75 × 75; give them images of your own. Rates are torchvision's, brought
to batches of 64.
"""

OTHERS = """\
## torchvision's classifiers

Every family below is built from our layers by `resources/templates/zoo`, one file each,
and proved as above: one of each family, and those that are templates, with every change;
all of them every night.
"""

OUT_OF_REACH = """\
These cannot be expressed, since no layer of ours multiplies what two others have computed
as matrices, or moves maps about:
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for group, templates in groupby(TEMPLATES, lambda template: template.group):
        parts += [f"## {group}\n", _table(list(templates))]
    parts += [LETTER, OTHERS, _families(), OUT_OF_REACH, _reasons()]
    return "\n".join(parts)


def _table(templates: list[Template]) -> str:
    lines = ["| template | | parameters | MACs |", "| --- | --- | ---: | ---: |"]
    for template in templates:
        source = ""
        if template.name in BUILDERS:
            source = _paper(template.name)
        name = f"`{template.name}`{source}"
        lines.append(
            f"| {name} | {template.description} | {template.parameters:,} | {template.macs:,} |"
        )
    return "\n".join([*lines, ""])


def _paper(name: str) -> str:
    """torchvision's name, where it differs and so has to be told."""
    found = [theirs for theirs, build in TORCHVISION.items() if build is BUILDERS[name]]
    return f" ({found[0]})" if found and found[0] != name else ""


def _families() -> str:
    lines = ["| family | names in torchvision |", "| --- | --- |"]
    for family, start in FAMILIES.items():
        names = [f"`{name}`" for name in TORCHVISION if name.startswith(start)]
        lines.append(f"| {family} | {', '.join(names)} |")
    return "\n".join([*lines, ""])


def _reasons() -> str:
    return "\n".join([*(f"- `{name}_…`: {why}." for name, why in NOT_EXPRESSIBLE.items()), ""])
