"""What the View menu does: panels, tabs, theme, searching."""

from __future__ import annotations

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
        self._shown_before: tuple[bool, bool, bool] | None = None

    @property
    def has_palette(self) -> bool:
        """Whether the palette is shown."""
        return not self._window.palette_panel.isHidden()

    @property
    def has_inspector(self) -> bool:
        """Whether the inspector is shown."""
        return not self._window.inspector.isHidden()

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
        return self._shown_before is not None

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
        self._show((not self.has_palette, self.has_inspector, self.has_dock))

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self._show((self.has_palette, not self.has_inspector, self.has_dock))

    def toggle_dock(self) -> None:
        """Show or hide the dock."""
        self._show((self.has_palette, self.has_inspector, not self.has_dock))

    def toggle_menu_bar(self) -> None:
        """Show or hide the menu bar; the menu button is always there."""
        self._window.menuBar().setVisible(not self.has_menu_bar)

    def canvas_alone(self) -> None:
        """Give the canvas the whole window, or let the panels come back as they were."""
        before = self._shown_before
        now = (self.has_palette, self.has_inspector, self.has_dock)
        self._show(before or (False, False, False))
        self._shown_before = None if before else now
        for bar in (self._window.title_bar, self._window.status_bar):
            bar.setVisible(before is not None)

    @property
    def panels(self) -> tuple[bool, bool, bool]:
        """Which panels are shown when the canvas is not alone: palette, inspector, dock."""
        return self._shown_before or (self.has_palette, self.has_inspector, self.has_dock)

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
        """Show the dock with this tab open."""
        self._window.dock.show()
        self._window.dock.show_tab(name)

    def search_commands(self) -> None:
        """Open the command palette."""
        self._window.command_palette.open()

    def search_templates(self) -> None:
        """Open the command palette on the templates alone."""
        from designer.ui.templates import commands

        found = commands(self._window.files.new_from)
        self._window.command_palette.open(words="Search templates", commands=lambda: found)

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
        self._window.palette_panel.show()
        self._window.palette_panel.search.setFocus()
        self._window.palette_panel.search.selectAll()

    def next_panel(self) -> None:
        """Give the focus to the next panel that is shown."""
        window = self._window
        stops: list[tuple[QWidget, QWidget]] = [
            (window.column.shown, window.column.shown),
            (window.inspector, window.inspector),
            (window.dock, window.dock.tabs),
            (window.palette_panel, window.palette_panel.search),
        ]
        stops = [stop for stop in stops if stop[0].isVisible()]
        focus = QApplication.focusWidget()
        at = next(
            (
                i
                for i, (panel, _) in enumerate(stops)
                if focus is not None and (panel is focus or panel.isAncestorOf(focus))
            ),
            -1,
        )
        panel, target = stops[(at + 1) % len(stops)]
        if panel is window.inspector:
            target = (window.has_panels and window.inspector.first_field()) or target
        target.setFocus()

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
            self._window.inspector.show()
            self._window.inspector.nodes.begin_renaming()

    def show_about(self) -> None:
        """Say what this is and what it is made of."""
        about_page(self._window).show()

    def _show(self, shown: tuple[bool, bool, bool]) -> None:
        window = self._window
        panels = (window.palette_panel, window.inspector, window.dock)
        for panel, visible in zip(panels, shown, strict=True):
            panel.setVisible(visible)
        self._shown_before = None

    def _set_theme(self, mode: Mode) -> None:
        self._window.theme.set_mode(mode)
        settings = self._window.settings
        settings.put(replace(settings.value, theme=mode))
