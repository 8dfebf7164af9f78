"""Rules against the data set: sizes and classes must be those of the net."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core import ends
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import Append, InsertBefore, InsertLayer, SetParam, SetSharedParam, Several
from designer.core.graph import Node
from designer.core.rule import DesignRule, Scene
from designer.core.shape import Shape
from designer.layers.flatten import Flatten
from designer.layers.linear import Linear
from designer.layers.upsample import Upsample

FAULTS = {
    "image-differs": "The Input takes images of another size than the data set has.",
    "classes-differ": "The net gives more or fewer scores than the data set has classes.",
    "not-class-scores": "The net gives maps where training needs one score for each class.",
    "several-images": "The net takes several images at once, and training feeds one.",
    "first-output-only": "The net has several outputs, and training looks at the first one only.",
}
"""What the codes of this file mean; the manual's page is made of it."""

PREVENT_TRAINING = frozenset(
    {
        "image-differs",
        "classes-differ",
        "not-class-scores",
        "several-images",
        "norm-needs-a-batch",
        "nothing-to-train",
    }
)
"""What a design may have and a run may not."""


def image_is_the_datas(scene: Scene) -> Iterable[Diagnostic]:
    """The Input takes images of the data set's size."""
    images = ends.images(scene.design.graph)
    if scene.data is None or not images:
        return
    node = images[0]
    given, wanted = scene.facts[node.id].output, scene.data.shape
    if given is None or given == wanted:
        return
    yield Diagnostic(
        "warning",
        "image-differs",
        f"{node.name} takes {given}, but the images of {scene.data.name} are {wanted}: "
        "training needs them equal",
        node.id,
        fixes=_take_the_datas(scene, node, wanted, given),
    )


def _take_the_datas(scene: Scene, node: Node, wanted: Shape, given: Shape) -> tuple[Fix, ...]:
    """Take the data's images; as a second way, resize them to what the net was made for."""
    names = ("channels", "height", "width")
    steps = tuple(SetParam(node.id, n, v) for n, v in zip(names, wanted, strict=True))
    label = f"set {node.name} to {wanted}"
    fixes = [Fix(label[0].upper() + label[1:], Several(label, steps))]
    edges = scene.design.graph.outgoing.get(node.id, ())
    if len(edges) == 1 and wanted[0] == given[0]:
        size = given.height, given.width
        resize = InsertLayer(edges[0], Upsample(size=size, mode="bilinear"))
        label = f"{label} and resize it to {size[0]} × {size[1]} by an Upsample"
        fixes.append(Fix(label[0].upper() + label[1:], Several(label, (*steps, resize))))
    return tuple(fixes)


def output_is_the_classes(scene: Scene) -> Iterable[Diagnostic]:
    """The first output gives one score for each class of the data set."""
    results = ends.outputs(scene.design.graph)
    if scene.data is None or not results or results[0].layer.role == "image":
        return
    node, wanted = results[0], Shape((len(scene.data.classes),))
    given = scene.facts[node.id].output
    if given is None or given == wanted:
        return
    if len(given) != 1:
        yield Diagnostic(
            "warning",
            "not-class-scores",
            f"{node.name} gives {given}, but training needs one score for each of the "
            f"{wanted} classes of {scene.data.name}: end with a Flatten and a Linear",
            node.id,
            fixes=(_end_with_scores(node, wanted[0]),),
        )
        return
    yield Diagnostic(
        "warning",
        "classes-differ",
        f"{node.name} gives {given} scores, but {scene.data.name} has {wanted} classes: "
        "training needs one score for each",
        node.id,
        fixes=_set_classes(scene, node, wanted[0]),
    )


def _end_with_scores(node: Node, count: int) -> Fix:
    """A Flatten and a Linear behind the last layer, before the mark where there is one."""
    layers = (Flatten(), Linear(out_features=count))
    if node.layer.role != "output":
        return Fix(f"Add a Flatten and a Linear to {count}", Append(node.id, layers))
    steps = tuple(InsertBefore(node.id, 0, layer) for layer in layers)
    label = f"insert a Flatten and a Linear to {count}"
    return Fix(label[0].upper() + label[1:], Several(label, steps))


def _set_classes(scene: Scene, node: Node, count: int) -> tuple[Fix, ...]:
    """Set the size of the last layer that has one, walking back over those that keep the depth.

    That is a Linear, or in a net without one a convolution whose maps are averaged.
    """
    depth = scene.facts[node.id].output
    for _ in range(len(scene.design.nodes)):
        names = {p.name for p in node.layer.parameters()} & {"out_features", "out_channels"}
        for name in names:
            label = f"Set {name} of {node.name} to {count}"
            return (Fix(label, SetSharedParam(node.id, name, count)),)
        feeding = scene.feeding(node.id)
        if len(feeding) != 1:
            break
        node = scene.design.nodes[feeding[0].source]
        given = scene.facts[node.id].output
        if depth is None or given is None or given[0] != depth[0]:
            break
    return ()


def training_feeds_one_image(scene: Scene) -> Iterable[Diagnostic]:
    """A run has one image for each class: a net that takes two at once can only be exported."""
    images = ends.images(scene.design.graph)
    if scene.data is not None and len(images) > 1:
        names = ", ".join(node.name for node in images[:8])
        yield Diagnostic(
            "hint",
            "several-images",
            f"training feeds one Input, and this net takes {len(images)} images at once "
            f"({names}): it can be exported, but not trained here",
            images[1].id,
        )


def training_looks_at_the_first_output(scene: Scene) -> Iterable[Diagnostic]:
    """The loss compares one output with the classes; the others are computed all the same."""
    marks = scene.design.graph.with_role("output")
    if scene.data is not None and len(marks) > 1:
        first, second, *_ = marks
        yield Diagnostic(
            "hint",
            "first-output-only",
            f"training compares {first.name}, the first Output, with the classes of "
            f"{scene.data.name}; {second.name} is computed, but has no part in the loss",
            second.id,
        )


RULES = (
    DesignRule(image_is_the_datas),
    DesignRule(output_is_the_classes),
    DesignRule(training_feeds_one_image),
    DesignRule(training_looks_at_the_first_output),
)
