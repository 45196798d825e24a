"""What only some results have to say, in the reader's words: means, ties, orders, rounds of counting, turnout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from babel.numbers import format_decimal

from web.choices import NUMBERED, choices, joined, numbered
from web.pages import number, percent
from web.texts import many, say

View = Mapping[str, Any]


class Grid(msgspec.Struct, frozen=True):
    """A table: its heads, and rows of a title and cells."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def figures(poll: View, result: View, lang: str) -> list[str]:
    said = []
    if poll["method"] == "scale":
        said += _marks(poll, result, lang)
    if label := result.get("label"):
        said.append(
            {
                "consensus": say(lang, "Consensus: at least 80 % consent."),
                "majority": say(lang, "A majority consents, but there is no consensus."),
                "dissent": say(lang, "There is dissent."),
            }[label]
        )
    if result.get("decided") == "adopted" and poll["method"] in NUMBERED and result["winners"]:
        named = numbered(poll, lang)
        said.append(joined(lang, [named.get(winner, winner) for winner in result["winners"]]))
    if result.get("quorum") is False:
        said.append(say(lang, "Too few took part."))
    if result.get("decided") == "not-decided" and result.get("quorum") is not False and not result.get("tie"):
        said.append(say(lang, "There were no votes on which this could be decided."))
    if tie := result.get("tie"):
        names = joined(lang, [numbered(poll, lang).get(option, option) for option in tie["options"]])
        said.append(say(lang, "A tie: {names} have the same.", names=names))
        said.append(_after_the_tie(poll, tie, lang))
    return said


def _after_the_tie(poll: View, tie: View, lang: str) -> str:
    if drawn := tie.get("drawn"):
        names = joined(lang, [numbered(poll, lang).get(option, option) for option in drawn])
        return say(lang, "Drawn by lot: {names}.", names=names)
    match tie["next"]:
        case "run-off":
            return say(lang, "There will be a run-off between them.")
        case "lot":
            return say(lang, "A lot decides between them.")
    return say(lang, "No rule for ties was set beforehand.")


def _marks(poll: View, result: View, lang: str) -> list[str]:
    if result.get("mean") is None:
        return [say(lang, "Nobody gave a mark.")]
    bands = {str(band["up_to"]): band["title"] for band in poll["scheme"].get("bands", ())}
    said = [say(lang, "Mean {mean}", mean=hundredths(result["mean"], lang))]
    if band := bands.get(str(result.get("band"))):
        said.append(band)
    if result.get("median") is not None:
        said.append(say(lang, "The middle mark is {median}.", median=number(lang, result["median"] / 100)))
    voiced = result.get("voters", result["cast"] - result.get("none", 0))
    said.append(many(lang, "{n} mark was given.", "{n} marks were given.", voiced))
    if none := result.get("none"):
        said.append(
            many(
                lang,
                "{n} has no opinion, which is not part of the mean.",
                "{n} have no opinion, which is not part of the mean.",
                none,
            )
        )
    return said


def order(poll: View, result: View, lang: str) -> list[tuple[int, str]]:
    titles, place, lines = dict(choices(poll, lang)), 1, []
    for equal in result.get("order") or ():
        lines.append((place, joined(lang, [titles.get(option, option) for option in equal])))
        place += len(equal)
    return lines


def grids(poll: View, result: View, lang: str) -> list[Grid]:
    grids, titles = [], numbered(poll, lang)
    if rounds := result.get("rounds"):
        rows = [(title, tuple(_in_round(each, option, lang) for each in rounds)) for option, title in titles.items()]
        rows.append((say(lang, "No further rank"), tuple(_share(each["exhausted"], lang) for each in rounds)))
        heads = tuple(number(lang, n) for n in range(1, len(rounds) + 1))
        grids.append(Grid(say(lang, "Rounds of counting"), heads, tuple(rows)))
    if pairs := result.get("pairs"):
        rows = [
            (title, tuple("" if one == other else number(lang, pairs.get(f"{one}>{other}", 0)) for other in titles))
            for one, title in titles.items()
        ]
        heads = tuple(number(lang, n) for n in range(1, len(titles) + 1))
        grids.append(Grid(say(lang, "Each against each"), heads, tuple(rows)))
    return grids


def _in_round(each: View, option: str, lang: str) -> str:
    count = each["counts"].get(option)
    said = [] if count is None else [_share(count, lang)]
    if option in each["elected"]:
        said.append(say(lang, "elected"))
    if option in each["excluded"]:
        said.append(say(lang, "out"))
    return " ".join(said)


def _share(value: float, lang: str) -> str:
    return format_decimal(value, "#,##0.##", locale=lang)


def turnout(result: View, lang: str) -> str:
    """How many voted, against those who could when it opened, and against all who are registered."""
    could = result.get("present") or result["registered"]
    told = say(
        lang,
        "{cast} of {all} who could vote have voted ({share}).",
        cast=number(lang, result["cast"]),
        all=number(lang, could),
        share=percent(lang, result["cast"] / could if could else 0),
    )
    if result["registered"] > could:
        told += " " + say(lang, "{registered} are registered.", registered=number(lang, result["registered"]))
    return told


def hundredths(value: int, lang: str) -> str:
    return format_decimal(value / 100, "0.00", locale=lang)
