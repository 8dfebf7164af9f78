"""The exported script divides a data set without splits exactly as the app does."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from designer.data import load
from designer.resources import resource
from tests.data.builders import arrays, npz

SCRIPT = """
import sys
import numpy as np
from data import load_images
from settings import Settings
images = load_images(Settings(data=sys.argv[1], seed=int(sys.argv[2]), validation=0.15))
splits = (images.train, images.validation, images.test)
np.savez(sys.argv[3], *(array.numpy() for split in splits for array in (split.x, split.y)))
"""


@pytest.mark.parametrize("seed", [0, 7, 2**40 + 3])
def test_the_same_images_in_the_same_order(tmp_path: Path, seed: int) -> None:
    path = npz(tmp_path / "set.npz", **arrays(211, 6, (4, 3)))
    out = tmp_path / "out.npz"
    subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path), str(seed), str(out)],
        cwd=str(resource("script")),
        check=True,
    )
    splits = load(str(path), seed=seed, validation=0.15)
    with np.load(out) as found:
        theirs = [found[key] for key in found]
    ours = [part for name in ("train", "validation", "test") for part in splits.of(name)]
    for mine, other in zip(ours, theirs, strict=True):
        assert np.array_equal(mine, other.reshape(mine.shape))
