"""What every test gets: no display, one thread, a home of its own, and no leaks."""

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Before anything imports Qt, numpy or torch.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_ACCESSIBILITY"] = "0"
os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp()  # of mode 0700, as Qt asks

import pytest
from hypothesis import HealthCheck, settings

from tests.leaks import LeakWatch

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), print_blob=True)
settings.register_profile(
    "nightly", settings.get_profile("default"), max_examples=2000, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_finish() -> None:
    """Half a million objects of torch and of the tests themselves are no garbage: none is looked
    at again, or every collection would take a second."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder: no test reads or writes the user's settings or files."""
    folder = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for name, place in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
    }.items():
        monkeypatch.setenv(name, str(folder / place))
    return folder


@pytest.fixture(autouse=True)
def qt_settings(home: Path) -> None:
    """QSettings of every format are kept in the test's own home."""
    from PySide6.QtCore import QSettings

    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(home / ".config"))


@pytest.fixture(autouse=True)
def no_leaks(home: Path) -> Iterator[None]:
    """A QThread, QTimer or QProcess that outlives its test fails it."""
    with LeakWatch() as watch:
        yield
    if alive := watch.alive():
        pytest.fail("left running after the test:\n" + "\n".join(alive), pytrace=False)
