"""What the View menu does: panels, tabs, theme, searching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from designer.ui.page import about_page
from designer.ui.theme.theme import Mode

if TYPE_CHECKING:
    from designer.ui.main_window import MainWindow


class ViewCommands(QObject):
    """The receiver of the view actions."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @property
    def has_palette(self) -> bool:
        """Whether the palette is shown."""
        return not self._window.desk.docks["Palette"].isHidden()

    @property
    def has_inspector(self) -> bool:
        """Whether the inspector is shown."""
        return not self._window.desk.docks["Inspector"].isHidden()

    @property
    def has_dock(self) -> bool:
        """Whether the dock is shown."""
        return not self._window.dock.isHidden()

    @property
    def has_menu_bar(self) -> bool:
        """Whether the menu bar is shown."""
        return not self._window.menuBar().isHidden()

    @property
    def is_alone(self) -> bool:
        """Whether the canvas has the window to itself."""
        return self._window.desk.is_alone

    @property
    def is_system(self) -> bool:
        """Whether the theme follows the desktop."""
        return self._window.theme.mode == "system"

    @property
    def is_dark(self) -> bool:
        """Whether the dark theme was chosen."""
        return self._window.theme.mode == "dark"

    @property
    def is_light(self) -> bool:
        """Whether the light theme was chosen."""
        return self._window.theme.mode == "light"

    def toggle_palette(self) -> None:
        """Show or hide the palette."""
        self._toggle("Palette")

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self._toggle("Inspector")

    def toggle_dock(self) -> None:
        """Show or hide the panels that begin below the canvas, wherever they are."""
        self._window.dock.setVisible(not self.has_dock)

    def toggle_menu_bar(self) -> None:
        """Show or hide the menu bar; the menu button is always there."""
        self._window.menuBar().setVisible(not self.has_menu_bar)

    def canvas_alone(self) -> None:
        """Give the canvas the whole window, or let the panels come back as they were."""
        window = self._window
        window.home.leave()
        is_alone = not self.is_alone
        if is_alone:
            window.desk.set_alone(True)
        for bar in (window.head, window.foot):
            bar.setHidden(is_alone)
        if not is_alone:
            window.settle_bars()
            window.desk.set_alone(False)

    def show_training(self) -> None:
        """Turn to the training panel."""
        self.show_tab("Training")

    def show_runs(self) -> None:
        """Turn to the runs panel."""
        self.show_tab("Runs")

    def show_problems(self) -> None:
        """Turn to the problems panel."""
        self.show_tab("Problems")

    def show_summary(self) -> None:
        """Turn to the summary panel."""
        self.show_tab("Summary")

    def show_code(self) -> None:
        """Turn to the code panel."""
        self.show_tab("Code")

    def show_data(self) -> None:
        """Turn to the data panel."""
        self.show_tab("Data")

    def show_outline(self) -> None:
        """Turn to the outline, which takes the keys."""
        self.show_tab("Outline")
        if self._window.has_panels:
            self._window.outline.setFocus()

    def show_tab(self, name: str) -> None:
        """Show a panel of the dock, in front of those beside it."""
        self._window.home.leave()
        self._window.dock.show_tab(name)

    def search_commands(self) -> None:
        """Open the command palette."""
        self._window.command_palette.open()

    def next_problem(self) -> None:
        """Go to the next problem and show its fix."""
        self._visit_problem(1)

    def previous_problem(self) -> None:
        """Go to the problem before and show its fix."""
        self._visit_problem(-1)

    def _visit_problem(self, step: int) -> None:
        # a window that has just been opened is still making its panels
        if self._window.has_panels:
            self._window.problems.visit(step)

    def search_layers(self) -> None:
        """Go to the palette's search line."""
        self._window.home.leave()
        self._window.desk.bring("Palette")
        self._window.palette_panel.search.setFocus()
        self._window.palette_panel.search.selectAll()

    def next_panel(self) -> None:
        """Give the focus to the next panel that is shown."""
        stops = list(self._stops())
        focus = QApplication.focusWidget()
        at = next(
            (
                place
                for place, (around, _) in enumerate(stops)
                if focus is not None and any(w is focus or w.isAncestorOf(focus) for w in around)
            ),
            -1,
        )
        _, target = stops[(at + 1) % len(stops)]
        target.activateWindow()
        target.setFocus()

    def _stops(self) -> Iterator[tuple[Sequence[QWidget], QWidget]]:
        """What can be gone to in a round: what each stop is made of, and what takes the keys."""
        window = self._window
        if window.home.is_shown and window.home.page is not None:
            yield (window.home.page,), window.home.page.search
            return
        yield (window.column.shown,), window.column.shown
        for name in ("Inspector", *window.dock.names, "Palette"):
            dock, bar = window.desk.docks[name], window.desk.bar_of(name)
            if not dock.is_seen:
                continue
            around = (dock,) if bar is None else (bar, dock)
            if name == "Inspector":
                field = window.has_panels and window.inspector.first_field()
                yield around, field or window.inspector
            elif name == "Palette":
                yield around, window.palette_panel.search
            elif (target := bar or dock.panel) is not None:
                yield around, target

    def follow_system(self) -> None:
        """Take the theme of the desktop."""
        self._set_theme("system")

    def dark(self) -> None:
        """Take the dark theme."""
        self._set_theme("dark")

    def light(self) -> None:
        """Take the light theme."""
        self._set_theme("light")

    @property
    def has_name(self) -> bool:
        """Whether one node or one frame is selected."""
        return self._window.selection.node is not None or self._window.canvas.frames.is_chosen

    def rename(self) -> None:
        """Go to the name of the selected node, or write the title of the selected frame."""
        if self._window.canvas.frames.is_chosen:
            self._window.canvas.frames.rename()
        elif self.has_name and self._window.has_panels:
            self._window.desk.bring("Inspector")
            self._window.inspector.nodes.begin_renaming()

    @property
    def has_panels(self) -> bool:
        """Whether the summary is there."""
        return self._window.has_panels

    def copy_summary(self) -> None:
        """Put the table of the summary on the clipboard."""
        self._window.summary.copy_as_markdown()

    def show_about(self) -> None:
        """Say what this is and what it is made of."""
        about_page(self._window).show()

    def _toggle(self, name: str) -> None:
        dock = self._window.desk.docks[name]
        if dock.isHidden():
            dock.bring()
        else:
            dock.hide()

    def _set_theme(self, mode: Mode) -> None:
        self._window.theme.set_mode(mode)
        settings = self._window.settings
        settings.put(replace(settings.value, theme=mode))
