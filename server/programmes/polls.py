"""Polls as a programme foresees them. Every method of the protocol may be written here, built or not."""

from __future__ import annotations

import re

from facilitation.programme import Option, PollPlan, Rule
from server.plain import Value
from server.programmes.texts import QUESTION, TITLE, Frame, read_text

METHODS = ("single", "approval", "yes-no-abstain", "scale", "points", "ranking", "consent", "words")
SETTINGS = ("count", "points", "max", "from", "to", "seats")
"""What only some methods read; they may stand beside any method."""
OWN_OPTIONS = frozenset({"yes-no-abstain", "scale", "consent", "words"})
"""Methods that bring their own options; any that are given are checked, then left out."""
FIELDS = ("method", "question", "options", "rule", "secret", "seconds")
COUNTS = ("borda", "schulze", "irv", "stv")
BASES = ("yes+no", "cast", "present", "registered")
MOST_OPTIONS = 100
MOST_SECONDS = 86_400
MOST_PARTS = 10_000
_FRACTION = re.compile(r"(0|[1-9][0-9]{0,4})/([1-9][0-9]{0,4})", re.ASCII)


def read_poll(value: Value, frame: Frame) -> PollPlan | None:
    """A poll, or None where not even its method is known."""
    fields = value.fields((*FIELDS, *SETTINGS), required=("method",))
    method = fields["method"].choice(METHODS) if "method" in fields else None
    question = read_text(fields.get("question"), frame, QUESTION, lines=True)
    options = _options(fields.get("options"), frame)
    if method == "single" and question and "options" not in fields:
        value.child(None, "options").blame("missing")
    plan = PollPlan(
        method=method or "",
        question=question,
        options=() if method in OWN_OPTIONS else options,
        rule=_rule(fields["rule"], frame) if "rule" in fields else None,
        secret=fields["secret"].flag() if "secret" in fields else False,
        seconds=fields["seconds"].whole(1, MOST_SECONDS) if "seconds" in fields else None,
        settings=_settings(value, fields),
    )
    return plan if method else None


def _options(value: Value | None, frame: Frame) -> tuple[Option, ...]:
    found: dict[str, Option] = {}
    for each in value.list(MOST_OPTIONS, least=2) if value else []:
        fields = each.fields(("id", "title"), required=("id", "title"))
        option = fields["id"].id() if "id" in fields else None
        title = read_text(fields.get("title"), frame, TITLE)
        if option in found:
            fields["id"].blame("twice", value=option)
        elif option is not None:
            found[option] = Option(option, title)
    return tuple(found.values())


def _settings(value: Value, fields: dict[str, Value]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ("points", "max", "seats"):
        if name in fields:
            found[name] = fields[name].whole(1, 1000)
    for name in ("from", "to"):
        if name in fields:
            found[name] = fields[name].whole(-1000, 1000)
    if "count" in fields:
        found["count"] = fields["count"].choice(COUNTS)
    _compare(value, found)
    return found


def _compare(value: Value, found: dict[str, object]) -> None:
    match found:
        case {"from": int(least), "to": int(most)} if least >= most:
            value.child(None, "to").blame("from-not-below-to")
        case _:
            pass
    match found:
        case {"points": int(points), "max": int(most)} if most > points:
            value.child(None, "max").blame("more-than-points")
        case _:
            pass


def _rule(value: Value, frame: Frame) -> Rule:
    fields = value.fields(("threshold", "compare", "base", "quorum", "each-side", "ties"))
    each_side = fields["each-side"].flag() if "each-side" in fields else False
    if each_side and not frame.sides:
        fields["each-side"].blame("each-side-without-sides")
    ties = [each.choice(("run-off", "lot")) for each in fields["ties"].list(2)] if "ties" in fields else []
    rule = Rule()
    return Rule(
        threshold=_fraction(fields.get("threshold")) or rule.threshold,
        compare=(fields["compare"].choice((">=", ">")) if "compare" in fields else None) or rule.compare,
        base=(fields["base"].choice(BASES) if "base" in fields else None) or rule.base,
        quorum=_fraction(fields.get("quorum")),
        each_side=each_side,
        ties=tuple(each for each in ties if each is not None),
    )


def _fraction(value: Value | None) -> str | None:
    """A share such as "7/10": at most all, in numbers up to 10,000."""
    if value is None:
        return None
    found = _FRACTION.fullmatch(value.raw) if isinstance(value.raw, str) else None
    if found is None or not int(found[1]) <= int(found[2]) <= MOST_PARTS:
        value.blame("bad-fraction")
        return None
    return found[0]
