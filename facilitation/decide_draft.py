"""Deciding about drafted polls: whether one can be voted on as it is written, who may vote in it, what is split out.

What is drafted here can be opened, read out and counted: everything that would make no sense later is refused now.
"""

from __future__ import annotations

from typing import Any

import msgspec

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked, Done
from facilitation.counting import points
from facilitation.counting.lot import drawn
from facilitation.counting.methods import METHODS
from facilitation.counting.ranking import FEW
from facilitation.counting.rule import in_run_off, needed_of
from facilitation.counting.scale import ends
from facilitation.counting.tally import result
from facilitation.electorate import EXCLUDED, VOTES, roll, standing
from facilitation.polls import Poll
from facilitation.programme import Band, Option, Rule, Scheme, VotedText
from facilitation.refusals import Refusal, Why
from facilitation.session import Session
from rooms.people import PersonId, PollId, Role, RoomId, Text

OWN_OPTIONS = frozenset({"yes-no-abstain", "scale", "consent", "words"})
"""Methods that bring their own options; others are ignored."""
COUNTS = ("borda", "schulze", "irv", "stv")
WHOLE_RANKINGS = ("irv", "stv")
"""Counted from whole rankings: in a secret poll with many options one can tell whose they are."""
MOST_STEPS = 100
SPLIT = "1/10"
"""This share of those who could vote may have a measure voted on by itself, where the poll says nothing else."""


def add(session: Session, command: c.AddPoll, language: str) -> Answer:
    if command.method not in METHODS:
        return Refusal(Why.NOT_BUILT)
    if command.id is not None and PollId(command.id) in session.polls:
        return Refusal(Why.POLL_EXISTS)
    if command.item is not None and session.programme.item(command.item) is None:
        return Refusal(Why.NO_SUCH_ITEM)
    drafted = _drafted(session, command, language)
    why = _whom_flaw(session, drafted) or _rule_flaw(session, drafted) or flaw(drafted)
    return [drafted] if why is None else Refusal(why)


def again(session: Session, poll: Poll, command: c.RepeatPoll) -> Answer:
    """The same question, linked to the first: of a void poll, a trial or for a run-off freely, else with a reason.

    Freely only once: where it was put again already, and opened, a further one needs a reason too. Without a reason it
    is drafted, but not opened.
    """
    if poll.state in ("drafted", "open"):
        return Refusal(Why.POLL_NOT_CLOSED)
    drafts = (each for each in session.polls.values() if each.again_of == poll.id and each.state == "drafted")
    alike = (each for each in drafts if command.reason is None or each.why is not None)
    draft = next(alike, None) if command.seen is not None else None
    if draft is not None:
        return Done(draft.by)
    put_again = any(
        each.again_of == poll.id and each.state not in ("drafted", "void") for each in session.polls.values()
    )
    tie = None if put_again else _tie(poll, "run-off")
    if poll.trial or (poll.state == "void" and not put_again):
        return [copied(session, poll, why=command.reason or poll.why, needs_second=poll.needs_second)]
    if tie is not None and command.reason is None:
        return [_run_off(session, poll, tie)]
    return [copied(session, poll, why=command.reason, needs_second=True)]


def lot(poll: Poll, seed: int) -> Answer:
    """Draws those who get the places that are left between the tied, where the rule says that the lot comes next."""
    if not poll.is_counted:
        return Refusal(Why.NOT_COUNTED)
    if poll.lot is not None:
        return Done(poll.by)
    tie = _tie(poll, "lot")
    if tie is None:
        return Refusal(Why.NO_TIE)
    return [e.LotDrawn(poll.id, drawn(tie["options"], tie["places"], seed), seed)]


def copied(session: Session, poll: Poll, **changes: Any) -> e.PollAdded:
    """That poll drafted once more; `why` is only kept if it is given."""
    names = [name for name in e.PollAdded.__struct_fields__ if name != "id"]
    fields = {name: getattr(poll, name) for name in names}
    linked = {"again_of": poll.id, "why": None, "needs_second": False}
    return e.PollAdded(id=free_id(session), **{**fields, **linked, **changes})


