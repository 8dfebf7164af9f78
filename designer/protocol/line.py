"""One message, one line: JSON with the message's name under `kind`, newline at the end."""

from __future__ import annotations

import json
from typing import cast, get_args

from designer.core.decode import DecodeError, decode, encode, expect_object
from designer.core.json_text import parse
from designer.protocol.reports import Report
from designer.protocol.requests import Request

Message = Request | Report

_KINDS = {kind.__name__: kind for kind in (*get_args(Request), *get_args(Report))}


def to_line(message: Message) -> bytes:
    """Write a message as UTF-8 bytes that end in the only newline they hold."""
    fields = {"kind": type(message).__name__, **encode(message)}
    text = json.dumps(fields, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.encode() + b"\n"


def from_line(line: bytes) -> Message:
    """Read a line back; raises DecodeError where it is no message of ours."""
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise DecodeError("", f"not UTF-8: {error.reason}") from None
    fields = dict(expect_object(parse(text), ""))
    name = fields.pop("kind", None)
    if not isinstance(name, str) or name not in _KINDS:
        raise DecodeError("kind", f"unknown message {str(name)[:40]!r}")
    return cast(Message, decode(_KINDS[name], fields, name))
