"""The indexes of rectangles give what asking every rectangle gives."""

import numpy as np
import pytest

from designer.ui.canvas.scene.strips import Floats, Rows, Strips


def scattered(dice: np.random.Generator, count: int) -> Floats:
    """Boxes of a few sizes, some in rows and some anywhere, on both sides of zero."""
    corners = np.round(dice.uniform(-2000, 2000, (count, 2)) / 4) * 4
    corners[::2, 1] = dice.choice([-400.0, 0.0, 80.0, 300.0], (count + 1) // 2)
    sizes = np.array([[148.0, 46.0], [148.0, 102.0], [700.0, 900.0]])
    return np.hstack([corners, sizes[dice.choice(3, count, p=[0.8, 0.15, 0.05])]])


def asked(dice: np.random.Generator, count: int) -> Floats:
    corners = np.round(dice.uniform(-2500, 2500, (count, 2)) / 4) * 4
    return np.hstack([corners, corners + np.round(dice.uniform(0, 1500, (count, 2)))])


def meets(boxes: Floats, rect: Floats) -> Floats:
    x, y, w, h = boxes.T
    left, top, right, bottom = rect
    return (x < right) & (x + w > left) & (y < bottom) & (y + h > top)


@pytest.mark.parametrize("seed", range(8))
def test_pairs_are_those_that_meet(seed: int) -> None:
    dice = np.random.default_rng(seed)
    boxes, rects = scattered(dice, 1 + 40 * seed), asked(dice, 30)
    rect, box = Strips(boxes).meeting(rects)
    found = set(zip(rect.tolist(), box.tolist(), strict=True))
    assert len(found) == len(rect)
    wanted = {(k, i) for k, r in enumerate(rects) for i in np.flatnonzero(meets(boxes, r)).tolist()}
    assert found == wanted
    assert (np.diff(rect) >= 0).all()


@pytest.mark.parametrize("few", [0, 10**9])
def test_few_and_many_are_answered_alike(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("designer.ui.canvas.scene.strips.FEW", few)
    test_pairs_are_those_that_meet(5)


@pytest.mark.parametrize("seed", range(8))
def test_rows_are_those_of_the_boxes_that_meet(seed: int) -> None:
    dice = np.random.default_rng(seed)
    boxes, rects = scattered(dice, 1 + 40 * seed), asked(dice, 30)
    rect, upper, lower = Rows(boxes).meeting(rects, most=10**6)
    found = set(zip(rect.tolist(), upper.tolist(), lower.tolist(), strict=True))
    wanted = {
        (k, float(y), float(y + h))
        for k, r in enumerate(rects)
        for _, y, _, h in boxes[meets(boxes, r)].tolist()
    }
    assert found == wanted


def test_of_nothing_nothing_is_found() -> None:
    nothing, rects = np.empty((0, 4)), np.array([[0.0, 0.0, 10.0, 10.0]])
    assert not len(Strips(nothing).meeting(rects)[0])
    assert not len(Rows(nothing).meeting(rects, most=10)[0])


def test_what_asks_for_too_much_is_left_out() -> None:
    boxes = np.array([[200.0 * i, 0.0, 148.0, 46.0] for i in range(100)])
    rects = np.array([[-10.0, -10.0, 30_000.0, 50.0], [0.0, 0.0, 300.0, 46.0]])
    rect, _ = Strips(boxes).meeting(rects, most=50)
    assert rect.tolist() == [1, 1]
    rect, _ = Strips(boxes).meeting(rects)
    assert len(rect) == 102
