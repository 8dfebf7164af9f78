"""Main: the command line of the script."""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import NoReturn

import torch
import torch.distributed as dist

from data import TORCHVISION_SETS, Feed, load_images
from evaluation import Stopped, evaluate, make_model, predict
from progress import Bar, JsonLines, Reporter, Result
from settings import Failure, Settings, Unusable, reason_of, shown, take_place
from training import fit
from weights import load_into, read_weights


class CommandLine(argparse.ArgumentParser):
    """Says under --json too what cannot be used."""

    def error(self, message: str) -> NoReturn:
        """End with 2, as for everything that cannot be used."""
        if "--json" in sys.argv:
            JsonLines(False).say("failed", message=message)
        super().error(message)


def command_line() -> argparse.ArgumentParser:
    """Describe the options; the defaults are those of Settings."""
    parser = CommandLine(
        description="Train the net of this file, measure it, or ask it about an image.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    given = Settings()
    add = parser.add_argument
    names = ", ".join(TORCHVISION_SETS)
    add("--data", default=given.data, help=f"an .npz file, or {names}")
    share = "share of the training images to validate on, where the data has none"
    add("--validation", type=between(0.0, 0.5), default=given.validation, help=share)
    optimizers = ("SGD", "Adam", "AdamW", "RMSprop")
    add("--optimizer", choices=optimizers, default=given.optimizer, help="optimiser")
    add("--lr", dest="learning_rate", type=positive_number, default=given.learning_rate)
    momentum = "for SGD and RMSprop"
    add("--momentum", type=between(0.0, 0.999), default=given.momentum, help=momentum)
    pull = between(0.0, 1.0)
    add("--weight-decay", type=pull, default=given.weight_decay, help="pull to zero")
    schedules = ("constant", "cosine", "step")
    add("--schedule", choices=schedules, default=given.schedule, help="of the rate")
    add("--epochs", type=positive, default=given.epochs, help="passes over the data")
    add("--batch-size", type=positive, default=given.batch_size, help="images a step")
    start = "start of all random numbers"
    add("--seed", type=seed_number, default=given.seed, help=start)
    ways = ("pytorch", "he")
    first = "how weights begin"
    add("--initialization", choices=ways, default=given.initialization, help=first)
    add("--device", default=given.device, help="auto, cpu, cuda, cuda:1 or mps")
    threads = "CPU threads; None is one less than there are cores"
    add("--threads", type=positive, default=given.threads, help=threads)
    formats = ("auto", "contiguous", "channels_last")
    add("--memory-format", choices=formats, default=given.memory_format, help="of maps")
    precisions = ("float32", "bfloat16")
    add("--precision", choices=precisions, default=given.precision, help="arithmetic")
    add("--out", type=folder_path, default=default_folder(), help="folder of the run")
    add("--resume", action="store_true", help="go on with the run in the folder")
    weights = "a .safetensors file; None is the best of the folder"
    add("--weights", type=Path, help=weights)
    add("--evaluate", action="store_true", help="measure the weights on the test")
    add("--predict", metavar="IMAGE", nargs="+", help="tell the classes of images")
    add("--json", action="store_true", help="one JSON object a line on standard output")
    add("--log-steps", action="store_true", help="with --json, a line for every step")
    return parser


def positive(text: str) -> int:
    """Read a whole number from 1."""
    number = whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1; received {shown(text)}")
    if number >= 2**31:
        raise argparse.ArgumentTypeError(f"is too large: {shown(text)}")
    return number


def positive_number(text: str) -> float:
    """Read a finite number above 0."""
    number = real(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"must be more than 0; received {shown(text)}")
    return number


def between(least: float, most: float) -> Callable[[str], float]:
    """Make what reads a number from `least` to `most`."""

    def read(text: str) -> float:
        number = real(text)
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(
                f"must be from {least:g} to {most:g}; received {shown(text)}"
            )
        return number

    return read


def seed_number(text: str) -> int:
    """Read a whole number from 0 that every random generator takes."""
    number = whole(text)
    if not 0 <= number < 2**63:
        raise argparse.ArgumentTypeError(
            f"must be from 0 to {2**63 - 1}; received {shown(text)}"
        )
    return number


def whole(text: str) -> int:
    """Read a whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"must be a whole number; received '{shown(text)}'"
        ) from None


def real(text: str) -> float:
    """Read a number."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"must be a number; received '{shown(text)}'"
        ) from None


