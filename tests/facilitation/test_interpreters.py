"""An interpreter team is lost: the room's clock stands still, and what the lead may choose."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.deadlines import deadlines
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import Person, PersonId, Role, RoomId
from rooms.seating import Room
from tests.facilitation.given import Meeting, all_ready, in_rooms, live, programme, replayed

HALVES = (("ana", "cleo", "ben", "dirk"), ("emil", "fadi"))


def mixed(rooms: tuple[tuple[str, ...], ...] = HALVES) -> Meeting:
    """Two open rooms of two languages each: ana, cleo, ben and dirk with flo, nic and the interpreter ina; the rest."""
    meeting = live()
    for name in ("ina", "flo", "nic"):
        meeting.may(HOUSE, c.Arrive(name, "w"))
    meeting.may("lea", c.NextItem(), at=1_000)
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=rooms))
    all_ready(meeting).may("lea", c.OpenRooms())
    return meeting


def lost(meeting: Meeting, at: int = 10_000) -> dict[str, Any]:
    meeting.may("flo", c.LoseInterpreters("r1"), at=at)
    alarm: dict[str, Any] = meeting.view("lea")["alarm.interpreters-r1"]
    return alarm


def repairs(alarm: dict[str, Any]) -> dict[str, Any]:
    return {repair["kind"]: repair for repair in alarm["repairs"]}


def test_the_rooms_clock_stands_still_and_the_time_comes_back() -> None:
    meeting = mixed()
    ends = meeting.view("ana")["room"]["ends"]

    lost(meeting, at=10_000)
    standing = meeting.view("ana")["room"]
    meeting.may("flo", c.FindInterpreters("r1"), at=25_000)
    running = meeting.view("ana")["room"]

    assert (standing["ends"], standing["stopped"], standing["interpreters"]) == (ends, 10_000, "lost")
    assert (running["ends"], running["stopped"], running["interpreters"]) == (ends + 15_000, None, None)
    assert meeting.view("lea")["rooms.r1"]["ends"] == ends + 15_000
    assert meeting.view("ben")["agenda.now"]["ends"] == ends
    assert meeting.view("emil")["room"]["ends"] == ends


def test_a_pause_of_the_session_meanwhile_is_not_given_back_twice() -> None:
    meeting = mixed()
    ends = meeting.view("ana")["room"]["ends"]
    lost(meeting, at=10_000)
    meeting.may("lea", c.PauseSession(), at=12_000)
    meeting.may("lea", c.ResumeSession(), at=20_000)

    meeting.may("flo", c.FindInterpreters("r1"), at=25_000)

    assert meeting.view("emil")["room"]["ends"] == ends + 8_000
    assert meeting.view("ana")["room"]["ends"] == ends + 15_000


def test_more_time_for_all_and_its_undoing_leave_the_rooms_own_time_alone() -> None:
    meeting = mixed()
    lost(meeting, at=10_000)
    meeting.may("flo", c.FindInterpreters("r1"), at=25_000)
    own = meeting.view("ana")["room"]["ends"]

    meeting.may("lea", c.ExtendItem(60), at=26_000)
    longer = meeting.view("ana")["room"]["ends"]
    meeting.may("lea", c.UndoAgenda(), at=27_000)

    assert longer == own + 60_000
    assert meeting.view("ana")["room"]["ends"] == own


def test_an_item_that_goes_on_by_itself_waits_for_the_lead_once_a_rooms_clock_stands() -> None:
    plan = programme()
    items = tuple(msgspec.structs.replace(item, ends="by-time") for item in plan.items)
    meeting = Meeting(msgspec.structs.replace(plan, items=items))
    for name in ("ana", "ben"):
        meeting.may(HOUSE, c.Arrive(name, "w"))
    meeting.may("lea", c.StartSession())
    meeting.may("lea", c.NextItem())
    meeting.may("lea", c.ComposeRooms(count=1))
    meeting.may("lea", c.OpenRooms())
    before = [command for _, command in deadlines(meeting.session)]

    meeting.may("lea", c.LoseInterpreters("r1"))

    assert before == [c.EndItem("talk", 120_000)]
    assert not list(deadlines(meeting.session))
    assert meeting.view("lea")["agenda.now"]["held"] is True


@pytest.mark.parametrize("who", ["lea", "sue", "flo", "nic", "ina"])
def test_anybody_of_the_team_says_it_of_their_room(who: str) -> None:
    meeting = mixed()

    meeting.may(who, c.LoseInterpreters("r1"))

    assert isinstance(meeting.ask("lea", c.LoseInterpreters("r1")), Done)
    assert meeting.session.incidents[-1].kind == "interpreters"


def test_but_not_of_another_room_and_citizens_not_at_all() -> None:
    meeting = mixed()

    for who in ("flo", "nic", "ina", "emil", "eva"):
        assert meeting.ask(who, c.LoseInterpreters("r2")) == Refusal(Why.NOT_PERMITTED)
    assert meeting.ask("lea", c.LoseInterpreters("r9")) == Refusal(Why.NO_SUCH_ROOM)
    assert live().ask("lea", c.LoseInterpreters("r1")) == Refusal(Why.ROOMS_NOT_OPEN)


def test_a_free_team_comes_with_one_tap() -> None:
    meeting = mixed()
    meeting.may("lea", c.PlacePerson("ina", "r2"))
    meeting.may("lea", c.LoseInterpreters("r1"), at=10_000)
    assert "team" not in repairs(meeting.view("lea")["alarm.interpreters-r1"])
    assert meeting.ask("lea", c.SendInterpreters("r1", ("ina",))) == Refusal(Why.TEAM_NOT_FREE)
    meeting.may("ina", c.VisitRoom("plenary"))

    offer = repairs(meeting.view("lea")["alarm.interpreters-r1"])["team"]
    meeting.may("lea", c.SendInterpreters(**offer["body"]), at=20_000)

    assert offer["about"] == {"people": "ina"}
    assert meeting.session.where(PersonId("ina")) == "r1"
    assert meeting.session.incidents[-1].outcome == "team-sent"
    assert "alarm.interpreters-r1" not in meeting.view("lea")
    assert meeting.view("ana")["room"]["stopped"] is None


def test_whoever_is_in_the_lost_room_is_no_free_team() -> None:
    alarm = lost(mixed())

    assert "team" not in repairs(alarm)


def test_a_caucus_splits_the_room_by_language() -> None:
    meeting = mixed()
    alarm = lost(meeting)
    offer = repairs(alarm)["caucus"]

    meeting.may("lea", c.SplitByLanguage(**offer["body"]), at=20_000)

    assert offer["about"] == {"groups": 2, "people": 2, "new": 1}
    assert meeting.view("ana")["room"]["name"] == "Lila (FR)"
    assert list(meeting.session.seating.rooms["r1"].people) == ["ben", "dirk"]  # type: ignore[index]
    assert meeting.view("ana")["me.regrouped"] == 20_000
    assert meeting.view("ben")["me.regrouped"] is None
    assert meeting.view("ana")["room"]["ends"] == meeting.view("ben")["room"]["ends"] == 131_000
    assert not [path for path in meeting.view("lea") if path.startswith("alarm.interp")]


@pytest.mark.parametrize(
    ("rooms", "room"), [(HALVES, "r2"), ((("ana", "cleo", "ben"), ("emil", "dirk", "fadi")), "r1")]
)
def test_a_caucus_leaves_nobody_alone(rooms: tuple[tuple[str, ...], ...], room: str) -> None:
    meeting = mixed(rooms)
    meeting.may("lea", c.LoseInterpreters(room))

    offered = repairs(meeting.view("lea")[f"alarm.interpreters-{room}"])

    assert "caucus" not in offered
    assert meeting.ask("lea", c.SplitByLanguage(room)) == Refusal(Why.NOTHING_FITS)


def test_what_is_done_settles_the_calls_of_those_who_did_not_hear() -> None:
    meeting = mixed()
    for who in ("ana", "cleo", "emil"):
        meeting.may(who, c.CallHelp("interpretation"))
    lost(meeting)
    unheard = [path for path in meeting.view("lea") if path.startswith("alarm.interpretation")]

    meeting.may("flo", c.FindInterpreters("r1"))

    assert not unheard
    assert [call.person for call in meeting.session.helps.values()] == ["emil"]
    assert [it.outcome for it in meeting.session.incidents] == ["back", "back", None, "back"]


def test_rooms_are_joined_where_people_understand_each_other() -> None:
    meeting = in_rooms()
    meeting.may("lea", c.LoseInterpreters("r1"))
    alarm = meeting.view("lea")["alarm.interpreters-r1"]

    assert "join" not in repairs(alarm)
    assert meeting.ask("lea", c.JoinRooms("r1", "r2")) == Refusal(Why.NOTHING_FITS)
    meeting.may(HOUSE, c.Arrive("ina", "w"))
    meeting.may("lea", c.PlacePerson("ina", "r2"))
    offer = repairs(meeting.view("lea")["alarm.interpreters-r1"])["join"]
    meeting.may("lea", c.JoinRooms(**offer["body"]))

    assert offer["about"] == {"room": "r2", "people": 3}
    assert {meeting.session.where(PersonId(each)) for each in ("ana", "cleo", "emil", "flo")} == {"r2"}


def test_a_room_that_has_lost_its_own_interpreters_takes_in_nobody() -> None:
    meeting = in_rooms()
    meeting.may(HOUSE, c.Arrive("ina", "w"))
    meeting.may("lea", c.PlacePerson("ina", "r2"))
    meeting.may("lea", c.LoseInterpreters("r1"))
    before = "join" in repairs(meeting.view("lea")["alarm.interpreters-r1"])

    meeting.may("lea", c.LoseInterpreters("r2"))

    assert before
    assert "join" not in repairs(meeting.view("lea")["alarm.interpreters-r1"])
    assert meeting.ask("lea", c.JoinRooms("r1", "r2")) == Refusal(Why.NOTHING_FITS)


def test_a_room_goes_on_in_writing_and_its_people_read_the_summary() -> None:
    meeting = mixed()
    lost(meeting)
    assert meeting.ask("nic", c.SumUp("canary")) == Refusal(Why.TOO_LATE)

    meeting.may("lea", c.GoOnInWriting(("r1",)))
    meeting.may("nic", c.SumUp({"fr": "Bonjour", "de": "Guten Tag"}))

    assert meeting.view("ana")["room"]["interpreters"] == "written"
    assert meeting.view("ben", "de")["room.notice"]["text"] == "Guten Tag"
    assert meeting.view("emil")["room.notice"] is None
    assert meeting.session.incidents[-1].outcome == "written"


def test_interpreters_who_did_not_come_are_an_alarm_by_themselves() -> None:
    meeting = mixed()
    fine = [path for path in meeting.view("lea") if path.startswith("alarm.absent")]

    meeting.may(HOUSE, c.Leave("ina", "w"))
    meeting.may(HOUSE, c.Lapse("ina", "quiet", 181_000), at=181_000)

    alarm = meeting.view("lea")["alarm.absent-r1"]
    assert not fine
    assert (alarm["room"], alarm["about"]) == ("r1", {"people": "ina"})
    assert repairs(alarm)["stop-room"]["ask"] == "interpreters.lost"
    meeting.may("lea", c.SplitByLanguage("r1"), at=190_000)
    assert "alarm.absent-r1" not in meeting.view("lea")
    assert [it.outcome for it in meeting.session.incidents] == ["caucus"]


def test_rooms_that_never_had_interpreters_are_one_alarm_and_one_tap() -> None:
    meeting = mixed()
    alarm = meeting.view("lea")["alarm.without"]

    meeting.may("lea", c.GoOnInWriting(**repairs(alarm)["write-all"]["body"]))

    assert alarm["about"] == {"rooms": 1}
    assert meeting.session.gaps.keys() == {"r2"}
    assert "alarm.without" not in meeting.view("lea")
    assert isinstance(meeting.ask("lea", c.GoOnInWriting(("r2",))), Done)


def test_of_many_rooms_a_few_are_named_and_the_rest_are_one_alarm() -> None:
    meeting = live()
    meeting.tell("organiser", e.PeopleInvited(tuple(Person(PersonId(f"i{n}"), Role.INTERPRETER) for n in range(6))))
    meeting.may("lea", c.NextItem())
    two = (PersonId("ana"), PersonId("ben"))
    rooms = tuple(Room(RoomId(f"r{n}"), str(n), (), two, (PersonId(f"i{n}"),)) for n in range(6))
    meeting.tell("lea", e.RoomsProposed("c1", rooms, (), 1))

    meeting.may("lea", c.OpenRooms())

    alarms = [path for path in meeting.view("lea") if path.startswith(("alarm.absent", "alarm.without"))]
    assert sorted(alarms) == [
        "alarm.absent-r0",
        "alarm.absent-r1",
        "alarm.absent-r2",
        "alarm.absent-r3",
        "alarm.without",
    ]
    assert meeting.view("lea")["alarm.without"]["repairs"][0]["body"] == {"rooms": ["r4", "r5"]}


def test_only_leads_choose() -> None:
    meeting = mixed()
    alarm = lost(meeting)

    for who in ("sue", "flo", "nic", "ina"):
        assert "alarm.interpreters-r1" not in meeting.view(who)
        for repair in alarm["repairs"]:
            if repair["kind"] != "back":
                command = c.ASKS[repair["ask"]](**repair["body"])
                assert meeting.ask(who, command) == Refusal(Why.NOT_PERMITTED)


def test_the_end_of_the_rooms_settles_it() -> None:
    meeting = mixed()
    lost(meeting)

    meeting.may("lea", c.RecallRooms(), at=30_000)

    assert meeting.session.incidents[-1].outcome == "rooms-closed"
    assert (meeting.session.gaps, meeting.session.clocks) == ({}, {})


def test_in_the_plenary_the_sessions_clock_is_the_one_to_stop() -> None:
    meeting = live()
    meeting.may("sue", c.LoseInterpreters("plenary"))

    alarm = meeting.view("lea")["alarm.interpreters-plenary"]

    assert [repair["ask"] for repair in alarm["repairs"]] == [
        "session.pause",
        "interpreters.write",
        "interpreters.found",
    ]
    assert meeting.view("ana")["room"]["stopped"] is None


def test_a_lost_team_outlives_a_restart() -> None:
    meeting = mixed()
    lost(meeting)
    meeting.may("lea", c.SplitByLanguage("r1"))

    assert replayed(meeting.entries).clocks == meeting.session.clocks
