"""The main window: the panels around the canvas, and what ties them together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from designer.app.keymap import KeyMap
from designer.app.presence import Presence
from designer.app.recovery import Journal
from designer.app.selection import Selection
from designer.app.session import Session
from designer.app.settings import SettingsFile
from designer.core.diagnostic import Diagnostic, Fix
from designer.help.addresses import TOPIC
from designer.layers import CATALOGUE
from designer.storage import SUFFIX
from designer.ui import arrangement
from designer.ui.canvas.edit import editing
from designer.ui.canvas.view import CanvasView
from designer.ui.canvas_column import CanvasColumn
from designer.ui.commands.bindings import Bindings
from designer.ui.commands.canvas import Camera, CanvasCommands
from designer.ui.commands.maps import MapsCommands
from designer.ui.commands.menus import Menus
from designer.ui.commands.scale import ScaleCommands
from designer.ui.commands.view import ViewCommands
from designer.ui.desk.commands import PanelCommands
from designer.ui.desk.desk import Desk
from designer.ui.desk.places import Home
from designer.ui.dock import Dock
from designer.ui.doors import Doors
from designer.ui.figures import sentence
from designer.ui.files import ONNX, Dialogs, Files
from designer.ui.help.commands import HelpCommands
from designer.ui.home.commands import HomeCommands
from designer.ui.importing.commands import ImportCommands
from designer.ui.inspector.panel import InspectorPanel
from designer.ui.keyboard.commands import KeyboardCommands
from designer.ui.palette import PalettePanel
from designer.ui.parts import column, ground, hairline
from designer.ui.pictures.commands import PictureCommands
from designer.ui.pyramid.commands import PyramidCommands
from designer.ui.status_bar import StatusBar
from designer.ui.theme.theme import Theme
from designer.ui.title_bar import TitleBar

if TYPE_CHECKING:
    from designer.app.trainer import Trainer
    from designer.ui.commands.palette import CommandPalette

TABS = {
    "Training": f"{TOPIC}training",
    "Runs": f"{TOPIC}training",
    "Problems": "",
    "Summary": f"{TOPIC}costs",
    "Code": "",
    "Data": f"{TOPIC}data",
    "Outline": "",
}
"""The panels that begin below the canvas, with the pages of help about them."""
HOMES = (
    Home("Palette", "left", 232, has_grip=True),
    Home("Inspector", "right", 356, has_grip=True),
    *(Home(name, "bottom", 361, page=page) for name, page in TABS.items()),
)


class MainWindow(QMainWindow):
    """Assembles the panels; `painted` is sent once, after the first paint, then `completed`."""

    painted = Signal()
    completed = Signal()
    """Every panel is there."""
    closed = Signal()

    def __init__(
        self,
        session: Session,
        selection: Selection,
        theme: Theme,
        settings: SettingsFile,
        canvas: CanvasView,
        doors: Doors,
    ) -> None:
        super().__init__()
        self.session, self.selection = session, selection
        self.theme, self.settings = theme, settings
        self.keys = KeyMap(settings, parent=self)
        self.canvas = canvas
        self.doors = doors
        self.journal = Journal(session, parent=self)
        self._presence = Presence()
        self._has_painted = False
        self._refusal = ""
        self.has_panels = False
        """Whether the inspector and the dock can be used: some turns after the first paint."""
        self.dialogs = doors.dialogs or Dialogs(self)
        self._trainer: Trainer | None = None
        self.setAcceptDrops(True)
        self.column = CanvasColumn(session, theme, canvas, self.keys)
        self.pictures = PictureCommands(self)
        self.files = Files(
            session,
            settings,
            self.column.banner,
            self.dialogs,
            doors.export_script,
            self.pictures.write,
            self,
        )
        self._make_panels()
        self._make_commands()
        self._make_menus()
        self.title_bar = TitleBar(
            session, theme, self.menus.popup(), doors.data_names, doors.device_names, self.keys
        )
        self._lay_out()
        self._connect()
        arrangement.restore(self)
        canvas.setFocus()

    def panels(self) -> Iterator[None]:
        """Make what the first paint did not need, a panel a step."""
        from designer.ui.code.panel import CodePanel
        from designer.ui.empty_net import EmptyNets
        from designer.ui.outline.panel import OutlinePanel
        from designer.ui.problems import ProblemsPanel
        from designer.ui.summary.panel import SummaryPanel

        session, selection, theme = self.session, self.selection, self.theme
        self.problems = ProblemsPanel(session, selection, theme)
        self.problems.counted.connect(self._on_problems_counted)
        self.problems.visited.connect(self._on_problem_visited)
        for offering in (self.problems, self.inspector):
            offering.mend = self._mend
            offering.fix_pointed.connect(self.canvas.hover.preview.show)
        self.problems.refresh()
        self.dock.fill("Problems", self.problems)
        yield
        self.summary = SummaryPanel(session, selection, theme, self.keys)
        self.dock.fill("Summary", self.summary)
        self.bindings.bind(self.summary.table, "summary")
        yield
        self.code = CodePanel(session, selection, theme, self.doors.render)
        self.dock.fill("Code", self.code)
        yield
        self.outline = OutlinePanel(session, selection, theme)
        self.dock.fill("Outline", self.outline)
        for panel in (self.problems, self.summary, self.code, self.outline):
            panel.node_shown.connect(self._on_node_shown)
        self.empty_nets = EmptyNets(session, self.desk.docks, self.home.show)
        self.has_panels = True
        self.bindings.refresh()

    @cached_property
    def command_palette(self) -> CommandPalette:
        """The sheet of commands, made when it is first wanted."""
        from designer.ui.commands.palette import CommandPalette
        from designer.ui.commands.window import commands

        return CommandPalette(lambda: commands(self), self.theme, self)

    def attach(self, trainer: Trainer) -> None:
        """Let the button, the keys and the question before closing speak to a trainer."""
        self._trainer = trainer
        trainer.state_changed.connect(lambda: self.title_bar.show_running(trainer.is_active))
        trainer.began.connect(self._on_began)
        trainer.refused.connect(self._on_refused)
        trainer.stayed.connect(self.column.banner.say)

    def train(self) -> None:
        """Start a run, or stop the one that goes on."""
        self.view.show_training()
        if self._trainer is not None:
            self._trainer.toggle()

    def add(self, name: str) -> None:
        """Add a layer after the selected node, and select it."""
        self.canvas_commands.add(CATALOGUE[name]())

    def go_to(self, node: str) -> None:
        """Select a node, and bring it into view."""
        self.selection.set({node})
        self._on_node_shown(node)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        is_running = self._trainer is not None and self._trainer.is_active
        if (is_running and not self.dialogs.ask_running()) or not self.files.may_leave():
            event.ignore()
            return
        arrangement.remember(self)
        self.desk.close_windows()
        self.journal.discard()
        self._presence.leave()
        self.closed.emit()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.files.open_path(path)

    def _make_commands(self) -> None:
        self.view = ViewCommands(self)
        self.panel_commands = PanelCommands(self.desk)
        self.home = HomeCommands(self)
        self.imports = ImportCommands(self)
        self.files.import_wanted.connect(self.imports.begin)
        self.help = HelpCommands(self)
        self.keyboard = KeyboardCommands(self)
        self.scale = ScaleCommands(self)
        self.pyramid = PyramidCommands(self)
        self.maps = MapsCommands(self.canvas, self.settings)
        self.canvas_commands = CanvasCommands(self.canvas)
        self.targets: dict[str, object] = {
            "window": self,
            "files": self.files,
            "session": self.session,
            "view": self.view,
            "panels": self.panel_commands,
            "home": self.home,
            "imports": self.imports,
            "help": self.help,
            "keyboard": self.keyboard,
            **self.canvas_commands.targets,
            "camera": Camera(lambda: self.pyramid.shown),
            "pyramid": self.pyramid,
            "maps": self.maps,
            "pictures": self.pictures,
            "scale": self.scale,
        }

    def _make_panels(self) -> None:
        session, selection, theme = self.session, self.selection, self.theme
        self.palette_panel = PalettePanel(self.doors.families, theme, self.keys)
        self.inspector = InspectorPanel(session, selection, self.doors.suggest, self.keys)
        self.desk = Desk(HOMES, theme)
        self.dock = Dock(self.desk, tuple(TABS))
        self.desk.docks["Palette"].fill(self.palette_panel)
        self.desk.docks["Inspector"].fill(self.inspector)
        self.desk.setCentralWidget(self.column)
        self.status_bar = StatusBar(session)

    def _make_menus(self) -> None:
        self.bindings = Bindings(self.keys, self.targets, self)
        self.bindings.bind(self, "window")
        self.bindings.bind(self.canvas, "canvas", "view")
        self.menus = Menus(self, self.bindings)
        self.menus.add_changing("File", "New from template", self.files.templates, "files.open")
        self.menus.add_changing("File", "Open recent", self.files.recent, "files.save")
        self.menus.add_changing("View", "Interface scale", self.scale.entries, "scale.larger")
        for menu in self.menus.menus.values():
            self.menuBar().addMenu(menu)

    def _lay_out(self) -> None:
        body = QWidget()
        ground(body)
        self.head, self.foot = QWidget(), QWidget()
        for bar, parts in (
            (self.head, (self.title_bar, hairline())),
            (self.foot, (hairline(), self.status_bar)),
        ):
            inside = column(bar)
            for part in parts:
                inside.addWidget(part)
        self.stage = QStackedWidget()
        """The canvas with its panels, or the start page."""
        self.stage.addWidget(self.desk)
        self._column = column(body)
        self._column.addWidget(self.head)
        self._column.addWidget(self.stage, 1)
        self._column.addWidget(self.foot)
        self.setCentralWidget(body)

    def settle_bars(self) -> None:
        """Give the bars their room at once: panels that come before them would shrink for them."""
        self._column.activate()

    def _connect(self) -> None:
        session, selection = self.session, self.selection
        self.palette_panel.chosen.connect(self.add)
        for explained in (self.palette_panel, self.inspector):
            explained.help_wanted.connect(self.help.explain)
        self.title_bar.asked.connect(self.bindings.trigger)
        self.column.template_wanted.connect(self.home.show)
        self.canvas.refused.connect(self._on_refused)
        self.canvas.zoom_changed.connect(self.status_bar.set_zoom)
        self.status_bar.set_zoom(self.canvas.zoom)
        self.canvas.menu_requested.connect(lambda at: self.menus.context().popup(at))
        self.status_bar.problems_clicked.connect(self.view.show_problems)
        self.desk.rearranged.connect(self.bindings.refresh)
        session.changed.connect(self._on_changed)
        session.state_changed.connect(self._on_state_changed)
        session.refused.connect(self._on_refused)
        session.opened.connect(self._on_opened)
        selection.changed.connect(self.bindings.refresh)
        self._on_state_changed()

    def _on_node_shown(self, node: str) -> None:
        self.canvas.reveal({node})

    def _mend(self, fix: Fix) -> None:
        editing.apply(self.canvas, fix)
        # the button that was pressed goes with its problem
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_problem_visited(self, fault: Diagnostic) -> None:
        if fault.node is None:
            self.view.show_problems()
            self.problems.focus_fix()
        else:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            editing.visit(self.canvas, fault)

    def _on_problems_counted(self, number: int, errors: int) -> None:
        self.dock.set_badge("Problems", number, "error" if errors else "warning")

    def _on_opened(self) -> None:
        self.selection.clear()
        self.home.leave()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        self.selection.forget(self.session.design)
        self.column.banner.withdraw(self._refusal)  # it was about the design before

    def _on_state_changed(self) -> None:
        session = self.session
        mark = " — edited" if session.is_dirty else ""
        self.setWindowTitle(f"{session.design.name}{mark} — Convnet Designer")
        self.bindings.refresh()
        # the first paint need not wait to be told that there is another window
        is_other = self._has_painted and session.path != self._presence.path
        if is_other and self._presence.enter(session.path):
            self.column.banner.say(
                f"{self.windowTitle().partition(' — ')[0]} is open in another window too. What is "
                "saved there is noticed here before anything is written over it.",
                is_fault=False,
            )

    def _on_began(self) -> None:
        self.desk.has_run = True

    def _on_refused(self, reason: str) -> None:
        names = {p.name for kind in CATALOGUE.values() for p in kind.parameters()}
        told = sentence(reason, names | self.session.design.nodes.keys())
        self._refusal = told
        self.column.banner.say(told, is_fault=False)


def _dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one project file, or model to import, that is dragged, or None."""
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        path = Path(urls[0].toLocalFile())
        if path.suffix == SUFFIX or path.suffix.lower() == ONNX:
            return path
    return None
