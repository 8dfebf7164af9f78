"""The three splits: stratified, seeded, disjoint, and the same as the description says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.core.shape import Shape
from designer.data.dividing import Outline, describe, divide, share
from designer.data.error import DataError
from designer.data.splits import Collection, Part, Splits


def collection(
    counts: list[int], validation: int | None = None, test: int | None = None
) -> Collection:
    """Images that carry their own number, shuffled; `counts` of each class."""
    y = np.random.default_rng(3).permutation(np.repeat(np.arange(len(counts)), counts))

    def part(labels: np.ndarray, start: int) -> Part:
        x = np.zeros((len(labels), 1, 4), np.uint8)
        numbers = np.arange(start, start + len(labels))
        for k in range(4):
            x[:, 0, k] = (numbers >> (8 * k)) & 255
        return Part(x, labels.astype(np.int64))

    own = None if validation is None else part(np.zeros(validation), 1_000_000)
    held = None if test is None else part(np.zeros(test), 2_000_000)
    return Collection("made", tuple(f"c{i}" for i in range(len(counts))), part(y, 0), own, held)


def numbers(x: np.ndarray) -> list[int]:
    return [int(v) for v in (x[:, 0].astype(np.int64) << np.array([0, 8, 16, 24])).sum(axis=1)]


counts_of_classes = st.lists(st.integers(3, 60), min_size=2, max_size=6)
shares = st.floats(0.01, 0.5)


@given(counts_of_classes, shares, st.integers(0, 2**63 - 1))
def test_every_image_is_in_exactly_one_split(counts: list[int], part: float, seed: int) -> None:
    splits = divide(collection(counts), seed, part)
    found = numbers(splits.x) + numbers(splits.x_val) + numbers(splits.x_test)
    assert sorted(found) == list(range(sum(counts)))


@given(counts_of_classes, shares)
def test_every_class_is_in_every_split(counts: list[int], part: float) -> None:
    splits = divide(collection(counts), 0, part)
    for y in (splits.y, splits.y_val, splits.y_test):
        assert set(y.tolist()) == set(range(len(counts)))


@given(counts_of_classes, shares, st.booleans(), st.booleans())
def test_the_description_says_what_dividing_gives(
    counts: list[int], part: float, own_validation: bool, own_test: bool
) -> None:
    validation, test = (7 if own_validation else None), (9 if own_test else None)
    made = collection(counts, validation, test)
    outline = Outline("made", Shape((1, 1, 4)), made.classes, np.array(counts), validation, test)
    assert describe(outline, part) == divide(made, 5, part).description


def test_a_tenth_of_each_class_validates() -> None:
    splits = divide(collection([100, 50, 200], test=4), 0, 0.1)
    assert np.bincount(splits.y_val).tolist() == [10, 5, 20]
    assert np.bincount(splits.y).tolist() == [90, 45, 180]


def test_own_splits_are_kept() -> None:
    splits = divide(collection([5, 5], validation=3, test=2), 0, 0.1)
    assert (len(splits.y), len(splits.y_val), len(splits.y_test)) == (10, 3, 2)
    assert numbers(splits.x_val) == [1_000_000, 1_000_001, 1_000_002]


def test_labels_stay_with_their_images() -> None:
    made = collection([20, 30])
    splits = divide(made, 4, 0.2)
    for split in ("train", "validation", "test"):
        part = splits.of(split)
        assert made.train.y[numbers(part.x)].tolist() == part.y.tolist()


def same(a: Splits, b: Splits, split: str) -> bool:
    return numbers(a.of(split).x) == numbers(b.of(split).x)


def test_the_seed_decides_validation_and_never_the_test() -> None:
    made = collection([50, 50])
    one, again, other = divide(made, 1, 0.1), divide(made, 1, 0.1), divide(made, 2, 0.1)
    assert same(one, again, "train") and same(one, again, "validation")
    assert not same(one, other, "validation")
    assert same(one, other, "test")


def test_the_split_of_a_seed_stays_for_ever() -> None:
    """A run of last year must find its validation images again."""
    x, y = np.arange(16, dtype=np.uint8).reshape(16, 1, 1), np.arange(16) % 2
    splits = divide(Collection("made", ("even", "odd"), Part(x, y)), 42, 0.25)
    assert splits.x_val.ravel().tolist() == [1, 2, 5, 8]
    assert splits.x_test.ravel().tolist() == [3, 6, 9, 12]


def test_a_share_is_rounded_but_never_none_and_never_all() -> None:
    assert share(np.array([0, 1, 2, 10, 15, 1000]), 0.1).tolist() == [0, 0, 1, 1, 2, 100]
    assert share(np.array([2, 3]), 0.9).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("counts", "test", "needed"), [([9, 2], None, 3), ([9, 1], 5, 2), ([1, 9], None, 3)]
)
def test_a_class_too_small_to_divide_is_named(
    counts: list[int], test: int | None, needed: int
) -> None:
    small = counts.index(min(counts))
    with pytest.raises(DataError, match=f"“c{small}” has {min(counts)} image.*at least {needed}"):
        divide(collection(counts, test=test), 0, 0.1)


def test_a_class_without_images_does_no_harm() -> None:
    splits = divide(collection([9, 0, 9]), 0, 0.1)
    assert set(splits.y.tolist()) == {0, 2}


@pytest.mark.parametrize("part", [0.0, -0.1, 0.51, float("nan")])
def test_a_share_that_is_none_is_refused(part: float) -> None:
    with pytest.raises(DataError, match="above 0 and is at most"):
        divide(collection([9, 9]), 0, part)
