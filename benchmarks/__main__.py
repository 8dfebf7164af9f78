"""The one command: ``python -m benchmarks`` prints every table and writes docs/."""

import argparse
import importlib
import os
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
NAMES = ("start", "analysis", "editing", "model", "training", "canvas")


def main() -> int:
    """Run the chosen benchmarks; 1 if a target was missed."""
    arguments = _arguments()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from benchmarks import machine, report

    results = report.load(DOCS / "benchmarks.json")
    missed = False
    for name in arguments.only or NAMES:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n{module.TITLE}", flush=True)
        rows = module.run(quick=arguments.quick)
        print(report.as_text(rows), flush=True)
        missed |= any(row.met is False for row in rows)
        results[name] = report.entry(module.TITLE, module.__doc__, machine.describe(), rows)
    if not arguments.quick:
        ordered = {name: results[name] for name in NAMES if name in results}
        report.save(ordered, DOCS / "benchmarks.json", DOCS / "benchmarks.md")
    return int(missed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        choices=NAMES,
        help=f"run this one, may be repeated: {', '.join(NAMES)}",
    )
    parser.add_argument("--quick", action="store_true", help="few rounds; docs/ stays as it is")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
