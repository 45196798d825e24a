"""Deciding about rooms: composing, accepting, opening, placing, telling, visiting, recalling."""

from __future__ import annotations

import msgspec

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.deadlines import deadlines
from facilitation.leading import leader_of
from facilitation.programme import Item, Mode, RoomsPlan
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import ItemId, PersonId, Role, RoomId
from rooms.seating import PLENARY, Stage
from tests.facilitation.given import CITIZENS, Meeting, in_rooms, live, programme

R1 = RoomId("r1")


def in_talk() -> Meeting:
    meeting = live()
    meeting.may("lea", c.NextItem())
    return meeting


def test_rooms_are_composed_as_the_item_foresees() -> None:
    meeting = in_talk()

    meeting.may("lea", c.ComposeRooms(), seed=3)

    proposal = meeting.session.seating.proposal
    assert proposal is not None
    assert [room.name for room in proposal.rooms] == ["Lila", "2"]
    assert [len(room.people) for room in proposal.rooms] == [3, 3]


def test_nobody_here_is_no_composition() -> None:
    assert Meeting().ask("lea", c.ComposeRooms()) == Refusal(Why.NOBODY_HERE)


def test_a_rule_that_is_not_built_and_a_stranger_are_refused() -> None:
    meeting = live()

    assert meeting.ask("lea", c.ComposeRooms(rule="moon")) == Refusal(Why.NOT_BUILT)
    assert meeting.ask("lea", c.ComposeRooms(rooms=(("nobody",),))) == Refusal(Why.NO_SUCH_PERSON)


def test_only_the_newest_proposal_is_accepted() -> None:
    meeting = live()
    assert meeting.ask("lea", c.AcceptRooms()) == Refusal(Why.NO_PROPOSAL)
    meeting.may("lea", c.ComposeRooms())
    meeting.may("lea", c.ComposeRooms())

    assert meeting.ask("lea", c.AcceptRooms("c1")) == Refusal(Why.REPLACED)
    meeting.may("lea", c.AcceptRooms("c2"))
    assert isinstance(meeting.ask("leo", c.AcceptRooms("c2")), Done)


def test_without_rooms_none_can_be_opened() -> None:
    assert live().ask("lea", c.OpenRooms()) == Refusal(Why.NO_PROPOSAL)


def test_nobody_moves_before_the_countdown_has_ended() -> None:
    meeting = in_talk()
    meeting.may("lea", c.ComposeRooms())
    meeting.may("lea", c.OpenRooms(seconds=10), at=100)
    before = meeting.at("ana").room
    due, command = next(iter(deadlines(meeting.session)))

    meeting.may(HOUSE, command, at=due)

    assert (before, due) == (PLENARY, 10_100)
    assert meeting.at("ana").room != PLENARY
    assert meeting.ask(HOUSE, command, at=due) == Done()


def test_a_second_press_on_open_or_recall_says_who_did_it() -> None:
    meeting = live()
    meeting.may("lea", c.ComposeRooms())
    meeting.may("lea", c.OpenRooms(seen="proposed"))

    assert meeting.ask("leo", c.OpenRooms(seen="proposed")) == Done("lea")
    meeting.may("leo", c.RecallRooms(seen="open"))
    assert meeting.ask("lea", c.RecallRooms(seen="open")) == Done("leo")
    assert meeting.at("ana").room == PLENARY


def test_a_new_proposal_during_the_countdown_changes_nothing_until_the_rooms_are_closed() -> None:
    meeting = in_talk()
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=(CITIZENS[:3], CITIZENS[3:])))
    meeting.may("lea", c.OpenRooms(seconds=10))
    meeting.may("lea", c.ComposeRooms(count=1))

    refused = meeting.ask("lea", c.AcceptRooms())
    meeting.may(HOUSE, c.MoveRooms(10_000), at=10_000)

    assert refused == Refusal(Why.ROOMS_OPEN)
    assert meeting.session.seating.stage is Stage.OPEN
    assert meeting.at("dirk").room == "r2"


def test_a_person_is_placed_while_rooms_are_open_and_leaves_the_old_floor() -> None:
    meeting = in_rooms()
    meeting.may("ana", c.RaiseHand())
    other = meeting.at("ben").room

    meeting.may("lea", c.PlacePerson("ana", other))

    assert meeting.at("ana").room == other
    assert not any(floor.hands for floor in meeting.session.floors.values())
    assert isinstance(meeting.ask("leo", c.PlacePerson("ana", other)), Done)


def test_a_hand_in_the_plenary_stays_up_while_seats_are_only_planned() -> None:
    meeting = in_talk()
    meeting.may("ana", c.RaiseHand())
    meeting.may("lea", c.ComposeRooms())

    meeting.may("lea", c.PlacePerson("ana", "r2"))

    assert [hand.person for hand in meeting.session.floor(PLENARY).hands] == ["ana"]


def test_nobody_is_placed_nowhere() -> None:
    meeting = in_rooms()

    assert meeting.ask("lea", c.PlacePerson("ana", "r9")) == Refusal(Why.NO_SUCH_ROOM)
    assert meeting.ask("lea", c.PlacePerson("nobody", "r1")) == Refusal(Why.NO_SUCH_PERSON)


