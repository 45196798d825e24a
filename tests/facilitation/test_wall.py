"""The wall of rooms: what each card counts, when a room raises an alarm, and what mends it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.programme import Programme
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import Person, PersonId, Role
from tests.facilitation.given import CITIZENS, Meeting, in_rooms, programme, public, replayed

FR, DE = CITIZENS[::2], CITIZENS[1::2]
AN_HOUR = 3_600_000


def gone(meeting: Meeting, *names: str, at: int = 1_000) -> None:
    """These lose their line at that time, and later count as gone."""
    for name in names:
        meeting.may(HOUSE, c.Leave(name, "w"), at=at)
        meeting.tell(HOUSE, e.WentQuiet(PersonId(name)), at=at + 180_000)


def opened(*tables: tuple[str, ...], plan: Programme | None = None) -> Meeting:
    """Open rooms of these people; all of the team are here too."""
    meeting = Meeting(plan)
    for name in (*CITIZENS, "flo", "nic", "ina", "lea"):
        meeting.may(HOUSE, c.Arrive(name, "w"))
    meeting.may("lea", c.StartSession())
    meeting.may("lea", c.NextItem())
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=tables))
    meeting.may("lea", c.OpenRooms())
    return meeting


def mixed() -> Meeting:
    return opened(CITIZENS[:4], CITIZENS[4:])


def alarms(meeting: Meeting) -> dict[str, dict[str, Any]]:
    view = meeting.view("lea")
    return {path.removeprefix("alarm."): value for path, value in view.items() if path.startswith("alarm.")}


def repairs(meeting: Meeting, ref: str) -> list[str]:
    return [repair["kind"].removeprefix("room-") for repair in alarms(meeting)[ref]["repairs"]]


def tap(meeting: Meeting, ref: str, kind: str, at: int = AN_HOUR) -> None:
    """What one tap of the lead does: the repair's own ask with its own body."""
    repair = next(each for each in alarms(meeting)[ref]["repairs"] if each["kind"] == f"room-{kind}")
    meeting.may("lea", msgspec.convert(repair["body"], c.ASKS[repair["ask"]]), at=at)


# -- the card


def test_a_card_counts_who_is_here_per_side_and_per_language() -> None:
    meeting = mixed()
    gone(meeting, "ana")

    card = meeting.view("flo")["rooms.r1"]

    assert (card["sides"], card["sides_here"]) == ({"DE": 2, "FR": 2}, {"DE": 2, "FR": 1})
    assert {lang: (each["here"], each["of"]) for lang, each in card["by_language"].items()} == {
        "de": (2, 2),
        "fr": (1, 2),
    }
    assert card["by_language"]["fr"]["alone"] == "cleo"
    assert card["by_language"]["de"]["alone"] is None


def test_a_language_is_covered_by_an_interpreter_or_by_all_who_follow_it() -> None:
    meeting = mixed()
    assert meeting.view("lea")["rooms.r1"]["by_language"]["fr"]["covered"] is False

    meeting.tell("organiser", e.PeopleInvited((Person(PersonId("ina"), Role.INTERPRETER, None, ("fr", "de")),)))

    covered = {lang: each["covered"] for lang, each in meeting.view("lea")["rooms.r1"]["by_language"].items()}
    assert covered == {"fr": True, "de": True}
    gone(meeting, "ina")
    assert meeting.view("lea")["rooms.r1"]["by_language"]["de"]["covered"] is False


def test_who_had_no_turn_is_not_measured_where_the_room_uses_no_turns() -> None:
    meeting = in_rooms()
    assert meeting.view("flo")["rooms.r1"]["unheard"] is None

    meeting.may("flo", c.GiveFloor("ana"))

    assert meeting.view("flo")["rooms.r1"]["unheard"] == ["cleo", "emil"]
    assert meeting.view("flo")["rooms.r2"]["unheard"] is None


def test_a_weak_line_is_counted_in_its_room_and_forgotten_when_it_goes() -> None:
    meeting = in_rooms()

    meeting.may("ana", c.SayLine("weak"))

    assert meeting.view("flo")["rooms.r1"]["weak"] == 1
    assert meeting.view("flo")["people.ana"]["weak_line"] is True
    assert meeting.ask("ana", c.SayLine("weak")) == Done("ana")
    meeting.may(HOUSE, c.Leave("ana", "w"))
    assert meeting.view("flo")["rooms.r1"]["weak"] == 0
    assert meeting.ask("ana", c.SayLine("weak")) == Done("ana"), "who is not connected has no line"


def test_a_facilitator_who_visits_another_room_leaves_theirs_unled() -> None:
    meeting = opened(FR, DE)
    assert meeting.view("lea")["rooms.r1"]["led"] is True

    meeting.may("flo", c.VisitRoom("r2"))

    assert [meeting.view("lea")[f"rooms.{room}"]["led"] for room in ("r1", "r2")] == [False, True]