def admit(session: Session, poll: Poll, person: PersonId) -> Answer:
    if not session.is_citizen(person):
        return Refusal(Why.NO_SUCH_PERSON)
    if poll.state != "drafted":
        return Refusal(Why.TOO_LATE)
    if poll.each_room:
        return Refusal(Why.NOT_IN_ROOM)
    found = standing(session, poll, person)
    if found == EXCLUDED or not session.conduct.may_vote(person):
        return Refusal(Why.EXCLUDED)
    return Done() if found == VOTES else [e.VoterAdmitted(poll.id, person)]


def second(poll: Poll, asked: Asked) -> Answer:
    if not poll.needs_second or poll.state != "drafted":
        return Refusal(Why.NOT_ASKED_FOR)
    if poll.why is None:
        return Refusal(Why.NEEDS_A_REASON)
    if poll.seconded_by is not None:
        return Done(poll.seconded_by)
    return Refusal(Why.NEEDS_A_SECOND) if poll.asked_by == asked.who else [e.RepeatSeconded(poll.id)]


def split(session: Session, poll: Poll, command: c.AskSplit, who: PersonId) -> Answer:
    if poll.state != "drafted":
        return Refusal(Why.TOO_LATE)
    block = next((text for text in poll.blocks if text.id == command.text), None)
    if block is None or command.measure not in {measure.id for measure in block.measures}:
        return Refusal(Why.NO_SUCH_TEXT)
    if standing(session, poll, who) != VOTES:
        return Refusal(Why.NOT_IN_ELECTORATE)
    asked = poll.splits.get(f"{command.text}/{command.measure}", frozenset())
    if who in asked:
        return Done(who)
    events: list[e.Event] = [e.MeasureAskedFor(poll.id, command.text, command.measure)]
    if len(asked) + 1 >= needs(session, poll):
        events.append(e.MeasureSplit(poll.id, command.text, command.measure))
    return events


def needs(session: Session, poll: Poll) -> int:
    """So many must ask for a measure to be voted on by itself: the share of those who could vote now, rounded up."""
    return max(1, needed_of(poll.split or SPLIT, ">=", roll(session, poll).total))


def free_id(session: Session) -> str:
    number = len(session.polls) + 1
    while PollId(f"p{number}") in session.polls:
        number += 1
    return f"p{number}"


def flaw(drafted: e.PollAdded | Poll) -> Why | None:
    """Why a poll cannot be voted on or counted as it is written; None if it can."""
    ids = [option.id for option in drafted.options]
    if drafted.method not in OWN_OPTIONS and len(ids) < 2:  # noqa: PLR2004 - one answer is no question
        return Why.TOO_FEW
    scheme = drafted.scheme
    fits = (
        len(set(ids)) == len(ids)
        and _texts_fit(drafted.texts)
        and (drafted.split is None or (_is_share(drafted.split) and any(text.measures for text in drafted.texts)))
        and (not drafted.receipts or (drafted.secret and _is_one_slip(drafted)))
        and _scheme_fits(drafted.method, scheme, len(ids))
    )
    if not fits:
        return Why.DOES_NOT_FIT
    whole_rankings = drafted.method == "ranking" and scheme.count in WHOLE_RANKINGS and len(ids) > FEW
    if drafted.secret and whole_rankings and not drafted.patterns:
        return Why.NEEDS_PATTERNS
    return None


def _is_one_slip(drafted: e.PollAdded | Poll) -> bool:
    """Whether an answer is one slip: several under one code would show together what was taken apart."""
    whole = drafted.patterns and drafted.method in ("points", "ranking")
    return whole or drafted.method in ("single", "yes-no-abstain", "scale", "consent")


def _scheme_fits(method: str, scheme: Scheme, options: int) -> bool:
    match method:
        case "scale":
            lowest, highest = ends(scheme)
            bands = [band.up_to for band in scheme.bands]
            return 0 < highest - lowest <= MOST_STEPS and bands == sorted(set(bands))
        case "points":
            return scheme.most is None or scheme.most <= (scheme.points or points.USUAL)
        case "approval":
            return scheme.most is None or scheme.most <= options
        case "ranking":
            fits = (scheme.top is None or scheme.top <= options) and (scheme.seats is None or scheme.seats < options)
            return fits and (scheme.count is None or scheme.count in COUNTS)
        case _:
            return True


