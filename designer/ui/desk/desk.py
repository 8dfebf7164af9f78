"""The desk: a canvas in the middle, and panels around it that are moved, tabbed and floated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QTabBar, QTabWidget, QWidget

from designer.ui.desk.panel_dock import PanelDock
from designer.ui.desk.places import AREAS, MOST, PLACES, Home, Side
from designer.ui.desk.tabs import Count, dress, names, show_count
from designer.ui.theme.scale import fine, px
from designer.ui.theme.theme import Theme

VERSION = 1
"""Of the arrangement that is stored; another one is left out, and the panels are where they begin.

It grows when a panel comes, goes or changes its name.
"""
LOW = 800
"""A window of at most so many pixels is low."""
SHARE = 0.39
"""What the panels below take of the pixels that a taller window gives."""


SETTLED = 300
"""Milliseconds after which Qt has given all panels their sizes at another scale."""
UNKNOWN, SETTLING = -1, -2
"""In the place of a size: nobody asked yet; Qt is about to give it."""


class Desk(QMainWindow):
    """Arranges the panels; in a low window those below take a third at most, until there is a run.

    Panels that begin at one side begin as its tabs.
    """

    rearranged = Signal()
    """Panels were moved, shown or hidden; said once for whatever happened at once."""

    def __init__(self, homes: Sequence[Home], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        option = QMainWindow.DockOption
        self.setDockOptions(
            option.AllowTabbedDocks | option.AllowNestedDocks | option.GroupedDragging
        )
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.has_run = False
        self._homes = tuple(homes)
        self._scale = fine(1)
        self._given: dict[str, tuple[int, float]] = {}
        """The sizes that panels got at the latest scale, and what they would have at 100 %."""
        self._counts: dict[str, Count] = {}
        self._before: QByteArray | None = None
        self._is_home = True
        """Whether nobody has arranged the panels yet, nor have they been shown."""
        self._was_shown, self._taken = False, b""
        self._is_new = False
        """Whether it has just been shown, and its parts are still to find their places."""
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED)
        self._settling.timeout.connect(self._note_given)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._on_rearranged)
        self.docks: dict[str, PanelDock] = {}
        for home in self._homes:
            self._add(home, theme)
        self._place()
        theme.changed.connect(self._on_theme_changed)

    def reset(self) -> None:
        """Put every panel back to where it begins."""
        self._before = None
        for dock in self.docks.values():
            self._part(dock)
            self.removeDockWidget(dock)
        self._place()
        self._take_home_sizes()

    def bring(self, name: str) -> None:
        """Show a panel, in front of the tabs beside it."""
        self.docks[name].bring()

    def move_to(self, name: str, side: Side) -> None:
        """Put a panel to a side, behind the others there as a tab where it begins there."""
        dock = self.docks[name]
        beside = next((d for d in self._at(side) if d is not dock), None)
        self._dock(dock, side)
        if beside is not None:
            self.tabifyDockWidget(beside, dock)
        dock.bring()

    def float(self, name: str) -> None:
        """Give a panel a window of its own, over where it is now."""
        dock = self.docks[name]
        corner = self.mapToGlobal(QPoint(px(96), px(96)))
        size = dock.size() if dock.is_seen else dock.sizeHint()
        dock.setFloating(True)
        dock.setGeometry(QRect(corner, size.expandedTo(dock.minimumSizeHint())))
        dock.bring()

    def close_windows(self) -> None:
        """Hide the panels that have windows of their own, with the window that they belong to."""
        for dock in self.docks.values():
            if dock.window() is not self.window():
                dock.hide()

    def menu(self, name: str) -> QMenu:
        """What can be done with a panel, beside dragging it."""
        dock = self.docks[name]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for side, words in PLACES.items():
            menu.addAction(words).triggered.connect(partial(self.move_to, name, side))
        own = menu.addAction("A window of its own")
        own.setEnabled(not dock.isFloating())
        own.triggered.connect(partial(self.float, name))
        menu.addSeparator()
        menu.addAction(f"Hide {name}").triggered.connect(dock.hide)
        return menu

    def bars(self) -> list[QTabBar]:
        """The tab bars that have tabs now."""
        # a window that panels share has bars too, but to look at every widget takes a millisecond
        is_whole = all(dock.window() is self.window() for dock in self.docks.values())
        option = Qt.FindChildOption
        bars = self.findChildren(
            QTabBar,
            options=(option.FindDirectChildrenOnly if is_whole else option.FindChildrenRecursively),
        )
        return [bar for bar in bars if bar.count() and bar.isVisibleTo(self)]

    def bar_of(self, name: str) -> QTabBar | None:
        """The tab bar in which a panel has its tab; None where it stands alone."""
        return next((bar for bar in self.bars() if name in names(bar)), None)

    def set_count(self, name: str, count: Count | None) -> None:
        """Show a number beside the name of a panel, where it has a tab."""
        if self._counts.get(name) == count:
            return
        if count is None:
            self._counts.pop(name, None)
        else:
            self._counts[name] = count
        self._show_counts()

    def shown(self) -> list[str]:
        """The panels that are not hidden; some may be behind others."""
        return [name for name, dock in self.docks.items() if not dock.isHidden()]

    @property
    def below(self) -> int:
        """The height of the panels below the canvas, with their tabs."""
        tops = [dock.geometry().top() for dock in self._at("bottom") if dock.is_seen]
        bars = [bar.geometry().top() for bar in self.bars() if bar.parent() is self]
        middle = self.centralWidget()
        under = middle.geometry().bottom() if middle is not None else 0
        return self.height() - min([y for y in (*tops, *bars) if y > under], default=self.height())

    @property
    def is_alone(self) -> bool:
        """Whether the canvas has the desk to itself."""
        return self._before is not None

    def set_alone(self, is_alone: bool) -> None:
        """Hide every panel, or let all come back as they were."""
        if is_alone == self.is_alone:
            return
        if is_alone:
            self._before = self.saveState(VERSION)
            for dock in self.docks.values():
                dock.hide()
        else:
            before, self._before = self._before, None
            assert before is not None
            self.restoreState(before, VERSION)

    def arrangement(self) -> bytes:
        """How the panels are arranged; where the canvas is alone, how they were before.

        Before they were ever shown Qt knows no sizes: then it is what was taken, or nothing.
        """
        if not self._was_shown:
            return self._taken
        return bytes((self._before or self.saveState(VERSION)).data())

    def arrange(self, arrangement: bytes) -> bool:
        """Take an arrangement; False, and nothing is changed, where it is of no use."""
        if not arrangement or not self.restoreState(QByteArray(arrangement), VERSION):
            return False
        self._is_home, self._taken = False, arrangement
        self._bring_in()
        return True

    def help_address(self) -> str:
        """The page about the open tab of the bar that has the keys."""
        bar = next((bar for bar in self.bars() if bar.hasFocus()), None)
        address: str = ""
        if bar is not None and bar.currentIndex() >= 0:
            address = self.docks[bar.tabText(bar.currentIndex())].help_address()
        return address

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        if event.type() == QEvent.Type.ChildPolished and isinstance(event.child(), QTabBar):
            bar = event.child()
            assert isinstance(bar, QTabBar)
            dress(bar)
            bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            bar.customContextMenuRequested.connect(partial(self._on_tab_asked, bar))
            bar.tabMoved.connect(self._tell)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_home:
            self._is_home = False
            self._take_home_sizes()
        self._is_new = self._was_shown = True
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        grown = event.size().height() - event.oldSize().height()
        if grown and event.oldSize().height() > 0:
            self._resize_below(self.below + round(grown * SHARE))
        self._keep_low()

    def _add(self, home: Home, theme: Theme) -> None:
        across = home.side in ("left", "right")
        size = (home.size, 480) if across else (640, home.size)
        dock = PanelDock(home.name, theme, size, has_grip=home.has_grip, page=home.page)
        dock.handle.asked.connect(lambda at: self.menu(home.name).popup(at))
        dock.handle.float_clicked.connect(partial(self._on_float_clicked, dock))
        for told in (dock.visibilityChanged, dock.topLevelChanged, dock.dockLocationChanged):
            told.connect(self._tell)
        self.docks[home.name] = dock

    def _place(self) -> None:
        first: dict[Side, PanelDock] = {}
        for home in self._homes:
            dock = self.docks[home.name]
            self._dock(dock, home.side)
            if home.side in first:
                self.tabifyDockWidget(first[home.side], dock)
            first.setdefault(home.side, dock)
            dock.show()
        for dock in first.values():
            dock.raise_()
        self._dress_docks()

    def _take_home_sizes(self) -> None:
        for home in {home.side: home for home in reversed(self._homes)}.values():
            across = home.side in ("left", "right")
            towards = Qt.Orientation.Horizontal if across else Qt.Orientation.Vertical
            size = px(home.size) if across else min(px(home.size), self._most)
            self.resizeDocks([self.docks[home.name]], [size], towards)

    def _home_of(self, dock: PanelDock) -> Home:
        return next(home for home in self._homes if home.name == dock.objectName())

    def _part(self, dock: PanelDock) -> None:
        """Take a panel out of a window that it shares with others."""
        if dock.window() is not self.window():
            dock.setFloating(True)

    def _dock(self, dock: PanelDock, side: Side) -> None:
        self._part(dock)
        self.addDockWidget(AREAS[side], dock)
        dock.setFloating(False)  # before, it has no place to go to

    def _at(self, side: Side) -> Iterator[PanelDock]:
        """The panels at a side of the canvas."""
        for dock in self.docks.values():
            is_here = self.dockWidgetArea(dock) == AREAS[side] and not dock.isFloating()
            if is_here and not dock.isHidden():
                yield dock

    def _resize_below(self, wanted: int) -> None:
        below = [dock for dock in self._at("bottom") if dock.is_seen]
        self.resizeDocks(below, [wanted] * len(below), Qt.Orientation.Vertical)

    def _on_theme_changed(self) -> None:
        """Panels grow and shrink with the interface, none beyond its share of the desk."""
        if self._scale == fine(1):
            return
        for dock in self.docks.values():
            if dock.is_seen and not dock.isFloating():
                self._wish(dock)
        self._scale = fine(1)
        self._settling.stop()
        QTimer.singleShot(0, self, self._give_sizes)  # when the tabs have theirs

    def _give_sizes(self) -> None:
        """Give the panels the sizes of the scale that holds now."""
        for side in AREAS:
            across = side in ("left", "right")
            towards = Qt.Orientation.Horizontal if across else Qt.Orientation.Vertical
            known = (dock for dock in self._at(side) if dock.objectName() in self._given)
            seen = [dock for dock in known if dock.is_seen]
            most = round((self.width() if across else self.height()) * MOST[side])
            wanted = [self._given[dock.objectName()][1] for dock in seen]
            # what it was at 100 % it is there again, whatever share of the desk
            limit = most if self._scale > 1 else max(most, *map(round, wanted), 0)
            sizes = [min(round(size * self._scale), limit) for size in wanted]
            self.resizeDocks(seen, sizes, towards)
        self._keep_low()
        self._settling.start()

    def _wish(self, dock: PanelDock) -> None:
        """Remember how large a panel is to be at 100 %: as it was before a scale had no room for
        that, where nobody has drawn it to another size since."""
        name, size = dock.objectName(), self._extent(dock)
        given, wish = self._given.get(name, (UNKNOWN, 0.0))
        if given not in (size, SETTLING):
            wish = size / self._scale
        self._given[name] = (SETTLING, wish)

    def _note_given(self) -> None:
        """Remember the sizes that panels have at this scale."""
        self._given = {
            name: (self._extent(self.docks[name]), wish) for name, (_, wish) in self._given.items()
        }

    def _extent(self, dock: PanelDock) -> int:
        """The size of a panel across its side, as it is given: with its tabs."""
        is_beside = self.dockWidgetArea(dock) in (AREAS["left"], AREAS["right"])
        return dock.width() if is_beside else self.below

    def _keep_low(self) -> None:
        if self.below > self._most:
            self._resize_below(self._most)

    @property
    def _most(self) -> int:
        """The height that the panels below may have by themselves."""
        height = self.window().height()
        return height // 3 if height <= px(LOW) and not self.has_run else height

    def _bring_in(self) -> None:
        """Bring back a panel in a window of its own that lies on a screen that is gone."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        for dock in self.docks.values():
            window = dock.window()
            place = window.frameGeometry()
            if window is not self.window() and not any(s.intersects(place) for s in screens):
                window.move(self.mapToGlobal(QPoint(px(96), px(96))))

    def _dress_docks(self) -> None:
        """Give each panel the handle that befits its place."""
        for dock in self.docks.values():
            beside = [d for d in self.tabifiedDockWidgets(dock) if not d.isHidden()]
            if dock.window() is not self.window():
                dock.show_as("title")
            elif beside:
                dock.show_as("none")
            else:
                dock.show_as("grip" if dock.has_grip else "title")

    def _show_counts(self) -> None:
        for bar in self.bars():
            for index, name in enumerate(names(bar)):
                show_count(bar, index, self._counts.get(name))

    def _tell(self) -> None:
        self._soon.start(0)

    def _on_rearranged(self) -> None:
        self._dress_docks()
        self._show_counts()
        if self._is_new:
            self._is_new = False
            self._keep_low()
        self.rearranged.emit()

    def _on_float_clicked(self, dock: PanelDock) -> None:
        if dock.window() is self.window():
            self.float(dock.objectName())
            return
        dock.setFloating(False)
        if dock.window() is not self.window():  # it shares a window, or was nowhere before
            self.move_to(dock.objectName(), self._home_of(dock).side)

    def _on_tab_asked(self, bar: QTabBar, at: QPoint) -> None:
        index = bar.tabAt(at)
        if at == bar.rect().center():  # where Qt says that a key asked
            index = bar.currentIndex()
            at = bar.tabRect(index).center()
        if index >= 0:
            self.menu(bar.tabText(index)).popup(bar.mapToGlobal(at))
