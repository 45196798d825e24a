"""Compositions by a search: what is wished for, what is kept of what was found, and what a lead sees of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.programme import Least, Mode, Recipe
from facilitation.refusals import Refusal, Why
from facilitation.reported import standing
from facilitation.session import HOUSE
from rooms.composing.case import Reason
from rooms.composing.case import Why as Because
from rooms.composing.plan import compose
from rooms.composing.reasons import Reporter, RoomReport
from rooms.people import ItemId, PersonId, Role
from rooms.seating import Room, Stage
from server.draft import event_of
from tests.facilitation.composed import MIRRORED, answer, composed, met, talk, talks
from tests.facilitation.given import CITIZENS, Meeting, arrived, live, plain, replayed

SEARCH = c.ComposeRooms(rule="search")


def at_the_first() -> Meeting:
    """The first talk is on the table, and its rooms are composed by a search."""
    meeting = met()
    meeting.may("lea", c.GoToItem("first"))
    return meeting


def offered(meeting: Meeting) -> tuple[Room, ...]:
    proposal = meeting.session.seating.proposal
    assert proposal is not None
    return proposal.rooms


def shown(meeting: Meeting) -> dict[str, object]:
    seen: dict[str, object] = meeting.view("lea")["rooms.proposal"]
    return seen


def seated(rooms: tuple[Room, ...]) -> list[str]:
    return sorted(person for room in rooms for person in room.people)


# The wish


def test_an_item_that_says_so_is_composed_by_a_search_by_its_recipe() -> None:
    meeting = at_the_first()

    meeting.may("lea", c.ComposeRooms(), seed=7, at=500)

    wanted = meeting.session.compositions.wanted
    assert wanted is not None
    assert (wanted.item, wanted.recipe, wanted.size, wanted.seed, wanted.by) == ("first", MIRRORED, 3, 7, "lea")
    assert shown(meeting)["state"] == "composing"


def test_what_was_found_is_on_offer_and_what_it_foresees_is_planned_for_later() -> None:
    meeting = at_the_first()

    composed(meeting, c.ComposeRooms())

    assert seated(offered(meeting)) == sorted(CITIZENS)
    assert [len(room.people) for room in offered(meeting)] == [3, 3]
    assert shown(meeting)["later"] == [{"item": "second", "rooms": 2}]
    assert meeting.session.seating.stage is Stage.PROPOSED


def test_in_a_break_the_rooms_of_the_next_such_item_are_composed() -> None:
    meeting = met()
    meeting.may("lea", c.GoToItem("pause"))

    composed(meeting, SEARCH)

    assert shown(meeting)["item"] == "first"


def test_while_rooms_are_open_the_next_round_is_composed_and_the_open_rooms_stay() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    open_rooms = meeting.session.seating.rooms

    composed(meeting, SEARCH)

    assert shown(meeting)["item"] == "second"
    assert meeting.session.seating.rooms is open_rooms
    assert meeting.session.seating.stage is Stage.OPEN


def test_where_no_item_is_composed_by_a_search_the_breakout_on_the_table_or_to_come_is() -> None:
    meeting = live()

    meeting.may("lea", SEARCH)
    before = meeting.session.compositions.wanted
    meeting.may("lea", c.GoToItem("again"))
    meeting.may("lea", SEARCH)
    after = meeting.session.compositions.wanted

    assert before is not None
    assert after is not None
    assert (before.item, after.item) == ("talk", None)


@pytest.mark.parametrize(
    ("recipe", "why"),
    [
        (Recipe(taste="sweet"), Why.NOT_A_RECIPE),
        (Recipe(languages="all"), Why.NOT_A_RECIPE),
        (Recipe(mirror={"age": float("nan")}), Why.NOT_A_RECIPE),
        (Recipe(mirror={"age": -1.0}), Why.NOT_A_RECIPE),
        (Recipe(most_languages=0), Why.NOT_A_RECIPE),
        (Recipe(telephone=-1), Why.NOT_A_RECIPE),
        (Recipe(least=(Least("age", "16-24", 0),)), Why.NOT_A_RECIPE),
        (Recipe(mirror={"shoe size": 1.0}), Why.NO_SUCH_ATTRIBUTE),
        (Recipe(least=(Least("shoe size", "44"),)), Why.NO_SUCH_ATTRIBUTE),
        (Recipe(topics=ItemId("nowhere")), Why.NO_SUCH_ITEM),
        (Recipe(topics=ItemId("first")), Why.NO_WISHES),
    ],
)
def test_a_recipe_that_cannot_be_used_is_refused(recipe: Recipe, why: Why) -> None:
    meeting = at_the_first()

    assert meeting.ask("lea", c.ComposeRooms(recipe=recipe)) == Refusal(why)


def test_nobody_here_is_no_search_unless_somebody_is_expected() -> None:
    meeting = met(here=())

    assert meeting.ask("lea", SEARCH) == Refusal(Why.NOBODY_HERE)
    assert meeting.ask("lea", c.ComposeRooms(rule="search", expected=("nobody",))) == Refusal(Why.NO_SUCH_PERSON)
    composed(meeting, c.ComposeRooms(rule="search", expected=("ana", "ben", "cleo")))

    assert seated(offered(meeting)) == ["ana", "ben", "cleo"]


def test_after_a_break_the_rooms_are_composed_of_those_who_are_back_unless_everybody_is_wanted() -> None:
    meeting = met()
    meeting.may("lea", c.GoToItem("pause"), at=60_000)
    for name in CITIZENS[:4]:
        meeting.may(name, c.ComeBack(), at=61_000)

    composed(meeting, SEARCH, at=62_000)
    back = seated(offered(meeting))
    composed(meeting, c.ComposeRooms(rule="search", everybody=True), at=63_000)

    assert back == sorted(CITIZENS[:4])
    assert seated(offered(meeting)) == sorted(CITIZENS)


def test_the_plan_of_an_item_is_mended_only_where_there_is_one() -> None:
    meeting = at_the_first()

    assert meeting.ask("lea", c.ComposeRooms(rung="fewest")) == Refusal(Why.NOTHING_PLANNED)


# What comes back


def test_of_two_wishes_only_the_newer_is_kept() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms(), seed=1)
    older = answer(meeting)
    meeting.may("leo", c.ComposeRooms(), seed=2)
    newer = answer(meeting)
    assert older is not None
    assert newer is not None

    first = meeting.ask(HOUSE, older)
    meeting.may(HOUSE, newer)

    assert first == Done()
    assert meeting.ask(HOUSE, newer) == Done()
    assert shown(meeting)["seed"] == 2


def test_a_random_composition_takes_the_place_of_one_that_is_still_searched() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms())
    searched = answer(meeting)
    assert searched is not None

    meeting.may("lea", c.ComposeRooms(rule="random"))

    assert meeting.ask(HOUSE, searched) == Done()
    assert shown(meeting)["state"] == "ready"


def test_whoever_has_gone_meanwhile_has_no_seat_in_the_proposal_and_it_says_so() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms(expected=("fadi",)))
    found = answer(meeting)
    assert found is not None
    for name in ("emil", "fadi"):
        meeting.tell(HOUSE, e.WentAway(PersonId(name)))

    meeting.may(HOUSE, found)

    assert seated(offered(meeting)) == ["ana", "ben", "cleo", "dirk", "fadi"]
    assert shown(meeting)["relaxed"] == ["left-since"]


def test_while_rooms_are_composed_none_are_accepted_or_opened_but_nobody_waits_for_ever() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.AcceptRooms())
    meeting.may("lea", c.ComposeRooms(), at=1_000)

    assert meeting.ask("lea", c.AcceptRooms(), at=2_000) == Refusal(Why.NOT_READY)
    assert meeting.ask("lea", c.OpenRooms(), at=2_000) == Refusal(Why.NOT_READY)
    meeting.may("lea", c.OpenRooms(), at=11_000)

    assert meeting.session.seating.stage is Stage.OPEN


def test_what_cannot_be_composed_says_why_and_opens_nothing() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms())
    reason = Reason(Because.TOO_FEW_FACILITATORS, seats=1, needed=2)

    meeting.may(HOUSE, c.FailComposition("s1", (reason,)))

    told = shown(meeting)
    assert (told["state"], told["reasons"]) == ("failed", [{"why": "too-few-facilitators", "seats": 1, "needed": 2}])
    assert meeting.ask("lea", c.AcceptRooms()) == Refusal(Why.NO_PROPOSAL)
    assert meeting.ask("lea", c.OpenRooms()) == Refusal(Why.NO_PROPOSAL)
    assert meeting.ask(HOUSE, c.FailComposition("s1", (reason,))) == Done()


def test_rooms_that_are_open_stay_open_where_the_next_ones_cannot_be_composed() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", SEARCH)

    meeting.may(HOUSE, c.FailComposition("s2", (Reason(Because.TOO_FEW_SEATS),)))

    assert meeting.session.seating.stage is Stage.OPEN
    assert meeting.at("ana").room != "plenary"


def test_a_session_that_has_ended_keeps_nothing_that_was_still_searched() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms())
    found = answer(meeting)
    assert found is not None

    meeting.may("lea", c.CloseSession())

    assert meeting.session.compositions.wanted is None
    assert meeting.ask(HOUSE, found) == Done()


def test_the_journal_alone_gives_the_same_composition_again() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms(), seed=5)

    kept = next(event_of(entry) for entry in meeting.entries if entry.event == "RoomsComposed")

    assert isinstance(kept, e.RoomsComposed)
    again = compose(kept.found.case, kept.seed, kept.found.iterations, kept.found.taste)
    assert again.seats() == kept.found.seats
    ids = [member.id for member in kept.found.case.people]
    rooms = [sorted(ids[person] for person in room) for room in again.rounds[kept.found.number].rooms]
    assert rooms == [sorted(room.people) for room in kept.rooms]
    assert plain(replayed(meeting.entries)) == plain(meeting.session)


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


# Who sits together or apart


def bonds(meeting: Meeting) -> list[tuple[str, tuple[str, ...]]]:
    return [(bond["kind"], tuple(bond["people"])) for bond in meeting.view("lea")["rooms.bonds"]]


def test_those_who_sit_together_by_two_bonds_are_one() -> None:
    meeting = arrived()

    meeting.may("lea", c.BondPeople(("ben", "ana"), "together"))
    meeting.may("lea", c.BondPeople(("cleo", "ben"), "together"))

    assert bonds(meeting) == [("together", ("ana", "ben", "cleo"))]
    assert meeting.ask("lea", c.BondPeople(("ana", "cleo"), "together")) == Done()


def test_the_newer_of_two_bonds_that_contradict_each_other_holds() -> None:
    meeting = arrived()
    meeting.may("lea", c.BondPeople(("ana", "ben"), "together"))

    meeting.may("lea", c.BondPeople(("ben", "ana"), "apart"))
    apart = bonds(meeting)
    meeting.may("lea", c.BondPeople(("ana", "cleo"), "together"))
    meeting.may("lea", c.BondPeople(("cleo", "ben"), "together"))

    assert apart == [("apart", ("ana", "ben"))]
    assert bonds(meeting) == [("together", ("ana", "ben", "cleo"))]


def test_a_bond_is_taken_back() -> None:
    meeting = arrived()
    meeting.may("lea", c.BondPeople(("ana", "ben", "cleo", "dirk"), "together"))
    meeting.may("lea", c.BondPeople(("emil", "fadi", "ana"), "apart"))

    meeting.may("lea", c.BondPeople(("ana", "ben"), "none"))
    meeting.may("lea", c.BondPeople(("emil", "fadi"), "none"))

    assert bonds(meeting) == [
        ("together", ("cleo", "dirk")),
        ("apart", ("ana", "emil")),
        ("apart", ("ana", "fadi")),
    ]


def test_a_bond_is_between_two_citizens_at_least() -> None:
    meeting = arrived()

    assert meeting.ask("lea", c.BondPeople(("ana", "ana"), "apart")) == Refusal(Why.NEEDS_TWO)
    assert meeting.ask("lea", c.BondPeople(("ana", "flo"), "apart")) == Refusal(Why.NO_SUCH_PERSON)
    assert meeting.ask("lea", c.BondPeople(("ana", "nobody"), "apart")) == Refusal(Why.NO_SUCH_PERSON)


def test_rooms_keep_what_was_said_of_who_sits_together_or_apart() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.BondPeople(("ana", "ben"), "together"))
    meeting.may("lea", c.BondPeople(("ana", "cleo"), "apart"))

    composed(meeting, c.ComposeRooms())

    room = next(room for room in offered(meeting) if "ana" in room.people)
    assert "ben" in room.people
    assert "cleo" not in room.people


# What a lead sees


def test_each_room_says_how_it_mirrors_the_whole_as_it_is_now() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    first, second = offered(meeting)
    meeting.may("lea", c.PlacePerson(first.people[0], second.id))

    rooms = shown(meeting)["rooms"]

    assert isinstance(rooms, list)
    sides = [{cell["value"]: cell["here"] for cell in room["mirror"] if cell["attr"] == "side"} for room in rooms]
    for room, counted in zip(offered(meeting), sides, strict=True):
        people = [meeting.session.people[person].side for person in room.people]
        assert counted == {side: people.count(side) for side in ("FR", "DE")}
    broken = shown(meeting)["broken"]
    assert isinstance(broken, list)
    assert [(rule["rule"], rule["room"]) for rule in broken] == [("size", "r1"), ("size", "r2")]


def test_whoever_came_since_and_was_placed_by_hand_is_counted_too() -> None:
    meeting = met(here=CITIZENS[:5])
    meeting.may("lea", c.GoToItem("first"))
    composed(meeting, c.ComposeRooms())
    meeting.may(HOUSE, c.Arrive("fadi", "w"))

    meeting.may("lea", c.PlacePerson("fadi", "r1"))

    rooms = shown(meeting)["rooms"]
    assert isinstance(rooms, list)
    ages = [cell["value"] for cell in rooms[0]["mirror"] if cell["attr"] == "age" and cell["here"]]
    assert "attribute-fadi" in ages
    assert sum(cell["here"] for cell in rooms[0]["mirror"] if cell["attr"] == "side") == len(rooms[0]["people"])


def test_two_who_must_not_meet_and_are_brought_together_by_hand_are_named() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.BondPeople(("ana", "ben"), "apart"))
    composed(meeting, c.ComposeRooms())
    room = next(room for room in offered(meeting) if "ben" in room.people)

    meeting.may("lea", c.PlacePerson("ana", room.id))

    broken = shown(meeting)["broken"]
    assert isinstance(broken, list)
    told = [(rule["room"], sorted(rule["people"])) for rule in broken if rule["rule"] == "apart"]
    assert told == [(room.id, ["ana", "ben"])]


def test_the_form_starts_from_the_recipe_of_the_item_and_knows_what_can_be_mirrored() -> None:
    meeting = at_the_first()

    recipe = meeting.view("lea")["rooms.recipe"]

    assert (recipe["item"], recipe["planned"]) == ("first", False)
    assert recipe["mirror"] == {"side": 1.0, "age": 1.0}
    assert recipe["most-languages"] == 2
    assert recipe["attributes"] == ["age", "group", "language", "side"]
    composed(meeting, c.ComposeRooms())
    assert meeting.view("lea")["rooms.recipe"]["planned"] is True


@pytest.mark.parametrize("who", ["flo", "sue", "ina", "eva", "ana", "gil", "val", "obi"])
def test_nobody_but_leads_sees_anything_of_a_composition(who: str) -> None:
    meeting = at_the_first()
    meeting.may("lea", c.BondPeople(("ana", "ben"), "apart"))
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.AcceptRooms())
    composed(meeting, c.ComposeRooms())

    seen = meeting.view(who)

    assert not {"rooms.proposal", "rooms.made", "rooms.recipe", "rooms.bonds"} & seen.keys()
    assert "attribute-" not in json.dumps(seen)


def test_a_search_outside_breakouts_is_never_what_an_item_that_only_names_the_rule_does() -> None:
    meeting = met(talks(talk("walk", mode=Mode.PLENARY, opens="by-itself")))

    meeting.may("lea", c.GoToItem("walk"))

    assert meeting.session.compositions.wanted is None


def test_an_earlier_session_told_who_has_met_before() -> None:
    meeting = at_the_first()
    pairs = tuple(tuple(PersonId(each) for each in pair) for pair in (CITIZENS[:2], CITIZENS[2:4], CITIZENS[4:]))
    meeting.tell("organiser", e.EarlierRoundsBrought((pairs,)))

    composed(meeting, c.ComposeRooms(recipe=Recipe("meet most", languages="any", facilitators=False)))

    rooms = shown(meeting)["rooms"]
    assert isinstance(rooms, list)
    assert [room["again"] for room in rooms] == [[], []]


def test_whoever_was_removed_meanwhile_is_in_no_room() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms())
    found = answer(meeting)
    assert isinstance(found, c.KeepComposition)
    stranger = msgspec.structs.replace(found.rooms[0], people=(*found.rooms[0].people, PersonId("nobody")))

    meeting.may(HOUSE, msgspec.structs.replace(found, rooms=(stranger, *found.rooms[1:])))

    assert seated(offered(meeting)) == sorted(CITIZENS)
    assert all(meeting.session.people[PersonId(each)].role is Role.CITIZEN for each in seated(offered(meeting)))


# What is said while rooms are searched, or on offer


def together_in(rooms: tuple[Room, ...], *people: str) -> bool:
    return any(set(people) <= set(room.people) for room in rooms)


@pytest.mark.parametrize("command", [c.ComposeRooms(), c.GoToItem("third")])
def test_two_kept_apart_while_rooms_are_searched_never_come_into_one(command: c.Command) -> None:
    meeting = met(talks(talk("third", opens="by-itself")))
    meeting.may("lea", c.GoToItem("first"))
    meeting.may("lea", command, seed=1)
    found = answer(meeting)
    assert isinstance(found, c.KeepComposition)
    one, other, *_ = found.rooms[0].people
    meeting.may("lea", c.BondPeople((one, other), "apart"))

    meeting.may(HOUSE, found)
    waits = meeting.session.seating.stage
    anew = answer(meeting)
    assert isinstance(anew, c.KeepComposition)
    meeting.may(HOUSE, anew)
    meeting.ask("lea", c.OpenRooms())

    assert waits is Stage.NONE
    assert anew.id != found.id
    assert meeting.session.seating.stage is Stage.OPEN
    assert not together_in(tuple(meeting.session.seating.rooms.values()), one, other)


def test_two_who_are_bound_together_meanwhile_are_searched_anew_as_well() -> None:
    meeting = at_the_first()
    meeting.may("lea", SEARCH, seed=1)
    found = answer(meeting)
    assert isinstance(found, c.KeepComposition)
    pair = (found.rooms[0].people[0], found.rooms[1].people[0])
    meeting.may("lea", c.BondPeople(pair, "together"))

    meeting.may(HOUSE, found)
    anew = answer(meeting)
    assert anew is not None
    meeting.may(HOUSE, anew)

    assert together_in(offered(meeting), *pair)


def test_a_bond_that_the_rooms_on_offer_do_not_keep_is_seen_as_broken() -> None:
    meeting = at_the_first()
    composed(meeting, SEARCH)
    room = offered(meeting)[0]
    before = shown(meeting)["broken"]

    meeting.may("lea", c.BondPeople(room.people[:2], "apart"))
    broken = shown(meeting)["broken"]

    assert before == []
    assert isinstance(broken, list)
    assert [(each["rule"], each["room"], sorted(each["people"])) for each in broken] == [
        ("apart", room.id, sorted(room.people[:2]))
    ]


@pytest.mark.parametrize(
    "command",
    [
        c.ComposeRooms(rule="random", size=3),
        c.ComposeRooms(rule="language", size=3),
        c.ComposeRooms(rule="list", rooms=(CITIZENS[::2], CITIZENS[1::2])),
    ],
)
def test_rooms_by_another_rule_say_when_they_do_not_keep_a_bond(command: c.Command) -> None:
    meeting = at_the_first()
    meeting.may("lea", command)
    first, second = offered(meeting)[:2]
    before = shown(meeting)["relaxed"]

    meeting.may("lea", c.BondPeople(first.people[:2], "apart"))
    meeting.may("lea", c.BondPeople((first.people[0], second.people[0]), "together"))
    said = shown(meeting)["relaxed"]

    assert isinstance(before, list)
    assert said == [*before, "not-apart", "not-together"]


def test_rooms_that_would_bring_two_together_who_are_kept_apart_do_not_open_by_themselves() -> None:
    meeting = met(talks(talk("third", rule="random", count=1, size=None, opens="by-itself")))
    meeting.may("lea", c.BondPeople(("ana", "ben"), "apart"))

    meeting.may("lea", c.GoToItem("third"))

    assert meeting.session.seating.stage is Stage.PROPOSED
    assert shown(meeting)["relaxed"] == ["not-apart"]


def test_rooms_of_the_round_before_do_not_open_instead_of_those_that_are_searched() -> None:
    meeting = at_the_first()
    composed(meeting, SEARCH)
    meeting.may("lea", c.OpenRooms(), at=1_000)
    meeting.may("lea", c.RecallRooms(), at=2_000)
    meeting.may("lea", c.GoToItem("second"), at=3_000)

    meeting.may("lea", SEARCH, at=4_000)

    assert meeting.ask("lea", c.OpenRooms(), at=5_000) == Refusal(Why.NOT_READY)
    assert meeting.ask("lea", c.OpenRooms(), at=60_000) == Refusal(Why.NOT_READY)


def test_nothing_opens_by_itself_while_the_session_is_paused() -> None:
    meeting = met(talks(talk("third", opens="by-itself")))
    meeting.may("lea", c.GoToItem("third"))
    found = answer(meeting)
    assert found is not None
    meeting.may("lea", c.PauseSession())

    meeting.may(HOUSE, found)

    assert meeting.session.seating.stage is Stage.PROPOSED
    assert shown(meeting)["state"] == "ready"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CITIZENS), st.sampled_from(("r1", "r2"))), max_size=6))
def test_what_is_seen_after_moves_by_hand_is_what_would_be_seen_without_having_looked_before(
    moves: list[tuple[str, str]],
) -> None:
    meeting = at_the_first()
    meeting.may("lea", c.BondPeople(("ana", "ben"), "apart"))
    composed(meeting, SEARCH)
    for person, room in moves:
        meeting.ask("lea", c.PlacePerson(person, room))
        shown(meeting)
    proposal = meeting.session.seating.proposal
    assert proposal is not None
    assert proposal.found is not None

    seen = standing(meeting.session, meeting.cards, proposal.found, proposal.rooms)
    fresh = msgspec.structs.replace(proposal.found)

    assert seen == standing(meeting.session, meeting.cards, fresh, proposal.rooms)


def test_after_a_move_by_hand_only_the_two_rooms_are_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = met(talks(talk("third", count=3, size=None)))
    meeting.may("lea", c.GoToItem("third"))
    composed(meeting, SEARCH)
    shown(meeting)
    looked_at: list[int] = []
    whole = Reporter.report

    def report(self: Reporter, place: int, seated: Sequence[int]) -> RoomReport:
        looked_at.append(place)
        return whole(self, place, seated)

    monkeypatch.setattr(Reporter, "report", report)

    meeting.may("lea", c.PlacePerson(offered(meeting)[0].people[0], "r3"))
    shown(meeting)

    assert looked_at == [0, 2]
