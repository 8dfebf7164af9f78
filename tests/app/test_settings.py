"""Settings survive, and a strange file costs nothing but what is strange in it."""

import json
from pathlib import Path

from designer.app.settings import MOST_RECENT, Settings, SettingsFile


def test_what_is_changed_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    SettingsFile(path).change(theme="light", panels="AAEC")
    again = SettingsFile(path).value
    assert again.theme == "light"
    assert again.panels == "AAEC"


def test_a_strange_value_does_not_cost_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "pink", "menu_bar": True, "new": 1}))
    assert SettingsFile(path).value == Settings(menu_bar=True)


def test_a_file_that_is_no_settings_is_left_out(tmp_path: Path) -> None:
    for text in ("", "[]", "{", "\x00"):
        path = tmp_path / "settings.json"
        path.write_text(text)
        assert SettingsFile(path).value == Settings()


def test_without_a_place_to_write_they_hold_until_the_end(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings = SettingsFile(blocked / "settings.json")
    settings.change(theme="dark")
    assert settings.value.theme == "dark"


def test_recent_files_are_few_and_each_once() -> None:
    settings = Settings()
    for i in range(20):
        settings = settings.with_recent(Path(f"/nets/{i}.convnet"))
    settings = settings.with_recent(Path("/nets/15.convnet"))
    assert len(settings.recent) == MOST_RECENT
    assert settings.recent[:2] == ("/nets/15.convnet", "/nets/19.convnet")
