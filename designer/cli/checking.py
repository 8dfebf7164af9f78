"""The command that reports every diagnostic of a design, and applies the safe fixes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from designer import analyze
from designer.cli.command import Command, Exit
from designer.cli.terminal import Terminal, plain
from designer.core.analysis import Analysis
from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.graph import spoken
from designer.storage import load, save

MOST_FIXES = 10_000
"""A stop for fixes that would undo each other; no test has found any that do."""


def describe(design: Design, file: str) -> DataDescription | None:
    """What is known of the design's data; None where it is not on this machine."""
    from designer import data

    try:
        folder = Path(file).absolute().parent
        return data.describe(design.data.source, design.data.validation, folder)
    except data.DataError:
        return None


def report(analysis: Analysis, terminal: Terminal) -> None:
    """Print the diagnostics for people, the fixes below each."""
    for diagnostic in analysis.diagnostics:
        where = "" if diagnostic.node is None else f" at {spoken(diagnostic.node)}"
        terminal.print(f"{diagnostic.severity}{where}: {plain(diagnostic.message)}")
        for fix in diagnostic.fixes:
            terminal.print(f"    fix: {plain(fix.label)}{' (safe)' if fix.safe else ''}")


def to_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as an object, as `check --json` promises it."""
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "node": diagnostic.node,
        "param": diagnostic.param,
        "message": diagnostic.message,
        "fixes": [fix.label for fix in diagnostic.fixes],
    }


def _check(options: argparse.Namespace, terminal: Terminal) -> int:
    design = load(options.file)
    data = describe(design, options.file)
    fixed: list[str] = []
    if options.fix:
        mended, fixed = _mend(design, data)
        if fixed:
            save(mended, options.file)
        design = mended
    analysis = analyze(design, data)
    document: dict[str, Any] = {
        "valid": analysis.is_valid,
        "diagnostics": [to_json(diagnostic) for diagnostic in analysis.diagnostics],
    }
    if options.fix:
        document["fixed"] = fixed
    terminal.document(document)
    for label in fixed:
        terminal.print(f"fixed: {plain(label)}")
    report(analysis, terminal)
    terminal.say(_verdict(options.file, analysis))
    return Exit.DONE if analysis.is_valid else Exit.INVALID


def _mend(design: Design, data: DataDescription | None) -> tuple[Design, list[str]]:
    """Apply the first safe fix until there is none; the labels of what was applied."""
    labels: list[str] = []
    analysis = analyze(design, data)
    while len(labels) < MOST_FIXES and (found := _safe_fix(analysis)):
        diagnostic, fix = found
        where = "" if diagnostic.node is None else f"{spoken(diagnostic.node)}: "
        labels.append(f"{where}{fix.label}")
        design = fix.edit.apply(design)
        analysis = analyze(design, data, analysis)
    return design, labels


def _safe_fix(analysis: Analysis) -> tuple[Diagnostic, Fix] | None:
    pairs = ((d, fix) for d in analysis.diagnostics for fix in d.fixes if fix.safe)
    return next(pairs, None)


def _verdict(file: str, analysis: Analysis) -> str:
    counts = {
        severity: sum(d.severity == severity for d in analysis.diagnostics)
        for severity in ("error", "warning", "hint")
    }
    told = [f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items() if n]
    state = "valid" if analysis.is_valid else "not valid"
    totals = analysis.totals
    if totals.known < totals.nodes:
        told.append(f"{totals.known} of {totals.nodes} nodes known")
    return f"{plain(file)}: {state}" + (f", {', '.join(told)}" if told else "")


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a project file")
    parser.add_argument("--fix", action="store_true", help="apply the safe fixes and save the file")


CHECK = Command("check", "report every fault of a design, with its fixes", _check, _add)
