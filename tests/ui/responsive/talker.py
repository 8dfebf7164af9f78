"""Stands for a run: reports 1,000 steps a second in 30 lines until it is stopped.

A run that goes on has as many steps already as its metrics tell, and hands them over as a run
does.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

from designer.engine.recall import lay_out
from designer.storage.metrics import read_metrics

STEPS, LINES = 1000, 30


def say(kind: str, **fields: object) -> None:
    os.write(1, json.dumps({"kind": kind, **fields}).encode() + b"\n")


def hear(started: threading.Event, stop: threading.Event) -> None:
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["kind"] in ("StartRun", "ContinueRun"):
            before.append(0)
            if request["kind"] == "ContinueRun":
                metrics = read_metrics(Path(request["folder"]))
                before[0] = len(metrics.steps)
                say("RunRecalled", numbers=lay_out(metrics))
            folder.append(request["folder"])
            started.set()
        else:
            stop.set()
    stop.set()


folder: list[str] = []
before: list[int] = []
started, stop = threading.Event(), threading.Event()
threading.Thread(target=hear, args=(started, stop), daemon=True).start()
started.wait()
say(
    "RunStarted", folder=folder[0], epochs=400, steps_per_epoch=5000, steps_done=before[0],
    device="cpu", threads=1, memory_format="contiguous", precision="float32", picked="",
)  # fmt: skip
done, begun = 0, time.monotonic()
while not stop.wait(1 / LINES):
    count = int((time.monotonic() - begun) * STEPS) - done
    losses = [2.0 / (1 + (done + i) / 900) + (done + i) % 7 / 30 for i in range(count)]
    say(
        "StepsDone",
        first=before[0] + done + 1,
        losses=losses,
        accuracies=[1 / (1 + x) for x in losses],
    )
    done += count
say("RunStopped")
os._exit(0)
