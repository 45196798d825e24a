"""Incidents: opened once, taken, settled once."""

from __future__ import annotations

from facilitation import incidents
from facilitation.incident import Incident
from facilitation.session import Session
from tests.facilitation.given import in_rooms, live


def opened() -> Session:
    return incidents.opened(live().session, Incident("x", "sound", 1, "ana"))


def test_the_same_matter_is_opened_once() -> None:
    session = opened()

    assert incidents.opened(session, Incident("x", "sound", 9, "ben")) is session


def test_it_is_taken_and_settled_and_then_left_alone() -> None:
    session = incidents.taken(opened(), "x", "sue", 5)

    session = incidents.settled(session, "x", "lea", 8, "solved")
    again = incidents.settled(session, "x", "leo", 9, "other")

    (incident,) = again.incidents
    assert (incident.owner, incident.taken, incident.settled, incident.outcome) == ("sue", 5, 8, "solved")
    assert not incident.is_open


def test_whoever_settles_what_nobody_took_is_its_owner() -> None:
    session = incidents.settled(opened(), "x", "lea", 8)

    assert session.incidents[0].owner == "lea"


def test_the_same_matter_may_come_again_and_stands_in_the_list_twice() -> None:
    session = incidents.settled(opened(), "x", "lea", 8)

    session = incidents.opened(session, Incident("x", "sound", 9, "ben"))

    assert [each.at for each in session.incidents] == [1, 9]
    assert incidents.taken(session, "x", "sue", 10).incidents[0].taken is None


def test_it_keeps_the_name_of_its_room() -> None:
    session = incidents.opened(in_rooms().session, Incident("x", "room", 1, "lea", "r1"))  # type: ignore[arg-type]

    assert session.incidents[0].place == "Lila"
