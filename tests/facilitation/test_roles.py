"""Roles that follow people: given live, the chair of the day, rooms taken over, a lead who dropped out."""

from __future__ import annotations

import pytest

from facilitation import commands as c
from facilitation.asked import Done
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import Role
from tests.facilitation.given import Meeting, all_ready, arrived, in_rooms, live

REPAIR = {"kind": "take-chair", "ask": "roles.take", "body": {}, "about": {}}


def with_leads(*names: str) -> Meeting:
    """Live, led by lea, these having a connection besides all citizens."""
    meeting = all_ready(arrived("ana", "lea", *names))
    meeting.may("lea", c.StartSession())
    return meeting


def test_a_role_is_given_and_permits_follow_at_once() -> None:
    meeting = in_rooms()

    meeting.may("lea", c.GiveRole("nic", Role.FACILITATOR))

    assert meeting.view("nic")["me"]["role"] == "facilitator"
    assert "floor.give" in meeting.view("nic")["me"]["may"]
    assert meeting.view("lea")["people.nic"]["role"] == "facilitator"


@pytest.mark.parametrize(
    ("person", "role"),
    [("ana", "facilitator"), ("obi", "support"), ("val", "lead"), ("nic", "citizen"), ("nic", "observer")],
)
def test_citizens_observers_and_evaluators_keep_their_role_and_nobody_is_made_one(person: str, role: str) -> None:
    assert live().ask("lea", c.GiveRole(person, Role(role))) == Refusal(Why.ROLE_STAYS)


def test_a_guest_may_be_brought_into_the_team() -> None:
    meeting = live()

    meeting.may("lea", c.GiveRole("gil", Role.NOTE_TAKER))

    assert "people.ana" in meeting.view("gil")


def test_the_last_lead_stays_a_lead() -> None:
    meeting = live()
    meeting.may("lea", c.GiveRole("leo", Role.SUPPORT))

    assert meeting.ask("lea", c.GiveRole("lea", Role.EXPERT)) == Refusal(Why.LAST_LEAD)


def test_whoever_starts_is_in_the_chair_and_another_lead_takes_it_in_one_ask() -> None:
    meeting = with_leads("leo")

    before = meeting.view("sue")["session.chair"]
    meeting.may("leo", c.TakeChair())

    assert before == {"person": "lea", "name": "Name-lea", "here": True, "led": True}
    assert meeting.view("sue")["session.chair"]["person"] == "leo"
    assert meeting.ask("leo", c.TakeChair()) == Done()
    assert not meeting.session.incidents


def test_when_the_chair_drops_out_the_other_lead_is_alarmed_and_support_only_if_there_is_none() -> None:
    meeting = with_leads("leo")

    meeting.may(HOUSE, c.Leave("lea", "w"), at=10)

    alarm = meeting.view("leo")["alarm.lead"]
    assert (alarm["kind"], alarm["since"], alarm["about"]) == ("lead", 10, {"name": "Name-lea"})
    assert alarm["repairs"] == [REPAIR]
    assert "alarm.lead" not in meeting.view("sue")
    assert meeting.ask("sue", c.TakeChair(), 11) == Refusal(Why.LEAD_HERE)
    meeting.may(HOUSE, c.Leave("leo", "w"), at=20)
    for who in ("sue", "flo"):
        assert meeting.view(who)["alarm.lead"]["repairs"] == [REPAIR]
    for who in ("nic", "ana", "gil", "val", "obi"):
        assert "alarm.lead" not in meeting.view(who)


def test_support_takes_the_session_where_no_lead_is_at_hand_and_it_stands_in_the_report() -> None:
    meeting = with_leads("sue")
    meeting.may(HOUSE, c.Leave("lea", "w"), at=10)

    meeting.may("sue", c.TakeChair(), at=20)

    assert meeting.view("sue")["me"]["role"] == "lead"
    assert "agenda.next" in meeting.view("sue")["me"]["may"]
    assert "alarm.lead" not in meeting.view("sue")
    (matter,) = meeting.session.incidents
    assert (matter.kind, matter.at, matter.person, matter.owner, matter.settled) == ("lead", 10, "lea", "sue", 20)
    assert matter.outcome == "taken-over"


