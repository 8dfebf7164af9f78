"""Nothing blocks the window while it completes itself after its first paint."""

import compileall
import json
import subprocess
import sys
from pathlib import Path

import pytest

import designer
from tests.ui.responsive import starting
from tests.ui.responsive.watchdog import ATTEMPTS

pytestmark = pytest.mark.alone


@pytest.mark.parametrize(
    "shown", ["assignment-4", pytest.param("start page", marks=pytest.mark.nightly)]
)
def test_from_the_first_paint_on_no_event_waits(tmp_path: Path, shown: str) -> None:
    """In a process of its own, where nothing is imported yet; the engine's processes start too."""
    # as an install does it: the program is compiled before it is started
    compileall.compile_dir(Path(designer.__file__).parent, quiet=1)
    verdicts = []
    for _ in range(ATTEMPTS):
        command = [sys.executable, "-m", starting.__name__, str(tmp_path / "settings.json"), shown]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        facts = json.loads(done.stdout)
        if not facts["verdict"]:
            return
        verdicts.append(facts["verdict"])
    raise AssertionError("\n\n".join(verdicts))
