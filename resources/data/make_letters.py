"""Draws letters.npz: the letters A to J from many open fonts, split by font family.

    python make_letters.py FOLDER

fetches the Debian packages of letters-packages.txt into FOLDER (about 230 MB, nothing
is installed) and writes letters.npz, letters-fonts.csv and ORIGINS-letters.md beside
this file. The same fonts and the same Pillow give the same bytes: every random number
comes from the name of the glyph it moves.

A face is left out when it lacks a letter, when its family is in letters-excluded.csv,
when its letters look like nobody else's (at most one of ten is recognised by the nearest
letters of other families), or when it is the twin of a face that is already in.
Faces belong together when the first word of their family name is the same or when
they look alike; a group is never on two sides of a split.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections import defaultdict
from pathlib import Path

import make_letters_fonts as fonts
import numpy as np
from make_letters_fonts import HERE, Face
from numpy.typing import NDArray
from PIL import Image, ImageFont, __version__

LETTERS = "ABCDEFGHIJ"
SIZE = 28
DRAWN = 160  # pixels an em, before the letter is brought to its size
SKETCH = 16  # side of the pictures by which faces are compared
ALIKE = 0.96  # mean correlation from which two faces belong to one group
TWINS = 0.985  # and from which one of them is left out
FEWEST, MOST = 3, 12  # images of each letter that one group gives
LONGEST = (17.0, 25.0)  # pixels of the letter's longer side
SHIFT = 2.0  # pixels that a letter may lie off the centre
SHARES = {"test": 0.11, "validation": 0.1}  # the rest is for training
SEED = "letters 1"

# Foundries and projects that begin the names of quite different designs.
FOUNDRY = re.compile(
    r"^(tex gyre|gfs|bm|because we|league|free|nimbus|induni-|liberation|urw)\s*", re.I
)

Pixels = NDArray[np.uint8]
Sketches = NDArray[np.floating]


def draw(face: Face) -> list[Pixels] | None:
    """Return the ten letters, large and without margins; None where one is missing."""
    font = ImageFont.truetype(str(face.path), DRAWN, layout_engine=ImageFont.Layout.BASIC)
    missing = ink(font, "\U0010fffd")
    glyphs = []
    for letter in LETTERS:
        glyph = ink(font, letter)
        if glyph is None or (missing is not None and np.array_equal(glyph, missing)):
            return None
        glyphs.append(glyph)
    return glyphs


def ink(font: ImageFont.FreeTypeFont, letter: str) -> Pixels | None:
    """Return a glyph cropped to its ink; None where it has none."""
    try:
        mask = font.getmask(letter, "L")
    except OSError:  # FreeType cannot draw this outline
        return None
    picture = np.frombuffer(bytes(mask), np.uint8).reshape(mask.size[::-1])
    if not picture.any():
        return None
    rows = np.flatnonzero(picture.any(axis=1))
    columns = np.flatnonzero(picture.any(axis=0))
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def fit(glyph: Pixels, longest: float, side: int, dx: float, dy: float) -> Pixels:
    """Bring the longer side of a glyph to a length and lay it on a black square."""
    scale = longest / max(glyph.shape)
    height, width = (max(1, round(n * scale)) for n in glyph.shape)
    small = Image.fromarray(glyph).resize((width, height), Image.Resampling.BOX)
    x = min(max(round((side - width) / 2 + dx), 0), side - width)
    y = min(max(round((side - height) / 2 + dy), 0), side - height)
    square = np.zeros((side, side), np.uint8)
    square[y : y + height, x : x + width] = np.asarray(small)
    return square


def sketches(drawn: list[list[Pixels]]) -> Sketches:
    """Return faces × letters × pixels, each letter with mean 0 and length 1."""
    pictures = [[fit(g, SKETCH, SKETCH, 0, 0) for g in glyphs] for glyphs in drawn]
    flat = np.asarray(pictures, np.float32).reshape(len(drawn), len(LETTERS), -1)
    flat -= flat.mean(axis=2, keepdims=True)
    length = np.linalg.norm(flat, axis=2, keepdims=True)
    result: Sketches = flat / np.maximum(length, 1e-6)
    return result


def likeness(sketch: Sketches) -> Sketches:
    """Return the mean correlation of the letters of every two faces."""
    flat = sketch.reshape(len(sketch), -1)
    result: Sketches = flat @ flat.T / len(LETTERS)
    return result


def first_word(family: str) -> str:
    """Return the first word of a family name, after the foundry's name."""
    name = re.sub(r"^[^A-Za-z]+", "", family)
    foundry = FOUNDRY.match(name)
    rest = name[foundry.end() :] if foundry else name
    word = re.search(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]", rest)
    return f"{foundry[1].lower() if foundry else ''} {(word[0] if word else rest).lower()}"


