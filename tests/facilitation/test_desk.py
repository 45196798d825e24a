"""The help desk: for whom a call is, when calls are an alarm, and how they become incidents."""

from __future__ import annotations

import json
from typing import Any

import pytest

from facilitation import commands as c
from facilitation.decide_floor import MOST_CALLS
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from tests.facilitation.given import Meeting, in_rooms, live, public


def staffed() -> Meeting:
    """Two rooms with their people; flo and nic in the first, and the whole staff here."""
    meeting = in_rooms()
    for name in ("lea", "flo", "nic", "ina", "sue"):
        meeting.may(HOUSE, c.Arrive(name, "w"))
    return meeting


def meant(meeting: Meeting) -> list[str]:
    return [name for name in ("lea", "flo", "nic", "ina", "sue") if meeting.view(name)["me.calls"]]


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("sound", ["sue"]),
        ("interpretation", ["lea", "sue"]),
        ("language", ["lea", "sue"]),
        ("behaviour", ["lea", "flo"]),
        ("content", ["lea", "flo", "nic"]),
        ("task", ["lea", "flo", "nic"]),
        ("other", ["lea", "sue"]),
    ],
)
def test_each_kind_of_call_is_for_those_who_can_help(kind: str, who: list[str]) -> None:
    meeting = staffed()

    meeting.may("ana", c.CallHelp(kind))

    assert meant(meeting) == who


def test_a_call_from_another_room_is_not_for_the_facilitator_of_this_one() -> None:
    meeting = staffed()

    meeting.may("ben", c.CallHelp("content"))

    assert meant(meeting) == ["lea"]
    assert meeting.view("flo")["help.h1"]["room"] == "r2"


def test_without_support_their_calls_are_for_the_lead() -> None:
    meeting = in_rooms()

    meeting.may("ana", c.CallHelp("sound"))
    before = meant(meeting)
    meeting.may(HOUSE, c.Arrive("sue", "w"))

    assert before == ["lea", "sue"]
    assert meant(meeting) == ["sue"]


@pytest.mark.parametrize("who", ["ana", "gil", "eva", "flo"])
def test_anybody_calls_for_themselves_or_their_room_and_reads_who_comes(who: str) -> None:
    meeting = staffed()

    meeting.may(who, c.CallHelp("sound", whole_room=True), at=5)
    meeting.may("sue", c.TakeHelp("h1"))

    mine = meeting.view(who)["me.help"]
    assert mine == {"kind": "sound", "since": 5, "by": "Name-sue", "roles": ["support"], "kinds": ["sound"]}
    assert meeting.view("lea")["help.h1"]["whole_room"] is True
    assert "h1" not in meeting.view(who).get("me.calls", [])


def test_a_call_becomes_an_incident_with_owner_times_and_outcome() -> None:
    meeting = staffed()
    meeting.may("ana", c.CallHelp("sound", "canary"), at=10)
    meeting.may("sue", c.TakeHelp("h1"), at=20)

    meeting.may("sue", c.SettleHelp("h1", "solved"), at=50)

    assert meeting.view("lea")["incident.1"] == {
        "ref": "help-h1", "kind": "sound", "at": 10, "room": "r1", "place": "Lila", "by": "Name-ana",
        "name": "Name-ana", "about": "canary", "owner": "Name-sue", "taken": 20, "settled": 50, "outcome": "solved",
    }  # fmt: skip


def test_an_incident_keeps_the_name_that_its_room_had() -> None:
    meeting = staffed()
    meeting.may("ana", c.CallHelp("sound"))

    meeting.may("lea", c.RecallRooms())
    meeting.may("lea", c.ComposeRooms(rule="hand", count=2))
    meeting.may("lea", c.OpenRooms())

    assert meeting.view("lea")["incident.1"]["place"] == "Lila"


@pytest.mark.parametrize("who", ["ana", "cleo", "gil", "val", "obi", "eva"])
def test_incidents_and_alarms_are_for_the_team_only(who: str) -> None:
    meeting = staffed()
    meeting.may("emil", c.CallHelp("interpretation", "canary"))
    meeting.may("dirk", c.CallHelp("interpretation", "canary"))
    meeting.may("ben", c.CallHelp("interpretation", "canary"))

    for view in (meeting.view(who), meeting.seen(public())):
        assert not [path for path in view if path.startswith(("incident.", "alarm."))]
    assert who == "eva" or "canary" not in json.dumps(meeting.view(who))


def alarms(meeting: Meeting, who: str = "lea") -> dict[str, dict[str, Any]]:
    return {path.removeprefix("alarm."): it for path, it in meeting.view(who).items() if path.startswith("alarm.")}


def test_two_of_one_language_in_a_room_who_cannot_hear_are_an_alarm_for_leads() -> None:
    meeting = staffed()
    meeting.may("ana", c.CallHelp("interpretation"))
    one = "interpretation-r1-fr" in alarms(meeting)

    meeting.may("cleo", c.CallHelp("interpretation"), at=7)

    alarm = alarms(meeting)["interpretation-r1-fr"]
    assert not one
    assert (alarm["kind"], alarm["room"], alarm["since"]) == ("interpretation", "r1", 7)
    assert alarm["about"] == {"calls": 2, "language": "fr"}
    assert [repair["ask"] for repair in alarm["repairs"]] == [
        "interpreters.lost",
        "session.pause",
        "interpreters.heard",
    ]
    assert all(not alarms(meeting, who) for who in ("sue", "flo", "ina", "ana"))


def test_two_of_different_languages_in_a_room_are_not() -> None:
    meeting = staffed()
    meeting.may("lea", c.PlacePerson("ben", "r1"))

    for who in ("ana", "ben"):
        meeting.may(who, c.CallHelp("interpretation"))

    assert not [ref for ref in alarms(meeting) if ref.startswith("interpretation")]


def test_in_the_plenary_it_takes_three_of_any_language() -> None:
    meeting = live()
    for who in ("ana", "cleo"):
        meeting.may(who, c.CallHelp("interpretation"))
    two = alarms(meeting)

    meeting.may("ben", c.CallHelp("interpretation"))

    assert not two
    assert alarms(meeting)["interpretation-plenary"]["about"] == {"calls": 3, "language": ""}


def test_the_clock_is_stopped_and_goes_on_when_they_hear_again() -> None:
    meeting = live()
    for who in ("ana", "cleo", "ben"):
        meeting.may(who, c.CallHelp("interpretation"))
    stop = alarms(meeting)["interpretation-plenary"]["repairs"][0]
    meeting.may("lea", c.ASKS[stop["ask"]](seen="live"), at=1_000)
    go_on = alarms(meeting)["interpretation-plenary"]["repairs"][-1]

    assert (go_on["kind"], go_on["body"]) == ("heard-go-on", {"room": "plenary", "resume": True})
    meeting.may("lea", c.HearAgain("plenary", resume=True), at=5_000)

    assert not alarms(meeting)
    assert meeting.session.state == "live"
    assert [it.outcome for it in meeting.session.incidents] == ["heard-again"] * 3
    assert meeting.session.agenda.ends == 64_000


def test_somebody_with_five_calls_open_waits_for_an_answer() -> None:
    meeting = live()
    for number in range(MOST_CALLS):
        meeting.may("ana", c.CallHelp(f"thing-{number}"))

    assert meeting.ask("ana", c.CallHelp("one-more")) == Refusal(Why.TOO_MANY_CALLS)

    meeting.may("sue", c.SettleHelp("h1", None))
    meeting.may("ana", c.CallHelp("one-more"))
