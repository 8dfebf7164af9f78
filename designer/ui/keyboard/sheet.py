"""The list of keys on paper, and as text."""

from __future__ import annotations

import html
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from designer.app.key_list import LEAD, as_markdown, sections
from designer.app.keymap import KeyMap
from designer.storage import write_bytes, write_text
from designer.ui.theme.fonts import words

POINTS = 9
MARGIN = 15
"""Millimetres of white around a page."""


def write_list(keys: KeyMap, path: Path) -> None:
    """Write the keys as they are now as PDF where the path ends so, else as Markdown.

    Raises StorageError where the file cannot be written.
    """
    if path.suffix.lower() == ".pdf":
        write_bytes(path, _pages(keys))
    else:
        title = f"# Keys of Convnet Designer\n\n{LEAD}\n\n"
        write_text(path, f"{title}{as_markdown(keys.actions, keys.native)}\n")


def _pages(keys: KeyMap) -> bytes:
    """The list as a PDF file."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("Keys of Convnet Designer")
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN),
            QPageLayout.Unit.Millimeter,
        )
    )
    document = QTextDocument()
    font = words()
    font.setPointSizeF(POINTS)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet("td { padding: 1px 12px 1px 0; } h1 { font-size: large; }")
    document.setHtml(as_html(keys))
    document.print_(writer)
    writer.deleteLater()
    return bytes(buffer.data().data())


def as_html(keys: KeyMap) -> str:
    """The list as the simple HTML that QTextDocument reads."""
    parts = [f"<h1>Keys of Convnet Designer</h1><p>{html.escape(LEAD)}</p>"]
    for heading, rows in sections(keys.actions, keys.native):
        cells = "".join(
            f"<tr><td><b>{html.escape(' or '.join(row.keys))}</b></td>"
            f"<td>{html.escape(row.title)}</td><td>{html.escape(row.where)}</td></tr>"
            for row in rows
        )
        parts.append(f"<h3>{html.escape(heading)}</h3><table width='100%'>{cells}</table>")
    return "".join(parts)
