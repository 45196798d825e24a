"""The session: everything that is so after a number of entries, as one immutable value."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec
from rpds import HashTrieMap

from facilitation.agenda import Agenda, Span
from facilitation.check import Check, Consent
from facilitation.composition import Compositions
from facilitation.conduct import Conduct
from facilitation.draws import Draw
from facilitation.incident import Incident
from facilitation.polls import Poll
from facilitation.programme import Links, Programme
from facilitation.roles import Roles
from facilitation.roomclock import RoomClock
from facilitation.team import Team
from rooms.floor import EMPTY, Floor
from rooms.people import ItemId, Person, PersonId, PollId, Role, RoomId, SessionId, Text
from rooms.presence import Attendance
from rooms.seating import LOBBY, Seating

HOUSE = "house"
ORGANISER = "organiser"
UNDO_FOR = 60_000
"""So long (ms) an agenda ask may be undone."""
REOPEN_FOR = 600_000
"""So long (ms) a closed session may be opened again."""


class State(StrEnum):
    """Where the session is in its life."""

    LOBBY = "lobby"
    LIVE = "live"
    PAUSED = "paused"
    CLOSED = "closed"


class Help(msgspec.Struct, frozen=True):
    """A call for help, and who takes care of it."""

    id: str
    person: PersonId
    room: RoomId
    kind: str
    text: str | None
    since: int
    taken_by: PersonId | None = None
    whole_room: bool = False
    """It is not only they who need it, but everybody in their room."""


class Notice(msgspec.Struct, frozen=True):
    """What was told to a room."""

    text: Text
    at: int
    by: str


class Gap(msgspec.Struct, frozen=True):
    """A room without its interpreters: `lost`, or going on in what is `written`; since when (ms), and who said so."""

    how: str
    since: int
    by: str


class Last(msgspec.Struct, frozen=True):
    """The newest ask that moved the session: what, by whom, when."""

    ask: str
    by: str
    at: int


class Nudge(msgspec.Struct, frozen=True):
    """What somebody was asked privately: "invite" (to speak) or "shorter"."""

    kind: str
    at: int


class Before(msgspec.Struct, frozen=True):
    """What an undo brings back."""

    agenda: Agenda
    seating: Seating
    floors: dict[RoomId, Floor]
    checked_in: HashTrieMap[PersonId, int]
    at: int


class Break(msgspec.Struct, frozen=True):
    """Who said that they are back from a break, and when (ms); `told` is the latest end that was seen to pass."""

    back: HashTrieMap[PersonId, int] = HashTrieMap()
    told: int = -1


class Ended(msgspec.Struct, frozen=True):
    """What reopening a closed session brings back. `rooms`: breakout rooms were open."""

    state: State
    agenda: Agenda
    rooms: bool
    at: int
    by: str


class Session(msgspec.Struct, frozen=True):
    """A session. Times are ms of store time; `quiet_after` and `gone_after` are ms."""

    id: SessionId
    programme: Programme
    starts: int
    plan: tuple[Span, ...]
    quiet_after: int
    gone_after: int
    version: int = 0
    time: int = 0
    state: State = State.LOBBY
    people: HashTrieMap[PersonId, Person] = HashTrieMap()
    attributes: frozenset[str] = frozenset()
    """What else the roster tells of people: the names of its columns. The values are in the directory."""
    attendance: Attendance = Attendance()
    agenda: Agenda = Agenda()
    seating: Seating = Seating()
    floors: dict[RoomId, Floor] = {}
    polls: dict[PollId, Poll] = {}
    outages: tuple[tuple[int, int], ...] = ()
    """When nobody could vote (ms from, until), in order, none touching another."""
    hold_share: str = "1/10"
    helps: dict[str, Help] = {}
    helped: int = 0
    links: dict[RoomId, Links] = {}
    notices: dict[RoomId, Notice] = {}
    incidents: tuple[Incident, ...] = ()
    ready: HashTrieMap[PersonId, int] = HashTrieMap()
    excused: frozenset[str] = frozenset()
    nudges: HashTrieMap[PersonId, Nudge] = HashTrieMap()
    lots: dict[str, int] = {}
    """The seeds of items whose hands are ordered by lot."""
    tickets: HashTrieMap[str, int] = HashTrieMap()
    workers: frozenset[str] = frozenset()
    clocks: dict[RoomId, RoomClock] = {}
    gaps: dict[RoomId, Gap] = {}
    regrouped: HashTrieMap[PersonId, int] = HashTrieMap()
    """Who was moved to another room because of the interpretation, and when (ms)."""
    last: Last | None = None
    before: Before | None = None
    compositions: Compositions = Compositions()
    draws: dict[ItemId, Draw] = {}
    conduct: Conduct = Conduct()
    roles: Roles = Roles()
    team: Team = Team()
    checks: HashTrieMap[PersonId, Check] = HashTrieMap()
    consents: HashTrieMap[PersonId, Consent] = HashTrieMap()
    belongs: HashTrieMap[PersonId, PersonId] = HashTrieMap()
    """Helpers, each with the person whom they accompany."""
    changed: HashTrieMap[PersonId, int] = HashTrieMap()
    """At which version each person's line in the directory was last changed."""
    breaks: dict[str, Break] = {}
    ended: Ended | None = None

    def where(self, person: PersonId) -> RoomId:
        """The room in which that person is now; a helper is where their person is."""
        to = self.belongs.get(person, person)
        return LOBBY if self.conduct.is_out(person) or self.conduct.is_out(to) else self.room_of(person)

    def room_of(self, person: PersonId) -> RoomId:
        """The room where that person is, or would be if nobody had sent them to the lobby."""
        return self.seating.where(self.belongs.get(person, person))

    def floor(self, room: RoomId) -> Floor:
        return self.floors.get(room, EMPTY)

    def citizens_checked_in(self) -> list[PersonId]:
        """In the order of their ids; without those whom two of the team have excluded from voting."""
        may_vote = self.conduct.may_vote
        return sorted(each for each in self.attendance.checked_in if self.is_citizen(each) and may_vote(each))

    def is_citizen(self, person: PersonId) -> bool:
        who = self.people.get(person)
        return who is not None and who.role is Role.CITIZEN

    def side(self, person: PersonId) -> str:
        who = self.people.get(person)
        return (who.side or "") if who is not None else ""


def with_(session: Session, **changes: Any) -> Session:
    """That session, with some of it changed."""
    return msgspec.structs.replace(session, **changes)


def ticket_key(who: str, ticket: str) -> str:
    return f"{who} {ticket}"
