"""The window: widgets that show a session and send it edits."""

import os

# Qt would fill larger shapes by threads; to wake them costs more than it saves, far more while a
# run keeps the cores busy: nodes are drawn half as fast. Read by Qt when it first paints.
os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
