"""A start of the program in a process of its own, watched from the first paint on."""

import gc
import json
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from designer.app.settings import SettingsFile
from designer.storage import template
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
from tests.ui.responsive.watchdog import Watchdog, idle, until


def main(settings: Path, shown: str = "assignment-4") -> dict[str, object]:
    """Show a template, or the start page, until every panel is there and every thumbnail painted.

    What was seen, in seconds from the first paint.
    """
    application = QApplication([])
    theme = Theme("dark")
    theme.apply()
    window = make_window(SettingsFile(settings), theme)
    window.completed.connect(gc.freeze)  # as the program does
    if shown == "start page":
        window.home.show()
    else:
        window.session.new(template(shown).design(), now=False)
    watch, facts = Watchdog(), dict[str, object]()
    begun = [0.0]

    def begin() -> None:
        begun[0] = time.perf_counter()
        watch.__enter__()

    def note(name: str) -> None:
        facts.setdefault(name, time.perf_counter() - begun[0])

    window.painted.connect(begin)
    window.session.changed.connect(lambda: note("shapes"))
    window.completed.connect(lambda: note("completed"))
    window.show()
    until(lambda: "completed" in facts)
    until(lambda: window.home.page is None or not window.home.page.is_painting)
    idle(400)
    watch.__exit__()
    window.close()
    application.processEvents()
    return {**facts, "longest": watch.longest, "verdict": watch.verdict()}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), *sys.argv[2:])))
