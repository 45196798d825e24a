"""A vote in words: its method, its choices, what came of it, and why, for papers that people print and keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from babel.numbers import format_decimal

from facilitation.counting.rule import needed_of
from facilitation.polls import Poll
from facilitation.programme import Rule
from facilitation.session import Session
from facilitation.views.polls import poll_shown
from facilitation.views.viewpoint import Viewpoint
from rooms.people import Role
from rooms.seating import PLENARY
from web.ballotwords import rule_words, whom_words
from web.pages import number, percent, text
from web.texts import many, say

Say = Callable[[str], str]
Result = Mapping[str, Any]

CHOICES: dict[str, Say] = {
    "yes": lambda lang: say(lang, "Yes"),
    "no": lambda lang: say(lang, "No"),
    "abstain": lambda lang: say(lang, "I abstain"),
    "no-opinion": lambda lang: say(lang, "No opinion"),
    "consent": lambda lang: say(lang, "Consent"),
    "reservation": lambda lang: say(lang, "Consent with a reservation"),
    "against": lambda lang: say(lang, "Against"),
    "veto": lambda lang: say(lang, "Veto"),
}
OWN_CHOICES = {"yes-no-abstain": ("yes", "no", "abstain"), "consent": ("consent", "reservation", "against")}
DECISIONS: dict[str, Say] = {
    "adopted": lambda lang: say(lang, "Adopted"),
    "not-adopted": lambda lang: say(lang, "Not adopted"),
    "not-decided": lambda lang: say(lang, "Not decided"),
}
LABELS: dict[str, Say] = {
    "consensus": lambda lang: say(lang, "Consensus"),
    "majority": lambda lang: say(lang, "Majority"),
    "dissent": lambda lang: say(lang, "Dissent"),
}


def choices_of(poll: Poll, found: Result | None) -> list[str]:
    """In the order of the ballot; what was written by voters only where it was counted."""
    if found is not None and found["counts"]:
        return list(found["counts"])
    own = OWN_CHOICES.get(poll.method) or tuple(option.id for option in poll.options)
    return [*own, *(["veto"] if poll.method == "consent" and poll.scheme.veto else [])]


def choice_title(poll: Poll, choice: str, lang: str) -> str:
    """An option's title, or the word of a choice that the method brings; what a voter wrote stays as it is."""
    titles = {option.id: option.title for option in poll.options} | {each.id: each.title for each in poll.texts}
    if choice in titles:
        return text(lang, titles[choice])
    words = CHOICES.get(choice) if poll.method in OWN_CHOICES else None
    return words(lang) if words is not None else choice


def decision(found: Result | None, lang: str) -> str:
    """In a word or two; "" without a rule, or before the count."""
    known = DECISIONS.get((found or {}).get("decided") or "")
    return known(lang) if known is not None else ""


def method_words(poll: Poll, lang: str) -> list[str]:  # noqa: C901 - a case for each method
    """How one votes, in a sentence or two."""
    scheme = poll.scheme
    match poll.method:
        case "single":
            return [say(lang, "Each person chooses one option.")]
        case "approval":
            if scheme.most is None:
                return [say(lang, "Each person chooses as many options as they like.")]
            return [
                many(lang, "Each person chooses {n} option.", "Each person chooses up to {n} options.", scheme.most)
            ]
        case "yes-no-abstain":
            return [say(lang, "Each person says yes or no, or abstains.")]
        case "scale":
            lowest, highest = scheme.lowest, scheme.highest
            ends = {"lowest": 0 if lowest is None else lowest, "highest": 10 if highest is None else highest}
            return [say(lang, "Each person gives a mark from {lowest} to {highest}, or says: no opinion.", **ends)]
        case "points":
            told = [many(lang, "Each person has {n} point.", "Each person has {n} points.", scheme.points or 5)]
            if scheme.most is not None:
                told.append(many(lang, "At most {n} on one option.", "At most {n} on one option.", scheme.most))
            return told
        case "ranking":
            return [_ranks(poll, lang)]
        case "consent":
            return [say(lang, "Each person consents, consents with a reservation, or is against, with their reasons.")]
        case "words":
            return [say(lang, "Each person writes a few words.")]
        case other:
            return [other]


def _ranks(poll: Poll, lang: str) -> str:
    top = poll.scheme.top
    if top is None:
        return say(lang, "Each person puts the options in order.")
    return many(lang, "Each person names {n} option.", "Each person names their first {n} options in order.", top)


def rule_printed(session: Session, poll: Poll, lang: str) -> str:
    """The rule as it stood on the ballot; "" where there was none and nothing to say about the count."""
    printed = poll_shown(session, poll, Viewpoint(Role.OBSERVER, lang, PLENARY))
    return rule_words(printed["rule"], lang, poll.method, printed) or ""


def whom_printed(session: Session, poll: Poll, lang: str) -> str:
    return whom_words(poll_shown(session, poll, Viewpoint(Role.OBSERVER, lang, PLENARY)), lang)


def needed(rule: Rule, base: int) -> tuple[Fraction, int]:
    """The threshold's share of the base, and how many that makes of whole people."""
    return Fraction(rule.threshold) * base, needed_of(rule.threshold, rule.compare, base)


def compared(poll: Poll, found: Result) -> int | None:
    """The number that the rule compares; None where it compares several, or none."""
    counts = found["counts"]
    match poll.method:
        case "yes-no-abstain":
            return int(counts.get("yes", 0))
        case "consent":
            return int(counts.get("consent", 0) + counts.get("reservation", 0))
        case "single":
            return max(counts.values(), default=0)
        case _:
            return None