def test_staff_visits_open_rooms() -> None:
    meeting = in_rooms()

    meeting.may("sue", c.VisitRoom("r1"))

    assert meeting.at("sue").room == R1
    assert meeting.ask("sue", c.VisitRoom("r1")) == Done("sue")
    assert meeting.ask("sue", c.VisitRoom("r9")) == Refusal(Why.NO_SUCH_ROOM)
    assert live().ask("sue", c.VisitRoom("r1")) == Refusal(Why.ROOMS_NOT_OPEN)


def test_rooms_are_told_something_while_they_are_open() -> None:
    meeting = in_rooms()

    meeting.may("lea", c.TellRooms("five minutes"))

    assert set(meeting.session.notices) == {"r1", "r2"}
    assert meeting.ask("lea", c.TellRooms("hello", ("r9",))) == Refusal(Why.NO_SUCH_ROOM)
    assert live().ask("lea", c.TellRooms("hello")) == Refusal(Why.ROOMS_NOT_OPEN)


def test_rooms_get_more_time_only_while_they_are_open() -> None:
    meeting = in_rooms()
    ends = meeting.session.agenda.ends

    meeting.may("lea", c.ExtendRooms(60))

    assert meeting.session.agenda.ends == ends + 60_000
    assert live().ask("lea", c.ExtendRooms(60)) == Refusal(Why.ROOMS_NOT_OPEN)


def test_a_room_has_the_link_of_its_name_and_not_that_of_an_earlier_round() -> None:
    meeting = in_rooms()
    first = meeting.session.links[R1][""].url
    meeting.may("lea", c.NextItem())
    meeting.may("lea", c.ComposeRooms(count=2))
    meeting.may("lea", c.OpenRooms())

    assert first == "https://lila.example"
    assert meeting.session.seating.rooms[R1].name == "1"
    assert R1 not in meeting.session.links
    assert meeting.ask("sue", c.LinkRoom("r9", {})) == Refusal(Why.NO_SUCH_ROOM)


def test_the_next_item_recalls_the_rooms() -> None:
    meeting = in_rooms()

    meeting.may("lea", c.NextItem())

    assert meeting.at("ana").room == PLENARY
    assert meeting.session.last is not None
    assert meeting.session.last.ask == "agenda.next"


def test_an_item_that_says_so_opens_its_rooms_by_itself_and_keeps_those_before() -> None:
    talk = Item(ItemId("more"), {}, 1, Mode.BREAKOUT, rooms=RoomsPlan(keep=True, opens="by-itself"))
    plan = programme()
    meeting = Meeting(msgspec.structs.replace(plan, items=(*plan.items[:3], talk)))
    for name in CITIZENS:
        meeting.may(HOUSE, c.Arrive(name, "w"))
    meeting.may("lea", c.StartSession())
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=(("ana", "ben", "cleo", "dirk"), ("emil", "fadi"))))
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", c.RecallRooms())

    meeting.may("lea", c.GoToItem("more"), seed=5)

    assert [set(room.people) for room in meeting.session.seating.rooms.values()] == [
        {"ana", "ben", "cleo", "dirk"},
        {"emil", "fadi"},
    ]
    assert meeting.session.seating.stage is Stage.OPEN


def test_the_recall_keeps_the_seconds_that_somebody_has_spoken_in_a_room() -> None:
    meeting = in_rooms()
    speaker = PersonId(CITIZENS[0])
    room = meeting.session.where(speaker)
    meeting.may("lea", c.VisitRoom(room), at=1_000)
    meeting.may("lea", c.GiveFloor(speaker), at=2_000)

    meeting.may("lea", c.RecallRooms(), at=9_000)

    assert set(meeting.session.floors) == {PLENARY}
    assert meeting.session.floor(PLENARY).heard[speaker] == 7_000


def with_two_facilitators() -> Meeting:
    meeting = in_rooms()
    meeting.tell("lea", e.RoleGiven(PersonId("eva"), Role.FACILITATOR))
    return meeting


def test_another_facilitator_takes_the_seat_of_the_one_before_who_is_free_in_the_plenary() -> None:
    meeting = with_two_facilitators()
    assert meeting.at("flo").room == "r1"

    meeting.may("lea", c.PlacePerson("eva", "r1", instead="flo"))

    assert meeting.session.seating.rooms[R1].staff == ("nic", "ina", "eva")
    assert (meeting.at("flo").room, meeting.at("eva").room) == (PLENARY, "r1")
    assert "flo" not in meeting.session.seating.seats
    assert leader_of(meeting.session, R1) == "eva"


def test_whoever_took_a_room_over_does_not_lead_it_any_more_once_another_facilitator_came_instead() -> None:
    meeting = with_two_facilitators()
    meeting.may("lea", c.LeadRoom("r1", "nic"))

    meeting.may("lea", c.PlacePerson("eva", "r1", instead="flo"))

    assert leader_of(meeting.session, R1) == "eva"


def test_in_whose_place_somebody_comes_must_be_of_the_staff_there() -> None:
    meeting = with_two_facilitators()

    meeting.may("lea", c.PlacePerson("eva", "r1", instead="ana"))

    assert meeting.at("ana").room == "r1"
    assert set(meeting.session.seating.rooms[R1].staff) == {"flo", "nic", "ina", "eva"}
