"""What a journal tells of the past: who was here from when to when, which item was on the table, who sat where.

Rules of attendance (fees are paid on it):
- A stay begins with a person's first connection, or when they are marked as here by telephone. It ends with their last
  connection, wherever that was; several devices and several workers count once.
- A line that drops and comes back before the person counts as quiet does not end a stay. If it does not come back in
  time, the stay ended when the last connection went, not later.
- A worker that dies takes its connections with it at the moment at which the house noticed.
- An item counts as long as it was on the table. Where the next one begins another part (another day), the item counts
  until it was meant to end, with every extension: nobody attends through the night between two parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from facilitation import agenda as agendas
from facilitation import events as e
from facilitation.evolve import begin, told
from facilitation.session import Session, State
from facilitation.views.viewpoint import differing
from rooms.people import PersonId, RoomId, SessionId
from rooms.presence import Attendance, Presence
from server.draft import event_of
from server.journal import Entry

ONLINE, TELEPHONE = "online", "telephone"


class Stay(msgspec.Struct, frozen=True):
    """Somebody was here, in one way, from when to when (ms)."""

    person: PersonId
    how: str
    since: int
    until: int


class Spell(msgspec.Struct, frozen=True):
    """An item was on the table from when to when (ms)."""

    item: str
    since: int
    until: int


class Seat(msgspec.Struct, frozen=True):
    """Somebody's seat in a room while rooms were open, from when to when (ms)."""

    round: int
    item: str
    room: str
    person: PersonId
    since: int
    until: int
    place: int = 0
    """Where the room stands among those of its round."""


class Step(msgspec.Struct, frozen=True):
    """What moved the session: which event, by whom, when; the item that it names, and the seconds."""

    at: int
    who: str
    event: str
    item: str | None = None
    seconds: int | None = None


class History(msgspec.Struct):
    """The session as it is, and how it came to that. `until` is the end, or the moment of looking."""

    session: Session
    until: int
    stays: list[Stay]
    spells: list[Spell]
    seats: list[Seat]
    steps: list[Step]


STEPS = (
    e.SessionStarted,
    e.SessionPaused,
    e.SessionResumed,
    e.SessionClosed,
    e.SessionReopened,
    e.ItemStarted,
    e.ItemExtended,
    e.ItemHeld,
    e.AgendaUndone,
    e.RoomsOpened,
    e.RoomsClosed,
)


def history(session_id: str, entries: Sequence[Entry], now: int) -> History:
    """Goes through the journal once, as every clerk does, and notes what changes."""
    first = event_of(entries[0])
    if not isinstance(first, e.SessionCreated):
        raise TypeError("a journal begins with SessionCreated")
    session = begin(SessionId(session_id), first, entries[0].at)
    stays, spells, seats = Stays(), Spells(), Seats()
    steps: list[Step] = []
    for entry in entries[1:]:
        event = event_of(entry)
        before, session = session, told(session, event, entry.who, entry.at, entry.ticket)
        if before.attendance is not session.attendance:
            stays.look(before, session, event, entry.at)
        spells.look(before, session, entry.at)
        seats.look(before, session, entry.at)
        if isinstance(event, STEPS):
            item, seconds = getattr(event, "item", None), getattr(event, "seconds", None)
            steps.append(Step(entry.at, entry.who, type(event).__name__, item, seconds))
    until = session.ended.at if session.state is State.CLOSED and session.ended is not None else max(now, session.time)
    return History(
        session, until, stays.all(session, until), spells.all(session, until), seats.all(session, until), steps
    )


