"""Fail points: places where a test may end the process as a crash would, between two steps that must both be done.

For tests only. `PALABRE_FAILPOINTS=<point>=<file>` ends the process the first time it comes to that point, and makes
the file, so that it happens once however often the house is started again. Without it a point does nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "PALABRE_FAILPOINTS"
_POINT, _, _MARK = os.environ.get(VARIABLE, "").partition("=")


def here(point: str) -> None:
    """The process ends now if it was told to end here."""
    if point == _POINT and _MARK:
        _end(Path(_MARK))


def _end(mark: Path) -> None:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return
    os._exit(70)
