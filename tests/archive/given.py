"""Journals made by hand, a line for each entry: minute, who, event."""

from __future__ import annotations

from facilitation import events as e
from facilitation.programme import Item, Mode, Programme, Side
from rooms.people import ItemId, Person, PersonId, Role
from server.draft import entry_of
from server.journal import Entry

MINUTE = 60_000
PEOPLE = (
    Person(PersonId("lea"), Role.LEAD),
    Person(PersonId("ana"), Role.CITIZEN, "FR"),
    Person(PersonId("ben"), Role.CITIZEN, "DE"),
)


def programme() -> Programme:
    return Programme(
        title={"en": "Two days"},
        languages=("en",),
        sides=(Side("FR", {"en": "France"}), Side("DE", {"en": "Germany"})),
        timezone="UTC",
        items=(
            Item(ItemId("talk"), {"en": "Talk"}, 10, Mode.PLENARY),
            Item(ItemId("more"), {"en": "More"}, 10, Mode.PLENARY),
            Item(ItemId("next-day"), {"en": "Next day"}, 10, Mode.PLENARY, starts="day 2 00:00"),
        ),
    )


def journal(
    *told: tuple[float, str, e.Event], plan: Programme | None = None, people: tuple[Person, ...] = PEOPLE
) -> list[Entry]:
    """The session with these people, quiet after 3 minutes and gone after 30; then what is told."""
    created = e.SessionCreated(plan or programme(), 0, (24 * 60 * MINUTE,), 3 * MINUTE, 30 * MINUTE)
    lines = [(0.0, "organiser", created), (0.0, "organiser", e.PeopleInvited(people)), *told]
    return [
        entry_of(event, version, who, round(minute * MINUTE), None)
        for version, (minute, who, event) in enumerate(lines, 1)
    ]


def came(minute: float, person: str, worker: str = "w") -> tuple[float, str, e.Event]:
    return minute, "house", e.Arrived(PersonId(person), worker)


def left(minute: float, person: str, worker: str = "w") -> tuple[float, str, e.Event]:
    return minute, "house", e.Left(PersonId(person), worker)


def quiet(minute: float, person: str) -> tuple[float, str, e.Event]:
    return minute, "house", e.WentQuiet(PersonId(person))


def item(minute: float, name: str) -> tuple[float, str, e.Event]:
    return minute, "lea", e.ItemStarted(name, "next")


STARTED: tuple[float, str, e.Event] = (0, "lea", e.SessionStarted())


def closed(minute: float) -> tuple[float, str, e.Event]:
    return minute, "lea", e.SessionClosed()
