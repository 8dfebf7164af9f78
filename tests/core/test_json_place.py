"""The strict reader says where in the text the fault is."""

import pytest

from designer.core.decode import DecodeError
from designer.core.json_text import parse


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a": 1,\n "a": 2}', "line 2, column 2"),
        ('{"NaN": "NaN",\n"b": NaN}', "line 2, column 6"),
        ('[1, "Infinity", -Infinity]', "line 1, column 17"),
        ("[1, 1e999]", "line 1, column 5"),
        ('["a\\"",\n\n"\\ud800"]', "line 3, column 1"),
        ('["\\udc00"]', "line 1, column 2"),
        ("[" * 70 + "]" * 70, "line 1, column 65"),
        ("[" * 100_000, "line 1, column 65"),
        ("[1" + "0" * 400 + "]", "line 1, column 2"),
        ('{"a": {"b": 1}, "c": {"b": 2, "b": 3}}', "line 1, column 31"),
    ],
)
def test_the_place_is_told(text: str, place: str) -> None:
    with pytest.raises(DecodeError) as error:
        parse(text)
    assert error.value.place == place


def test_what_only_looks_like_a_fault_is_read() -> None:
    assert parse('{"a": ["\\ud83d\\ude00", "NaN", 1e99], "b": {"a": 1}}')["a"][0] == "😀"
    assert parse("[" + "9" * 100 + "]") == [int("9" * 100)]
