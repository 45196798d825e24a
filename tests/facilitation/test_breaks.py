"""Breaks: who is back, what is told when a break runs out, and who sits down in rooms after one."""

from __future__ import annotations

import json

import msgspec
import pytest

from facilitation import breaks
from facilitation import commands as c
from facilitation.asked import Done
from facilitation.deadlines import deadlines, ticket
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, with_
from rooms.people import PersonId
from tests.facilitation.given import CITIZENS, Meeting, in_a_break, public, with_a_break

ENDS = 60_000 + 120_000


def seated(meeting: Meeting) -> set[str]:
    proposal = meeting.session.seating.proposal
    assert proposal is not None
    return {person for room in proposal.rooms for person in room.people}


def overrun() -> Meeting:
    meeting = in_a_break()
    meeting.may("ana", c.ComeBack(), at=100_000)
    meeting.may(HOUSE, c.EndBreak("pause", ENDS), at=ENDS)
    return meeting


def test_i_am_back_stays_said_and_can_be_taken_back() -> None:
    meeting = in_a_break()

    assert meeting.view("ana")["me.back"] == {"item": "pause", "at": None}
    meeting.may("ana", c.ComeBack(), at=100_000)
    assert meeting.view("ana")["me.back"] == {"item": "pause", "at": 100_000}
    assert meeting.ask("ana", c.ComeBack()) == Done("ana")
    meeting.may("ana", c.ComeBack(back=False))
    assert meeting.view("ana")["me.back"] == {"item": "pause", "at": None}


def test_without_a_break_nobody_comes_back_from_one() -> None:
    meeting = Meeting(with_a_break())
    meeting.may(HOUSE, c.Arrive("ana", "w"))
    meeting.may("lea", c.StartSession())

    assert meeting.ask("ana", c.ComeBack()) == Refusal(Why.NO_BREAK)
    assert meeting.view("ana")["me.back"] is None


@pytest.mark.parametrize("who", ["ben", "gil", "val", "obi", "flo", "nic", "ina", "eva"])
def test_who_is_back_is_seen_by_leads_and_support_only(who: str) -> None:
    meeting = overrun()

    assert meeting.view("lea")["back.ana"] == meeting.view("sue")["back.ana"] == {"at": 100_000, "telephone": False}
    for seen in (meeting.view(who), meeting.seen(public())):
        assert not any(path.startswith(("back.", "alarm.")) for path in seen)


def test_a_break_that_runs_out_with_people_missing_alarms_the_lead_and_is_an_incident() -> None:
    meeting = overrun()

    alarm = meeting.view("lea")["alarm.break-pause"]
    assert (alarm["since"], alarm["about"]) == (ENDS, {"missing": 5})
    assert [repair["ask"] for repair in alarm["repairs"]] == ["agenda.extend", "agenda.next"]
    (incident,) = meeting.session.incidents
    assert (incident.ref, incident.kind, incident.about, incident.is_open) == ("break-pause", "break", "5", True)


@pytest.mark.parametrize(("act", "outcome"), [(c.ExtendItem(300), "extended"), (c.NextItem(), "went-on")])
def test_extending_or_going_on_with_people_missing_settles_the_incident(act: c.Command, outcome: str) -> None:
    meeting = overrun()

    meeting.may("lea", act, at=ENDS + 10_000)

    (incident,) = meeting.session.incidents
    assert (incident.outcome, incident.owner, incident.settled) == (outcome, "lea", ENDS + 10_000)
    assert "alarm.break-pause" not in meeting.view("lea")


def test_when_the_last_one_is_back_the_overrun_is_settled_by_itself() -> None:
    meeting = overrun()

    for name in CITIZENS[1:]:
        meeting.may(name, c.ComeBack(), at=ENDS + 5_000)

    (incident,) = meeting.session.incidents
    assert incident.outcome == "all-back"


def test_going_on_in_time_is_no_incident() -> None:
    meeting = in_a_break()

    meeting.may("lea", c.NextItem(), at=ENDS - 1)

    assert meeting.session.incidents == ()


