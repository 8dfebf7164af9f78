"""Pages that are written from the code say what the code says."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("name", ["layers.md", "settings.md"])
def test_the_page_says_what_the_fields_say(name: str) -> None:
    pages = runpy.run_path(str(DOCS / "make_tables.py"))["pages"]()
    page = (DOCS / "manual" / name).read_text("utf-8")
    assert page == pages[name], "run: python docs/make_tables.py"
