"""Rows out of a spreadsheet, opened in a process of its own with little memory, so that no file can harm the house."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from server.faults import Fault
from server.roster.table import Unreadable

OPENER = Path(__file__).with_name("opener.py")
SECONDS = 30


def rows_of_spreadsheet(raw: bytes) -> list[Sequence[str]]:
    """The rows of the first visible sheet that holds anything, from its row 1 on. Raises Unreadable."""
    try:
        opened = subprocess.run(  # noqa: S603 - our own program; the file comes in as its input
            [sys.executable, "-I", str(OPENER)], input=raw, capture_output=True, timeout=SECONDS, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise Unreadable(Fault("unreadable")) from None
    rows: list[Sequence[str]] = json.loads(opened.stdout)
    return rows