def test_the_house_says_once_that_a_break_is_over_and_again_after_an_extension() -> None:
    meeting = in_a_break()
    due = c.EndBreak("pause", ENDS)

    assert (ENDS, due) in list(deadlines(meeting.session))
    assert ticket(due) == f"end-break:pause:{ENDS}"
    meeting.may(HOUSE, due, at=ENDS)
    assert not any(isinstance(each, c.EndBreak) for _, each in deadlines(meeting.session))
    meeting.may("lea", c.ExtendItem(60), at=ENDS)
    assert (ENDS + 60_000, c.EndBreak("pause", ENDS + 60_000)) in list(deadlines(meeting.session))
    assert meeting.ask(HOUSE, due, at=ENDS) == Done()


def test_rooms_after_a_break_are_filled_from_who_is_back_or_on_the_telephone() -> None:
    meeting = in_a_break()
    for name in ("ana", "ben"):
        meeting.may(name, c.ComeBack(), at=100_000)
    attendance = meeting.session.attendance
    calling = attendance.telephone.insert(PersonId("cleo"), 90_000)
    meeting.session = with_(meeting.session, attendance=msgspec.structs.replace(attendance, telephone=calling))
    meeting.may("lea", c.NextItem(), at=ENDS)

    meeting.may("lea", c.ComposeRooms(), at=ENDS)
    assert seated(meeting) == {"ana", "ben", "cleo"}
    meeting.may("lea", c.ComposeRooms(everybody=True), at=ENDS)
    assert seated(meeting) == set(CITIZENS)


def test_whoever_is_not_back_can_still_say_so_and_be_placed() -> None:
    meeting = in_a_break()
    meeting.may("ana", c.ComeBack(), at=100_000)
    meeting.may("lea", c.NextItem(), at=ENDS)
    meeting.may("lea", c.ComposeRooms(count=1), at=ENDS)

    meeting.may("ben", c.ComeBack(), at=ENDS + 1)
    meeting.may("lea", c.PlacePerson("ben", "r1"))
    meeting.may("lea", c.PlacePerson("dirk", "r1"))

    assert seated(meeting) == {"ana", "ben", "dirk"}


def test_where_nobody_says_that_they_are_back_nobody_is_left_out() -> None:
    meeting = in_a_break()
    meeting.may("lea", c.NextItem(), at=ENDS)

    meeting.may("lea", c.ComposeRooms(), at=ENDS)

    assert seated(meeting) == set(CITIZENS)


def test_whoever_comes_for_the_first_time_during_the_break_is_not_left_out() -> None:
    meeting = in_a_break()
    missing = meeting.session.attendance
    checked_in = missing.checked_in.insert(PersonId("fadi"), 90_000)
    meeting.session = with_(meeting.session, attendance=msgspec.structs.replace(missing, checked_in=checked_in))
    meeting.may("ana", c.ComeBack(), at=100_000)

    meeting.may("lea", c.ComposeRooms(), at=100_000)

    assert seated(meeting) == {"ana", "fadi"}


def test_who_said_so_and_left_for_good_is_missing() -> None:
    meeting = in_a_break()
    meeting.may("ana", c.ComeBack(), at=61_000)
    meeting.may(HOUSE, c.Leave("ana", "w"), at=62_000)
    meeting.may(HOUSE, c.Lapse("ana", "quiet", 62_000 + 180_000), at=62_000 + 180_000)
    meeting.may(HOUSE, c.Lapse("ana", "gone", 62_000 + 1_800_000), at=62_000 + 1_800_000)

    assert "ana" in breaks.missing(meeting.session)


def test_a_break_put_on_the_table_anew_begins_with_nobody_back() -> None:
    meeting = in_a_break()
    meeting.may("ana", c.ComeBack(), at=100_000)
    meeting.may("lea", c.NextItem(), at=110_000)

    meeting.may("lea", c.BackItem(), at=120_000)

    assert "back.ana" not in meeting.view("lea")


def test_no_name_of_those_missing_is_in_what_citizens_see() -> None:
    meeting = overrun()

    assert "Name-dirk" not in json.dumps(meeting.view("ben"))
