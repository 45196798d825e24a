"""A small session to begin with, and a way to ask it things: times are ms after its start."""

from __future__ import annotations

from typing import Any

import msgspec

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Answer, Asked
from facilitation.decide import decide
from facilitation.evolve import begin, told
from facilitation.programme import Item, Link, Mode, PollPlan, Programme, RoomsPlan, Rule, Side
from facilitation.readiness import missing
from facilitation.session import HOUSE, Session
from facilitation.views.layers import layers_of, view
from facilitation.views.viewpoint import Scene, Viewpoint
from rooms.people import Card, ItemId, Person, PersonId, Role, SessionId
from rooms.seating import PLENARY
from rooms.trail import Trail
from server.draft import entry_of, event_of
from server.journal import Entry

CITIZENS = ("ana", "ben", "cleo", "dirk", "emil", "fadi")
STAFF = {
    "lea": Role.LEAD,
    "leo": Role.LEAD,
    "flo": Role.FACILITATOR,
    "sue": Role.SUPPORT,
    "nic": Role.NOTE_TAKER,
    "ina": Role.INTERPRETER,
    "eva": Role.EXPERT,
}
OTHERS = {"gil": Role.GUEST, "val": Role.EVALUATOR, "obi": Role.OBSERVER}
KEY = "ab" * 32
"""The public key that comes in with every ask, so that a secret poll may be opened."""
EVERYBODY = (*CITIZENS, *STAFF, *OTHERS)


def programme() -> Programme:
    return Programme(
        title={"fr": "Essai", "de": "Probe"},
        languages=("fr", "de"),
        sides=(Side("FR", {"fr": "France"}), Side("DE", {"de": "Deutschland"})),
        links={"plenary": {"": Link(url="https://plenary.example")}, "Lila": {"": Link(url="https://lila.example")}},
        items=(
            Item(ItemId("door"), {"fr": "Accueil", "de": "Ankommen"}, 1, Mode.LOBBY),
            Item(ItemId("talk"), {"fr": "Discussion"}, 2, Mode.BREAKOUT, rooms=RoomsPlan(count=2, names=("Lila",))),
            Item(ItemId("quick"), {"fr": "Rapide"}, 1, Mode.PLENARY, ends="by-time"),
            Item(
                ItemId("vote"),
                {"fr": "Vote"},
                1,
                Mode.VOTE,
                poll=PollPlan("yes-no-abstain", {"fr": "Oui?"}, rule=Rule("7/10", ">=")),
            ),
            Item(ItemId("again"), {"fr": "Encore"}, 1, Mode.PLENARY, starts="day 2 09:00"),
        ),
    )


def people() -> tuple[Person, ...]:
    sides = ("FR", "DE")
    citizens = [
        Person(PersonId(name), Role.CITIZEN, sides[number % 2], (sides[number % 2].lower(),))
        for number, name in enumerate(CITIZENS)
    ]
    return (*citizens, *(Person(PersonId(name), role) for name, role in (STAFF | OTHERS).items()))


def cards() -> dict[PersonId, Card]:
    """Every word in these that somebody must not see begins with what it is."""
    return {
        PersonId(name): Card(
            f"Name-{name}", f"mail-{name}", f"telephone-{name}", f"needs-{name}", {"age": f"attribute-{name}"}
        )
        for name in EVERYBODY
    }


class Meeting:
    """A session in the making, with every entry that made it."""

    def __init__(self, plan: Programme | None = None) -> None:
        created = e.SessionCreated(plan or programme(), 0, (1_000_000,), 180_000, 1_800_000)
        self.cards = cards()
        self.entries = [entry_of(created, 1, "organiser", 0, None)]
        self.session = begin(SessionId("s"), created, 0)
        self.tell("organiser", e.PeopleInvited(people(), ("age",)))

    def tell(self, who: str, event: e.Event, at: int = 0, ticket: str | None = None) -> None:
        at = max(at, self.session.time)
        self.session = told(self.session, event, who, at, ticket)
        self.entries.append(entry_of(event, self.session.version, who, at, ticket))

    def ask(self, who: str, command: c.Command, at: int = 0, seed: int = 0, ticket: str | None = None) -> Answer:
        """Decide and keep, as the clerk does."""
        answer = decide(self.session, Asked(who, command, at, "fr", seed, KEY))
        if isinstance(answer, list):
            for number, event in enumerate(answer, 1):
                self.tell(who, event, at, ticket if number == len(answer) else None)
        return answer

    def may(self, who: str, command: c.Command, at: int = 0, seed: int = 0) -> None:
        """Ask for what must be granted."""
        answer = self.ask(who, command, at, seed)
        assert isinstance(answer, list), answer

    @property
    def scene(self) -> Scene:
        return Scene(self.session, self.cards)

    def at(self, who: str, lang: str = "fr") -> Viewpoint:
        person = self.session.people[PersonId(who)]
        return Viewpoint(person.role, lang, self.session.where(person.id), person.id)

    def view(self, who: str, lang: str = "fr") -> dict[str, Any]:
        """All that this person sees."""
        return self.seen(self.at(who, lang))

    def seen(self, at: Viewpoint) -> dict[str, Any]:
        return {path: value for layer in layers_of(at) for path, value in view(layer, self.scene, at).items()}


def public(lang: str = "fr") -> Viewpoint:
    return Viewpoint(Role.OBSERVER, lang, PLENARY)


def arrived(*names: str) -> Meeting:
    meeting = Meeting()
    for name in names or CITIZENS:
        meeting.may(HOUSE, c.Arrive(name, "w"))
    return meeting


def live() -> Meeting:
    """All citizens here, the first item on the table since 0; the team has said that it is ready."""
    meeting = all_ready(arrived())
    meeting.may("lea", c.StartSession())
    return meeting


def in_rooms() -> Meeting:
    """Two open rooms: ana, cleo and emil of one side and flo in the first, the others in the second."""
    meeting = live()
    meeting.may("lea", c.NextItem())
    sides = (tuple(CITIZENS[::2]), tuple(CITIZENS[1::2]))
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=sides))
    all_ready(meeting).may("lea", c.OpenRooms())
    return meeting


def all_ready(meeting: Meeting) -> Meeting:
    """Whoever is asked whether they are ready says so."""
    for person in missing(meeting.session):
        meeting.may(person, c.SayReady())
    return meeting


def with_a_break() -> Programme:
    pause = Item(ItemId("pause"), {"fr": "Pause"}, 2, Mode.BREAK)
    first, *rest = programme().items
    return msgspec.structs.replace(programme(), items=(first, pause, *rest))


def in_a_break() -> Meeting:
    """Everybody is here; the break is on the table from minute 1 to minute 3."""
    meeting = Meeting(with_a_break())
    for name in CITIZENS:
        meeting.may(HOUSE, c.Arrive(name, "w"))
    all_ready(meeting).may("lea", c.StartSession())
    meeting.may("lea", c.NextItem(), at=60_000)
    return meeting


def replayed(entries: list[Entry]) -> Session:
    """The session that a journal gives, its bodies through plain data and back."""
    first = event_of(entries[0])
    assert isinstance(first, e.SessionCreated)
    session = begin(SessionId("s"), first, entries[0].at)
    for entry in entries[1:]:
        session = told(session, event_of(entry), entry.who, entry.at, entry.ticket)
    return session


def plain(thing: object) -> Any:
    """A value as plain data, so that two can be compared field by field; how it came about is left out."""
    return msgspec.to_builtins(
        thing, enc_hook=lambda held: None if isinstance(held, Trail) else dict(held), str_keys=True
    )
