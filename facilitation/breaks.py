"""Breaks: who is back, who is missing, and from whom rooms are filled after one.

Rules:
- A break is *current* while it is on the table, and during the item after it. As long as it is current, a citizen may
  say that they are back, and take it back. A break that is put on the table anew begins with nobody back.
- Expected back is who has checked in to this part. Of these, *back* is who said so and is still here or quiet, and who
  is here by telephone; everybody else is *missing*, connected or not.
- Rooms are filled from who is back, by telephone, or came for the first time since the break began. Where nobody said
  that they are back (or all who did have gone again), or the lead wants everybody who is connected, nobody is left out.
- A break that has run out while people are missing is an incident, until it is extended, gone on from, or all are back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from rpds import HashTrieMap

from facilitation.incident import Incident
from facilitation.incidents import opened, settled
from facilitation.programme import Mode
from facilitation.session import Break, Session, with_
from rooms.people import Person, PersonId
from rooms.presence import Presence

EXTENDED, WENT_ON, ALL_BACK = "extended", "went-on", "all-back"
"""How an overrun ends."""


def on_table(session: Session) -> str | None:
    """The break that is on the table."""
    item = session.programme.item(session.agenda.now or "")
    return item.id if item is not None and item.mode is Mode.BREAK else None


def current(session: Session) -> str | None:
    """The break on the table, or the one that the item on the table came after."""
    agenda = session.agenda
    if agenda.now is None:
        return None
    if (here := on_table(session)) is not None:
        return here
    for item, (_, ended) in agenda.actuals.items():
        plan = session.programme.item(item)
        if ended == agenda.started and item != agenda.now and plan is not None and plan.mode is Mode.BREAK:
            return item
    return None


def back(session: Session) -> HashTrieMap[PersonId, int]:
    """Who said that they are back from the current break, and when (ms)."""
    return session.breaks.get(current(session) or "", Break()).back


def missing(session: Session) -> list[PersonId]:
    """Who is expected back from the current break and is not."""
    return sorted(_missing(session))


def _missing(session: Session) -> Iterator[PersonId]:
    said, attendance = back(session), session.attendance
    for person in attendance.checked_in:
        there = person in said and attendance.presence(person) is not Presence.GONE
        if not there and person not in attendance.telephone and session.is_citizen(person):
            yield person


def counted_back(session: Session, people: Iterable[Person]) -> list[Person]:
    """Of these, who sits down in rooms that are filled now."""
    people = list(people)
    item, said = current(session), back(session)
    if item is None or not said:
        return people
    began = session.agenda.actuals[item][0]
    attendance = session.attendance
    counted = [
        person
        for person in people
        if person.id in said or person.id in attendance.telephone or attendance.checked_in.get(person.id, began) > began
    ]
    return counted or people


def began(session: Session, item: str) -> Session:
    """A break that is put on the table begins with nobody back."""
    plan = session.programme.item(item)
    if plan is None or plan.mode is not Mode.BREAK:
        return session
    anew = Break(told=session.breaks.get(item, Break()).told)
    return with_(session, breaks={**session.breaks, item: anew})


def overran(session: Session, at: int) -> Session:
    """The break on the table has run out: an incident where people are missing."""
    item = on_table(session)
    absent = len(missing(session)) if item is not None else 0
    if item is None or not absent:
        return session
    return opened(session, Incident(reference(item), "break", at, "house", about=str(absent)))


def handled(session: Session, who: str, at: int, outcome: str) -> Session:
    """The break on the table is extended or gone on from; with people missing after its end that is kept."""
    item = on_table(session)
    if item is None or (session.agenda.paused or at) < session.agenda.ends:
        return session
    return settled(overran(session, at), reference(item), who, at, outcome)


def reference(item: str) -> str:
    return f"break-{item}"


def said(session: Session, item: str, person: PersonId, at: int, is_back: bool) -> Session:
    known = session.breaks.get(item, Break())
    names = known.back.insert(person, at) if is_back else known.back.discard(person)
    changed = msgspec.structs.replace(known, back=names)
    session = with_(session, breaks={**session.breaks, item: changed})
    overrun = any(each.ref == reference(item) and each.is_open for each in session.incidents)
    if overrun and next(_missing(session), None) is None:
        return settled(session, reference(item), person, at, ALL_BACK)
    return session