@pytest.mark.parametrize("who", ["ana", "ben", "gil", "val", "obi"])
def test_neither_lines_nor_alarms_nor_cards_are_seen_outside_the_team(who: str) -> None:
    meeting = mixed()
    meeting.may("cleo", c.SayLine("weak"))
    gone(meeting, "emil", "fadi")
    assert meeting.view("cleo")["me.line"] == "weak"

    for seen in (meeting.view(who), meeting.seen(public())):
        assert not [path for path in seen if path.startswith(("alarm.", "rooms.r"))]
        assert "weak" not in str(seen)


def test_alarms_are_for_leads() -> None:
    meeting = mixed()
    gone(meeting, "emil", "fadi")

    for who in ("flo", "sue", "nic", "eva"):
        assert not [path for path in meeting.view(who) if path.startswith("alarm.")]


# -- alarms


def test_a_full_room_raises_no_alarm_and_neither_does_one_without_seats() -> None:
    meeting = opened(FR, DE, ())

    assert [ref for ref in alarms(meeting) if ref.startswith("room-")] == []


def test_who_merely_sleeps_raises_no_alarm() -> None:
    meeting = opened(FR, DE)

    meeting.may(HOUSE, c.Leave("ana", "w"), at=1_000)

    assert "room-r1" not in alarms(meeting)


def test_fewer_than_three_raise_an_alarm_that_goes_by_itself() -> None:
    meeting = opened(FR, DE)
    gone(meeting, "ana", at=1_000)

    alarm = alarms(meeting)["room-r1"]

    assert (alarm["kind"], alarm["room"], alarm["since"]) == ("room-few", "r1", 1_000)
    assert alarm["about"] == {"name": "Lila", "here": 2, "seats": 3}
    meeting.may(HOUSE, c.Arrive("ana", "w"), at=AN_HOUR)
    assert "room-r1" not in alarms(meeting)


def test_the_programme_may_ask_for_more_or_fewer() -> None:
    talk = programme().items[1]
    assert talk.rooms is not None
    lone = msgspec.structs.replace(talk, rooms=msgspec.structs.replace(talk.rooms, minimum=1))
    plan = msgspec.structs.replace(programme(), items=(programme().items[0], lone, *programme().items[2:]))
    meeting = opened(FR, DE, plan=plan)

    gone(meeting, "ana", "cleo")

    assert "room-r1" not in alarms(meeting)


def test_one_side_left_raises_an_alarm_only_where_the_room_was_mixed() -> None:
    everybody = opened(CITIZENS, ())
    gone(everybody, *DE)

    assert alarms(everybody)["room-r1"]["kind"] == "room-side"
    assert alarms(everybody)["room-r1"]["about"]["side"] == "DE"
    assert alarms(opened(FR, DE)).keys() & {"room-r1", "room-r2"} == set()


def test_a_room_without_its_facilitator_raises_an_alarm_where_others_have_one() -> None:
    meeting = opened(FR, DE)

    assert alarms(meeting)["unled-r2"]["kind"] == "room-unled"
    assert "unled-r1" not in alarms(meeting)
    meeting.may("lea", c.VisitRoom("r2"))
    assert "unled-r2" not in alarms(meeting)


# -- what mends it


def test_somebody_from_the_fullest_room_is_moved_where_it_can_spare_them() -> None:
    meeting = opened(("ana", "ben", "cleo", "dirk"), ("emil", "fadi"))

    first = alarms(meeting)["room-r2"]["repairs"][0]
    assert (first["kind"], first["body"]["person"], first["about"]["from"]) == ("room-place", "ana", "r1")
    tap(meeting, "room-r2", "place")

    assert "room-r2" not in alarms(meeting)
    assert meeting.session.where(PersonId("ana")) == "r2"


def test_a_room_that_can_spare_nobody_is_asked_for_nobody() -> None:
    meeting = opened((*FR, "ben", "dirk"), ("fadi",))
    gone(meeting, "ana", "cleo", "emil")

    assert repairs(meeting, "room-r1") == ["join", "visit", "excuse"]


def test_where_all_rooms_are_for_two_both_are_wanted() -> None:
    meeting = opened(CITIZENS[:2], CITIZENS[2:4], CITIZENS[4:])
    assert [ref for ref in alarms(meeting) if ref.startswith("room-")] == []

    gone(meeting, "ana")

    assert alarms(meeting)["room-r1"]["kind"] == "room-few"


def test_who_is_moved_speaks_a_language_of_the_room_and_is_of_the_lost_side() -> None:
    meeting = opened((*FR, "ben"), ("dirk", "fadi"))
    gone(meeting, "ben")
    assert alarms(meeting)["room-r1"]["kind"] == "room-side"

    for name, side, speaks in (("xun", "FR", "fr"), ("yan", "DE", "it")):
        meeting.tell("organiser", e.PeopleInvited((Person(PersonId(name), Role.CITIZEN, side, (speaks,)),)))
        meeting.may(HOUSE, c.Arrive(name, "w"), at=AN_HOUR)
    assert "place" not in repairs(meeting, "room-r1"), "one is of the other side, one speaks neither language"

    zoe = Person(PersonId("zoe"), Role.CITIZEN, "DE", ("de",), ("fr",))
    meeting.tell("organiser", e.PeopleInvited((zoe,)))
    meeting.may(HOUSE, c.Arrive("zoe", "w"), at=AN_HOUR)
    first = alarms(meeting)["room-r1"]["repairs"][0]
    assert (first["ask"], first["body"]) == ("rooms.place", {"person": "zoe", "room": "r1", "because": "room-r1"})


