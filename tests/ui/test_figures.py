"""Numbers and sentences as people read them."""

import pytest

from designer.ui.figures import in_bytes, sentence


@pytest.mark.parametrize(
    ("size", "words"), [(999, "999 B"), (37_328, "37.3 kB"), (1_000_000, "1 MB"), (5**13, "1.2 GB")]
)
def test_bytes_are_decimal_as_on_the_command_line(size: int, words: str) -> None:
    assert in_bytes(size) == words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("the wire would close a cycle", "The wire would close a cycle."),
        ("fc1 gets nothing", "fc1 gets nothing."),
        ("image gets nothing.", "image gets nothing."),
        ("kernel_size is too large", "kernel_size is too large."),
        ("stage/conv shows its inside", "stage/conv shows its inside."),
        ("“a” is no name", "“a” is no name."),
    ],
)
def test_a_name_keeps_its_case_at_the_beginning_of_a_sentence(words: str, told: str) -> None:
    assert sentence(words, {"image"}) == told
