"""Preparation: everything a run needs, written into its folder before the first step."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import torch

from designer.codegen import InvalidDesign, render_script
from designer.core.analysis import Analysis, analyze
from designer.core.decode import DecodeError
from designer.core.design import Design
from designer.core.training import TrainingSettings
from designer.data.catalogue import EMBEDDED
from designer.engine import script
from designer.engine.calibration import calibrate
from designer.engine.fault import RunRefused, in_words, reason_of
from designer.engine.run_data import data_file, place_of_data
from designer.rules import RULES
from designer.storage import runs, save, write_text
from designer.storage.error import shown
from designer.storage.runs import RunSettings
from designer.storage.values import plain

BROKEN_SCRIPT = (
    OSError,
    SyntaxError,
    ValueError,
    ImportError,
    NameError,
    TypeError,
    AttributeError,
    LookupError,
)
"""What importing a file raises that is no longer the script which a run wrote."""


class Prepared(NamedTuple):
    """A run about to take its first step: its script as a module, its settings, its images."""

    script: ModuleType
    settings: RunSettings
    images: Any


def prepare(
    folder: Path, design: Design, base: Path | None, say: Callable[[str], None]
) -> Prepared:
    """Fill an empty run folder: design, data, script, settings, environment.

    `base` is the folder that relative data paths start from. What the settings leave open is
    settled here, once. Raises RunFault where the run cannot begin.
    """
    analysis = analyze(design, RULES)
    data = data_file(design, base, folder, say)
    training = replace(design.training, device=_device(design.training))
    text = _script_text(design, analysis, training)
    fingerprint = _fingerprint(text, training)
    module = script.from_text(text, "net_to_measure")
    with in_words(module):
        module.choose_device(training.device)
        images = _images(module, design, data)
    training, picked = _settle(module, training, images, folder, fingerprint, say)
    source = design.data.source
    name = source if source in EMBEDDED else str(data)  # another machine has them elsewhere
    settings = RunSettings(training, name, design.data.validation, fingerprint, picked)
    save(design, folder / runs.DESIGN)
    write_text(folder / runs.MODEL, _script_text(design, analysis, training))
    _write_json(folder / runs.SETTINGS, plain(settings))
    _write_json(folder / runs.ENVIRONMENT, environment(training))
    return Prepared(script.from_file(folder / runs.MODEL), settings, images)


def reopen(folder: Path) -> Prepared:
    """Bring back a prepared run to go on with; raises RunRefused where there is none to be had."""
    try:
        settings = runs.read_settings(folder)
    except (OSError, UnicodeDecodeError, DecodeError) as error:
        raise _not_whole(folder, runs.SETTINGS, error) from None
    try:
        module = script.from_file(folder / runs.MODEL)
    except BROKEN_SCRIPT as error:
        raise _not_whole(folder, runs.MODEL, error) from None
    with in_words(module):
        images = module.load_images(script_settings(module, settings))
    return Prepared(module, settings, images)


def _not_whole(folder: Path, name: str, error: Exception) -> RunRefused:
    reason = f"{name} cannot be read: {reason_of(error)}"
    return RunRefused(f"{shown(folder)} is not a whole run: {reason}", "Train anew.")


def script_settings(module: ModuleType, settings: RunSettings) -> Any:
    """The settings as the script's own value."""
    values = asdict(settings.training)
    data = str(place_of_data(settings.data))
    return module.Settings(data=data, validation=settings.validation, **values)


def environment(training: TrainingSettings) -> dict[str, object]:
    """What besides design and settings decides the last bits of a run."""
    device = torch.device(training.device)
    title = torch.cuda.get_device_name(device) if device.type == "cuda" else platform.machine()
    return {
        **{name: _version(name) for name in ("convnet-designer", "numpy", "torchvision")},
        "python": platform.python_version(),
        "torch": torch.__version__,
        "system": platform.platform(),
        "device": training.device,
        "device_title": title,
        "threads": training.threads,
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
    }


def _version(name: str) -> str | None:
    """The version of an installed distribution, which is not imported for it."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _device(training: TrainingSettings) -> str:
    name = training.device
    if name != "auto":
        return name
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _script_text(design: Design, analysis: Analysis, training: TrainingSettings) -> str:
    try:
        return render_script(replace(design, training=training), analysis)
    except InvalidDesign as error:
        raise RunRefused(f"The design has errors: {error}", "Mend them, then train.") from None


def _images(module: ModuleType, design: Design, data: Path) -> Any:
    """Load the images as the script does; nothing else reads a run's data."""
    values = {f.name: getattr(design.training, f.name) for f in fields(design.training)}
    chosen = module.Settings(data=str(data), validation=design.data.validation, **values)
    return module.load_images(chosen)


def _settle(
    module: ModuleType,
    training: TrainingSettings,
    images: Any,
    folder: Path,
    fingerprint: str,
    say: Callable[[str], None],
) -> tuple[TrainingSettings, str]:
    """Settle threads and memory format: as an earlier run of the same net did, or by measuring."""
    if training.threads is not None and training.memory_format != "auto":
        return training, ""
    for run in runs.list_runs(folder.parent):
        if run.folder != folder and (known := _settled_before(run.folder, fingerprint)):
            threads, layout = known.training.threads, known.training.memory_format
            return replace(training, threads=threads, memory_format=layout), known.picked
    say("measuring which memory format is the fastest")
    with in_words(module):
        settled = calibrate(module, module.Settings(**asdict(training)), images, folder)
    chosen = replace(training, threads=settled.threads, memory_format=settled.memory_format)
    return chosen, _in_words(training, chosen)


def _settled_before(folder: Path, fingerprint: str) -> RunSettings | None:
    try:
        known = runs.read_settings(folder)
    except (OSError, DecodeError):
        return None
    return known if known.fingerprint == fingerprint else None


def _in_words(before: TrainingSettings, after: TrainingSettings) -> str:
    words = []
    if before.memory_format == "auto":
        words.append(after.memory_format.replace("_", " "))
    if before.threads is None:
        words.append(f"{after.threads} thread{'' if after.threads == 1 else 's'}")
    return ", ".join(words)


def _fingerprint(text: str, training: TrainingSettings) -> str:
    """Name what the fastest setting depends on: net, batch size, arithmetic, machine.

    The script's text holds the settings, of which most do not matter: they are left out.
    """
    model = text.split("class Settings", 1)[0]
    facts = [model, str(training.batch_size), training.precision, training.device]
    facts += [str(training.threads), training.memory_format, training.optimizer]
    facts += [platform.node(), platform.processor(), str(torch.get_num_threads())]
    facts += [torch.__version__]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]


def _write_json(path: Path, value: object) -> None:
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")