def folder_path(text: str) -> Path:
    """Read the name of a folder; an empty one would mean the current folder."""
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError("must name a folder")
    return Path(text)


def default_folder() -> Path:
    """Name the folder of the run after this script."""
    return Path(f"{Path(__file__).stem}-run")


def stop_on_interrupt(reporter: Reporter) -> None:
    """Let the first Ctrl+C end the run with a checkpoint, and the second at once."""

    def stop(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        reporter.should_stop = lambda: True  # type: ignore[method-assign]

    signal.signal(signal.SIGINT, stop)


def train(options: argparse.Namespace, settings: Settings) -> None:
    """Train, tell how it goes, and say what it came to."""
    reporter = JsonLines(options.log_steps) if options.json else Bar()
    stop_on_interrupt(reporter)
    place = take_place(settings)
    if place.leads:  # the first may have to download what the others then find
        images = load_images(settings)
    if place.world > 1:
        dist.barrier()
    if not place.leads:
        images = load_images(settings)
    result = fit(settings, images, options.out, reporter, options.resume)
    if place.leads:
        tell(result, options)


def tell(result: Result, options: argparse.Namespace) -> None:
    """Say what a run came to."""
    if options.json:
        JsonLines(False).finished(result, options.out)
    else:
        print(
            f"test accuracy {result.test_accuracy:.2%} with the weights of epoch "
            f"{result.best_epoch}, in {options.out / 'weights.safetensors'}"
        )


def use(options: argparse.Namespace, settings: Settings) -> None:
    """Measure weights on the test images, or ask them about images."""
    place = take_place(settings)
    model = make_model(settings, place)
    path = options.weights or options.out / "weights.safetensors"
    state, classes = read_weights(path)
    load_into(model, state)
    if options.evaluate:
        images = load_images(settings)
        feed = Feed(images.test, settings, place)
        loss, accuracy = evaluate(model, feed, settings, place)
        if options.json:
            facts = {"test_loss": loss, "test_accuracy": accuracy}
            print(json.dumps({"event": "evaluated", **facts}))
        elif place.leads:
            print(f"test accuracy {accuracy:.2%}, loss {loss:.4f}")
    for image in options.predict or ():
        chances = predict(model, image, classes)
        if options.json:
            print(
                json.dumps({"event": "predicted", "image": image, "classes": chances})
            )
        else:
            best = list(chances.items())[:3]
            print(
                f"{image}: " + ", ".join(f"{name} {share:.1%}" for name, share in best)
            )


def explain(error: BaseException) -> Failure | None:
    """Put an error that can befall any run into words; None for any other."""
    if isinstance(error, Failure):
        return error
    text = str(error)
    no_memory = isinstance(error, MemoryError | torch.OutOfMemoryError)
    if no_memory or "allocate memory" in text or "out of memory" in text:
        return Failure("The memory is full", "Try a smaller batch size.")
    if "No space left" in text or "PytorchStreamWriter" in text:
        return Failure("The disk is full", "Make room, then go on with --resume.")
    if isinstance(error, OSError):
        place = f"{shown(error.filename)}: " if error.filename else ""
        return Failure(place + reason_of(error), "Choose another folder with --out.")
    return None


def main() -> int:
    """Do what the command line asks; 0 is done, 2 cannot be used, 3 failed."""
    options = command_line().parse_args()
    settings = Settings(**{f.name: getattr(options, f.name) for f in fields(Settings)})
    try:
        if options.evaluate or options.predict:
            use(options, settings)
        else:
            train(options, settings)
    except Stopped:
        print(f"stopped; --resume goes on from {options.out}", file=sys.stderr)
        return 130
    except (Failure, MemoryError, OSError, RuntimeError) as error:
        failure = explain(error)
        if failure is None:
            raise
        if options.json:
            JsonLines(False).say("failed", message=failure.sentence)
        print(f"{failure.sentence}. {failure.suggestion}".strip(), file=sys.stderr)
        return 2 if isinstance(failure, Unusable) else 3
    finally:
        with suppress(ValueError, AssertionError):
            dist.destroy_process_group()
    return 0


if __name__ == "__main__":
    code = main()
    if "WORLD_SIZE" in os.environ:
        # threads of torch.distributed can outlive the group, and abort a normal exit
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
