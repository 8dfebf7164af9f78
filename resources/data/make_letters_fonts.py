"""The fonts that the letters are drawn from: fetched, listed, with their licences."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

HERE = Path(__file__).parent
SUFFIXES = {".ttf", ".otf", ".ttc"}

# What a Debian copyright file calls a licence, and the name we write down for it.
LICENCES = (
    ("OFL", r"OF[Ll]|(?i:SIL[-_ ])|Open Font Licen[cs]e"),
    ("Apache-2.0", r"Apache"),
    ("CC0-1.0", r"CC0"),
    ("CC-BY", r"CC[- ]BY(?!-SA)"),
    ("CC-BY-SA", r"CC[- ]BY-SA"),
    ("GUST", r"GUST"),
    ("LPPL", r"LPPL|LaTeX Project"),
    ("LGPL", r"LGPL|Lesser General Public"),
    ("AGPL", r"AGPL|Affero"),
    (
        "GPL with font exception",
        r"\bGPL.*([Ff]ont.?[Ee]xception|FE\b)|special exception",
    ),
    ("GPL", r"\bGPL(?!.*([Ee]xception|FE\b))|GNU General Public"),
    ("MIT", r"\bMIT\b|Expat|X11"),
    ("BSD", r"BSD"),
    ("Artistic", r"Artistic"),
    ("Bitstream Vera", r"[Bb]itstream"),
    ("Ubuntu Font Licence", r"Ubuntu.Font"),
    ("ParaType", r"ParaType"),
    ("public domain", r"[Pp]ublic.[Dd]omain|Unlicense"),
    ("permission of the author", r"madduck-special|[Pp]ermissive|gnu-all-perm|FSFAP"),
)


@dataclass(frozen=True)
class Face:
    """One face of a font file that Pillow can draw."""

    package: str
    path: Path
    family: str
    style: str

    @property
    def name(self) -> str:
        """Package, file and style: the face's name in lists and in its random seed."""
        return f"{self.package}/{self.path.name}/{self.style}"


def packages() -> list[str]:
    """Return the names of the Debian packages, in the order of the list."""
    lines = (HERE / "letters-packages.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def fetch(folder: Path) -> None:
    """Download and unpack every package into ``folder/<package>``; installs nothing."""
    archives = folder / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    missing = [p for p in packages() if not any(archives.glob(f"{p}_*.deb"))]
    if missing:
        subprocess.run(["apt-get", "download", *missing], cwd=archives, check=True)
    for package in packages():
        archive = next(archives.glob(f"{package}_*.deb"))
        if not (folder / package).is_dir():
            command = ["dpkg-deb", "-x", str(archive), str(folder / package)]
            subprocess.run(command, check=True)


def version(folder: Path, package: str) -> str:
    """Return the version of a fetched package, from its archive's name."""
    archive = next((folder / "archives").glob(f"{package}_*.deb"))
    return archive.name.split("_")[1].replace("%3a", ":")


def faces(folder: Path) -> Iterator[Face]:
    """Yield every distinct font file's face, in a fixed order."""
    seen: set[bytes] = set()
    for package in packages():
        for path in sorted((folder / package).rglob("*")):
            if path.is_symlink() or path.suffix.lower() not in SUFFIXES:
                continue
            digest = hashlib.sha256(path.read_bytes()).digest()
            if digest in seen:
                continue
            seen.add(digest)
            family, style = ImageFont.truetype(str(path), 20).getname()
            yield Face(package, path, family or path.stem, style or "Regular")


def licences(folder: Path, package: str) -> str:
    """Return the licences of a package's fonts, as its copyright file states them."""
    path = folder / package / "usr/share/doc" / package / "copyright"
    text = path.read_text(encoding="utf-8", errors="replace")
    stated = []
    for paragraph in text.split("\n\n"):
        files = re.search(r"^Files:(.*(?:\n[ \t].*)*)", paragraph, re.M)
        licence = re.search(r"^License:[ \t]*\n?(.*)", paragraph, re.M)
        if licence and files and not re.match(r"\s*debian/", files[1]):
            stated.append(licence[1])
    words = "\n".join(stated) or text
    return ", ".join(name for name, sign in LICENCES if re.search(sign, words)) or words