def reasons(poll: Poll, found: Result, lang: str) -> str:
    """The number, its base, and what was needed of it."""
    rule = poll.rule
    if rule is None:
        return ""
    if not found["base"]:
        return say(lang, "There is nothing to compare with: nobody counts for the base of the rule.")
    share, enough = needed(rule, found["base"])
    told = [_need(rule, share, enough, lang)]
    value = compared(poll, found)
    if value is not None:
        told.insert(0, _of_base(poll, rule, value, found["base"], lang))
        told.append(say(lang, "Reached.") if value >= enough else say(lang, "Not reached."))
    return " ".join(told)


def _of_base(poll: Poll, rule: Rule, value: int, base: int, lang: str) -> str:
    numbers = {"number": number(lang, value), "base": number(lang, base)}
    match rule.base:
        case "yes+no" if poll.method == "yes-no-abstain":
            return say(lang, "{number} yes of {base} yes and no together.", **numbers)
        case "yes+no" if poll.method == "consent":
            return say(lang, "{number} in favour, of {base} in favour or against.", **numbers)
        case "present":
            return say(lang, "{number} of {base} who could vote.", **numbers)
        case "registered":
            return say(lang, "{number} of {base} who are registered.", **numbers)
        case _:
            return say(lang, "{number} of {base} ballots.", **numbers)


def _need(rule: Rule, share: Fraction, enough: int, lang: str) -> str:
    numbers = {"exact": number(lang, round(float(share), 2)), "needed": number(lang, enough)}
    if rule.compare == ">=" and share == enough:
        return say(lang, "Needed: {needed}.", needed=numbers["needed"])
    if rule.compare == ">=":
        return say(lang, "Needed: at least {exact}, so {needed}.", **numbers)
    return say(lang, "Needed: more than {exact}, so {needed}.", **numbers)


def quorum_words(poll: Poll, cast: int, registered: int, lang: str) -> str:
    """Whether enough took part; "" without a quorum."""
    rule = poll.rule
    if rule is None or rule.quorum is None:
        return ""
    enough = needed_of(rule.quorum, ">=", registered)
    numbers = {"needed": enough, "share": rule.quorum, "registered": registered, "cast": cast}
    if registered and cast >= enough:
        return say(
            lang, "The quorum of {needed} ballots ({share} of {registered}) was reached: {cast} were cast.", **numbers
        )
    return say(
        lang, "The quorum of {needed} ballots ({share} of {registered}) was not reached: {cast} were cast.", **numbers
    )


def outcome_words(poll: Poll, found: Result, lang: str) -> list[str]:
    """All that is to be said about one question, beside its decision in a word."""
    because = reasons(poll, found, lang)
    told = [because] if because else []
    if poll.method in ("single", "approval", "points", "ranking") and found["winners"]:
        titles = ", ".join(choice_title(poll, each, lang) for each in found["winners"])
        if poll.method == "approval" and poll.rule is not None:
            told.append(say(lang, "Adopted: {options}", options=titles))
        else:
            told.append(say(lang, "First: {options}", options=titles))
    if found["counts"].get("veto") and poll.method == "consent":
        told.append(say(lang, "A veto blocks it."))
    return [*told, *special_words(poll, found, lang), *tie_words(poll, found, lang)]


def exact_number(lang: str, value: float) -> str:
    """With up to five decimals, as counts in rounds have them."""
    return format_decimal(value, "#,##0.#####", locale=lang)


def tie_words(poll: Poll, found: Result, lang: str) -> list[str]:
    tie = found.get("tie")
    if not tie:
        return []
    titles = ", ".join(choice_title(poll, each, lang) for each in tie["options"])
    told = [say(lang, "A tie between: {options}.", options=titles)]
    match tie.get("next"):
        case None if tie.get("drawn"):
            drawn = ", ".join(choice_title(poll, each, lang) for each in tie["drawn"])
            told.append(say(lang, "Drawn by lot: {options} (seed {seed}).", options=drawn, seed=tie["seed"]))
        case "run-off":
            told.append(say(lang, "As the rule said beforehand, a run-off decides."))
        case "lot":
            told.append(say(lang, "As the rule said beforehand, a lot decides."))
        case _:
            told.append(say(lang, "The rule does not say what decides a tie."))
    return told


def special_words(poll: Poll, found: Result, lang: str) -> list[str]:
    """What only some methods have to say."""
    told: list[str] = []
    if found.get("label") in LABELS:
        told.append(LABELS[found["label"]](lang))
    if found.get("mean") is not None:
        told.append(say(lang, "Mean: {mean}", mean=number(lang, found["mean"] / 100)))
    if found.get("median") is not None:
        told.append(say(lang, "Median: {median}", median=number(lang, found["median"] / 100)))
    if found.get("band"):
        told.append(say(lang, "In words: {band}", band=_band(poll, found["band"], lang)))
    if found.get("above") is not None:
        share = percent(lang, found["above"] / 100)
        told.append(say(lang, "Above the middle of the scale: {share}", share=share))
    if found.get("none") is not None:
        told.append(many(lang, "{n} without an opinion", "{n} without an opinion", found["none"]))
    return told


def _band(poll: Poll, band: Any, lang: str) -> str:
    """A band's title; a result names it by its upper end."""
    return next((text(lang, each.title) for each in poll.scheme.bands if str(each.up_to) == str(band)), str(band))
