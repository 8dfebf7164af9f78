"""Opening a net of 2,000 nodes holds the window once, for a quarter of a second at most."""

from pathlib import Path

import pytest

from designer.storage import save
from tests.ui.conftest import Answers
from tests.ui.responsive.conftest import Open
from tests.ui.responsive.nets import large
from tests.ui.responsive.watchdog import Watch, idle, never_holds, until

pytestmark = pytest.mark.alone


@pytest.mark.parametrize("tab", ["Training", "Summary", "Code"])
def test_a_net_of_2000_nodes_is_opened(open_window: Open, tmp_path: Path, tab: str) -> None:
    path = tmp_path / "large.convnet"
    save(large(2000), path)

    def scenario(watch: Watch) -> None:
        window = open_window(large(20))
        window.dock.show_tab(tab)
        with watch():
            window.files.open_path(path)
            until(lambda: window.session.path == path)
            idle(500)
        assert len(window.session.design.nodes) > 1900
        if tab == "Code":
            assert len(window.code.view.toPlainText().splitlines()) > 2000

    never_holds(scenario, once=0.25)


@pytest.mark.parametrize(
    "ending", ["convnet", "py", "svg", "pdf", pytest.param("png", marks=pytest.mark.nightly)]
)
def test_a_large_net_is_saved_and_exported(
    open_window: Open, answers: Answers, tmp_path: Path, ending: str
) -> None:
    def scenario(watch: Watch) -> None:
        window = open_window(large(500))
        answers.path = tmp_path / f"large.{ending}"
        answers.path.unlink(missing_ok=True)
        files = window.files
        write = {"convnet": files.save, "py": files.export_script}.get(ending, files.export_picture)
        with watch():
            write()
            until(answers.path.exists)
            idle(100)

    never_holds(scenario)
