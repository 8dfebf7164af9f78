"""What changes keys, and writes the list of them to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from designer.storage import StorageError

if TYPE_CHECKING:
    from designer.ui.keyboard.window import KeyboardWindow
    from designer.ui.main_window import MainWindow

PATTERN = "Pages to print (*.pdf);;Text (*.md *.txt)"


class KeyboardCommands(QObject):
    """The receiver of the actions about keys; the one window is made when it is first needed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.shown: KeyboardWindow | None = None
        window.completed.connect(self._on_completed)

    def change(self) -> None:
        """Open the window in which keys are changed."""
        from designer.ui.keyboard.window import KeyboardWindow

        if self.shown is None:
            window = self._window
            self.shown = KeyboardWindow(window.keys, window.theme, window)
            self.shown.save_wanted.connect(self.save_list)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()

    def _on_completed(self) -> None:
        """Tell once what the settings hold of keys that are none."""
        notes = self._window.keys.notes
        if notes:
            more = f" So it is with {len(notes) - 1} more." if len(notes) > 1 else ""
            self._window.column.banner.say(
                f"{notes[0]}{more}", [("Change keys …", self.change)], is_fault=False
            )

    def save_list(self) -> None:
        """Ask for a file, and write the keys as they are now."""
        from designer.ui.keyboard.sheet import write_list

        path = self._window.dialogs.save_path(str(Path.home() / "keys.pdf"), PATTERN)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(".pdf")
        banner = self._window.column.banner
        try:
            write_list(self._window.keys, path)
        except StorageError as error:
            banner.say(f"The list of keys was not written: {error}")
        else:
            banner.say(f"The list of keys was written to {path}", is_fault=False)
