"""The title bar: project, command search, what is trained on what for how long, and Train."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from designer.app.actions import BY_ID
from designer.app.keymap import KeyMap
from designer.app.session import Session
from designer.core.edits import SetData, SetTraining
from designer.core.parameter import parameters_of
from designer.core.training import TrainingSettings
from designer.ui.box import paint_box
from designer.ui.fields.field import Field
from designer.ui.key_tip import KeyTip
from designer.ui.parts import column, ground, label, row, set_tip
from designer.ui.theme.fonts import BODY, CAPTION, words
from designer.ui.theme.icons import icon
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import at_least, fix_size, inset, set_icon_size, set_words, space
from designer.ui.theme.theme import Theme

PROGRAM = "Convnet Designer"
SEARCH, DATA, TRAIN = "view.search_commands", "view.show_data", "window.train"
"""The actions that have a place in the bar."""
Names = Callable[[], Sequence[str]]


class Fit(NamedTuple):
    """How much the bar says: the widest name, the width of the search box, what chips say."""

    name: int
    search: int
    titles: bool
    more: bool


FITS = (
    Fit(280, 200, titles=True, more=True),
    Fit(280, 200, titles=True, more=False),
    Fit(180, 120, titles=True, more=False),
    Fit(180, 120, titles=False, more=False),
    Fit(100, 64, titles=False, more=False),
)
"""From a wide window to a narrow one."""


class TitleBar(QWidget):
    """48 px of actions; `asked` carries the id of the one that is wanted."""

    asked = Signal(str)

    def __init__(
        self,
        session: Session,
        theme: Theme,
        menu: QMenu,
        data_names: Names,
        device_names: Names,
        keys: KeyMap | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ground(self)
        fix_size(self, height=48)
        self._session, self._theme = session, theme
        self._data_names, self._device_names = data_names, device_names
        self._is_home = False
        self._said: object = None
        self.menu = QToolButton()
        fix_size(self.menu, width=28, height=28)
        set_icon_size(self.menu)
        self.menu.setAccessibleName("Menu")
        self.menu.setToolTip("Menu")
        self.menu.setMenu(menu)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.name = label("", "strong")
        self.edited = label("edited", "body", "muted")
        keeps_room = self.edited.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.edited.setSizePolicy(keeps_room)
        keys = keys or KeyMap()
        self.search = SearchBox(keys)
        self.data = Chip("Data")
        self.data.clicked.connect(self._on_data)
        self.device = Chip("Device")
        self.device.clicked.connect(self._on_device)
        self.epochs = Chip("Epochs")
        self.epochs.clicked.connect(self._on_epochs)
        self.train = QPushButton("Train")
        self.train.setProperty("primary", True)
        set_words(self.train, BODY, strong=True)
        fix_size(self.train, height=28)
        at_least(self.train, width=72)
        # the sign of the focus is for those who work with the keyboard
        self.train.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        KeyTip(self.train, f"{BY_ID[TRAIN].title} ({{{TRAIN}}})", keys)
        for button, action in ((self.search, SEARCH), (self.train, TRAIN)):
            button.clicked.connect(lambda _=False, action=action: self.asked.emit(action))
        self._lay_out()
        session.changed.connect(self.refresh)
        session.state_changed.connect(self.refresh)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.refresh()

    def refresh(self) -> None:
        """Show what the project is now."""
        session, design = self._session, self._session.design
        where = str(session.path) if session.path else "not saved in a file yet"
        data, training, source = session.data, design.training, design.data.source
        said = (where, session.is_dirty, self._is_home, data, training, source, design.name)
        if said == self._said:  # an edit of the net is told twice, and nothing here differs
            return
        self._said = said
        set_tip(self.name, "" if self._is_home else where)
        self.edited.setVisible(session.is_dirty and not self._is_home)
        shown = source if len(source) <= 32 else f"…{source[-31:]}"
        self.data.show_value(shown, f"{data.train:,} images" if data else "")
        self.device.show_value(training.device)
        self.epochs.show_value(f"{training.epochs:,}")
        self._fit()

    def show_home(self, is_home: bool) -> None:
        """Bear the name of the program, and nothing about a net, over the start page."""
        self._is_home = is_home
        for part in (self.data, self.device, self.epochs, self.train):
            part.setHidden(is_home)
        self.refresh()

    def show_running(self, is_running: bool) -> None:
        """Let the button say what a click on it does now."""
        self.train.setText("Stop" if is_running else "Train")

    def _lay_out(self) -> None:
        layout: QHBoxLayout = row(self, 0, 8)
        inset(layout, 12, 0, 16, 0)
        layout.addWidget(self.menu)
        layout.addWidget(self.name)
        layout.addWidget(self.edited)
        space(layout, 4)
        layout.addWidget(self.search)
        layout.addStretch(1)
        for chip in (self.data, self.device, self.epochs):
            layout.addWidget(chip)
        space(layout, 8)
        layout.addWidget(self.train)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say as much as there is room for; nothing is cut, and tooltips say the rest."""
        layout = self.layout()
        assert layout is not None
        for fit in FITS:
            middle = Qt.TextElideMode.ElideMiddle
            name = PROGRAM if self._is_home else self._session.design.name
            metrics = QFontMetrics(words(BODY, strong=True))
            self.name.setText(metrics.elidedText(name, middle, px(fit.name)))
            self.search.setFixedWidth(px(fit.search))
            for chip in (self.data, self.device, self.epochs):
                chip.say(title=fit.titles, more=fit.more)
            if layout.minimumSize().width() <= self.width():
                return

    def _on_theme_changed(self) -> None:
        self._fit()
        self.menu.setIcon(icon("menu", self._theme.tokens.text_muted))

    def _on_data(self) -> None:
        chosen = self._session.design.data.source
        menu = self._choices(self._data_names(), chosen, self._choose_data)
        menu.addSeparator()
        menu.addAction("Other data …").triggered.connect(lambda: self.asked.emit(DATA))
        menu.popup(_below(self.data))

    def _on_device(self) -> None:
        chosen = self._session.design.training.device
        self._choices(self._device_names(), chosen, self._choose_device).popup(_below(self.device))

    def _on_epochs(self) -> None:
        parameter = next(p for p in parameters_of(TrainingSettings) if p.name == "epochs")
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ground(popup, "raised")
        field = Field(parameter)
        field.set_value(self._session.design.training.epochs)
        field.edited.connect(self._on_epochs_edited)
        column(popup, 12).addWidget(field)
        popup.resize(px(280), px(52))
        popup.move(_below(self.epochs))
        popup.show()
        field.control.setFocus()

    def _on_epochs_edited(self, value: object, gesture: object) -> None:
        self._session.execute(SetTraining("epochs", value), gesture)

    def _choose_data(self, name: str) -> None:
        self._session.execute(SetData("source", name))

    def _choose_device(self, name: str) -> None:
        self._session.execute(SetTraining("device", name))

    def _choices(self, names: Sequence[str], chosen: str, take: Callable[[str], None]) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in names:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == chosen)
            action.triggered.connect(lambda _=False, name=name: take(name))
        return menu


