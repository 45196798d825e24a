"""A result ready to be laid out: verdict, numbers, shares, thresholds and sides, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from web.choices import NO_OPINION, choices, counted, joined, numbered
from web.figures import Grid, figures, grids, hundredths, order, turnout
from web.pages import number, percent
from web.texts import many, say
from web.votewords import DECISIONS

View = Mapping[str, Any]
WITHOUT_SHARES = ("points", "ranking", "words")
"""What has no share of the ballots: its bars are drawn against the longest."""
ORDER = {"adopted": 0, "not-adopted": 1, "not-decided": 2, None: 3}


class Row(msgspec.Struct, frozen=True):
    """One choice: how many, its share of the base (None where it has none), how long its bar is (0 to 1), where the
    threshold stands, and how many on each side (None: not shown)."""

    title: str
    count: int
    share: float | None
    part: float
    line: float | None
    best: bool
    sides: tuple[int | None, ...] = ()


class OneSide(msgspec.Struct, frozen=True):
    """A side by itself: what the rule compares there; `row` is None where the side is too small to be shown."""

    title: str
    row: Row | None
    cast: int = 0
    of: int = 0


class Told(msgspec.Struct, frozen=True):
    """One question's result. `short` is its one figure for a list; `ballots` is the last line of the table."""

    title: str
    decided: str | None
    verdict: str | None
    short: str
    figures: tuple[str, ...]
    order: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]
    sides: tuple[str, ...]
    each_side: tuple[OneSide, ...]
    words: tuple[tuple[str, str], ...]
    grids: tuple[Grid, ...]
    ballots: Row
    hides: bool

    @property
    def table(self) -> tuple[Row, ...]:
        return (*self.rows, self.ballots)


class Published(msgspec.Struct, frozen=True):
    """A result that everybody may see: of one question, or of each text, adopted ones first."""

    id: str
    question: str
    trial: bool
    rule: str | None
    turnout: str
    adopted: str | None
    whole: Told | None
    texts: tuple[Told, ...]
    again: bool = False


def published(id: str, poll: View, result: View, sides: Sequence[View], lang: str) -> Published:  # noqa: A002
    """`sides` are those of the session, as the view has them."""
    texts: list[Told] = []
    adopted = None
    if "texts" in result:
        titles = {text["id"]: say(lang, "{n}. {title}", n=n, title=text["title"]) for n, text in _places(poll["texts"])}
        told = [(text, own) for text in titles if (own := result["texts"].get(text)) is not None]
        told.sort(key=lambda pair: ORDER[pair[1].get("decided")])
        texts = [_told(poll, own, sides, lang, titles[text]) for text, own in told]
        if poll["rule"]:
            agreed = sum(own.get("decided") == "adopted" for _, own in told)
            adopted = many(
                lang, "{n} of {all} is adopted", "{n} of {all} are adopted", agreed, all=number(lang, len(told))
            )
    return Published(
        id=id,
        question=poll["question"],
        trial=poll.get("trial", False),
        rule=poll["rule_say"],
        turnout=turnout(result, lang),
        adopted=adopted,
        whole=None if texts else _told(poll, result, sides, lang, poll["question"]),
        texts=tuple(texts),
        again=poll.get("again_of") is not None,
    )


def _places(texts: Sequence[View]) -> list[tuple[int, View]]:
    return list(enumerate(texts, 1))


def _told(poll: View, result: View, sides: Sequence[View], lang: str, title: str) -> Told:
    apart = [side for side in sides if side["id"] in result.get("sides", {})]
    parts = [result["sides"][side["id"]] for side in apart]
    decided, named = _decided(result), dict(choices(poll, lang))
    return Told(
        title=title,
        decided=decided,
        verdict=_verdict(poll, result, decided, lang),
        short=_short(poll, result, lang),
        figures=tuple(figures(poll, result, lang)),
        order=tuple(order(poll, result, lang)),
        rows=tuple(_rows(poll, result, parts, lang)),
        sides=tuple(side["title"] for side in apart),
        each_side=tuple(_each_side(poll, result, apart, lang)),
        words=tuple((named.get(each["choice"], ""), each["words"]) for each in result.get("words", ())),
        grids=tuple(grids(poll, result, lang)),
        ballots=Row(
            say(lang, "Ballots"),
            result["cast"],
            None,
            0,
            None,
            False,
            tuple(None if part is None else part["cast"] for part in parts),
        ),
        hides=None in parts,
    )


