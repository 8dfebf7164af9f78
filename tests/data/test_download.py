"""Downloads: from mirrors of this machine, with small files made on the spot."""

import functools
import gzip
import hashlib
import http.server
import io
import os
import tarfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from designer.data import Cancelled, DataError, NotDownloaded, catalogue, describe, load, offers
from designer.data.catalogue import Download, RemoteFile, downloads
from designer.data.downloading import download, fetch
from designer.data.watch import Watch


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The folder that the mirror serves."""
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


@pytest.fixture
def mirror(shop: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(shop))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def offered(shop: Path, mirror: str, kind: str, **files: bytes) -> Download:
    """The entry of a data set whose files are in the shop."""
    remote = []
    for key, content in files.items():
        name = key.replace("__", ".")
        (shop / name).write_bytes(content)
        remote.append(RemoteFile(name, len(content), hashlib.sha256(content).hexdigest()))
    like = {"idx": "mnist", "notmnist": "notmnist"}.get(kind, kind)
    return replace(downloads()[like], mirrors=(mirror,), files=tuple(remote))


def idx(array: np.ndarray) -> bytes:
    sizes = np.array(array.shape, ">u4").tobytes()
    return gzip.compress(bytes((0, 0, 8, array.ndim)) + sizes + array.astype(np.uint8).tobytes())


def mnist(shop: Path, mirror: str, **changes: bytes) -> Download:
    x = np.random.default_rng(0).integers(0, 256, (60, 28, 28), dtype=np.uint8)
    files = {
        "a__gz": idx(x[:40]),
        "b__gz": idx(np.arange(40) % 10),
        "c__gz": idx(x[40:]),
        "d__gz": idx(np.arange(20) % 10),
    }
    return offered(shop, mirror, "idx", **(files | changes))


def tar(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_idx_files_over_http(shop: Path, mirror: str, tmp_path: Path) -> None:
    told: list[float] = []
    path = fetch("mnist", mnist(shop, mirror), tmp_path / "data", Watch(told.append))
    splits = load(str(path))
    assert splits.x.shape == (30, 28, 28)
    assert splits.y_test.tolist() == [i % 10 for i in range(20)]
    assert left(tmp_path / "data") == ["mnist.npz"]
    assert told == sorted(told) and told[-1] == 1


def test_a_downloaded_set_is_found_by_its_name(
    shop: Path, mirror: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = mnist(shop, mirror)
    monkeypatch.setattr("designer.data.downloading.downloads", lambda: {"mnist": entry})
    assert not next(offer for offer in offers() if offer.name == "mnist").present
    with pytest.raises(NotDownloaded, match="“mnist” is not on this computer") as missing:
        load("mnist")
    assert missing.value.name == "mnist"
    assert describe("mnist").train == 54_000

    assert download("mnist") == catalogue.place_of("mnist")
    assert next(offer for offer in offers() if offer.name == "mnist").present
    assert describe("mnist") == load("mnist").description
    assert describe("mnist").train == 30


def test_cifar_in_its_binary_version(shop: Path, mirror: str, tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (30, 3, 32, 32), dtype=np.uint8)
    for kind, labels in (("cifar-10", 1), ("cifar-100", 2)):
        record = [
            bytes([200] * (labels - 1)) + bytes([i % 3]) + pixels[i].tobytes() for i in range(30)
        ]
        archive = tar(
            **{
                "c/data_batch_2.bin": b"".join(record[10:20]),
                "c/data_batch_1.bin": b"".join(record[:10]),
                "c/test_batch.bin": b"".join(record[20:]),
                "c/readme.html": b"hello",
            }
        )
        entry = offered(shop, mirror, kind, c__tar__gz=archive)
        splits = load(str(fetch(kind, entry, tmp_path, Watch())))
        assert np.array_equal(splits.x_test, pixels[20:].transpose(0, 2, 3, 1))
        assert splits.y_test.tolist() == [i % 3 for i in range(20, 30)]
        assert splits.classes == downloads()[kind].classes


def png(value: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (28, 28), value).save(file, "PNG")
    return file.getvalue()


def test_notmnist_lists_its_broken_images(shop: Path, mirror: str, tmp_path: Path) -> None:
    files = {f"large/{letter}/{i}.png": png(i) for letter in "AB" for i in range(10)}
    broken = {"large/A/empty.png": b"", "large/B/text.png": b"hello", "large/B/._1.png": b"fork"}
    entry = offered(
        shop,
        mirror,
        "notmnist",
        large__tar__gz=tar(**files, **broken),
        small__tar__gz=tar(**{f"small/{x}/1.png": png(9) for x in "AB"}),
    )
    splits = load(str(fetch("notmnist", entry, tmp_path, Watch())))
    assert len(splits.y) + len(splits.y_val) == 20
    assert splits.y_test.tolist() == [0, 1]
    assert [tuple(u) for u in splits.unreadable] == [
        ("large/A/empty.png", "the file is empty"),
        ("large/B/text.png", "this is no image of a known format"),
    ]


def refused(entry: Download, folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        fetch("mnist", entry, folder, Watch())
    assert left(folder) == []
    assert len(str(caught.value)) <= 500
    return str(caught.value)


def test_a_changed_file_is_refused(shop: Path, mirror: str, tmp_path: Path) -> None:
    entry = mnist(shop, mirror)
    content = bytearray((shop / "c.gz").read_bytes())
    content[-1] ^= 1
    (shop / "c.gz").write_bytes(content)
    assert "checksum differs" in refused(entry, tmp_path / "data")


def test_a_file_of_another_size_is_refused(shop: Path, mirror: str, tmp_path: Path) -> None:
    entry = mnist(shop, mirror)
    whole = (shop / "a.gz").read_bytes()
    (shop / "a.gz").write_bytes(whole + b"more")
    assert "sends more than" in refused(entry, tmp_path / "data")
    (shop / "a.gz").write_bytes(whole[:-5])
    assert f"of {len(whole):,} bytes" in refused(entry, tmp_path / "data")


def test_the_next_mirror_is_tried(shop: Path, mirror: str, tmp_path: Path) -> None:
    entry = mnist(shop, mirror)
    bad = (mirror + "nothing/", "http://127.0.0.1:9/", "gopher://127.0.0.1/")
    path = fetch("mnist", replace(entry, mirrors=(*bad, mirror)), tmp_path / "data", Watch())
    assert path.is_file()
    message = refused(replace(entry, mirrors=bad), tmp_path / "other")
    for word in ("a.gz", "404", "connection refused", "not of the web", "Check the connection"):
        assert word in message


def test_a_folder_can_be_a_mirror(shop: Path, mirror: str, tmp_path: Path) -> None:
    entry = replace(mnist(shop, mirror), mirrors=(shop.as_uri() + "/",))
    assert load(str(fetch("mnist", entry, tmp_path / "data", Watch()))).x.shape == (30, 28, 28)


def test_stopping_leaves_nothing(shop: Path, mirror: str, tmp_path: Path) -> None:
    asked = 0

    def cancel() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    with pytest.raises(Cancelled):
        fetch("mnist", mnist(shop, mirror), tmp_path / "data", Watch(None, cancel))
    assert left(tmp_path / "data") == []


def test_a_file_of_another_format_is_refused(shop: Path, mirror: str, tmp_path: Path) -> None:
    long = gzip.compress(bytes((0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3, 4)))
    for content, words in {
        b"hello": "no IDX file",
        gzip.compress(b"hello"): "does not begin like an IDX file",
        gzip.compress(bytes((0, 0, 8, 1, 0))): "ends within its header",
        gzip.compress(bytes((0, 0, 8, 1, 0, 0, 0, 40, 1))): "holds 1",
        long: "holds more",
        idx(np.zeros(39)): "40 images, b.gz 39 labels",
    }.items():
        assert words in refused(mnist(shop, mirror, b__gz=content), tmp_path / "data")
    for kind in ("cifar-10", "notmnist"):
        entry = offered(shop, mirror, kind, a__gz=b"hello", b__gz=b"hello")
        assert "this is no archive of" in refused(entry, tmp_path / "data")
    short = offered(shop, mirror, "cifar-10", a__gz=tar(**{"data_batch_1.bin": b"123"}))
    assert "no archive of CIFAR" in refused(short, tmp_path / "data")


def test_a_set_that_nobody_has_is_refused() -> None:
    with pytest.raises(DataError, match=r"“imagenet” cannot be downloaded; what can are mnist"):
        download("imagenet")


def test_the_catalogue_is_whole() -> None:
    assert list(downloads()) == [
        "mnist",
        "fashion-mnist",
        "kmnist",
        "cifar-10",
        "cifar-100",
        "notmnist",
    ]
    for name, entry in downloads().items():
        assert len(entry.classes) == len(entry.train) == len(set(entry.classes)), name
        assert entry.mirrors and all(mirror.endswith("/") for mirror in entry.mirrors), name
        for file in entry.files:
            assert file.size > 0 and len(file.sha256 or file.sha1) in (64, 40), file.name
        found = describe(name)
        assert found.shape == entry.shape and found.test == entry.test
        assert found.train + found.validation == sum(entry.train)


def test_remains_of_a_killed_download_are_swept(shop: Path, mirror: str, tmp_path: Path) -> None:
    for name, age in (("old", 2 * 86_400), ("new", 60)):
        folder = tmp_path / f".download-{name}"
        folder.mkdir()
        (folder / "part").write_bytes(b"x")
        moment = time.time() - age
        os.utime(folder, (moment, moment))
    fetch("mnist", mnist(shop, mirror), tmp_path, Watch())
    assert not (tmp_path / ".download-old").exists()
    assert (tmp_path / ".download-new").exists()


def test_a_folder_that_cannot_be_made_is_named(shop: Path, mirror: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataError, match=r"file.*“mnist” cannot be kept there"):
        fetch("mnist", mnist(shop, mirror), tmp_path / "file" / "data", Watch())


def test_archives_without_images_are_refused(shop: Path, mirror: str, tmp_path: Path) -> None:
    nothing = tar(readme=b"hello")
    entry = offered(shop, mirror, "notmnist", a__gz=nothing, b__gz=nothing)
    assert "no images in folders named A, B" in refused(entry, tmp_path / "data")
    entry = offered(shop, mirror, "cifar-100", a__gz=tar(**{"train.bin": bytes(3074)}))
    assert "a batch is missing" in refused(entry, tmp_path / "data")
