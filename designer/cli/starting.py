"""The commands that begin a project: list the templates, write one to a file."""

from __future__ import annotations

import argparse
import difflib
from itertools import groupby
from pathlib import Path
from typing import Any

from designer.cli.command import Command, Exit, Unusable
from designer.cli.terminal import Terminal, plain
from designer.storage import SUFFIX, save, template
from designer.storage import TEMPLATES as ALL


def _list(options: argparse.Namespace, terminal: Terminal) -> int:
    rows: list[dict[str, Any]] = [
        {
            "name": t.name,
            "title": t.title,
            "description": t.description,
            "group": t.group,
            "params": t.parameters,
            "macs": t.macs,
        }
        for t in ALL
    ]
    terminal.document({"templates": rows})
    width = max(len(t.name) for t in ALL)
    for group, templates in groupby(ALL, lambda t: t.group):
        terminal.print(group)
        for t in templates:
            counts = f"{t.parameters:>11,} parameters  {t.macs:>14,} MACs"
            terminal.print(f"  {t.name:<{width}}  {counts}  {t.description}")
    return Exit.DONE


def _new(options: argparse.Namespace, terminal: Terminal) -> int:
    names = [t.name for t in ALL]
    if options.template not in names:
        near = difflib.get_close_matches(options.template, names, 1)
        hint = f"is {near[0]} meant?" if near else f"there are {', '.join(names)}"
        raise Unusable(f"there is no template {plain(options.template)}: {hint}")
    path = Path(options.output)
    if not options.force and path.is_file() and path.stat().st_size:
        raise Unusable(f"{plain(options.output)} is there already: name another file, or --force")
    save(template(options.template).design(), path)
    terminal.document({"file": str(path), "template": options.template})
    terminal.say(f"{plain(options.output)} is a new project from {options.template}")
    return Exit.DONE


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("template", metavar="TEMPLATE", help="its name; `templates` lists them")
    name = f"the project file to write, *{SUFFIX} by custom"
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help=name)
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


TEMPLATES = Command("templates", "list the templates", _list)
NEW = Command("new", "write a project from a template", _new, _add_new)