def group(faces: list[Face], alike: Sketches) -> list[int]:
    """Return the group of every face: the index of one face of it."""
    parent = list(range(len(faces)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    words: dict[str, int] = {}
    for i, face in enumerate(faces):
        parent[root(i)] = root(words.setdefault(first_word(face.family), i))
    for i, j in zip(*np.nonzero(np.triu(alike, 1) > ALIKE), strict=True):
        parent[root(int(i))] = root(int(j))
    return [root(i) for i in range(len(faces))]


def recognised(sketch: Sketches, groups: list[int]) -> NDArray[np.int64]:
    """Return how many letters of a face the 7 nearest ones of other groups name."""
    letters = sketch.reshape(-1, sketch.shape[2])
    of_group = np.repeat(groups, len(LETTERS))
    label = np.tile(np.arange(len(LETTERS)), len(sketch))
    right = np.zeros(len(letters), bool)
    for start in range(0, len(letters), 1000):
        part = slice(start, start + 1000)
        near = letters[part] @ letters.T
        near[of_group[part, None] == of_group] = -1
        best = np.argpartition(-near, 7, axis=1)[:, :7]
        weight = np.take_along_axis(near, best, axis=1) ** 4
        votes = np.stack([(weight * (label[best] == k)).sum(axis=1) for k in range(len(LETTERS))])
        right[part] = votes.argmax(axis=0) == label[part]
    result: NDArray[np.int64] = right.reshape(-1, len(LETTERS)).sum(axis=1)
    return result


def choose(
    faces: list[Face], alike: Sketches, groups: list[int], known: NDArray[np.int64]
) -> dict[int, list[int]]:
    """Return the faces that each group gives: readable, no twins, at most MOST."""
    with (HERE / "letters-excluded.csv").open(encoding="utf-8", newline="") as file:
        excluded = {row["family"] for row in csv.DictReader(file)}
    kept: list[int] = []
    for i, face in enumerate(faces):
        readable = known[i] > 1 and face.family not in excluded
        if readable and not (alike[i, kept] > TWINS).any():
            kept.append(i)
    chosen = defaultdict(list)
    for i in kept:
        chosen[groups[i]].append(i)
    for members in chosen.values():
        members.sort(key=lambda i: random.Random(f"{SEED} {faces[i].name}").random())
        del members[MOST:]
    return dict(chosen)


def split(
    faces: list[Face], chosen: dict[int, list[int]], known: NDArray[np.int64]
) -> dict[int, str]:
    """Return the split of each group; easy and hard ones go to each split in its share.

    The groups are dealt from hard to easy, each to the split that is owed most by then;
    one that gives as many images as a group may is always trained on.
    """
    order = {}
    for g, members in chosen.items():
        name = min(faces[i].name for i in members)
        order[g] = (known[members].mean(), random.Random(f"{SEED} {name}").random())
    owed = dict.fromkeys(SHARES, 0.0)
    side = {}
    for g in sorted(chosen, key=lambda g: order[g]):
        images = max(len(chosen[g]), FEWEST)
        for place, share in SHARES.items():
            owed[place] += share * images
        place = max(owed, key=lambda place: owed[place])
        side[g] = place if owed[place] >= images / 2 and images < MOST else "train"
        if side[g] in owed:
            owed[side[g]] -= images
    return side


def render(face: Face, glyphs: list[Pixels], copy: int, seen: set[bytes]) -> list[Pixels]:
    """Return the ten letters of a face as images that were not `seen`, each moved in its way."""
    images = []
    for letter, glyph in zip(LETTERS, glyphs, strict=True):
        for attempt in range(100):  # many an I is a plain bar
            image = move(glyph, random.Random(f"{SEED} {face.name} {letter} {copy} {attempt}"))
            if image.tobytes() not in seen:
                break
        seen.add(image.tobytes())
        images.append(image)
    return images


def move(glyph: Pixels, chance: random.Random) -> Pixels:
    """Return a glyph as an image, of a size and at a place that chance decides."""
    longest = LONGEST[0] + chance.random() * (LONGEST[1] - LONGEST[0])
    dx, dy = (SHIFT * (2 * chance.random() - 1) for _ in "xy")
    image = fit(glyph, longest, SIZE, dx, dy)
    bright: Pixels = np.rint(image * (255 / image.max())).astype(np.uint8)
    return bright  # hairlines would come out grey


def main(folder: Path) -> None:
    """Fetch the fonts, draw, choose, split and write."""
    fonts.fetch(folder)
    faces, drawn = [], []
    for face in fonts.faces(folder):
        if glyphs := draw(face):
            faces.append(face)
            drawn.append(glyphs)
    sketch = sketches(drawn)
    alike = likeness(sketch)
    groups = group(faces, alike)
    known = recognised(sketch, groups)
    chosen = choose(faces, alike, groups, known)
    side = split(faces, chosen, known)

    images: dict[str, list[Pixels]] = defaultdict(list)
    rows: list[dict[str, object]] = []
    seen: set[bytes] = set()
    for g, members in chosen.items():
        copies = -(-FEWEST // len(members)) if len(members) < FEWEST else 1
        for i in members:
            for copy in range(copies):
                images[side[g]] += render(faces[i], drawn[i], copy, seen)
            rows.append(
                {
                    "split": side[g],
                    "group": first_word(faces[g].family).strip(),
                    "family": faces[i].family,
                    "style": faces[i].style,
                    "file": faces[i].path.name,
                    "package": faces[i].package,
                    "images": copies * len(LETTERS),
                }
            )
    write_arrays(images)
    write_lists(folder, rows)


def write_arrays(images: dict[str, list[Pixels]]) -> None:
    """Write letters.npz, each split in a random but fixed order."""
    arrays: dict[str, NDArray[np.generic]] = {"classes": np.array(list(LETTERS))}
    for name, suffix in (("train", ""), ("validation", "_val"), ("test", "_test")):
        order = list(range(len(images[name])))
        random.Random(f"{SEED} {name}").shuffle(order)
        arrays["x" + suffix] = np.stack([images[name][i] for i in order])
        arrays["y" + suffix] = np.array([i % len(LETTERS) for i in order], np.uint8)
    path = HERE / "letters.npz"
    np.savez_compressed(path, allow_pickle=False, **arrays)
    counts = {key: array.shape for key, array in arrays.items()}
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, {counts}")


def write_lists(folder: Path, rows: list[dict[str, object]]) -> None:
    """Write which face went where, and under which licence its package is."""
    rows.sort(key=lambda row: [str(value).casefold() for value in row.values()])
    with (HERE / "letters-fonts.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    used: dict[str, int] = defaultdict(int)
    for row in rows:
        used[str(row["package"])] += 1
    lines = [
        f"The faces below were drawn with Pillow {__version__}.",
        "",
        "| Debian package | version | faces | licence of the fonts |",
        "| --- | --- | --- | --- |",
    ]
    for package in sorted(used):
        version = fonts.version(folder, package)
        licence = fonts.licences(folder, package)
        lines.append(f"| {package} | {version} | {used[package]} | {licence} |")
    text = "\n".join(lines) + "\n"
    (HERE / "ORIGINS-letters.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python make_letters.py FOLDER")
    main(Path(sys.argv[1]))
