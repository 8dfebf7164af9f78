"""`.npz` files: what is read, what is refused and with which words, and what is written."""

import io
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.core.shape import Shape
from designer.data import DataError, describe, load, preview, write_npz
from tests.data.builders import Array, arrays, npz


def refusal(path: Path) -> str:
    """The sentence with which describing and loading refuse a file; both must agree."""
    with pytest.raises(DataError) as described:
        describe(str(path))
    with pytest.raises(DataError) as loaded:
        load(str(path))
    assert str(described.value) == str(loaded.value)
    message = str(described.value)
    assert len(message) <= 500
    return message


def test_grey_images(tmp_path: Path) -> None:
    path = npz(tmp_path / "mine.npz")
    splits = load(str(path))
    assert splits.x.shape[1:] == (6, 5) and splits.x.dtype == np.uint8
    assert splits.y.dtype == np.int64
    assert splits.classes == ("0", "1", "2", "3")
    assert splits.description == describe(str(path))
    assert describe(str(path)).shape == Shape((1, 6, 5))
    assert describe(str(path)).name == "mine"


def test_colour_images_named_classes_and_own_splits(tmp_path: Path) -> None:
    more = arrays(8, 2, (4, 4, 3))
    path = npz(
        tmp_path / "a.npz",
        **arrays(20, 2, (4, 4, 3)),
        x_val=more["x"],
        y_val=more["y"],
        x_test=more["x"][:4],
        y_test=more["y"][:4],
        classes=np.array(["cat", "dog"]),
    )
    splits = load(str(path))
    assert splits.classes == ("cat", "dog")
    assert (len(splits.y), len(splits.y_val), len(splits.y_test)) == (20, 8, 4)
    assert np.array_equal(splits.x_test, more["x"][:4])
    assert describe(str(path)).shape == Shape((3, 4, 4))


def test_names_of_classes_may_be_bytes(tmp_path: Path) -> None:
    path = npz(tmp_path / "a.npz", **arrays(classes=2), classes=np.array([b"cat", b"dog"]))
    assert describe(str(path)).classes == ("cat", "dog")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"x": np.zeros((40, 6, 5))}, ["x must be uint8", "float64", "astype"]),
        ({"x": np.zeros((40, 6, 5, 4), np.uint8)}, ["40 × 6 × 5 × 4", "× 3 for colour"]),
        ({"x": np.zeros((40, 30), np.uint8)}, ["40 × 30", "height × width"]),
        ({"x": np.zeros((0, 6, 5), np.uint8)}, ["0 × 6 × 5"]),
        ({"x": np.zeros((39, 6, 5), np.uint8)}, ["one label for each image", "39 images", "40"]),
        ({"x": np.zeros((40, 1, 5000), np.uint8)}, ["1 × 5000", "at most 4096"]),
        ({"y": np.zeros((40, 4))}, ["40 × 4"]),
        ({"y": np.zeros(40)}, ["y must hold whole numbers", "float64", "astype"]),
        ({"y": np.array(["a", "b"] * 20)}, ["y must hold whole numbers", "<U1"]),
        ({"y": np.arange(40) - 3}, ["from -3 to 36"]),
        ({"y": np.arange(40) * 10_000_000}, ["390,000,000"]),
        ({"y": np.zeros(40, int)}, ["at least two classes", "“0”"]),
        ({"y": np.arange(40) // 39}, ["“1” has 1 image", "at least 3"]),
        ({"classes": np.array(["a", "b"])}, ["names 2 classes", "a label says 3"]),
        ({"classes": np.array(["a", "b", "c", "a"])}, ["two classes", "“a”"]),
        ({"classes": np.array([["a", "b"], ["c", "d"]])}, ["2 dimensions"]),
        ({"classes": np.array([1.5, 2.5, 3.5, 4.5])}, ["list of names", "float64"]),
        ({"x_test": np.zeros((4, 6, 5), np.uint8)}, ["x_test", "y_test", "together"]),
        (
            {"x_test": np.zeros((4, 9, 9), np.uint8), "y_test": np.zeros(4, int)},
            ["one size", "6 × 5", "9 × 9"],
        ),
    ],
)
def test_what_does_not_fit_is_named(
    tmp_path: Path, change: dict[str, Array], words: list[str]
) -> None:
    message = refusal(npz(tmp_path / "bad.npz", **(arrays() | change)))
    assert "bad.npz" in message or "class" in message
    for word in words:
        assert word in message


def test_missing_arrays_are_named_with_those_that_are_there(tmp_path: Path) -> None:
    message = refusal(npz(tmp_path / "a.npz", x_train=np.zeros(3), y_train=np.zeros(3)))
    assert "x_train, y_train" in message


