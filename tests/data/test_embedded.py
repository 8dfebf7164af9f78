"""The embedded data sets, and what a name or a path may stand for."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from designer.core.shape import Shape
from designer.data import DataError, describe, load, offers, preview
from designer.resources import resource
from tests.data.builders import npz


@pytest.mark.parametrize(
    ("name", "classes", "counts"),
    [
        ("letters", "ABCDEFGHIJ", (15_110, 1_940, 2_150)),
        ("mnist-5k", "0123456789", (3_600, 400, 1_000)),
    ],
)
def test_an_embedded_set(name: str, classes: str, counts: tuple[int, int, int]) -> None:
    splits = load(name)
    assert splits.description == describe(name)
    assert splits.description.shape == Shape((1, 28, 28))
    assert splits.classes == tuple(classes)
    assert (len(splits.y), len(splits.y_val), len(splits.y_test)) == counts
    for split in ("train", "validation", "test"):
        part = splits.of(split)
        assert len(set(np.bincount(part.y).tolist())) == 1, "every class has the same share"
        assert part.x.max() == 255
        assert (part.x.reshape(len(part.x), -1).max(axis=1) > 0).all(), "no image is blank"
        assert 10 < part.x.mean() < 80, "the letters are white on black"


def test_no_image_of_the_letters_is_there_twice() -> None:
    splits = load("letters")
    images = [image.tobytes() for x in (splits.x, splits.x_val, splits.x_test) for image in x]
    assert len(set(images)) == len(images) == 19_200


def test_no_family_of_the_letters_is_on_two_sides() -> None:
    with resource("data", "letters-fonts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for column in ("family", "group"):
        sides: dict[str, set[str]] = {}
        for row in rows:
            sides.setdefault(row[column], set()).add(row["split"])
        assert [name for name, where in sides.items() if len(where) > 1] == []
    for split, count in (("train", 15_110), ("validation", 1_940), ("test", 2_150)):
        assert sum(int(row["images"]) for row in rows if row["split"] == split) == count
    assert len(rows) > 1000


def test_a_preview_of_the_letters() -> None:
    shown = preview("letters", count=5)
    assert shown.counts == (1_511,) * 10
    assert all(len(images) == 5 for images in shown.samples)
    assert np.array_equal(shown.samples[2][0], load("letters").x[load("letters").y == 2][0])


def test_the_names_that_are_offered() -> None:
    names = [offer.name for offer in offers()]
    assert names[:2] == ["letters", "mnist-5k"]
    assert {"mnist", "fashion-mnist", "kmnist", "cifar-10", "cifar-100", "notmnist"} < set(names)
    assert [offer.name for offer in offers() if offer.present] == ["letters", "mnist-5k"]


@pytest.mark.parametrize(
    "source", ["", "leters", "no/such/place", "x" * 5000, "a\0b", "~nobody-at-all/x", "a\nb"]
)
def test_a_source_that_is_none_is_refused(source: str) -> None:
    with pytest.raises(DataError, match="neither a data set \\(letters, mnist-5k") as caught:
        describe(source)
    assert len(str(caught.value)) <= 500
    assert "\n" not in str(caught.value)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("")
    with pytest.raises(DataError, match=r"ends with “\.xlsx”"):
        load(str(tmp_path / "a.xlsx"))


def test_a_file_may_be_called_like_a_set(tmp_path: Path) -> None:
    npz(tmp_path / "letters.npz")
    assert describe("letters.npz", base=tmp_path).classes == ("0", "1", "2", "3")


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys; import designer.data; designer.data.describe('letters'); "
        "print([m for m in ('PIL', 'torch', 'PySide6', 'urllib.request') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
