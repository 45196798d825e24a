"""Ready?: who is asked, who is missing, and what is recorded when it goes on without them."""

from __future__ import annotations

import pytest

from facilitation import commands as c
from facilitation.asked import Done
from facilitation.readiness import missing
from facilitation.session import HOUSE
from tests.facilitation.given import CITIZENS, EVERYBODY, Meeting, arrived, public, replayed

TEAM = ("flo", "nic", "ina")


def composed() -> Meeting:
    meeting = arrived(*EVERYBODY)
    for name in TEAM:
        meeting.may(name, c.SayReady())
    meeting.may("lea", c.StartSession())
    meeting.may("lea", c.NextItem())
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=(CITIZENS[:3], CITIZENS[3:])))
    return meeting


def test_before_the_start_every_facilitator_note_taker_and_interpreter_is_asked() -> None:
    meeting = arrived()

    assert meeting.view("lea")["ready"] == {"for": "start", "asked": 3, "missing": ["flo", "ina", "nic"]}
    assert meeting.view("nic")["me.ready"] == {"for": "start", "said": False}


def test_what_was_said_can_be_taken_back() -> None:
    meeting = arrived()
    meeting.may("flo", c.SayReady())
    assert meeting.view("lea")["ready"]["missing"] == ["ina", "nic"]
    assert meeting.view("flo")["me.ready"]["said"] is True
    assert meeting.ask("flo", c.SayReady()) == Done("flo")

    meeting.may("flo", c.SayReady(ready=False))

    assert meeting.view("lea")["ready"]["missing"] == ["flo", "ina", "nic"]


def test_starting_anyway_is_an_incident_that_names_who_was_missing() -> None:
    meeting = arrived()
    meeting.may("flo", c.SayReady())

    meeting.may("lea", c.StartSession(), at=7)

    (found,) = meeting.session.incidents
    assert (found.kind, found.by, found.at, found.outcome) == ("ready", "lea", 7, "went-on-without")
    assert found.people == ("ina", "nic")
    assert replayed(meeting.entries).incidents == meeting.session.incidents


def test_nothing_is_recorded_when_all_are_ready_and_then_nobody_is_asked() -> None:
    meeting = arrived()
    for name in TEAM:
        meeting.may(name, c.SayReady())

    meeting.may("lea", c.StartSession())

    assert meeting.session.incidents == ()
    assert meeting.view("lea")["ready"] is None
    assert meeting.view("flo")["me.ready"] is None
    assert meeting.ask("flo", c.SayReady()) == Done()


def test_before_a_round_those_with_a_seat_are_asked_anew() -> None:
    meeting = composed()
    meeting.may("lea", c.PlacePerson("nic", "r2"))

    assert meeting.view("lea")["ready"]["for"] == "round"
    assert sorted(meeting.view("lea")["ready"]["missing"]) == ["flo", "ina", "nic"]
    meeting.may("lea", c.AcceptRooms())
    meeting.may("flo", c.SayReady())
    assert "flo" not in missing(meeting.session)


def test_who_of_the_team_has_no_room_does_not_count_for_the_round() -> None:
    meeting = arrived(*CITIZENS)
    meeting.may("lea", c.StartSession())
    meeting.may("lea", c.ComposeRooms(rule="hand", count=2))
    proposal = meeting.session.seating.proposal
    assert proposal is not None
    seated = {person for room in proposal.rooms for person in room.staff}

    assert set(meeting.view("lea")["ready"]["missing"]) == seated
    assert meeting.view("eva").get("me.ready", "not shown") == "not shown"


def test_opening_the_rooms_without_somebody_is_recorded_and_recalling_asks_anew() -> None:
    meeting = composed()
    meeting.may("flo", c.SayReady())

    meeting.may("lea", c.OpenRooms(), at=9)

    (found,) = meeting.session.incidents
    assert (sorted(found.people), found.about) == (["ina", "nic"], "not-ready-for-round")
    assert not meeting.session.ready
    meeting.may("lea", c.RecallRooms(), at=20)
    assert meeting.view("lea")["ready"] is None


def test_rooms_that_open_after_a_countdown_record_it_once() -> None:
    meeting = composed()

    meeting.may("lea", c.OpenRooms(seconds=5), at=10)
    meeting.may("ina", c.SayReady(), at=11)
    meeting.may(HOUSE, c.MoveRooms(5_010), at=5_010)

    (found,) = meeting.session.incidents
    assert sorted(found.people) == ["flo", "ina", "nic"]


@pytest.mark.parametrize("who", ["ana", "gil", "val", "obi", "eva", "flo"])
def test_who_is_missing_is_seen_by_leads_and_support_only(who: str) -> None:
    meeting = arrived()

    assert "ready" not in meeting.view(who)
    assert "ready" not in meeting.seen(public())
    assert "ready" in meeting.view("sue")
    assert ("me.ready" in meeting.view(who)) == (who == "flo")