def test_an_empty_room_is_settled_in_one_tap_and_stands_in_the_incidents() -> None:
    meeting = opened(FR, DE)
    gone(meeting, *FR)
    assert repairs(meeting, "room-r1") == ["excuse"], "nobody in the other room speaks their language"
    gone(meeting, "flo")
    assert "unled-r1" not in alarms(meeting), "an empty room needs nobody to lead it"

    tap(meeting, "room-r1", "excuse")

    assert "room-r1" not in alarms(meeting)
    incident = meeting.session.incidents[-1]
    assert (incident.kind, incident.room, incident.about, incident.owner) == ("room", "r1", "room-empty", "lea")
    assert (incident.settled, incident.outcome) == (AN_HOUR, "left-as-it-is")
    assert replayed(meeting.entries).incidents == meeting.session.incidents


def test_an_empty_room_can_be_joined_so_that_those_who_come_back_are_not_alone() -> None:
    meeting = opened(("ana", "ben", "cleo"), ("dirk", "emil", "fadi"))
    gone(meeting, "ana", "ben", "cleo")

    tap(meeting, "room-r1", "join")
    meeting.may(HOUSE, c.Arrive("ana", "w"), at=AN_HOUR)

    assert meeting.session.where(PersonId("ana")) == "r2"
    assert meeting.session.where(PersonId("flo")) == "r2"
    assert "room-r1" not in alarms(meeting)
    assert meeting.session.incidents[-1].outcome == "joined"


def test_a_free_facilitator_takes_over_in_one_tap() -> None:
    meeting = opened(FR, DE)
    meeting.tell("organiser", e.PeopleInvited((Person(PersonId("fay"), Role.FACILITATOR, None, ("de",)),)))
    meeting.may(HOUSE, c.Arrive("fay", "w"), at=500)
    assert repairs(meeting, "unled-r2")[0] == "lead"

    tap(meeting, "unled-r2", "lead")

    assert "unled-r2" not in alarms(meeting)
    assert meeting.view("lea")["rooms.r2"]["led"] is True
    assert (meeting.session.incidents[-1].person, meeting.session.incidents[-1].outcome) == ("fay", "placed")


def test_an_excuse_holds_until_the_round_is_over() -> None:
    meeting = opened(FR, DE)
    tap(meeting, "unled-r2", "excuse")
    assert "unled-r2" not in alarms(meeting)

    meeting.may("lea", c.RecallRooms())
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=(FR, DE)))
    meeting.may("lea", c.OpenRooms())

    assert "unled-r2" in alarms(meeting)


def test_a_placing_that_mends_nothing_is_no_incident() -> None:
    meeting = opened(FR, DE)
    before = meeting.session.incidents

    meeting.may("lea", c.PlacePerson("ben", "r1", because="room-r1"))

    assert meeting.session.incidents == before


def test_joining_wants_open_rooms_that_exist() -> None:
    meeting = opened(FR, DE)

    assert meeting.ask("lea", c.FoldRoom("r1", "r9")) == Refusal(Why.NO_SUCH_ROOM)
    assert meeting.ask("lea", c.FoldRoom("r1", "r1")) == Refusal(Why.NO_SUCH_ROOM)
    meeting.may("ana", c.RaiseHand())
    meeting.may("lea", c.FoldRoom("r1", "r2"))
    assert meeting.session.floor(meeting.session.seating.rooms["r1"].id).hands == ()  # type: ignore[index]
    meeting.may("lea", c.RecallRooms())
    assert meeting.ask("lea", c.FoldRoom("r1", "r2")) == Refusal(Why.ROOMS_NOT_OPEN)


def test_a_room_is_led_by_whoever_took_it_over() -> None:
    meeting = opened(FR, DE)
    meeting.may("lea", c.PlacePerson("nic", "r2"))
    assert repairs(meeting, "unled-r2") == ["take-over", "visit", "excuse"]

    tap(meeting, "unled-r2", "take-over")

    assert "unled-r2" not in alarms(meeting)
    assert meeting.view("lea")["rooms.r2"]["led"] is True
    gone(meeting, "nic", at=AN_HOUR)
    assert "unled-r2" in alarms(meeting)


def test_who_waits_in_the_lobby_is_not_in_their_room() -> None:
    meeting = opened(FR, DE)

    meeting.may("lea", msgspec.convert({"person": "ana", "reason": "why"}, c.ASKS["people.lobby"]))

    card = meeting.view("flo")["rooms.r1"]
    assert (card["here"], card["sides_here"]) == (2, {"FR": 2})
    assert alarms(meeting)["room-r1"]["kind"] == "room-few"