def test_the_alarm_is_over_when_the_lead_is_back() -> None:
    meeting = with_leads("leo")
    meeting.may(HOUSE, c.Leave("lea", "w"), at=10)

    meeting.may(HOUSE, c.Arrive("lea", "w"), at=15)

    assert "alarm.lead" not in meeting.view("leo")
    assert [(each.owner, each.settled) for each in meeting.session.incidents] == [("lea", 15)]


def test_a_worker_that_dies_with_the_lead_raises_the_alarm_too() -> None:
    meeting = with_leads("leo")
    meeting.may(HOUSE, c.Arrive("leo", "w2"))

    meeting.may(HOUSE, c.EndWorker("w"), at=10)

    assert "alarm.lead" in meeting.view("leo")


def test_the_note_taker_takes_over_a_room_whose_facilitator_is_not_at_hand() -> None:
    meeting = in_rooms()
    assert meeting.view("nic")["lead.r1"] == {"person": "flo", "name": "Name-flo", "here": False, "taken": False}

    meeting.may("nic", c.LeadRoom("r1"))

    assert meeting.view("lea")["lead.r1"]["person"] == "nic"
    assert meeting.view("nic")["me"]["role"] == "note-taker"
    meeting.may("nic", c.GiveFloor("ana"))
    meeting.may("nic", c.SendToLobby("ana", "why"))
    assert [each.kind for each in meeting.session.incidents] == ["lead", "conduct-lobby"]


def test_whoever_had_the_room_leads_it_no_more_until_it_is_handed_back() -> None:
    meeting = in_rooms()
    meeting.may("nic", c.LeadRoom("r1"))

    meeting.may(HOUSE, c.Arrive("nic", "w"))
    assert "floor.give" not in meeting.view("flo")["me"]["may"]
    assert meeting.ask("flo", c.GiveFloor("ana")) == Refusal(Why.NOT_PERMITTED)
    assert meeting.ask("flo", c.LeadRoom("r1")) == Refusal(Why.LEAD_HERE)
    meeting.may("nic", c.LeadRoom("r1", "flo"))
    meeting.may("flo", c.GiveFloor("ana"))
    assert meeting.ask("nic", c.GiveFloor("ana")) == Refusal(Why.NOT_PERMITTED)


def test_nobody_takes_a_room_whose_facilitator_is_there_or_where_they_have_no_seat() -> None:
    meeting = in_rooms()
    meeting.may(HOUSE, c.Arrive("flo", "w"))

    assert meeting.ask("nic", c.LeadRoom("r1")) == Refusal(Why.LEAD_HERE)
    assert meeting.ask("nic", c.LeadRoom("r2")) == Refusal(Why.NOT_PERMITTED)


def test_the_lead_gives_a_room_to_anybody_of_the_team_who_then_has_a_seat_there() -> None:
    meeting = in_rooms()

    meeting.may("lea", c.LeadRoom("r2", "sue"))

    assert meeting.session.where("sue") == "r2"  # type: ignore[arg-type]
    meeting.may("sue", c.GiveFloor("ben"))
    assert meeting.ask("lea", c.LeadRoom("r2", "ina")) == Refusal(Why.NO_SUCH_PERSON)
    assert meeting.ask("lea", c.LeadRoom("r2", "ana")) == Refusal(Why.NO_SUCH_PERSON)
    assert meeting.ask("lea", c.LeadRoom("r9", "sue")) == Refusal(Why.NO_SUCH_ROOM)


def test_new_rooms_have_new_leaders() -> None:
    meeting = in_rooms()
    meeting.may("lea", c.LeadRoom("r2", "sue"))
    meeting.may("lea", c.RecallRooms())

    meeting.may("lea", c.ComposeRooms(count=2))
    meeting.may("lea", c.AcceptRooms())

    assert not meeting.session.roles.leaders


@pytest.mark.parametrize("who", ["ana", "gil", "val", "obi"])
def test_who_leads_is_for_the_team(who: str) -> None:
    paths = in_rooms().view(who)

    assert not [path for path in paths if path.startswith("lead.") or path == "session.chair"]
