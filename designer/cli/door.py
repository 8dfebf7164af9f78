"""The door: which command is meant, and how every end of it looks from outside."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from designer.cli import window
from designer.cli.command import LONGEST, Command, Exit, Unusable
from designer.cli.terminal import Terminal, plain
from designer.storage.error import StorageError, shown

PROGRAM = "convnet-designer"

COMMANDS = {
    "demo": "window.DEMO",
    "templates": "starting.TEMPLATES",
    "new": "starting.NEW",
    "check": "checking.CHECK",
    "summary": "summary.SUMMARY",
    "export": "exporting.EXPORT",
    "import": "importing.IMPORT",
    "train": "training.TRAIN",
    "resume": "training.RESUME",
    "selfcheck": "self_check.SELF_CHECK",
}
"""Where each command stands: opening the window loads none but its own."""

NOT_YET = ("evaluate", "predict", "runs", "compare")
"""Words that a later version will know."""

EVENTFUL = ("train", "resume")
"""Their JSON is one object a line, up to the last."""

EXIT_CODES = """\
exit codes:
  0  done
  1  the design is invalid
  2  the arguments or a file cannot be used
  3  the run failed
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and give the exit code; never raises for bad input."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None and words[:1] and words[0] in EVENTFUL:
        import_module("designer.cli.training").settle_allocator()
    terminal = Terminal("--json" in words)
    code: int = Exit.DONE
    try:
        code = _run(words, terminal)
        terminal.finish()
    except BrokenPipeError:  # `summary … | head`: the reader has what it wants
        terminal.abandon()
        return code
    except KeyboardInterrupt:
        terminal.say("interrupted")
        return Exit.FAILED
    except OSError as error:
        terminal.abandon()
        return _refuse(terminal, words, f"the output cannot be written: {error.strerror or error}")
    return code


def _run(words: list[str], terminal: Terminal) -> int:
    try:
        if words[:1] == ["--json"] and words[1:] and words[1] in COMMANDS:
            words = [*words[1:], "--json"]  # before the command it is as good as after it
        if words and words[0] in COMMANDS:
            return _do(command_of(words[0]), words[1:], terminal)
        if words and words[0] in NOT_YET and not os.path.exists(words[0]):  # noqa: PTH110
            raise Unusable(f"this version does not have the command {words[0]} yet")
        if len(words) > 1 and not words[0].startswith("-"):
            _must_exist(words[0])  # a word that is no command, before what stands behind it
        return _open_window(_top_parser().parse_args(words), terminal)
    except SystemExit as end:  # argparse has said what is wrong, or has shown the help
        return int(end.code or 0)
    except (StorageError, Unusable) as error:
        return _refuse(terminal, words, str(error))


def command_of(name: str) -> Command:
    """The command of this name."""
    module, constant = COMMANDS[name].split(".")
    command: Command = getattr(import_module(f"designer.cli.{module}"), constant)
    return command


def _do(command: Command, words: list[str], terminal: Terminal) -> int:
    options = parser_of(command).parse_args(words)
    if command is window.DEMO:
        return command.run(options, terminal)
    from designer.codegen.invalid import InvalidDesign

    try:
        return command.run(options, terminal)
    except InvalidDesign as error:
        sentence = f"the design has errors: {error}"
        if command.name in EVENTFUL:
            terminal.event({"event": "failed", "message": sentence})
        else:
            terminal.document({"valid": False, "error": str(error)})
        terminal.say(f"{PROGRAM}: {sentence}")
        return Exit.INVALID
    except OSError as error:
        if error.filename is None:  # it is the output that cannot be written
            raise
        raise Unusable(f"{shown(error.filename)}: {error.strerror or error}") from None


def _refuse(terminal: Terminal, words: list[str], sentence: str) -> int:
    if words[:1] and words[0] in EVENTFUL:
        terminal.event({"event": "failed", "message": sentence})
    else:
        terminal.document({"error": sentence})
    terminal.say(f"{PROGRAM}: {sentence}")
    return Exit.UNUSABLE


def _open_window(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.version:
        from importlib import metadata  # 20 ms that the window's first paint need not wait for

        version = metadata.version(PROGRAM)
        terminal.print(f"{PROGRAM} {version}")
        terminal.document({"version": version})
        return Exit.DONE
    if options.file is not None:
        _must_exist(options.file)
    return window.open_file(options.file, terminal)


def _must_exist(word: str) -> None:
    """Refuse what is neither a command nor a file, with the command that may be meant."""
    if os.path.exists(word):  # noqa: PTH110 - never raises
        return
    import difflib  # 2 ms that no window waits for

    near = difflib.get_close_matches(word, COMMANDS, 1)
    hint = f"is the command {near[0]} meant?" if near else f"{PROGRAM} --help lists commands"
    raise StorageError(word, "", f"there is no such file or command; {hint}")


def _top_parser() -> argparse.ArgumentParser:
    parser = _TopParser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [FILE]\n       {PROGRAM} COMMAND … [--json]",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", nargs="?", help="a project file (*.convnet)")
    parser.add_argument("--version", action="store_true", help="say the version")
    parser.add_argument("--json", action="store_true", help="results as JSON")
    return parser


def parser_of(command: Command) -> argparse.ArgumentParser:
    """The parser of one command's arguments."""
    parser = _Parser(
        prog=f"{PROGRAM} {command.name}",
        description=f"{command.sentence[:1].upper()}{command.sentence[1:]}.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="results as JSON on standard output")
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser that takes no abbreviations and refuses as everything here does."""

    def __init__(self, **options: object) -> None:
        super().__init__(allow_abbrev=False, **options)  # type: ignore[arg-type]

    def _print_message(self, message: str, file: object = None) -> None:
        terminal = Terminal()
        if file is sys.stderr:
            terminal.write_message(message)
        else:
            terminal.print(message.rstrip("\n"))
            terminal.finish()

    def error(self, message: str) -> NoReturn:
        hint = f"; see {self.prog} --help"
        raise Unusable(plain(message)[: LONGEST - len(hint)] + hint)


class _TopParser(_Parser):
    """The parser of everything, which lists the commands where its help is asked for."""

    def format_help(self) -> str:
        commands = [command_of(name) for name in COMMANDS]
        width = max(map(len, COMMANDS))
        listing = "\n".join(f"  {c.name:<{width}}  {c.sentence}" for c in commands)
        self.description = f"Open the window on a project FILE, or do one of these:\n\n{listing}"
        return super().format_help()