def _texts_fit(texts: tuple[VotedText, ...]) -> bool:
    """Ids are unique, those too that measures would have as texts of their own."""
    ids = [text.id for text in texts] + [f"{text.id}-{measure.id}" for text in texts for measure in text.measures]
    return len(set(ids)) == len(ids)


def _whom_flaw(session: Session, drafted: e.PollAdded) -> Why | None:
    sides = {side.id for side in session.programme.sides}
    if drafted.people is not None and not all(session.is_citizen(person) for person in drafted.people):
        return Why.NO_SUCH_PERSON
    if not set(drafted.sides or ()) <= sides:
        return Why.NO_SUCH_SIDE
    if drafted.each_room and (drafted.people is not None or drafted.roles is not None):
        return Why.DOES_NOT_FIT
    if not set(drafted.rooms or ()) <= session.seating.rooms.keys():
        return Why.NO_SUCH_ROOM
    if not set(drafted.roles or ()) <= set(Role) - {Role.OBSERVER}:
        return Why.DOES_NOT_FIT
    return None


def _rule_flaw(session: Session, drafted: e.PollAdded) -> Why | None:
    rule, sides = drafted.rule, {side.id for side in session.programme.sides}
    apart = rule is not None and (rule.each_side or bool(rule.components))
    if (drafted.by_side or apart) and not sides:
        return Why.NO_SIDES
    if rule is None:
        return None
    if not set(rule.components) <= sides:
        return Why.NO_SUCH_SIDE
    shares = [share for share in (rule.threshold, rule.quorum) if share is not None]
    return None if all(map(_is_share, shares)) else Why.DOES_NOT_FIT


def _is_share(share: str) -> bool:
    """More than nothing, not more than all."""
    above, below = (int(part) for part in share.split("/"))
    return 0 < above <= below


def _tie(poll: Poll, step: str) -> dict[str, Any] | None:
    """Who is tied for how many places, if that is what the rule says comes next."""
    tie: dict[str, Any] | None = result(poll).get("tie") if poll.is_counted and not poll.each_room else None
    return tie if tie and tie["next"] == step else None


def _run_off(session: Session, poll: Poll, tie: dict[str, Any]) -> e.PollAdded:
    """The same between the tied, for the places that are left; if they tie again, the next step of the rule comes."""
    options = tuple(option for option in poll.options if option.id in tie["options"])
    scheme = poll.scheme
    most = scheme.most if scheme.most is None else min(scheme.most, len(options))
    top = scheme.top if scheme.top is None else min(scheme.top, len(options))
    scheme = msgspec.structs.replace(scheme, seats=tie["places"], most=most, top=top)
    return copied(session, poll, options=options, rule=in_run_off(poll.rule), scheme=scheme)


def _drafted(session: Session, command: c.AddPoll, language: str) -> e.PollAdded:
    def words(asked: c.Texts) -> Text:
        return c.text(asked, language)

    who = command.electorate or c.AskedElectorate()
    options = () if command.method in OWN_OPTIONS else command.options
    same = ("method", "seconds", "secret", "by_side", "each_room", "receipts", "patterns", "trial", "late", "split")
    return e.PollAdded(
        id=command.id or free_id(session),
        question=words(command.question),
        options=tuple(Option(option.id, words(option.title)) for option in options),
        rule=None if command.rule is None else Rule(**msgspec.structs.asdict(command.rule)),
        item=command.item or session.agenda.now,
        sides=who.sides,
        people=None if who.people is None else tuple(PersonId(person) for person in who.people),
        scheme=_scheme(command, language),
        texts=tuple(_text(each, language) for each in command.texts),
        roles=who.roles,
        rooms=None if who.rooms is None else tuple(RoomId(room) for room in who.rooms),
        **{name: getattr(command, name) for name in same},
    )


def _scheme(command: c.AddPoll, language: str) -> Scheme:
    return Scheme(
        command.lowest,
        command.highest,
        command.points,
        command.most,
        command.top,
        command.count,
        command.seats,
        command.veto,
        tuple(Band(round(band.up_to * 100), c.text(band.title, language)) for band in command.bands),
    )


def _text(asked: c.AskedText, language: str) -> VotedText:
    return VotedText(
        asked.id,
        c.text(asked.title, language),
        {} if asked.body is None else c.text(asked.body, language),
        tuple(Option(measure.id, c.text(measure.title, language)) for measure in asked.measures),
    )
