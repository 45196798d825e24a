"""Logs: one line per decision on standard error, key=value; never a name, a ballot or a link."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

SECRET_KEYS = frozenset(
    {
        "attributes", "auth", "ballot", "body", "choice", "code", "cookie", "email", "key", "link", "name", "needs",
        "row", "slip", "telephone", "text", "url",
    }
)  # fmt: skip
"""What these would hold is nobody's business; a line that tries says `hidden` instead."""

Line = MutableMapping[str, Any]


def start_logs(level: str = "info") -> None:
    """Sends our lines and those of the libraries to standard error; of the libraries only from warnings on."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        hide,
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, write],
    )
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(formatter)
    logging.basicConfig(handlers=[stream], level=logging.WARNING, force=True)
    for ours in ("server", "web", "__main__"):
        logging.getLogger(ours).setLevel(level.upper())


def hide(_logger: Any, _method: str, line: Line) -> Line:
    """Takes out what must not be logged, should somebody try."""
    for key in SECRET_KEYS & line.keys():
        line[key] = "hidden"
    return line


def write(_logger: Any, _method: str, line: Line) -> str:
    """The line as text; a traceback follows on lines of its own."""
    traceback = line.pop("exception", None)
    first = [("at", line.pop("at", "")), ("level", line.pop("level", "")), ("event", line.pop("event", ""))]
    text = " ".join(f"{key}={_quoted(value)}" for key, value in [*first, *_ordered(line)])
    return f"{text}\n{traceback}" if traceback else text


def _ordered(line: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Session and ticket first, then the rest as it was given."""
    return sorted(line.items(), key=lambda item: (item[0] != "session", item[0] != "ticket"))


def _quoted(value: Any) -> str:
    """Bare where it can be; nothing that somebody sent can begin a new line or look like another key."""
    text = str(value)
    plain = text.isascii() and text.isprintable() and text and not set(text) & set(' ="\\')
    return text if plain else '"' + text.encode("unicode_escape").decode().replace('"', '\\"') + '"'