class Chip(QAbstractButton):
    """A framed fact that can be clicked: `Data letters · 18,000 images`."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._value, self._more = title, "", ""
        self._says = (True, True)
        fix_size(self, height=28)
        set_words(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_value(self, value: str, more: str = "") -> None:
        """Show the value, and in a quieter ink what is known of it."""
        if (value, more) != (self._value, self._more):
            self._value, self._more = value, more
            self.setAccessibleName(f"{self._title}: {value} {more}".strip())
            set_tip(self, f"{self._title}: {value}. Click to change")
            self._take_width()

    def say(self, *, title: bool, more: bool) -> None:
        """Say what it is called before the value, and what is known of the value behind it."""
        self._says = (title, more)
        self._take_width()

    def _take_width(self) -> None:
        self.setFixedWidth(2 * px(10) + sum(width for _, width, _ in self._pieces()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self.palette()
        inks = {
            "muted": QPalette.ColorRole.PlaceholderText,
            "text": QPalette.ColorRole.Text,
        }
        with QPainter(self) as painter:
            paint_box(painter, self)
            x = px(10)
            for text, width, strong in self._pieces():
                painter.setFont(words(BODY, strong=strong))
                painter.setPen(colours.color(inks["text" if strong else "muted"]))
                painter.drawText(x, 0, width, self.height(), Qt.AlignmentFlag.AlignVCenter, text)
                x += width

    def _pieces(self) -> list[tuple[str, int, bool]]:
        plain, strong = QFontMetrics(words()), QFontMetrics(words(BODY, strong=True))
        title, more = self._says
        pieces = [(self._value, strong.horizontalAdvance(self._value) + 1, True)]
        if title:
            pieces.insert(0, (self._title, plain.horizontalAdvance(self._title) + px(5), False))
        if self._more and more:
            rest = f" · {self._more}"
            pieces.append((rest, plain.horizontalAdvance(rest) + 1, False))
        return pieces


class SearchBox(QAbstractButton):
    """Looks like a field; a click opens the command palette."""

    def __init__(self, keys: KeyMap) -> None:
        super().__init__()
        self._keys = keys
        keys.changed.connect(self.update)
        fix_size(self, width=200, height=28)
        set_words(self)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(BY_ID[SEARCH].title)
        KeyTip(self, f"Search every command, layer and node ({{{SEARCH}}})", keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = self.palette().color(QPalette.ColorRole.PlaceholderText)
        with QPainter(self) as painter:
            paint_box(painter, self)
            painter.setPen(ink)
            key = self._cap()
            room = self.rect().adjusted(px(10), 0, key.left() - self.width() - px(6), 0)
            said = (text for text in ("Search commands", "Search", ""))
            fits = painter.fontMetrics().horizontalAdvance
            text = next(text for text in said if fits(text) <= room.width() or not text)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
            if not key.width():
                return
            painter.setFont(words(CAPTION))
            painter.drawText(key, Qt.AlignmentFlag.AlignCenter, self._key)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(key, px(4), px(4))

    @property
    def _key(self) -> str:
        return next(iter(self._keys.native(SEARCH)), "")

    def _cap(self) -> QRect:
        """Where the key stands; without width where there is none."""
        wide = QFontMetrics(words(CAPTION)).horizontalAdvance(self._key) + px(10)
        wide = wide if self._key else 0
        return QRect(self.width() - px(8) - wide, px(6), wide, self.height() - 2 * px(6))


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height() + 4))
