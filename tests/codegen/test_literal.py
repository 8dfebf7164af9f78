"""Literals, widths and names: what may stand in generated text."""

from __future__ import annotations

import math
import unicodedata

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from designer.codegen import Namespace, literal
from designer.codegen.imports import Imports
from designer.codegen.literal import Named, comment, width
from designer.codegen.namespace import MODULE_ATTRIBUTES, attribute_names

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
)


@given(st.recursive(st.one_of(SCALARS, st.text()), lambda s: st.lists(s).map(tuple)))
def test_a_literal_reads_back_as_the_very_value(value: object) -> None:
    text = literal(value)
    assert text.isascii() and "\n" not in text
    read = eval(text, {"__builtins__": {}})
    assert read == value
    assert repr(read) == repr(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_not_finite_have_no_text(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        literal((1, value))


@pytest.mark.parametrize("value", [[], {}, b"", 1j, object(), print, {1}])
def test_nothing_else_has_a_text(value: object) -> None:
    with pytest.raises(TypeError, match="no place"):
        literal(value)


def test_a_subclass_cannot_smuggle_text_in() -> None:
    class Loud(str):
        __slots__ = ()

        def __iter__(self):  # type: ignore[no-untyped-def]
            return iter('"+__import__("os")+"')

    with pytest.raises(TypeError):
        literal(Loud("quiet"))


def test_a_named_number_keeps_its_name_only_unchanged() -> None:
    depth = Named(16, "in_channels")
    assert literal(depth) == "in_channels"
    assert literal(depth + 0) == "16"
    assert depth == 16
    assert {depth: 1}.get(16) is None, "a memory of results keeps them apart"


@given(st.text(), st.integers(10, 80))
def test_a_comment_is_one_harmless_line_of_the_width_asked_for(text: str, room: int) -> None:
    line = comment(text, room)
    assert line.isprintable()
    assert not {"\\", '"', "#"} & set(line)
    assert width(line) <= room


@given(st.text())
def test_width_counts_columns(text: str) -> None:
    wide = sum(unicodedata.east_asian_width(c) in ("W", "F") for c in text)
    assert width(text) <= len(text) + wide


def test_the_known_attributes_are_those_of_the_installed_torch() -> None:
    public = {n for n in dir(torch.nn.Module()) if not n.startswith("_")}
    assert public <= MODULE_ATTRIBUTES, "nn.Module has new attributes"


@given(st.lists(st.sampled_from(["a", "a_", "a__", "train", "train_", "if_", "x", "x_"])))
def test_attributes_are_unique_and_free(ids: list[str]) -> None:
    unique = list(dict.fromkeys(ids))
    names = attribute_names(unique)
    assert len(set(names.values())) == len(unique)
    assert not set(names.values()) & MODULE_ATTRIBUTES
    for node_id, name in names.items():
        assert name == node_id or node_id in MODULE_ATTRIBUTES | {"x"}


def test_a_namespace_gives_no_name_twice() -> None:
    space = Namespace({"torch"})
    assert [space.name(n) for n in ("torch", "class", "a", "a")] == ["torch_", "class_", "a", "a_"]
    assert [space.numbered(n) for n in ("Net", "Net", "torch")] == ["Net", "Net2", "torch2"]


def test_imports_are_merged_and_sorted() -> None:
    imports = Imports(
        [
            "import torch",
            "from torch import nn",
            "import os",
            "from torch import Tensor, nn",
            "import numpy as np",
            "from pathlib import Path",
            "from __future__ import annotations",
        ]
    )
    assert imports.lines() == [
        "from __future__ import annotations",
        "",
        "import os",
        "from pathlib import Path",
        "",
        "import numpy as np",
        "import torch",
        "from torch import Tensor, nn",
    ]
    with pytest.raises(ValueError, match="import"):
        Imports(["print()"])
