"""Going into a composite and out again: which level of the net the canvas shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.ui.canvas.scene.level import READ_ONLY, Level, level_at, title_of
from designer.ui.canvas.scene.viewport import Viewport

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView


class Levels:
    """The receiver of the actions on levels; `path` is the composite that is open, "" for none.

    What is inside of a composite with a fixed inside can be looked at, and not edited.
    """

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.path = ""
        self._cameras: list[tuple[str, Viewport]] = []
        """The levels above, and how each was looked at."""

    @property
    def has_inside(self) -> bool:
        """Whether the selected node can be gone into."""
        node = self._view.selection.node
        return node is not None and self._view.session.design.nodes[node].layer.is_composite

    @property
    def is_inside(self) -> bool:
        """Whether a composite is open."""
        return bool(self.path)

    @property
    def way(self) -> tuple[tuple[str, str], ...]:
        """The levels from the whole net to the one that is shown: path and name of each."""
        design = self._view.session.design
        names = self.path.split("/") if self.path else []
        paths = ["/".join(names[: i + 1]) for i in range(len(names))]
        return (("", design.name), *((path, title_of(design, path)) for path in paths))

    # --- going ----------------------------------------------------------------------------------

    def go_in(self) -> None:
        """Show the inside of the selected composite, and nothing else."""
        if self._view.selection.node is not None and not self.path:
            self.enter(self._view.selection.node)

    def enter(self, path: str) -> None:
        """Show the inside of the composite with this path."""
        view = self._view
        if level_at(view.session.design, view.session.analysis, path) is None:
            view.refused.emit(f"{path} shows its inside when the shape that it gets is known")
            return
        view.hands.cancel()
        self._cameras.append((self.path, view.viewport))
        self._show(path)
        view.choose({path.partition("/")[0]})
        view.set_viewport(view.viewport.fitted(view.picture.bounds()))

    def go_out(self) -> None:
        """Show the level above, as it was looked at."""
        if self.path:
            self.go_to(self.path.rpartition("/")[0])

    def go_to(self, path: str) -> None:
        """Show a level above, as it was looked at."""
        view = self._view
        view.hands.cancel()
        camera = next((c for p, c in self._cameras if p == path), None)
        self._cameras = [(p, c) for p, c in self._cameras if len(p) < len(path)]
        self._show(path)
        if camera is not None:
            size = camera.width, camera.height, camera.ratio
            now = view.viewport
            same = size == (now.width, now.height, now.ratio)
            view.set_viewport(camera if same else now.fitted(view.picture.bounds()))

    def leave(self) -> None:
        """Forget all of it: another project is shown."""
        self.path, self._cameras = "", []
        self._view.level_changed.emit()

    # --- what it asks ---------------------------------------------------------------------------

    def shown(self) -> Level | None:
        """The level to compose; where its composite is gone, the nearest one above."""
        view = self._view
        while self.path:
            level = level_at(view.session.design, view.session.analysis, self.path)
            if level is not None:
                return level
            self.path = self.path.rpartition("/")[0]
            self._cameras = self._cameras[:1] if self.path else []
            view.level_changed.emit()
        return None

    def follow(self, nodes: frozenset[str]) -> None:
        """Something was selected, in a list say: what is not in this level leads out of it."""
        if self.path and nodes and self.path.partition("/")[0] not in nodes:
            self.go_to("")

    def refuses(self) -> bool:
        """Whether nothing can be edited here; says why."""
        if not self.path:
            return False
        owner = self._view.session.design.nodes[self.path.partition("/")[0]]
        self._view.refused.emit(READ_ONLY.format(owner.name))
        return True

    def _show(self, path: str) -> None:
        self.path = path
        self._view.frames.leave()
        self._view.set_unfolded(self._view.unfolded)
        self._view.level_changed.emit()
