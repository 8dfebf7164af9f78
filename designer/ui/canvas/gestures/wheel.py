"""Wheel, trackpad and pinch: how the camera is moved by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent

from designer.ui.canvas.scene.viewport import Rect, Viewport

if TYPE_CHECKING:
    from designer.ui.canvas.surface import Surface

A_NOTCH = 1.0015
"""The zoom of an eighth of a degree; a notch of a mouse wheel has 120 of them."""


def turn(view: Surface, event: QWheelEvent) -> None:
    """A mouse wheel zooms to the pointer; two fingers pan, and zoom with Ctrl."""
    keys = event.modifiers()
    held = keys & Qt.KeyboardModifier.ControlModifier
    is_pad = event.device().type() == QInputDevice.DeviceType.TouchPad
    pans = is_pad or event.phase() != Qt.ScrollPhase.NoScrollPhase
    angle, pixels = event.angleDelta(), event.pixelDelta()
    if pans and not held:
        step = pixels if not pixels.isNull() else angle / 2
        view.set_viewport(view.viewport.panned(step.x(), step.y()))
    elif keys & Qt.KeyboardModifier.ShiftModifier and not held:
        view.set_viewport(view.viewport.panned((angle.y() or angle.x()) / 2, 0))
    else:
        # Alt turns the wheel sideways on some systems
        view.zoom_at(A_NOTCH ** (angle.y() or angle.x()), event.position())
    event.accept()


def pinch(view: Surface, event: QEvent) -> bool:
    """Zoom by two fingers; says whether the event was one."""
    if not isinstance(event, QNativeGestureEvent):
        return False
    if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
        return False
    view.zoom_at(1.0 + event.value(), event.position())
    return True


def revealing(viewport: Viewport, rect: Rect, margin: float = 32.0) -> Viewport:
    """The viewport moved as little as needed to show a rectangle."""
    right, bottom = viewport.seen[2:]
    edge = margin / viewport.scale
    x, y = viewport.x, viewport.y
    if rect[2] + edge > right:
        x += rect[2] + edge - right
    x = min(x, rect[0] - edge)
    if rect[3] + edge > bottom:
        y += rect[3] + edge - bottom
    y = min(y, rect[1] - edge)
    return replace(viewport, x=x, y=y)
