"""Calls and assignments laid out in lines as `ruff format` would."""

from __future__ import annotations

from designer.codegen.literal import WIDTH, width
from designer.core.lean import lean_dataclass

STEP = "    "


@lean_dataclass(frozen=True, slots=True)
class Group:
    """Items between brackets, each with what stands in front of it: `nn.Conv2d(1, bias=False)`."""

    head: str
    items: tuple[tuple[str, Piece], ...]
    tail: str = ")"
    is_tuple: bool = False

    def flat(self) -> str:
        """The group in one line."""
        inside = ", ".join(f"{front}{flat(item)}" for front, item in self.items)
        comma = "," if self.is_tuple and len(self.items) == 1 else ""
        return f"{self.head}{inside}{comma}{self.tail}"


@lean_dataclass(frozen=True, slots=True)
class Joined:
    """Operands with one operator between them: `a + b + c`."""

    operator: str
    operands: tuple[str, ...]

    def flat(self) -> str:
        """The operation in one line."""
        return f" {self.operator} ".join(self.operands)


Piece = str | Group | Joined


def flat(piece: Piece) -> str:
    """A piece in one line."""
    return piece if isinstance(piece, str) else piece.flat()


def tuple_of(names: tuple[str, ...]) -> Group:
    """Names as a tuple in brackets."""
    return Group("(", tuple(("", name) for name in names), is_tuple=True)


def statement(indent: str, front: str, piece: Piece, remark: str = "") -> list[str]:
    """Lay out `front` and `piece` (`x = ` and a call), with a remark behind it where it fits.

    One line where it fits into WIDTH, else all arguments on a line of their own, else one
    argument a line. An id of more than 60 characters can make a line that no break makes fit: it
    stays whole, and ruff is told to leave it so.
    """
    line = f"{indent}{front}{flat(piece)}"
    lines = [line] if fits(line) else _broken(indent, front, piece)
    whole = f"{lines[-1]}  # {remark}"
    if remark and fits(whole):
        lines[-1] = whole
    return lines


def fits(line: str) -> bool:
    """Whether a line takes no more than WIDTH columns."""
    return width(line) <= WIDTH


def _broken(indent: str, front: str, piece: Piece) -> list[str]:
    inner = indent + STEP
    begins = isinstance(piece, Group) and piece.items and fits(f"{indent}{front}{piece.head}")
    if isinstance(piece, Group) and begins:
        return _in_one_line(indent, front, piece) or _exploded(indent, front, piece, "")
    if front and fits(f"{indent}{front}(") and fits(f"{inner}{flat(piece)}"):
        return [f"{indent}{front}(", f"{inner}{flat(piece)}", f"{indent})"]
    if isinstance(piece, Joined) and fits(f"{indent}{front}("):
        first, *rest = piece.operands
        joined = [f"{inner}{piece.operator} {operand}" for operand in rest]
        return [f"{indent}{front}(", f"{inner}{first}", *joined, f"{indent})"]
    return [f"{indent}{front}{flat(piece)}  # fmt: skip"]


def _in_one_line(indent: str, front: str, group: Group) -> list[str]:
    """A call whose arguments fit into one line between its brackets; nothing where they do not.

    Of tuples, and of what is called once more, ruff has each item on a line.
    """
    is_call = group.head.rstrip("(")[-1:].isidentifier() and group.tail == ")"
    line = f"{indent}{STEP}{', '.join(f'{before}{flat(item)}' for before, item in group.items)}"
    if not (is_call and fits(line)):
        return []
    return [f"{indent}{front}{group.head}", line, f"{indent}{group.tail}"]


def _exploded(indent: str, front: str, group: Group, after: str) -> list[str]:
    """One item a line, each with a comma behind it: ruff leaves it so, however short it is."""
    inner = indent + STEP
    lines = [f"{indent}{front}{group.head}"]
    for before, item in group.items:
        line = f"{inner}{before}{flat(item)},"
        if isinstance(item, Group) and item.items and not fits(line):
            lines += _exploded(inner, before, item, ",")
        else:
            lines.append(line)
    return [*lines, f"{indent}{group.tail}{after}"]
