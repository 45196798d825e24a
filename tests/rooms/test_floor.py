"""The floor: hands in the order in which they were raised, one turn, and what each has had."""

from __future__ import annotations

from rooms import floor as floors
from rooms.floor import EMPTY, Turn
from rooms.people import PersonId

ANA, BEN = PersonId("ana"), PersonId("ben")


def test_raising_a_hand_again_changes_nothing() -> None:
    once = floors.hand_raised(EMPTY, ANA, "new", 1)

    assert floors.hand_raised(once, ANA, "reply", 2) is once


def test_hands_stand_in_the_order_in_which_they_were_raised() -> None:
    floor = floors.hand_raised(floors.hand_raised(EMPTY, BEN, "new", 1), ANA, "new", 2)

    assert [hand.person for hand in floor.hands] == [BEN, ANA]


def test_getting_the_floor_takes_the_hand_down_and_ends_the_turn_before() -> None:
    floor = floors.hand_raised(floors.given(EMPTY, BEN, 0, None), ANA, "new", 5)

    floor = floors.given(floor, ANA, 10, 70)

    assert floor.hands == ()
    assert floor.turn == Turn(ANA, 10, 70)
    assert floor.heard == {BEN: 10}


def test_what_each_has_had_adds_up() -> None:
    floor = floors.ended(floors.given(floors.ended(floors.given(EMPTY, ANA, 0, None), 10), ANA, 20, None), 25)

    assert floor.heard == {ANA: 15}


def test_whoever_leaves_takes_turn_and_hand_along() -> None:
    floor = floors.hand_raised(floors.given(EMPTY, ANA, 0, None), ANA, "new", 1)

    floor = floors.without(floor, ANA, 4)

    assert (floor.hands, floor.turn, floor.heard) == ((), None, {ANA: 4})


def test_what_each_has_had_in_a_room_is_not_forgotten_when_the_rooms_close() -> None:
    plenary = floors.ended(floors.given(floors.EMPTY, ANA, 0, None), 10)
    ended = floors.ended(floors.given(floors.EMPTY, ANA, 20, None), 25)
    running = floors.given(floors.EMPTY, BEN, 20, None)

    gathered = floors.gathered(plenary, [ended, running], 50)

    assert gathered.heard == {ANA: 15, BEN: 30}
    assert gathered.turn is None
