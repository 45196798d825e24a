"""What a search foresees: items that open by themselves, and what is planned, held and kept."""

from __future__ import annotations

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.programme import Recipe
from facilitation.session import HOUSE
from rooms.composing.case import Reason
from rooms.composing.case import Why as Because
from rooms.people import ItemId
from rooms.seating import Stage
from tests.facilitation.composed import (
    answer,
    at_the_first,
    composed,
    met,
    offered,
    shown,
    talk,
    talks,
)
from tests.facilitation.given import CITIZENS

# Items that open by themselves


def test_an_item_that_opens_by_itself_opens_as_soon_as_its_rooms_are_found() -> None:
    meeting = met(talks(talk("third", opens="by-itself")))

    meeting.may("lea", c.GoToItem("third"), seed=4)
    waits = meeting.session.seating.stage
    found = answer(meeting)
    assert found is not None
    meeting.may(HOUSE, found)

    assert waits is Stage.NONE
    assert meeting.session.seating.stage is Stage.OPEN
    assert meeting.at("ana").room in {"r1", "r2"}


def test_rooms_do_not_open_by_themselves_once_another_item_is_on_the_table() -> None:
    meeting = met(talks(talk("third", opens="by-itself")))
    meeting.may("lea", c.GoToItem("third"))
    found = answer(meeting)
    assert found is not None
    meeting.may("lea", c.GoToItem("pause"))

    meeting.may(HOUSE, found)

    assert meeting.session.seating.stage is Stage.PROPOSED
    assert meeting.at("ana").room == "plenary"


def test_when_such_an_item_is_undone_its_rooms_are_not_wanted_any_more() -> None:
    meeting = met(talks(talk("third", opens="by-itself")))
    meeting.may("lea", c.GoToItem("third"))
    found = answer(meeting)
    assert found is not None

    meeting.may("lea", c.UndoAgenda())

    assert meeting.ask(HOUSE, found) == Done()
    assert "rooms.proposal" not in meeting.view("lea")


def test_an_item_that_opens_by_itself_begins_with_what_was_planned_for_it() -> None:
    meeting = met(talks(talk("third", opens="by-itself")))
    meeting.may("lea", c.GoToItem("first"))
    composed(meeting, c.ComposeRooms())
    planned = meeting.session.compositions.later[ItemId("third")]

    meeting.may("lea", c.GoToItem("third"))
    found = answer(meeting)
    assert found is not None
    meeting.may(HOUSE, found)

    opened = meeting.session.seating.rooms
    assert {room: set(opened[room].people) for room in opened} == {room.id: set(room.people) for room in planned}


def test_where_such_rooms_cannot_be_found_the_lead_has_an_alarm_until_others_are_on_offer() -> None:
    meeting = met(talks(talk("third", opens="by-itself")))
    meeting.may("lea", c.GoToItem("third"))

    meeting.may(HOUSE, c.FailComposition("s1", (Reason(Because.TOO_FEW_SEATS),)), at=5_000)

    alarm = meeting.view("lea")["alarm.unopened"]
    assert (alarm["kind"], alarm["about"], alarm["since"]) == ("rooms-unopened", {"item": "third"}, 5_000)
    assert "alarm.unopened" not in meeting.view("flo")
    for repair in alarm["repairs"]:
        assert repair["ask"] == "rooms.compose"
    meeting.may("lea", c.ComposeRooms())
    meeting.may(HOUSE, c.FailComposition("s2", (Reason(Because.TOO_FEW_SEATS),)), at=9_000)
    assert meeting.view("lea")["alarm.unopened"] == alarm
    meeting.may("lea", c.ComposeRooms(rule="random"))
    assert "alarm.unopened" not in meeting.view("lea")


def test_what_a_lead_asked_for_and_what_is_not_on_the_table_any_more_raises_no_alarm() -> None:
    meeting = met(talks(talk("third", opens="by-itself")))
    meeting.may("lea", c.GoToItem("first"))
    meeting.may("lea", c.ComposeRooms())
    meeting.may(HOUSE, c.FailComposition("s1", (Reason(Because.TOO_FEW_SEATS),)))
    by_hand = meeting.view("lea")
    meeting.may("lea", c.GoToItem("third"))
    meeting.may(HOUSE, c.FailComposition("s2", (Reason(Because.TOO_FEW_SEATS),)))
    by_itself = meeting.view("lea")

    meeting.may("lea", c.GoToItem("pause"))

    assert "alarm.unopened" not in by_hand
    assert "alarm.unopened" in by_itself
    assert "alarm.unopened" not in meeting.view("lea")


# What is planned, held and kept


def test_after_a_break_hardly_anybody_moves_from_what_was_planned_and_each_move_has_its_reason() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    planned = meeting.session.compositions.later[ItemId("second")]
    meeting.may("lea", c.GoToItem("second"))
    meeting.tell(HOUSE, e.WentAway(planned[0].people[0]))
    friends = (planned[0].people[1], planned[1].people[0])
    meeting.may("lea", c.BondPeople(friends, "together"))

    composed(meeting, c.ComposeRooms(rung="fewest"))

    sat = {person: room.id for room in planned for person in room.people}
    sits = {person: room.id for room in offered(meeting) for person in room.people}
    moved = sorted(person for person in sits if sits[person] != sat[person])
    moves = shown(meeting)["moves"]
    assert isinstance(moves, list)
    assert sorted(move["person"] for move in moves) == moved
    assert len(moved) == 1
    assert moved[0] in friends
    assert [move["why"] for move in moves] == ["stays-with-somebody"]
    assert shown(meeting)["rung"] == "fewest"


