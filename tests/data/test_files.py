"""Image files as data: folders and tables, with images that cannot be read."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from designer.core.shape import Shape
from designer.data import Cancelled, DataError, describe, load, preview
from designer.data.picture import Look, PictureError, read_picture
from tests.data.builders import image, image_folder


def refused(source: Path) -> str:
    with pytest.raises(DataError) as caught:
        load(str(source))
    assert len(str(caught.value)) <= 500
    return str(caught.value)


def test_a_folder_is_one_subfolder_a_class(tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "pets")
    splits = load(str(folder))
    assert splits.classes == ("class0", "class1", "class2")
    assert splits.x.shape[1:] == (6, 5)
    assert splits.description == describe(str(folder))
    assert describe(str(folder)).name == "pets"
    for split in ("train", "validation", "test"):
        part = splits.of(split)
        assert (part.x[:, 0, 0] // 20 == part.y).all()


def test_a_relative_path_is_relative_to_its_base(tmp_path: Path) -> None:
    image_folder(tmp_path / "pets")
    assert describe("pets", base=tmp_path).train == describe(str(tmp_path / "pets")).train


def test_folders_of_splits_are_kept(tmp_path: Path) -> None:
    for split, count in {"train": 6, "val": 3, "test": 2}.items():
        image_folder(tmp_path / split, count=count)
    found = describe(str(tmp_path))
    assert (found.train, found.validation, found.test) == (18, 9, 6)
    assert load(str(tmp_path)).description == found


def test_a_class_that_nothing_trains_is_named(tmp_path: Path) -> None:
    image_folder(tmp_path / "train", classes=2)
    image_folder(tmp_path / "test", classes=3)
    assert "“class2” has no images to train on" in refused(tmp_path)


def test_hidden_and_other_files_are_not_looked_at(tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "a")
    (folder / "class0" / "notes.txt").write_text("hello")
    (folder / "class0" / "._000.png").write_text("resource fork")
    (folder / ".git").mkdir()
    (folder / "readme.md").write_text("hello")
    splits = load(str(folder))
    assert splits.unreadable == ()
    assert splits.classes == ("class0", "class1", "class2")


def test_unreadable_images_are_listed_and_left_out(tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "a")
    (folder / "class0" / "empty.png").write_bytes(b"")
    (folder / "class1" / "text.png").write_text("no image")
    noise = np.random.default_rng(0).integers(0, 256, (64, 64), dtype=np.uint8)
    Image.fromarray(noise).save(folder / "class2" / "short.png")
    whole = (folder / "class2" / "short.png").read_bytes()
    (folder / "class2" / "short.png").write_bytes(whole[: len(whole) // 2])
    splits = load(str(folder))
    total = len(splits.y) + len(splits.y_val) + len(splits.y_test)
    assert total == 30
    reasons = {Path(u.place).name: u.reason for u in splits.unreadable}
    assert reasons["empty.png"] == "the file is empty"
    assert reasons["text.png"] == "this is no image of a known format"
    assert "broken" in reasons["short.png"]


def test_nothing_readable_names_the_first_with_its_reason(tmp_path: Path) -> None:
    for label in ("a", "b"):
        (tmp_path / label).mkdir()
        (tmp_path / label / "1.png").write_text("no")
    message = refused(tmp_path)
    assert "none of the images can be read" in message
    assert str(Path("a") / "1.png") in message


def test_images_of_other_sizes_are_brought_to_the_common_one(tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "a")
    image(folder / "class0" / "zz.png", size=(50, 60), value=7)
    splits = load(str(folder))
    assert splits.description.shape == Shape((1, 6, 5)) == describe(str(folder)).shape
    everything = np.concatenate([splits.x, splits.x_val, splits.x_test])
    assert (everything == 7).all(axis=(1, 2)).sum() == 2  # the other is image 7 of class 0


def test_one_colour_image_first_in_its_class_makes_the_set_colour(tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "a")
    image(folder / "class1" / "000.png", mode="RGB")
    assert describe(str(folder)).shape == Shape((3, 6, 5))
    assert load(str(folder)).x.shape[1:] == (6, 5, 3)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: None, ["no images to train on", "one subfolder"]),
        (lambda folder: image(folder / "a.png"), ["no images to train on"]),
        (lambda folder: image(folder / "only" / "a.png"), ["at least two classes", "“only”"]),
        (
            lambda folder: [image(folder / label / "1.png") for label in "ab"],
            ["“a” has 1 image", "at least 3"],
        ),
    ],
)
def test_folders_that_hold_no_data_set(tmp_path: Path, make: object, words: list[str]) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    assert callable(make)
    make(folder)
    message = refused(folder)
    for word in words:
        assert word in message


def test_a_scan_can_be_followed_and_stopped(tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "a")
    told: list[float] = []
    load(str(folder), progress=told.append)
    assert told == sorted(told) and told[0] == 0 and told[-1] == 1
    with pytest.raises(Cancelled):
        load(str(folder), cancel=lambda: True)


def test_a_preview_of_a_folder(tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "a")
    (folder / "class0" / "000.png").write_text("broken")
    shown = preview(str(folder), count=4)
    assert shown.counts == (10, 10, 10)
    assert [[int(p[0, 0]) for p in images] for images in shown.samples] == [
        [1, 2, 3, 4],
        [20, 21, 22, 23],
        [40, 41, 42, 43],
    ]


# --- tables --------------------------------------------------------------------


def table(folder: Path, text: str | bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(folder: Path, count: int = 12) -> str:
    """Rows `picture,label` of two classes whose images exist."""
    lines = []
    for i in range(count):
        image(folder / "pictures" / f"{i}.png", value=100 * (i % 2))
        lines.append(f"pictures/{i}.png,{'cat' if i % 2 else 'dog'}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "head", ["", "path,label\n", "\ufeffFilename,Class\n", "\nimage,label\n\n"]
)
def test_a_table_with_and_without_header(tmp_path: Path, head: str) -> None:
    splits = load(str(table(tmp_path, head + rows(tmp_path))))
    assert splits.classes == ("cat", "dog")
    assert (splits.x[:, 0, 0] == np.where(splits.y == 0, 100, 0)).all()
    assert splits.description.name == "table.csv"


def test_columns_are_found_by_name_and_splits_are_kept(tmp_path: Path) -> None:
    lines = rows(tmp_path).split()
    splits = ["train"] * 8 + ["val"] * 2 + ["test"] * 2
    text = "split,label,note,path\n"
    for line, split in zip(lines, splits, strict=True):
        path, label = line.split(",")
        text += f'{split},{label},"a, b",{path}\n'
    found = load(str(table(tmp_path, text)))
    assert (len(found.y), len(found.y_val), len(found.y_test)) == (8, 2, 2)


def test_numbered_classes_are_in_numeric_order(tmp_path: Path) -> None:
    text = "".join(
        f"{line.split(',')[0]},{i % 4 * 5}\n" for i, line in enumerate(rows(tmp_path).split())
    )
    assert describe(str(table(tmp_path, text))).classes == ("0", "5", "10", "15")


def test_a_missing_image_is_listed_not_fatal(tmp_path: Path) -> None:
    splits = load(str(table(tmp_path, rows(tmp_path) + "pictures/none.png,cat\n")))
    assert splits.unreadable == ((str(Path("pictures/none.png")), "there is no such file"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["no images to train on"]),
        ("a.png\n", ["line 1", "1 value"]),
        ("path,label\na.png,cat\nb.png\n", ["line 3", "a row has an image path and a label"]),
        ("a.png,cat\nb.png,\n", ["line 2", "label is empty"]),
        (",cat\n", ["line 1", "image path is empty"]),
        ("path,label,split\na.png,cat,holdout\n", ["line 2", "“holdout”"]),
        ('a.png,"cat\n', ["no CSV"]),
        (b"a.png,\xff\xfe\n", ["not UTF-8"]),
        ("a.png,cat\nb.png,cat\n", ["at least two classes", "“cat”"]),
        ("a.png,cat\nb.png,dog\n", ["none of the images can be read", "no such file"]),
        ("x" * 200_000 + ",cat\n", ["no CSV"]),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, text: str | bytes, words: list[str]) -> None:
    message = refused(table(tmp_path, text))
    assert "table.csv" in message
    for word in words:
        assert word in message


# --- one picture ---------------------------------------------------------------


def picture(path: Path, colour: bool = False) -> np.ndarray:
    return read_picture(path, Look(2, 2, colour))


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    deep = np.array([[0, 257], [32_896, 65_535]], np.uint16)
    Image.fromarray(deep).save(tmp_path / "a.png")
    assert picture(tmp_path / "a.png").tolist() == [[0, 1], [128, 255]]


def test_transparent_becomes_white(tmp_path: Path) -> None:
    Image.new("RGBA", (2, 2), (10, 20, 30, 0)).save(tmp_path / "a.png")
    assert (picture(tmp_path / "a.png", colour=True) == 255).all()


def test_black_and_white_and_palettes(tmp_path: Path) -> None:
    Image.new("1", (2, 2), 1).save(tmp_path / "one.png")
    assert (picture(tmp_path / "one.png") == 255).all()
    Image.new("RGB", (2, 2), (255, 0, 0)).convert("P").save(tmp_path / "p.png")
    assert picture(tmp_path / "p.png", colour=True)[0, 0].tolist() == [255, 0, 0]


def test_a_photograph_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    source = Image.fromarray(np.array([[0, 0], [255, 255]], np.uint8))
    source.save(tmp_path / "a.png", exif=exif)
    assert picture(tmp_path / "a.png").tolist() == [[255, 255], [0, 0]]


def test_a_decompression_bomb_is_not_unpacked(tmp_path: Path) -> None:
    Image.new("1", (30_000, 10_000)).save(tmp_path / "bomb.png")
    with pytest.raises(PictureError, match=r"too large|too many"):
        picture(tmp_path / "bomb.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in the file system")
def test_a_pipe_is_no_picture(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(PictureError):
        picture(tmp_path / "pipe.png")
