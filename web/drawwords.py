"""Draws by lot in words: what the observers' page and the page of a draw both say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from web.pages import number
from web.texts import many, say


def told(draw: Mapping[str, Any], volunteers: int, lang: str) -> Iterator[str]:
    """How a draw stands, for whoever watches."""
    match draw["state"]:
        case "open":
            yield say(lang, "Whoever would like to stand can say so now.")
            yield many(lang, "{n} person stands", "{n} people stand", volunteers)
        case "closed":
            yield say(lang, "The list is closed. It is published in a moment.")
        case "impossible" if draw["unmade"]:
            yield say(lang, "The list could not be made. It is tried once more, or drawn by another rule.")
        case "impossible":
            yield say(lang, "With those who stand, the quotas cannot be kept. More people are asked.")
        case "listed":
            yield many(lang, "{n} person is on the list.", "{n} people are on the list.", volunteers)
            if draw["lowest"] is not None:
                yield say(lang, "The lowest chance is {n} in 1,000.", n=number(lang, draw["lowest"]))
            yield say(lang, "The list is published. Now a number is drawn in public; it decides.")
        case "void":
            yield say(lang, "This draw does not count: {reason}", reason=draw["voided"][-1]["reason"])
