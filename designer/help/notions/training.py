"""The pages about the settings of a run and about its data."""

from __future__ import annotations

from designer.core.data import DataSettings
from designer.core.parameter import parameters_of
from designer.core.training import TrainingSettings
from designer.help.layers import parameter_table
from designer.help.notions.notion import notion
from designer.help.page import Heading, Page, Points, Words


def training() -> Page:
    """What each setting of a run does."""
    return notion(
        "training",
        "Training settings",
        "What decides a run besides the net and its data. They are part of the design: undo, "
        "saving and the exported script cover them.",
        parameter_table(parameters_of(TrainingSettings)),
        Heading("Where to begin"),
        Points(
            (
                "Adam with 0.001 and batches of 64. It forgives most things.",
                "SGD with momentum 0.9 wants a rate 10 to 100 times as large, a schedule and "
                "patience; for image nets it often ends a little better.",
                "AdamW is Adam with the weight decay beside the gradient and not inside it: take "
                "it wherever you decay with Adam.",
            )
        ),
        Heading("When it does not learn"),
        Points(
            (
                "The loss is not a number, or jumps: divide the learning rate by 10.",
                "The loss stays where it began (ln of the number of classes, 2.303 for ten): look "
                "for a `Softmax` before the loss, a `ReLU` behind the last layer, labels that are "
                "shuffled, or a rate that is far too small.",
                "Training goes well and validation does not: `Dropout`, weight decay, fewer "
                "weights or more images.",
                "The rate should fall towards the end: cosine falls smoothly to 0, step divides "
                "by 10 at half and at three quarters of the steps.",
            )
        ),
        Heading("Batch size"),
        Words(
            "A larger batch gives steadier steps, and fewer of them an epoch; with twice the batch "
            "try a rate up to twice as large. It takes [memory](topic/costs) in proportion. "
            "`BatchNorm2d` wants at least about 8 images."
        ),
        Heading("The same run again"),
        Words(
            "Same seed, same resolved settings and same machine give the same losses, in the app "
            "and in the exported script. What `auto` picked is written into the run."
        ),
    )


def data() -> Page:
    """What a net is trained on."""
    return notion(
        "data",
        "Data",
        "The images that a net learns from, and those that it is judged by.",
        parameter_table(parameters_of(DataSettings)),
        Points(
            (
                "Training images are learned from. Validation images choose between settings and "
                "weights. Test images are looked at in the end, for the figure that one reports.",
                "The `Input` must have the images' shape, and the last `Linear` as many outputs "
                "as there are classes; the problems list says where that is not so.",
                "Pixels arrive as numbers from 0 to 1. A `Normalize` in the net centres them.",
            )
        ),
    )
