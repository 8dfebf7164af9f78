"""The door of an engine process: `python -m designer.engine [--spare | --import]`.

The spare becomes the next run and warms up for it; an importer reads one foreign net and leaves;
without a word it is the helper.
"""

from __future__ import annotations

import os
import sys
import traceback

from designer.engine.channel import Channel
from designer.protocol.reports import RunFailed


def main() -> int:
    """Serve the window at the other end of standard input and output until it is gone."""
    channel = Channel()
    channel.listen(needs_all="--import" in sys.argv)
    try:
        # torch is imported only now, so that the channel has file descriptor 1 before it
        if "--spare" in sys.argv:
            from designer.engine.worker import Worker

            Worker(channel).serve()
        elif "--import" in sys.argv:
            from designer.engine.importing.door import Importer

            Importer(channel).serve()
        else:
            from designer.engine.desk import Desk

            Desk(channel).serve()
    except Exception as error:  # noqa: BLE001 - the last door: whatever it is, the window hears of it
        text = traceback.format_exc()
        sys.stderr.write(text)
        sentence = f"The engine ended by an error of the program: {error!r:.200}"
        channel.send(RunFailed(sentence, "Please report it with the details.", text))
        return 1
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # threads of torch may wait for ever; nothing is left to tidy up
