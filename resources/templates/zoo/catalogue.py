"""Every net that the builders make: torchvision's classifiers by its names, and two more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from designer.core.design import Design
from resources.templates.zoo.alexnet import alexnet
from resources.templates.zoo.cifar import all_cnn_c, network_in_network
from resources.templates.zoo.convnext import convnext
from resources.templates.zoo.densenet import densenet
from resources.templates.zoo.efficientnet import V2_L, V2_M, V2_S, efficientnet_b, efficientnet_v2
from resources.templates.zoo.googlenet import googlenet
from resources.templates.zoo.inception import inception_v3
from resources.templates.zoo.mnasnet import mnasnet
from resources.templates.zoo.mobilenet import LARGE, SMALL, mobilenet_v2, mobilenet_v3
from resources.templates.zoo.regnet import regnet
from resources.templates.zoo.resnet import resnet
from resources.templates.zoo.shufflenet import shufflenet_v2
from resources.templates.zoo.squeezenet import squeezenet
from resources.templates.zoo.vgg import vgg

Builder = Callable[[], Design]

_SMALL, _MIDDLE, _LARGE, _LARGEST = (3, 4, 6, 3), (3, 4, 23, 3), (3, 8, 36, 3), (3, 3, 27, 3)
"""How many blocks the stages of residual nets and of ConvNeXt have."""

_EFFICIENT = (
    (1.0, 1.0, 224, 0.2),
    (1.0, 1.1, 240, 0.2),
    (1.1, 1.2, 288, 0.3),
    (1.2, 1.4, 300, 0.3),
    (1.4, 1.8, 380, 0.4),
    (1.6, 2.2, 456, 0.4),
    (1.8, 2.6, 528, 0.5),
    (2.0, 3.1, 600, 0.5),
)
"""Width, depth, image and dropout of EfficientNet-B0 to B7."""

_REGNETS = {
    "y_400mf": (16, 48, 27.89, 2.09, 8),
    "y_800mf": (14, 56, 38.84, 2.4, 16),
    "y_1_6gf": (27, 48, 20.71, 2.65, 24),
    "y_3_2gf": (21, 80, 42.63, 2.66, 24),
    "y_8gf": (17, 192, 76.82, 2.19, 56),
    "y_16gf": (18, 200, 106.23, 2.48, 112),
    "y_32gf": (20, 232, 115.89, 2.53, 232),
    "y_128gf": (27, 456, 160.83, 2.52, 264),
    "x_400mf": (22, 24, 24.48, 2.54, 16),
    "x_800mf": (16, 56, 35.73, 2.28, 16),
    "x_1_6gf": (18, 80, 34.01, 2.25, 24),
    "x_3_2gf": (25, 88, 26.31, 2.25, 48),
    "x_8gf": (23, 80, 49.56, 2.88, 120),
    "x_16gf": (22, 216, 55.59, 2.1, 128),
    "x_32gf": (23, 320, 69.86, 2.0, 168),
}
"""Depth, w_0, w_a, w_m and the width of a group."""


def _regnet(kind: str) -> Design:
    name = f"RegNet {kind.replace('_', ' ', 1).replace('_', '.')}"
    return regnet(name, *_REGNETS[kind], squeezes=kind.startswith("y"))


TORCHVISION: Mapping[str, Builder] = {
    "alexnet": alexnet,
    **{f"vgg{n}": partial(vgg, n) for n in (11, 13, 16, 19)},
    **{f"vgg{n}_bn": partial(vgg, n, batch_norm=True) for n in (11, 13, 16, 19)},
    "googlenet": googlenet,
    "inception_v3": inception_v3,
    "resnet18": partial(resnet, "ResNet-18", (2, 2, 2, 2)),
    "resnet34": partial(resnet, "ResNet-34", _SMALL),
    "resnet50": partial(resnet, "ResNet-50", _SMALL, True),
    "resnet101": partial(resnet, "ResNet-101", _MIDDLE, True),
    "resnet152": partial(resnet, "ResNet-152", _LARGE, True),
    "resnext50_32x4d": partial(resnet, "ResNeXt-50 32×4d", _SMALL, True, 32, 4),
    "resnext101_32x8d": partial(resnet, "ResNeXt-101 32×8d", _MIDDLE, True, 32, 8),
    "resnext101_64x4d": partial(resnet, "ResNeXt-101 64×4d", _MIDDLE, True, 64, 4),
    "wide_resnet50_2": partial(resnet, "Wide ResNet-50-2", _SMALL, True, 1, 128),
    "wide_resnet101_2": partial(resnet, "Wide ResNet-101-2", _MIDDLE, True, 1, 128),
    "squeezenet1_0": partial(squeezenet, "1.0"),
    "squeezenet1_1": partial(squeezenet, "1.1"),
    "densenet121": partial(densenet, "DenseNet-121", 32, (6, 12, 24, 16), 64),
    "densenet161": partial(densenet, "DenseNet-161", 48, (6, 12, 36, 24), 96),
    "densenet169": partial(densenet, "DenseNet-169", 32, (6, 12, 32, 32), 64),
    "densenet201": partial(densenet, "DenseNet-201", 32, (6, 12, 48, 32), 64),
    "mobilenet_v2": mobilenet_v2,
    "mobilenet_v3_large": partial(mobilenet_v3, "MobileNet v3 large", LARGE, 1280),
    "mobilenet_v3_small": partial(mobilenet_v3, "MobileNet v3 small", SMALL, 1024),
    "mnasnet0_5": partial(mnasnet, 0.5),
    "mnasnet0_75": partial(mnasnet, 0.75),
    "mnasnet1_0": partial(mnasnet, 1.0),
    "mnasnet1_3": partial(mnasnet, 1.3),
    "shufflenet_v2_x0_5": partial(shufflenet_v2, "0.5", (48, 96, 192), 1024),
    "shufflenet_v2_x1_0": partial(shufflenet_v2, "1.0", (116, 232, 464), 1024),
    "shufflenet_v2_x1_5": partial(shufflenet_v2, "1.5", (176, 352, 704), 1024),
    "shufflenet_v2_x2_0": partial(shufflenet_v2, "2.0", (244, 488, 976), 2048),
    **{
        f"efficientnet_b{number}": partial(efficientnet_b, number, *form)
        for number, form in enumerate(_EFFICIENT)
    },
    "efficientnet_v2_s": partial(efficientnet_v2, "S", V2_S, 384, 0.2),
    "efficientnet_v2_m": partial(efficientnet_v2, "M", V2_M, 480, 0.3),
    "efficientnet_v2_l": partial(efficientnet_v2, "L", V2_L, 480, 0.4),
    **{f"regnet_{kind}": partial(_regnet, kind) for kind in _REGNETS},
    "convnext_tiny": partial(convnext, "ConvNeXt tiny", (96, 192, 384, 768), (3, 3, 9, 3), 0.1),
    "convnext_small": partial(convnext, "ConvNeXt small", (96, 192, 384, 768), _LARGEST, 0.4),
    "convnext_base": partial(convnext, "ConvNeXt base", (128, 256, 512, 1024), _LARGEST, 0.5),
    "convnext_large": partial(convnext, "ConvNeXt large", (192, 384, 768, 1536), _LARGEST, 0.5),
}
"""torchvision's classifiers that our layers can express, by torchvision's names."""

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "AlexNet": ("alexnet",),
    "VGG, with and without batch normalisation": ("vgg",),
    "GoogLeNet and Inception v3": ("googlenet", "inception"),
    "ResNet, ResNeXt and wide ResNet": ("resnet", "resnext", "wide_resnet"),
    "SqueezeNet": ("squeezenet",),
    "DenseNet": ("densenet",),
    "MobileNet v2 and v3": ("mobilenet",),
    "MNASNet": ("mnasnet",),
    "ShuffleNet v2": ("shufflenet",),
    "EfficientNet and EfficientNet v2": ("efficientnet",),
    "RegNet X and Y": ("regnet",),
    "ConvNeXt": ("convnext",),
}
"""How the names of each family begin."""

NOT_EXPRESSIBLE: Mapping[str, str] = {
    "vit": "attention between patches: products of two computed matrices, with learned positions",
    "swin": "attention within windows: maps that are rolled, cut into windows and put together",
    "maxvit": "attention within blocks and over grids: maps that are cut up and put together",
}
"""Families that they cannot express, by the beginning of torchvision's names, and why."""

TEMPLATES: Mapping[str, Builder] = {
    "network-in-network": network_in_network,
    "all-cnn-c": all_cnn_c,
    "alexnet": TORCHVISION["alexnet"],
    "vgg-16": TORCHVISION["vgg16"],
    "googlenet": TORCHVISION["googlenet"],
    "inception-v3": TORCHVISION["inception_v3"],
    "resnet-18": TORCHVISION["resnet18"],
    "resnet-50": TORCHVISION["resnet50"],
    "squeezenet-1.1": TORCHVISION["squeezenet1_1"],
    "mobilenet-v2": TORCHVISION["mobilenet_v2"],
    "densenet-121": TORCHVISION["densenet121"],
    "efficientnet-b0": TORCHVISION["efficientnet_b0"],
    "shufflenet-v2": TORCHVISION["shufflenet_v2_x1_0"],
}
"""The nets that become templates, under the names of their files."""