def test_why_people_were_moved_can_still_be_said_while_the_rooms_are_open() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    first, second = offered(meeting)
    meeting.may("lea", c.BondPeople((first.people[0], second.people[0]), "together"))
    composed(meeting, c.ComposeRooms(rung="fewest"))
    before = shown(meeting)["moves"]

    meeting.may("lea", c.OpenRooms())

    made = meeting.view("lea")["rooms.made"]
    assert before
    assert (made["moves"], made["rung"], made["seed"]) == (before, "fewest", 1)
    meeting.may("lea", c.RecallRooms())
    assert "rooms.made" not in meeting.view("lea")


def test_who_is_moved_by_hand_after_a_repair_is_among_those_who_move() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    composed(meeting, c.ComposeRooms(rung="fewest"))
    first, second = offered(meeting)
    person = first.people[0]

    meeting.may("lea", c.PlacePerson(person, second.id))

    moves = shown(meeting)["moves"]
    assert isinstance(moves, list)
    assert [(move["person"], move["before"], move["room"]) for move in moves] == [(person, first.id, second.id)]


def test_what_was_moved_by_hand_is_the_plan_from_which_a_repair_starts() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    first, second = offered(meeting)
    meeting.may("lea", c.PlacePerson(first.people[0], second.id))
    meeting.may("lea", c.PlacePerson(second.people[0], first.id))
    by_hand = [set(room.people) for room in offered(meeting)]

    composed(meeting, c.ComposeRooms(rung="fewest"))

    assert [set(room.people) for room in offered(meeting)] == by_hand
    assert shown(meeting)["moves"] == []


def test_what_was_planned_for_an_item_is_done_with_once_its_rooms_were_opened() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    planned = set(meeting.session.compositions.later)

    meeting.may("lea", c.OpenRooms())

    assert planned == {"first", "second"}
    assert set(meeting.session.compositions.later) == {"second"}


def test_a_round_is_held_once_however_often_its_rooms_are_opened_and_with_whoever_came_late() -> None:
    meeting = met(here=CITIZENS[:5])
    meeting.may("lea", c.GoToItem("first"))
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", c.RecallRooms())
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", c.PlacePerson("fadi", "r1"))
    meeting.may("lea", c.RecallRooms())

    ((item, held),) = meeting.session.compositions.held

    assert item == "first"
    assert sorted(person for room in held for person in room) == sorted(CITIZENS)
    assert "fadi" in held[0]


def test_people_meet_others_in_the_next_round() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms(recipe=Recipe("meet most", languages="any", facilitators=False)))
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", c.GoToItem("second"))

    composed(meeting, c.ComposeRooms(size=2, recipe=Recipe("meet most", languages="any", facilitators=False)))

    rooms = shown(meeting)["rooms"]
    assert isinstance(rooms, list)
    assert len(rooms) == 3
    assert [room["again"] for room in rooms] == [[], [], []]


def test_an_item_keeps_the_rooms_of_the_earlier_one_that_it_names_and_newcomers_sit_down_with_them() -> None:
    later = (talk("third"), talk("back", None, keep_of="first", opens="by-itself"))
    meeting = met(talks(*later), here=CITIZENS[:5])
    meeting.may("lea", c.GoToItem("first"))
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    first = {room.id: set(room.people) for room in meeting.session.seating.rooms.values()}
    meeting.may("lea", c.GoToItem("third"))
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=(CITIZENS[:1], CITIZENS[1:5])))
    meeting.may("lea", c.OpenRooms())
    meeting.may(HOUSE, c.Arrive("fadi", "w"))

    meeting.may("lea", c.GoToItem("back"))

    rooms = meeting.session.seating.rooms
    assert {room: set(rooms[room].people) - {"fadi"} for room in rooms} == first
    assert meeting.at("fadi").room in first
    assert meeting.session.seating.stage is Stage.OPEN


def test_rooms_stay_open_into_an_item_that_keeps_them_by_name() -> None:
    meeting = met(talks(talk("back", None, keep_of="second")))
    meeting.may("lea", c.GoToItem("second"))
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())

    meeting.may("lea", c.GoToItem("back"))

    stays = meeting.at("ana").room
    meeting.may("lea", c.GoToItem("first"))

    assert stays != "plenary"
    assert meeting.at("ana").room == "plenary"


def test_an_undo_that_opens_rooms_again_leaves_what_was_composed_meanwhile_on_offer() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", c.GoToItem("second"), at=1_000)
    composed(meeting, c.ComposeRooms(), at=2_000)

    meeting.may("lea", c.UndoAgenda(), at=3_000)

    assert meeting.session.seating.stage is Stage.OPEN
    assert shown(meeting)["item"] == "second"
    assert len(meeting.session.compositions.held) == 1


def test_a_session_that_is_opened_again_goes_on_with_the_round_that_it_held() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())

    meeting.may("lea", c.CloseSession(), at=1_000)
    meeting.may("lea", c.ReopenSession(), at=2_000)

    assert meeting.session.seating.stage is Stage.OPEN
    assert [item for item, _ in meeting.session.compositions.held] == ["first"]


def test_a_helper_has_no_seat_and_goes_with_their_person() -> None:
    meeting = at_the_first()
    meeting.may("sue", c.BelongTo("nic", "ana"))
    meeting.may("lea", c.ComposeRooms())
    found = answer(meeting)
    assert isinstance(found, c.KeepComposition)
    meeting.may("sue", c.BelongTo("flo", "ben"))

    meeting.may(HOUSE, found)
    meeting.may("lea", c.OpenRooms())

    assert not {"nic", "flo"} & {each for room in meeting.session.seating.rooms.values() for each in room.staff}
    assert meeting.at("nic").room == meeting.at("ana").room != "plenary"
    assert meeting.at("flo").room == meeting.at("ben").room != "plenary"
