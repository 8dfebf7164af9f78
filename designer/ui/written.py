"""Lines of plain text that a person writes, in a field that is as high as they are."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit


class Written(QPlainTextEdit):
    """A field for several lines that knows how high they are."""

    def text_height(self, most_lines: int) -> int:
        """Pixels that the text takes, up to so many lines; broken lines count as they are broken.

        The document's own size is known only after it was painted.
        """
        most = most_lines * self.fontMetrics().lineSpacing()
        block, height = self.document().firstBlock(), 0.0
        while block.isValid() and height < most:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return min(round(height), most)
