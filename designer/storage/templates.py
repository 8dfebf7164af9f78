"""The designs that come with the program, to begin from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.core.design import Design
from designer.core.lean import lean_dataclass
from designer.resources import resource
from designer.storage.project import SUFFIX, load

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@lean_dataclass(frozen=True, slots=True)
class Template:
    """A design to begin from: its name on the command line, its title, and what it is.

    `group` is what it is made for. The counts can be told without reading the design; a test
    holds them against its analysis.
    """

    name: str
    title: str
    description: str
    group: str
    parameters: int
    macs: int

    @property
    def place(self) -> Traversable:
        """The project file."""
        return resource("templates", self.name + SUFFIX)

    def design(self) -> Design:
        """Read the design."""
        return load(self.place)


LESSON = "Letters and digits, 28 × 28"
CIFAR = "CIFAR-10, 32 × 32"
IMAGENET = "ImageNet, 224 × 224"
"""What the templates are made for; Inception v3 looks at 299 × 299."""

TEMPLATES = (
    Template(
        "assignment-4",
        "Assignment 4",
        "Two 5×5 convolutions of depth 16 with stride 2, a hidden layer of 64, ten classes",
        LESSON,
        57_722,
        442_816,
    ),
    Template(
        "assignment-4-pool",
        "Assignment 4 with pooling",
        "The same net with stride 1 and 2×2 max pooling in place of the strides",
        LESSON,
        57_722,
        1_618_816,
    ),
    Template(
        "lenet-5",
        "LeNet-5",
        "LeCun's net for handwritten digits: two convolutions, two poolings, three dense layers",
        LESSON,
        61_706,
        416_520,
    ),
    Template(
        "inception-small",
        "Small inception net",
        "A convolution and two inception modules for 28×28 images, with a mean over each map",
        LESSON,
        72_438,
        6_548_000,
    ),
    Template(
        "network-in-network",
        "Network in Network",
        "Lin's net of 2013: a small dense layer behind every filter, and a mean at the end",
        CIFAR,
        966_986,
        222_486_528,
    ),
    Template(
        "all-cnn-c",
        "All-CNN-C",
        "Springenberg's net of 2014: nothing but convolutions, strides in the place of pools",
        CIFAR,
        1_369_738,
        270_798_336,
    ),
    Template(
        "alexnet",
        "AlexNet",
        "Krizhevsky's net: five convolutions, three dense layers that hold nearly all weights",
        IMAGENET,
        61_100_840,
        714_188_480,
    ),
    Template(
        "vgg-16",
        "VGG-16",
        "Thirteen 3×3 convolutions in five blocks, and three dense layers",
        IMAGENET,
        138_357_544,
        15_470_264_320,
    ),
    Template(
        "googlenet",
        "GoogLeNet",
        "Nine inception modules of four branches each, with batch normalisation",
        IMAGENET,
        6_624_904,
        1_498_376_192,
    ),
    Template(
        "inception-v3",
        "Inception v3",
        "Inception modules with large filters taken apart: 1×7 and 7×1 for 7×7",
        IMAGENET,
        23_834_568,
        5_713_216_096,
    ),
    Template(
        "resnet-18",
        "ResNet-18",
        "Eight residual blocks: two 3×3 convolutions whose result is added to what came in",
        IMAGENET,
        11_689_512,
        1_814_073_344,
    ),
    Template(
        "resnet-50",
        "ResNet-50",
        "Sixteen residual blocks with a bottleneck: 1×1, 3×3, 1×1",
        IMAGENET,
        25_557_032,
        4_089_184_256,
    ),
    Template(
        "squeezenet-1.1",
        "SqueezeNet 1.1",
        "Eight fire modules that squeeze by a 1×1 before they expand: AlexNet at 1/50 of its size",
        IMAGENET,
        1_235_496,
        349_151_936,
    ),
    Template(
        "mobilenet-v2",
        "MobileNet v2",
        "Inverted residuals: widen, filter each map by itself, make narrow again",
        IMAGENET,
        3_504_872,
        300_774_272,
    ),
    Template(
        "densenet-121",
        "DenseNet-121",
        "Four dense blocks in which every layer reads the maps of all layers before it",
        IMAGENET,
        7_978_856,
        2_834_161_664,
    ),
    Template(
        "efficientnet-b0",
        "EfficientNet-B0",
        "Inverted residuals that squeeze and excite, in proportions found by search",
        IMAGENET,
        5_288_548,
        385_814_752,
    ),
    Template(
        "shufflenet-v2",
        "ShuffleNet v2 ×1.0",
        "Half the maps pass, half are filtered, then all are shuffled: made for phones",
        IMAGENET,
        2_278_604,
        144_907_992,
    ),
)
"""Every template, in groups, the simplest first."""


def template(name: str) -> Template:
    """Find a template by its name; raises KeyError where there is none."""
    return {template.name: template for template in TEMPLATES}[name]
