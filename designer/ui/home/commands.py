"""What shows the start page in the place of canvas and panels, and goes back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

if TYPE_CHECKING:
    from designer.ui.home.page import HomePage
    from designer.ui.main_window import MainWindow


class HomeCommands(QObject):
    """The receiver of the action; the page is made when it is first shown."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.page: HomePage | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the page stands where canvas and panels were."""
        return self.page is not None and self._window.stage.currentWidget() is self.page

    def toggle(self) -> None:
        """Show the page, or go back to the canvas."""
        if self.is_shown:
            self.leave()
        else:
            self.show()

    def show(self) -> None:
        """Show the page; what waits to be read is read there."""
        window = self._window
        if self.page is None:
            self.page = self._made()
        elif not self.is_shown:
            self.page.refresh()
        for banner in (window.column.banner, window.column.offer):
            self.page.banners.addWidget(banner)
        self._set_shown(True)
        self.page.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Show canvas and panels again."""
        if not self.is_shown:
            return
        window = self._window
        window.column.take_banners()
        self._set_shown(False)
        window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_shown(self, is_shown: bool) -> None:
        window = self._window
        if is_shown and self.page:
            window.stage.setCurrentWidget(self.page)
        window.title_bar.show_home(is_shown)
        window.head.setVisible(is_shown or not window.desk.is_alone)
        window.foot.setHidden(is_shown or window.desk.is_alone)
        if not is_shown:
            window.settle_bars()
            window.stage.setCurrentWidget(window.desk)
        window.bindings.refresh()

    def _made(self) -> HomePage:
        from designer.ui.home.page import HomePage

        window = self._window
        made = HomePage(window.files, window.settings, window.theme)
        made.left.connect(self.leave)
        window.stage.addWidget(made)
        return made
