"""Words: sentences that a view's values need in the reader's language, put beside the values."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_percent

from web.texts import say


def dress(view: dict[str, Any], lang: str) -> dict[str, Any]:
    """The view with its polls' rule, who can see a ballot, and the plenary's name, in words."""
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
    return {**poll, "rule_say": rule_words(poll["rule"], lang), "who_sees": who_sees(lang)}


def who_sees(lang: str) -> str:
    """Said on every ballot that is not secret."""
    return say(
        lang,
        "This vote is not secret: the organiser's record keeps your name with your choice. "
        "Everybody else sees only the totals.",
    )


def rule_words(rule: dict[str, Any] | None, lang: str) -> str | None:
    """When the proposal is adopted, in one to three sentences; None without a rule."""
    if rule is None:
        return None
    sentences = [_threshold(rule, lang)]
    if rule.get("each-side"):
        sentences.append(say(lang, "This must hold on each side as well."))
    if rule.get("quorum"):
        sentences.append(
            say(lang, "At least {share} of those who may vote must take part.", share=_share(rule["quorum"], lang))
        )
    return " ".join(sentences)


def _threshold(rule: dict[str, Any], lang: str) -> str:
    share = _share(rule["threshold"], lang)
    enough = rule["compare"] == ">="
    match rule["base"], enough:
        case "cast", True:
            return say(lang, "Adopted with at least {share} of all ballots.", share=share)
        case "cast", False:
            return say(lang, "Adopted with more than {share} of all ballots.", share=share)
        case "present", True:
            return say(lang, "Adopted with at least {share} of those who are present.", share=share)
        case "present", False:
            return say(lang, "Adopted with more than {share} of those who are present.", share=share)
        case "registered", True:
            return say(lang, "Adopted with at least {share} of all who may vote.", share=share)
        case "registered", False:
            return say(lang, "Adopted with more than {share} of all who may vote.", share=share)
        case _, True:
            return say(lang, "Adopted if yes has at least {share} of yes and no together.", share=share)
        case _:
            return say(lang, "Adopted if yes has more than {share} of yes and no together.", share=share)


def _share(fraction: str, lang: str) -> str:
    """A fraction as people read it: in per cent where that is exact, else as it is."""
    above, below = (int(part) for part in fraction.split("/"))
    if below == 0 or 100 * above % below:
        return fraction
    return format_percent(above / below, locale=lang)
