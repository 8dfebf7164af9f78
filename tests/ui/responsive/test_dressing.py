"""The theme and the scale of the interface are changed at once: Qt reads the style sheet anew."""

import pytest

from designer.ui.theme.theme import Theme
from tests.ui.responsive.conftest import Open
from tests.ui.responsive.nets import large
from tests.ui.responsive.watchdog import Watch, idle, never_holds

pytestmark = pytest.mark.alone


@pytest.mark.parametrize("change", ["theme", "scale"])
def test_the_window_is_dressed_anew(open_window: Open, theme: Theme, change: str) -> None:
    def dress(value: str | int) -> None:
        theme.set_mode(value) if change == "theme" else theme.set_percent(value)

    def scenario(watch: Watch) -> None:
        open_window(large(500))
        other, usual = ("light", "dark") if change == "theme" else (125, 100)
        with watch():
            dress(other)
            idle(100)
        dress(usual)

    never_holds(scenario, once=0.25)