class Bomb:
    """Unpickled, it leaves a trace."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.trace),)


@pytest.mark.parametrize("key", ["x", "y", "classes", "other"])
def test_objects_are_refused_and_never_run(tmp_path: Path, key: str) -> None:
    trace = tmp_path / "ran"
    path = tmp_path / "evil.npz"
    content = arrays() | {key: np.array([Bomb(trace)] * 40, dtype=object)}
    np.savez(path, allow_pickle=True, **content)  # type: ignore[arg-type]
    assert "Python objects" in refusal(path)
    assert not trace.exists()


def test_a_zip_bomb_is_recognised_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.npz"
    np.savez_compressed(path, x=np.zeros((100_000, 32, 32), np.uint8), y=np.zeros(100_000, int))
    assert path.stat().st_size < 1_000_000
    message = refusal(path)
    assert "unpacks" in message and "x.npy" in message


def header(shape: str, descr: str = "'|u1'") -> bytes:
    file = io.BytesIO()
    text = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}".encode()
    file.write(b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text)
    return file.getvalue()


@pytest.mark.parametrize(
    "member",
    [
        header("(1000000, 1000, 1000)"),
        header("(40, 6, 5)"),
        header("(-1, 6, 5)"),
        header("(40, 6, 'a')"),
        header("(40, 6, 5)", "'nonsense'"),
        header("(" * 3000),
        b"\x93NUMPY\x09\x00",
        b"not an array",
        b"",
    ],
)
def test_a_false_header_is_refused(tmp_path: Path, member: bytes) -> None:
    path = tmp_path / "false.npz"
    labels = io.BytesIO()
    np.save(labels, np.arange(40) % 4)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.npy", member)
        archive.writestr("y.npy", labels.getvalue())
    assert "false.npz" in refusal(path)


def test_too_large_for_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("designer.data.limits.LARGEST_SET", 2**10)
    message = refusal(npz(tmp_path / "huge.npz"))
    assert "40 images of 6 × 5" in message and "GiB" in message


def test_no_zip_at_all(tmp_path: Path) -> None:
    path = tmp_path / "text.npz"
    path.write_text("hello")
    assert "no .npz archive" in refusal(path)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_file_gives_a_sentence_or_its_data(
    tmp_path_factory: pytest.TempPathFactory, place: int, value: int
) -> None:
    path = npz(tmp_path_factory.getbasetemp() / "damaged.npz")
    content = bytearray(path.read_bytes())
    content[place % len(content)] = value
    path.write_bytes(content)
    try:
        splits = load(str(path))
    except DataError as error:
        assert "damaged.npz" in str(error) and len(str(error)) <= 500
    else:
        assert splits.x.dtype == np.uint8


@given(st.integers(0, 5_000))
def test_a_truncated_file_is_refused(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    path = npz(tmp_path_factory.getbasetemp() / "short.npz")
    content = path.read_bytes()
    path.write_bytes(content[: length % len(content)])
    assert "short.npz" in refusal(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in the file system")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.npz")
    assert "regular file" in refusal(tmp_path / "pipe.npz")


def test_written_splits_come_back_exactly(tmp_path: Path) -> None:
    splits = load(str(npz(tmp_path / "a.npz")), seed=3)
    for compressed in (False, True):
        out = tmp_path / f"out{compressed}.npz"
        write_npz(splits, out, compressed=compressed)
        again = load(str(out), seed=99)
        for split in ("train", "validation", "test"):
            assert np.array_equal(again.of(split).x, splits.of(split).x)
            assert np.array_equal(again.of(split).y, splits.of(split).y)
        assert again.classes == splits.classes
    with np.load(tmp_path / "outTrue.npz", allow_pickle=False) as plain:
        assert sorted(plain) == ["classes", "x", "x_test", "x_val", "y", "y_test", "y_val"]


def test_the_same_splits_give_the_same_bytes(tmp_path: Path) -> None:
    splits = load(str(npz(tmp_path / "a.npz")))
    write_npz(splits, tmp_path / "1.npz")
    write_npz(splits, tmp_path / "2.npz")
    assert (tmp_path / "1.npz").read_bytes() == (tmp_path / "2.npz").read_bytes()


def test_a_failed_write_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    splits = load(str(npz(tmp_path / "a.npz")))
    with pytest.raises(DataError, match="cannot be written: no such file"):
        write_npz(splits, tmp_path / "missing" / "b.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


@pytest.mark.parametrize("order", ["C", "F"])
def test_a_preview_shows_the_first_images_of_each_class(tmp_path: Path, order: str) -> None:
    content = arrays(40, 4)
    content["x"] = np.asarray(content["x"], order=order)  # type: ignore[call-overload]
    shown = preview(str(npz(tmp_path / "a.npz", **content)), count=3)
    assert shown.counts == (10, 10, 10, 10)
    for label, images in enumerate(shown.samples):
        for k, picture in enumerate(images):
            assert np.array_equal(picture, content["x"][label + 4 * k])
        assert len(images) == 3
