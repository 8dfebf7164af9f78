"""How the nets were trained: torchvision's recipes, their rates brought to batches of 64."""

from __future__ import annotations

from dataclasses import replace

from designer.core.training import TrainingSettings

RESIDUAL = TrainingSettings(
    optimizer="SGD",
    learning_rate=0.025,
    weight_decay=1e-4,
    schedule="step",
    epochs=90,
    batch_size=64,
)
"""For nets with normalisation: SGD from 0.1 at batches of 256."""

PLAIN = replace(RESIDUAL, learning_rate=0.0025, initialization="he")
"""For nets without it, which diverge at such a rate: a tenth, and larger weights at the start."""

MOBILE = replace(RESIDUAL, learning_rate=0.01, weight_decay=4e-5, schedule="cosine", epochs=300)
"""For small nets of depthwise convolutions."""

LONG = TrainingSettings(
    optimizer="AdamW",
    learning_rate=0.001,
    weight_decay=0.05,
    schedule="cosine",
    epochs=300,
    batch_size=64,
)
"""For ConvNeXt, after its paper."""

CIFAR = TrainingSettings(
    optimizer="SGD",
    learning_rate=0.01,
    weight_decay=1e-3,
    schedule="step",
    epochs=350,
    batch_size=128,
    initialization="he",
)
"""For All-CNN-C and Network in Network on CIFAR-10, after the former's paper."""
