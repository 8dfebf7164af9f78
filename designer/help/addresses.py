"""What pages of help are called, for those who ask for one and need not read it."""

LAYER, TOPIC, FAULT = "layer/", "topic/", "fault/"
"""How the addresses begin: `layer/Conv2d`, `topic/padding`, `fault/needs-vector`.

`layer/Conv2d#stride` is the page's row of that parameter.
"""

CONTENTS = "topic/contents"
"""The address of the page that leads to all others."""

KEYS = "topic/keys"
"""The address of the list of keys."""

KEYBOARD = "do/keyboard"
"""Not a page: where keys are changed."""

PROBLEMS = "topic/problems"
"""The address of the list of all that can be wrong with a design."""
