"""The steps that the store does as one, written in Lua beside this file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

HERE = Path(__file__).parent


class Script(msgspec.Struct, frozen=True):
    """A step, and the name by which the store knows it once it has seen it."""

    text: str
    sha: str


def load(*names: str, reads: bool = False) -> Script:
    """The files one after the other. A step that only reads may do so when the store is full, too.

    The first line also makes a full store refuse a step that writes before it begins, never halfway.
    """
    first = "#!lua flags=no-writes" if reads else "#!lua"
    text = "\n".join([first, *((HERE / f"{name}.lua").read_text("utf-8") for name in names)])
    return Script(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


APPEND = load("missed", "write", "append")
CREATE = load("write", "create")
CATCH_UP = load("missed", "catch_up", reads=True)
BEGIN_EPOCH = load("begin_epoch")
CLAIM = load("claim")