class Stays:
    """Who is here, since when and how, and the stays that have ended."""

    def __init__(self) -> None:
        self._open: dict[PersonId, tuple[str, int]] = {}
        self._ended: list[Stay] = []

    def look(self, before: Session, now: Session, event: e.Event, at: int) -> None:
        for person in _stirred(before.attendance, now.attendance, event):
            how = _how(now.attendance, person)
            known = self._open.get(person)
            if known is not None and known[0] != how:
                self._end(now, person, at if how is not None else None)
            if how is not None and person not in self._open:
                self._open[person] = (how, at)

    def all(self, session: Session, until: int) -> list[Stay]:
        for person in list(self._open):
            self._end(session, person, None, until)
        kept = [
            msgspec.structs.replace(each, until=min(each.until, until)) for each in self._ended if each.since < until
        ]
        return sorted(kept, key=lambda stay: (stay.person, stay.since))

    def _end(self, session: Session, person: PersonId, at: int | None, otherwise: int | None = None) -> None:
        """At that time; else when the last connection went."""
        how, since = self._open.pop(person)
        where = session.attendance.people.get(person)
        left_at = where.left_at if where is not None and not where.workers and how == ONLINE else None
        ends = at if at is not None else left_at if left_at is not None else otherwise
        self._ended.append(Stay(person, how, since, max(since, session.time if ends is None else ends)))


def _stirred(before: Attendance, now: Attendance, event: e.Event) -> Iterable[PersonId]:
    person = getattr(event, "person", None)
    if person is not None:
        return [PersonId(person)]
    return [*differing(before.people, now.people), *differing(before.telephone, now.telephone)]


def _how(attendance: Attendance, person: PersonId) -> str | None:
    where = attendance.people.get(person)
    if person in attendance.telephone and (where is None or not where.workers):
        return TELEPHONE
    return ONLINE if where is not None and where.presence is Presence.HERE else None


class Spells:
    """What is on the table, and what was."""

    def __init__(self) -> None:
        self._ended: list[Spell] = []
        self._since = 0

    def look(self, before: Session, now: Session, at: int) -> None:
        was, is_now = before.agenda, now.agenda
        if (was.now, was.started) == (is_now.now, is_now.started):
            return
        if was.now is not None:
            self._ended.append(Spell(was.now, self._since, max(self._since, _counts_until(before, now, at))))
        self._since = at

    def all(self, session: Session, until: int) -> list[Spell]:
        now = session.agenda.now
        return [*self._ended, *([Spell(now, self._since, until)] if now is not None else [])]


def _counts_until(before: Session, now: Session, at: int) -> int:
    programme, was = now.programme, before.agenda
    following = now.agenda.now
    if following is None or agendas.part_of(programme, was.now) == agendas.part_of(programme, following):
        return at
    return min(at, was.ends)


class Seats:
    """Who sits in which open room, and who did."""

    def __init__(self) -> None:
        self._open: dict[PersonId, tuple[RoomId, str, int, str, int]] = {}
        self._ended: list[Seat] = []
        self._round = 0

    def look(self, before: Session, now: Session, at: int) -> None:
        if before.seating is now.seating:
            return
        is_open = now.seating.stage.is_open
        if is_open and not before.seating.stage.is_open:
            self._round += 1
        seats = now.seating.seats if is_open else {}
        for person, (room, *_) in list(self._open.items()):
            if seats.get(person) != room:
                self._leave(person, at)
        places = {room: place for place, room in enumerate(now.seating.rooms)}
        for person, room in seats.items():
            if person not in self._open:
                name = now.seating.rooms[room].name
                self._open[person] = (room, name, at, now.agenda.now or "", places[room])

    def all(self, _: Session, until: int) -> list[Seat]:
        for person in list(self._open):
            self._leave(person, until)
        return sorted(self._ended, key=lambda seat: (seat.round, seat.place, seat.person, seat.since))

    def _leave(self, person: PersonId, at: int) -> None:
        _, name, since, item, place = self._open.pop(person)
        self._ended.append(Seat(self._round, item, name, person, since, at, place))


def overlaps(stays: Sequence[Stay], spells: Sequence[Spell]) -> Iterator[tuple[Stay, Spell, int, int]]:
    """Where a person's stays and the spells of an item lie over each other, from when to when (ms)."""
    for stay in stays:
        for spell in spells:
            since, until = max(stay.since, spell.since), min(stay.until, spell.until)
            if since < until:
                yield stay, spell, since, until
