"""Project files for the storage tests: a whole one, and ways to damage it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

WHOLE: dict[str, Any] = {
    "format": "convnet-design",
    "version": 1,
    "name": "Größe „1“",
    "nodes": [
        {
            "id": "image",
            "layer": "Input",
            "params": {"channels": 3, "height": 28, "width": 28},
            "position": [0, 0],
        },
        {
            "id": "conv1",
            "layer": "Conv2d",
            "params": {"out_channels": 8, "kernel_size": [3, 5], "stride": 1, "padding": "same"},
            "position": [192.5, -80],
            "label": "first",
            "note": "line 1\nline 2",
            "frozen": True,
        },
        {"id": "relu1", "layer": "ReLU", "bypassed": True},
        {
            "id": "conv2",
            "layer": "Conv2d",
            "params": {"out_channels": 8, "kernel_size": [3, 5], "stride": 1, "padding": "same"},
            "weights_of": "conv1",
        },
        {"id": "add", "layer": "Add"},
        {"id": "flatten", "layer": "Flatten"},
        {"id": "fc", "layer": "Linear", "params": {"out_features": 10, "bias": False}},
    ],
    "edges": [
        {"from": "image", "to": "conv1"},
        {"from": "conv1", "to": "relu1", "via": [[100, 20], [120.25, 40]]},
        {"from": "conv1", "to": "add", "port": 1},
        {"from": "relu1", "to": "add", "port": 0},
        {"from": "image", "to": "conv2"},
        {"from": "conv2", "to": "add", "port": 2},
        {"from": "add", "to": "flatten"},
        {"from": "flatten", "to": "fc"},
    ],
    "frames": [
        {
            "title": "Body",
            "position": [0, 0],
            "size": [400, 200],
            "text": "a comment",
            "nodes": ["conv1", "relu1"],
        }
    ],
    "data": {"source": "mnist-5k", "validation": 0.2},
    "training": {"optimizer": "SGD", "learning_rate": 0.05, "epochs": 3, "threads": 2},
}

HOSTILE: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**9,
    2**63,
    10**400,
    1.5,
    -0.0,
    1e308,
    "",
    "x" * 5000,
    "\u202egpj.exe\u0007\u0000",
    "../../../etc/passwd",
    "__import__('os').system('touch /tmp/owned')",
    '"""\nimport os\n',
    "{node.__class__}",
    [],
    [[]],
    {},
    {"a": {"b": [1]}},
    [None] * 50,
)


def mutations(count: int, seed: int) -> Iterator[str]:
    """Damaged texts of WHOLE: wrong values, keys and lengths anywhere in it, and broken bytes."""
    random = Random(seed)
    for i in range(count):
        document = copy.deepcopy(WHOLE)
        for _ in range(random.choice((1, 1, 2, 4))):
            change(document, random)
        text = json.dumps(document, ensure_ascii=bool(i % 2))
        yield damaged(text, random) if i % 5 == 0 else text


def change(document: Any, random: Random) -> None:
    """Change one thing, anywhere."""
    containers = list(inside(document))
    place = random.choice(containers)
    if isinstance(place, dict):
        key = random.choice([*place, "unknown"])
        kind = random.randrange(4)
        if kind == 0:
            place.pop(key, None)
        elif kind == 1:
            place[random.choice(("id", "port", "__class__", "in_channels", "via"))] = hostile(
                random
            )
        else:
            place[key] = hostile(random)
    elif place and random.random() < 0.3:
        place.pop(random.randrange(len(place)))
    elif place and random.random() < 0.5:
        place.append(copy.deepcopy(random.choice(place)))
    elif place:
        place[random.randrange(len(place))] = hostile(random)


def hostile(random: Random) -> Any:
    return copy.deepcopy(random.choice(HOSTILE))


def inside(value: Any) -> Iterator[Any]:
    if isinstance(value, (dict, list)):
        yield value
        for member in value.values() if isinstance(value, dict) else value:
            yield from inside(member)


def damaged(text: str, random: Random) -> str:
    """Cut, double, or swap a piece of the text."""
    at = random.randrange(len(text))
    return random.choice(
        (
            text[:at],
            text[:at] + text[at + 1 :],
            text[:at] + random.choice('{}[]",:\\\u0000\ud800é1') + text[at:],
            text + text,
        )
    )
