"""Every message survives the way through a line, and nothing else gets in."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.core.decode import DecodeError
from designer.protocol.line import from_line, to_line
from designer.protocol.reports import Report, StepsDone
from designer.protocol.requests import Request, StartRun

st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(-(2**63) + 1, 2**63 - 1))

MESSAGES = st.one_of(*(st.from_type(kind) for kind in (*get_args(Request), *get_args(Report))))


@given(MESSAGES)
def test_a_message_comes_back_as_it_went(message):
    line = to_line(message)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert from_line(line) == message


@given(st.binary(max_size=200))
def test_bytes_that_are_no_message_are_refused(line):
    with pytest.raises(DecodeError):
        from_line(line)


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind": "RunEverything"}',
        b'{"kind": 3}',
        b'{"kind": "StartRun", "folder": "a"}',
        b'{"kind": "StepsDone", "first": 1, "losses": [NaN], "accuracies": []}',
        b'{"kind": "StopRun", "now": true}',
        b"[]",
    ],
)
def test_a_message_that_does_not_fit_is_refused(line):
    with pytest.raises(DecodeError):
        from_line(line)


def test_a_loss_that_is_none_never_leaves():
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_line(StepsDone(1, (float("nan"),), (0.0,)))


def test_a_project_with_newlines_stays_on_one_line():
    message = StartRun("run-001", '{\n  "name": "ä"\n}\n', "/")
    assert to_line(message).count(b"\n") == 1
    assert from_line(to_line(message)) == message
