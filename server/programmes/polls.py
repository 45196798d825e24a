"""Polls as a programme foresees them, of every method, with the names that `poll.add` uses."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from facilitation.programme import METHODS, Band, Option, PollPlan, Scheme, VotedText
from rooms.people import Text
from server.plain import Value
from server.programmes.rules import read_fraction, read_rule
from server.programmes.texts import LONG, QUESTION, TITLE, Frame, read_text

OWN_OPTIONS = frozenset({"yes-no-abstain", "scale", "consent", "words"})
"""Methods that bring their own options; any that are given are checked, then left out."""
NEEDED = {"scale": ("from", "to"), "points": ("points",)}
"""What a method cannot do without, once its question is known."""
FLAGS = ("secret", "by-side", "each-room", "receipts", "patterns", "trial")
SETTINGS = ("count", "points", "max", "from", "to", "seats", "top", "veto", "bands")
"""What only some methods read; they may stand beside any method."""
FIELDS = (
    "method",
    "question",
    "options",
    "texts",
    "rule",
    "seconds",
    "late",
    "opens",
    "split",
    *FLAGS,
    *SETTINGS,
)
COUNTS = ("borda", "schulze", "irv", "stv")
WHOLE_RANKINGS = ("irv", "stv")
"""Counts that need each ranking whole; from four options on these could tell who wrote them."""
OPENS = ("by-hand", "by-itself")
MOST_OPTIONS = 100
MOST_TEXTS = 100
MOST_BANDS = 20
MOST_SECONDS = 86_400
MOST_LATE = 604_800
FEW = 3


def read_poll(value: Value, frame: Frame) -> PollPlan | None:
    """A poll, or None where not even its method is known."""
    fields = value.fields(FIELDS, required=("method",))
    method = fields["method"].choice(METHODS) if "method" in fields else None
    question = read_text(fields.get("question"), frame, QUESTION, lines=True)
    options = _options(fields.get("options"), frame, least=2)
    flags = {name.replace("-", "_"): fields[name].flag() for name in FLAGS if name in fields}
    plan = PollPlan(
        method=method or "",
        question=question,
        options=() if method in OWN_OPTIONS else options,
        rule=read_rule(fields["rule"], frame) if "rule" in fields else None,
        seconds=fields["seconds"].whole(1, MOST_SECONDS) if "seconds" in fields else None,
        scheme=_scheme(value, fields, frame),
        texts=_texts(fields["texts"], frame) if "texts" in fields else (),
        late=fields["late"].whole(1, MOST_LATE) if "late" in fields else None,
        opens=(fields["opens"].choice(OPENS) if "opens" in fields else None) or "by-hand",
        split=read_fraction(fields.get("split")),
        **flags,
    )
    if method is None:
        return None
    if question:
        _look_for_gaps(value, fields, method)
    _look_for_misfits(value, fields, plan, frame)
    return plan


def _look_for_gaps(value: Value, fields: dict[str, Value], method: str) -> None:
    """A poll whose question is known lies ready from the start, so it must be whole."""
    needed: Iterable[str] = NEEDED.get(method, ()) if method in OWN_OPTIONS else ("options", *NEEDED.get(method, ()))
    for name in needed:
        if name not in fields:
            value.child(None, name).blame("missing")


def _look_for_misfits(value: Value, fields: dict[str, Value], plan: PollPlan, frame: Frame) -> None:
    """Fields that are sound by themselves and do not go together."""
    scheme, options = plan.scheme, len(plan.options)
    if plan.by_side and not frame.sides:
        fields["by-side"].blame("by-side-without-sides")
    if plan.split is not None and not any(text.measures for text in plan.texts):
        fields["split"].blame("split-without-measures")
    if plan.opens == "by-itself" and not plan.question:
        fields["opens"].blame("opens-without-question")
    for name, number in (("top", scheme.top), ("seats", scheme.seats)):
        if options and number is not None and number > options:
            fields[name].blame("more-than-options", most=options)
    if plan.method == "approval" and options and scheme.most is not None and scheme.most > options:
        fields["max"].blame("more-than-options", most=options)
    if plan.method == "ranking" and scheme.count in WHOLE_RANKINGS and options > FEW and not plan.patterns:
        value.child(None, "patterns").blame("needs-patterns", few=FEW)


def _options(value: Value | None, frame: Frame, least: int = 0) -> tuple[Option, ...]:
    found: dict[str, Option] = {}
    for each in value.list(MOST_OPTIONS, least) if value else []:
        fields = each.fields(("id", "title"), required=("id", "title"))
        option, title = _named(fields, found, frame)
        if option is not None:
            found[option] = Option(option, title)
    return tuple(found.values())


def _texts(value: Value, frame: Frame) -> tuple[VotedText, ...]:
    """One ballot over all of them. Measures, whose ids are one's own within the text, make it a block."""
    found: dict[str, VotedText] = {}
    for each in value.list(MOST_TEXTS, least=1):
        fields = each.fields(("id", "title", "body", "measures"), required=("id", "title"))
        text, title = _named(fields, found, frame)
        body = read_text(fields.get("body"), frame, LONG, lines=True)
        measures = _options(fields.get("measures"), frame)
        if text is not None:
            found[text] = VotedText(text, title, body, measures)
    return tuple(found.values())


def _named(fields: dict[str, Value], taken: Iterable[str], frame: Frame) -> tuple[str | None, Text]:
    """An id that nobody before has, and a title."""
    own = fields["id"].id() if "id" in fields else None
    title = read_text(fields.get("title"), frame, TITLE)
    if own is not None and own in taken:
        fields["id"].blame("twice", value=own)
        return None, title
    return own, title


def _scheme(value: Value, fields: dict[str, Value], frame: Frame) -> Scheme:
    found = _settings(value, fields)
    names = {"from": "lowest", "to": "highest", "max": "most"}
    scheme = msgspec.convert({names.get(name, name): each for name, each in found.items()}, Scheme)
    bands = _bands(fields["bands"], frame) if "bands" in fields else ()
    return msgspec.structs.replace(scheme, bands=bands)


def _settings(value: Value, fields: dict[str, Value]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ("points", "max", "seats", "top"):
        if name in fields:
            found[name] = fields[name].whole(1, 1000)
    for name in ("from", "to"):
        if name in fields:
            found[name] = fields[name].whole(-1000, 1000)
    if "count" in fields:
        found["count"] = fields["count"].choice(COUNTS)
    if "veto" in fields:
        found["veto"] = fields["veto"].flag()
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


def _bands(value: Value, frame: Frame) -> tuple[Band, ...]:
    """What means are called, from the lowest up; `up-to` is a mean, kept in hundredths."""
    found: list[Band] = []
    for each in value.list(MOST_BANDS, least=1):
        fields = each.fields(("up-to", "title"), required=("up-to", "title"))
        up_to = fields["up-to"].number(-1001, 1000) if "up-to" in fields else None
        title = read_text(fields.get("title"), frame, TITLE)
        if up_to is None:
            continue
        band = Band(round(up_to * 100), title)
        if found and band.up_to <= found[-1].up_to:
            fields["up-to"].blame("bands-not-rising")
        found.append(band)
    return tuple(found)
