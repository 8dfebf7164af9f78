"""Processes that take turns of a tenth of a second, so that whatever else goes on on the machine
slows all of them alike.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

SECONDS = 0.1

Contestant = Callable[["Turns"], float]
"""What starts a process, tells of it at once, and gives a figure when it is through."""


class Turns:
    """Lets one of several processes compute while the others are halted.

    Where processes cannot be halted, the contestants are run one after the other.
    """

    def __init__(self) -> None:
        self._processes: list[int] = []

    def join(self, process: int) -> None:
        """Halt a process until it is its turn."""
        self._processes.append(process)
        _tell(process, "SIGSTOP")

    def leave(self, process: int) -> None:
        """Let a process end as it likes; called before it is waited for."""
        self._processes.remove(process)
        _tell(process, "SIGCONT")

    def run(self, contestants: Mapping[str, Contestant]) -> dict[str, float]:
        """Give what each contestant comes to."""
        at_once = len(contestants) if hasattr(signal, "SIGSTOP") else 1
        with ThreadPoolExecutor(at_once) as threads:
            found = {name: threads.submit(one, self) for name, one in contestants.items()}
            while not all(each.done() for each in found.values()):
                self._give_turns()
            return {name: each.result() for name, each in found.items()}

    def _give_turns(self) -> None:
        for process in tuple(self._processes):
            _tell(process, "SIGCONT")
            time.sleep(SECONDS)
            if process in self._processes:
                _tell(process, "SIGSTOP")
        if not self._processes:
            time.sleep(SECONDS)


def _tell(process: int, name: str) -> None:
    if hasattr(signal, name):
        with contextlib.suppress(ProcessLookupError):  # it has just ended
            os.kill(process, getattr(signal, name))
