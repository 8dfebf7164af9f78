"""Pages that are written from the code say what the code says."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_of_layers_is_what_their_fields_say() -> None:
    written = runpy.run_path(str(DOCS / "make_layers.py"))
    page = (DOCS / "manual" / "layers.md").read_text("utf-8")
    assert page == written["page"](), "run: python docs/make_layers.py"
