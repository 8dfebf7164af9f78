"""Pages that are written from the code say what the code says."""

import re
import runpy
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def test_every_page_that_is_written_says_what_the_code_says() -> None:
    pages = runpy.run_path(str(DOCS / "make_tables.py"))["pages"]()
    old = [
        name
        for name, text in pages.items()
        if not (DOCS / "manual" / name).exists()
        or (DOCS / "manual" / name).read_text("utf-8") != text
    ]
    assert old == [], "run: python docs/make_tables.py"
    for folder in ("layers", "notions"):
        written = {path.name for path in (DOCS / "manual" / folder).glob("*.md")}
        assert written == {Path(name).name for name in pages if name.startswith(f"{folder}/")}


def test_the_page_of_the_command_line_names_every_command_and_option() -> None:
    from designer.cli.door import COMMANDS, command_of, parser_of

    page = (DOCS / "manual" / "command-line.md").read_text("utf-8")
    for name in COMMANDS:
        assert re.search(rf"`{name}\b|designer {name}\b", page), name
        for action in parser_of(command_of(name))._actions:
            options = [word for word in action.option_strings if word != "-h"]
            assert not options or any(word in page for word in options), (name, options)


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for page in [*DOCS.rglob("*.md"), DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []
