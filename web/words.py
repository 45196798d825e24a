"""Words: sentences that a view's values need in the reader's language, put beside the values."""

from __future__ import annotations

from typing import Any

from web.ballotwords import rule_words, who_sees, whom_words
from web.texts import say


def dress(view: dict[str, Any], lang: str) -> dict[str, Any]:
    """The view with what its ballots say in words, and the plenary's name."""
    worded = {}
    for path, value in view.items():
        if path.startswith("polls.") and _is_poll(path):
            worded[path] = _poll(value, lang)
    for path in ("room", "rooms.plenary"):
        if path in view and view[path]["kind"] == "plenary":
            worded[path] = {**view[path], "name": say(lang, "Plenary")}
    return {**view, **worded} if worded else view


def _is_poll(path: str) -> bool:
    return path.count(".") == 1


def _poll(poll: dict[str, Any], lang: str) -> dict[str, Any]:
    return {
        **poll,
        "rule_say": rule_words(poll["rule"], lang, poll["method"], poll),
        "who_sees": who_sees(lang, poll),
        "whom_say": whom_words(poll, lang),
    }
