"""Logs: one line each, and nothing in them that is nobody's business."""

from __future__ import annotations

import subprocess
import sys

from server.logs import hide, write

PROGRAM = """
import logging, structlog
from server.logs import start_logs
start_logs()
log = structlog.get_logger("server.clerk")
log.info("kept", ticket="t1", version=7, session="lyon", name="Citizen 12", choice="yes")
log.debug("too small to be told")
logging.getLogger("aiohttp.server").info("nor this")
logging.getLogger("aiohttp.server").warning("a library warns")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("broken", session="lyon")
"""


def test_a_line_is_key_and_value_with_session_and_ticket_first() -> None:
    line = {"event": "kept", "level": "info", "at": "now", "version": 7, "ticket": "t1", "session": "lyon"}

    assert write(None, "", line) == "at=now level=info event=kept session=lyon ticket=t1 version=7"


def test_what_somebody_sent_cannot_forge_a_line_or_a_key() -> None:
    line = {"event": "refused", "ask": 'x" at=1\nat=now event=fine'}

    assert write(None, "", line) == r'at="" level="" event=refused ask="x\" at=1\nat=now event=fine"'


def test_names_ballots_and_links_are_hidden_should_somebody_log_them() -> None:
    line = hide(None, "", {"name": "Citizen 12", "choice": "yes", "url": "https://x/j#CODE", "ask": "ballot.cast"})

    assert line == {"name": "hidden", "choice": "hidden", "url": "hidden", "ask": "ballot.cast"}


def test_logs_go_to_standard_error_and_libraries_only_warn() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert done.stdout == ""
    first, second, third, *traceback = done.stderr.splitlines()
    assert first.endswith("level=info event=kept session=lyon ticket=t1 version=7 name=hidden choice=hidden")
    assert second.endswith('level=warning event="a library warns"')
    assert third.endswith("level=error event=broken session=lyon")
    assert traceback[-1] == "ZeroDivisionError: division by zero"
