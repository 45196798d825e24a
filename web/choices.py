"""What a ballot offers, in words: the same order and numbers on every page that the server writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from web.texts import say

View = Mapping[str, Any]
NO_OPINION = "no-opinion"
NUMBERED = ("single", "approval", "points", "ranking")
"""The methods whose options have numbers, so that they can be read out."""
USUAL_MARKS = (0, 10)


def choices(poll: View, lang: str) -> list[tuple[str, str]]:
    """All that can be chosen in one question as (id, title), in the order of the ballot."""
    match poll["method"]:
        case "yes-no-abstain":
            return [("yes", say(lang, "Yes")), ("no", say(lang, "No")), ("abstain", say(lang, "I abstain"))]
        case "consent":
            return _consents(poll, lang)
        case "scale":
            return [*((str(mark), str(mark)) for mark in marks(poll)), (NO_OPINION, say(lang, "No opinion"))]
        case _:
            return [(option["id"], option["title"]) for option in poll["options"]]


def _consents(poll: View, lang: str) -> list[tuple[str, str]]:
    offered = [
        ("consent", say(lang, "I consent")),
        ("reservation", say(lang, "I consent with a reservation")),
        ("against", say(lang, "I am against")),
    ]
    return [*offered, ("veto", say(lang, "I veto it"))] if poll["scheme"].get("veto") else offered


def marks(poll: View) -> range:
    """The numbers of a scale, lowest first."""
    scheme = poll["scheme"]
    return range(scheme.get("lowest", USUAL_MARKS[0]), scheme.get("highest", USUAL_MARKS[1]) + 1)


def numbered(poll: View, lang: str) -> dict[str, str]:
    """The title of each choice by its id, with its number where it has one."""
    offered = choices(poll, lang)
    if poll["method"] not in NUMBERED:
        return dict(offered)
    return {
        id: say(lang, "{n}. {title}", n=place, title=title)
        for place, (id, title) in enumerate(offered, 1)  # noqa: A001 - the same
    }


def counted(poll: View, result: View, lang: str, most: int = 30) -> dict[str, str]:
    """What has a number in a result; words by how often they were said."""
    if poll["method"] != "words":
        return numbered(poll, lang)
    ordered = sorted(result["counts"], key=lambda word: (-result["counts"][word], word))
    return {word: word for word in ordered[:most]}


def joined(lang: str, names: list[str]) -> str:
    """Several names as one: `A, B and C`."""
    if len(names) < 2:  # noqa: PLR2004 - one name stands alone
        return "".join(names)
    return say(lang, "{names} and {name}", names=", ".join(names[:-1]), name=names[-1])
