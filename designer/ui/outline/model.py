"""The outline as Qt asks for it: a tree of nodes, frames and insides that follows edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.graph import spoken
from designer.ui.canvas.scene.look import shape_words
from designer.ui.outline.levels import FrameRow, NodeRow, Row, facts_of, inside, levels
from designer.ui.parts import plain_tip
from designer.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex

HEADINGS = ("Name", "Layer", "Out", "Problem")
NAME, LAYER, OUT, PROBLEM = range(4)
_NOWHERE = QModelIndex()


class Entry:
    """A row that was shown to Qt, with the rows inside of it that were."""

    __slots__ = ("children", "key", "number", "parent", "place")

    def __init__(self, key: Row | None, parent: Entry | None, number: int) -> None:
        self.key = key
        self.parent = parent
        self.number = number
        self.children: list[Entry] = []
        self.place = 0


class OutlineModel(QAbstractItemModel):
    """The nodes of a design in the order of the net.

    `follow` takes away and puts in the rows that differ; all others keep their places in the tree,
    so that what is open stays open. What is inside of a composite is found when it is opened.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._design = Design()
        self._analysis: Analysis | None = None
        self._numbers = count(1)
        self._root = Entry(None, None, 0)
        self._entries: dict[int, Entry] = {}
        self._of: dict[Row, Entry] = {}

    def follow(self, design: Design, analysis: Analysis) -> None:
        """Show what a design is now."""
        self._design, self._analysis = design, analysis
        found = levels(design, analysis)
        self._sync(self._root, found.outer)
        for frame, rows in found.framed.items():
            self._sync(self._of[frame], rows)
        composites = [e for e in self._entries.values() if e.children and _is_node(e)]
        for entry in composites:
            if isinstance(entry.key, NodeRow) and entry.number in self._entries:
                self._sync(entry, inside(analysis, entry.key))
        self._tell()

    def row_of(self, index: Index) -> Row | None:
        """What a row stands for."""
        return self._entry(index).key

    def nodes_of(self, index: Index) -> list[str]:
        """The nodes of the design that a row stands for: a frame's are all in it."""
        entry = self._entry(index)
        if isinstance(entry.key, NodeRow):
            return [entry.key.path[0]]
        return [c.key.path[0] for c in entry.children if isinstance(c.key, NodeRow)]

    def stretches(self, nodes: Iterable[str]) -> list[tuple[QModelIndex, QModelIndex]]:
        """Where nodes of the design are: first and last row of what stands together, once each."""
        places: dict[int, list[Entry]] = {}
        for node in nodes:
            entry = self._of.get(NodeRow((node,)))
            if entry is not None and entry.parent is not None:
                places.setdefault(entry.parent.number, []).append(entry)
        found: list[list[Entry]] = []
        for level in places.values():
            level.sort(key=lambda entry: entry.place)
            found.append([level[0], level[0]])
            for before, entry in pairwise(level):
                if before.place + 1 == entry.place:
                    found[-1][1] = entry
                else:
                    found.append([entry, entry])
        return [(self._index(first), self._index(last)) for first, last in found]

    # --- what Qt asks ---------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        children = self._entry(parent).children
        if not (0 <= row < len(children) and 0 <= column < len(HEADINGS)):
            return QModelIndex()
        return self.createIndex(row, column, children[row].number)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        above = self._entry(index).parent
        return QModelIndex() if above is None else self._index(above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.column() > 0 else len(self._entry(parent).children)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return len(HEADINGS)

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        entry = self._entry(parent)
        return parent.column() <= 0 and (bool(entry.children) or self._can_open(entry))

    def canFetchMore(self, parent: Index) -> bool:
        entry = self._entry(parent)
        return not entry.children and self._can_open(entry)

    def fetchMore(self, parent: Index) -> None:
        entry = self._entry(parent)
        if self._analysis is not None and isinstance(entry.key, NodeRow):
            self._sync(entry, inside(self._analysis, entry.key))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        key, column = self._entry(index).key, index.column()
        if key is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(key, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(key) if column == NAME else self._text(key, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == PROBLEM:
            return plain_tip(self._text(key, column)) or None
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._ink(key, column))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        is_title = orientation == Qt.Orientation.Horizontal
        return HEADINGS[section] if is_title and role == Qt.ItemDataRole.DisplayRole else None

    # --- words ----------------------------------------------------------------------------------

    def _text(self, key: Row, column: int) -> str:
        if isinstance(key, FrameRow):
            return self._frame_text(key, column)
        node = self._design.nodes.get(key.path[0])
        facts = facts_of(self._analysis, key.path) if self._analysis else None
        if node is None or (facts is None and len(key.path) > 1):
            return ""
        if column == NAME:
            return node.title if len(key.path) == 1 else spoken(key.path[-1])
        if column == LAYER:
            return (facts or node).layer.kind()
        if column == OUT:
            return shape_words(facts.outputs if facts else None)
        fault = self._fault(key)
        return f"{fault[0]}: {fault[1]}" if fault else ""

    def _frame_text(self, key: FrameRow, column: int) -> str:
        if key.number >= len(self._design.frames):
            return ""
        frame = self._design.frames[key.number]
        number = len(self._of[key].children) if key in self._of else 0
        nodes = "1 node" if number == 1 else f"{number:,} nodes"
        return {NAME: frame.title or "Frame", LAYER: "frame", OUT: nodes}.get(column, "")

    def _spoken(self, key: Row) -> str:
        return ", ".join(filter(None, (self._text(key, column) for column in range(len(HEADINGS)))))

    def _fault(self, key: NodeRow) -> tuple[str, str] | None:
        if self._analysis is None or len(key.path) > 1:
            return None
        found = [
            fault
            for fault in self._analysis.by_node.get(key.path[0], ())
            if fault.severity in ("error", "warning")
        ]
        worst = min(found, key=lambda fault: fault.severity != "error", default=None)
        return None if worst is None else (worst.severity, worst.message)

    def _ink(self, key: Row, column: int) -> str:
        tokens = self._theme.tokens
        if column == PROBLEM and isinstance(key, NodeRow) and (fault := self._fault(key)):
            return tokens.error if fault[0] == "error" else tokens.warning
        return tokens.text if column == NAME else tokens.text_muted

    # --- the tree -------------------------------------------------------------------------------

    def _entry(self, index: Index) -> Entry:
        return self._entries.get(index.internalId(), self._root) if index.isValid() else self._root

    def _index(self, entry: Entry) -> QModelIndex:
        if entry.parent is None:
            return QModelIndex()
        return self.createIndex(entry.place, 0, entry.number)

    def _can_open(self, entry: Entry) -> bool:
        if self._analysis is None or not isinstance(entry.key, NodeRow):
            return False
        facts = facts_of(self._analysis, entry.key.path)
        return facts is not None and bool(facts.inside)

    def _sync(self, parent: Entry, wanted: Sequence[Row]) -> None:
        """Let a level have these rows: what differs between its ends is taken out and put in."""
        old = [child.key for child in parent.children]
        if old == list(wanted):
            return
        first = _same(old, wanted)
        last = _same(old[first:][::-1], wanted[first:][::-1])
        here = self._index(parent)
        if first < len(old) - last:
            self.beginRemoveRows(here, first, len(old) - last - 1)
            for entry in parent.children[first : len(old) - last]:
                self._forget(entry)
            del parent.children[first : len(old) - last]
            _number(parent)
            self.endRemoveRows()
        new = wanted[first : len(wanted) - last]
        if new:
            self.beginInsertRows(here, first, first + len(new) - 1)
            parent.children[first:first] = [self._made(key, parent) for key in new]
            _number(parent)
            self.endInsertRows()

    def _made(self, key: Row, parent: Entry) -> Entry:
        entry = Entry(key, parent, next(self._numbers))
        self._entries[entry.number] = entry
        self._of[key] = entry
        return entry

    def _forget(self, entry: Entry) -> None:
        del self._entries[entry.number]
        if entry.key is not None and self._of.get(entry.key) is entry:
            del self._of[entry.key]
        for child in entry.children:
            self._forget(child)

    def _tell(self) -> None:
        """What stands in rows that stayed may differ: Qt asks anew for those that are seen."""
        levels_ = [self._root, *(e for e in self._entries.values() if e.children)]
        for entry in levels_:
            if entry.children:
                ends = entry.children[0], entry.children[-1]
                first, last = (self.createIndex(e.place, 0, e.number) for e in ends)
                self.dataChanged.emit(first, last.siblingAtColumn(len(HEADINGS) - 1))


def _is_node(entry: Entry) -> bool:
    return isinstance(entry.key, NodeRow)


def _number(parent: Entry) -> None:
    for place, child in enumerate(parent.children):
        child.place = place


def _same(first: Sequence[Row | None], second: Sequence[Row | None]) -> int:
    """How many rows two lists have in common at their beginnings."""
    pairs: Iterator[tuple[Row | None, Row | None]] = zip(first, second, strict=False)
    length = 0
    for one, other in pairs:
        if one != other:
            break
        length += 1
    return length
