"""A few letters find what a person means."""

import pytest

from designer.app.matching import best
from designer.layers import CATALOGUE


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("conv", "Conv2d"),
        ("relu", "ReLU"),
        ("bn", "BatchNorm2d"),
        ("maxp", "MaxPool2d"),
        ("dense", "Linear"),
        ("gap", "GlobalAvgPool2d"),
        ("flat", "Flatten"),
    ],
)
def test_the_best_layer_comes_first(typed: str, first: str) -> None:
    kinds = CATALOGUE.values()
    found = best(typed, kinds, lambda kind: (kind.kind(), kind.search, kind.family))
    assert found[0].kind() == first


def test_what_does_not_fit_is_left_out() -> None:
    assert best("xyz", ["Conv2d", "ReLU"], lambda name: (name,)) == []