def _decided(result: View) -> str | None:
    if "decided" in result:
        return result["decided"]  # type: ignore[no-any-return]
    return {None: None, True: "adopted", False: "not-adopted"}[result["adopted"]]


def _verdict(poll: View, result: View, decided: str | None, lang: str) -> str | None:
    if decided is not None:
        return DECISIONS[decided](lang)
    if result.get("tie") or not result["winners"] or poll["method"] in ("yes-no-abstain", "scale", "consent"):
        return None
    names = [numbered(poll, lang).get(winner, winner) for winner in result["winners"]]
    said = joined(lang, names)
    match poll["method"]:
        case "ranking":
            return many(lang, "Best placed: {names}", "Chosen: {names}", len(names), names=said)
        case "points":
            return many(lang, "Most points: {names}", "Chosen: {names}", len(names), names=said)
    return many(lang, "Most votes: {names}", "Chosen: {names}", len(names), names=said)


def _short(poll: View, result: View, lang: str) -> str:
    if poll["method"] == "yes-no-abstain" and result["base"]:
        yes = result["counts"].get("yes", 0)
        return say(lang, "Yes: {count} ({share})", count=number(lang, yes), share=percent(lang, yes / result["base"]))
    if poll["method"] == "scale" and result.get("mean") is not None:
        return say(lang, "Mean {mean}", mean=hundredths(result["mean"], lang))
    return numbered(poll, lang).get(result["winners"][0], "") if result["winners"] else ""


def _rows(poll: View, result: View, parts: Sequence[View | None], lang: str) -> list[Row]:
    titles = counted(poll, result, lang)
    longest = max([1, *(_count(result, choice) for choice in titles)])
    base = result["voters"] if poll["method"] == "scale" else result["base"]
    shares = poll["method"] not in WITHOUT_SHARES and base > 0
    rows = [_together(poll, result, parts, lang)] if poll["method"] == "consent" and poll["rule"] else []
    for choice, title in titles.items():
        count = _count(result, choice)
        rows.append(
            Row(
                title,
                count,
                count / base if shares and _is_share(poll, choice) else None,
                min(1, count / (base if shares else longest)),
                _line(poll, choice),
                choice in result["winners"],
                tuple(None if part is None else _count(part, choice) for part in parts),
            )
        )
    return rows


def _together(poll: View, result: View, parts: Sequence[View | None], lang: str) -> Row:
    """What the rule compares in graded consent."""

    def consenting(part: View) -> int:
        return _count(part, "consent") + _count(part, "reservation")

    share = consenting(result) / result["base"] if result["base"] else None
    sides = tuple(None if part is None else consenting(part) for part in parts)
    title = say(lang, "All who consent")
    return Row(title, consenting(result), share, share or 0, _threshold(poll), result["adopted"] is True, sides)


def _count(part: View, choice: str) -> int:
    return part.get("none", 0) if choice == NO_OPINION else part["counts"].get(choice, 0)  # type: ignore[no-any-return]


def _is_share(poll: View, choice: str) -> bool:
    return choice != NO_OPINION and not (choice == "abstain" and (poll["rule"] or {}).get("base") == "yes+no")


def _line(poll: View, choice: str) -> float | None:
    if poll["method"] == "yes-no-abstain":
        return _threshold(poll) if choice == "yes" else None
    return _threshold(poll) if poll["method"] in ("single", "approval") else None


def _threshold(poll: View) -> float | None:
    return float(Fraction(poll["rule"]["threshold"])) if poll["rule"] else None


def _each_side(poll: View, result: View, apart: Sequence[View], lang: str) -> list[OneSide]:
    """What the rule compares, side by side; only where there is a yes to compare."""
    if poll["method"] != "yes-no-abstain":
        return []
    line = _threshold(poll) if poll["rule"] and poll["rule"].get("each-side") else None
    told = []
    for side in apart:
        part = result["sides"][side["id"]]
        if part is None:
            told.append(OneSide(side["title"], None))
            continue
        yes = part["counts"].get("yes", 0)
        share = yes / part["base"] if part["base"] else None
        row = Row(say(lang, "Yes"), yes, share, share or 0, line, result["adopted"] is True)
        told.append(OneSide(side["title"], row, part["cast"], part.get("present") or part["registered"]))
    return told
