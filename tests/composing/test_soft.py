"""What a good room is beside its rules: wished-for topics, nobody alone in a language, even sizes."""

from __future__ import annotations

import msgspec

from rooms.composing import search
from rooms.composing.board import Board
from rooms.composing.case import Case, Limit, Seats, alone_in
from rooms.composing.plan import compose
from rooms.composing.rules import Rules
from tests.composing.given import case, people, rooms

replace = msgspec.structs.replace
Wishes = tuple[tuple[int, tuple[str, ...]], ...]


def with_topics(given: Case, *topics: str, wishes: Wishes) -> Case:
    plan = given.rounds[0]
    tables = tuple(replace(room, topic=topic) for room, topic in zip(plan.rooms, topics, strict=True))
    return replace(given, rounds=(replace(plan, rooms=tables, wishes=wishes),))


def topic_of(given: Case, seats: Seats) -> dict[int, str]:
    tables = given.rounds[0].rooms
    return {person: tables[place].topic for place, room in enumerate(seats[0]) for person in room}


def test_everybody_talks_about_their_first_wish_where_seats_allow() -> None:
    given = case(people(*["fr"] * 12), rooms("fr", "fr", "fr", lo=4))
    wishes = tuple((person, ("bus" if person < 4 else "train",)) for person in range(12))
    given = with_topics(given, "bus", "train", "train", wishes=wishes)

    found = topic_of(given, compose(given, 1, 2000).seats())

    assert all(found[person] == wished[0] for person, wished in wishes)


def test_who_cannot_have_the_first_wish_gets_the_second() -> None:
    given = case(people(*["fr"] * 9), rooms("fr", "fr", "fr", lo=3, hi=3))
    wishes = tuple((person, ("bus", ("train", "bike")[person % 2])) for person in range(9))
    given = with_topics(given, "bus", "train", "bike", wishes=wishes)

    found = topic_of(given, compose(given, 3, 2000).seats())

    assert all(found[person] in wished for person, wished in wishes)


def test_no_mirror_outweighs_a_wish() -> None:
    """All women wish for one topic and all men for the other."""
    given = replace(case(people(*["fr"] * 16), rooms("fr", "fr", lo=8, hi=8)), balance={"gender": 5})
    wishes = tuple((person, (("bus", "train")[person % 2],)) for person in range(16))
    given = with_topics(given, "bus", "train", wishes=wishes)

    found = topic_of(given, compose(given, 1, 5000).seats())

    assert all(found[person] == wished[0] for person, wished in wishes)


def test_nobody_is_alone_in_a_language_where_two_can_sit_together() -> None:
    given = case(people(*["fr"] * 12, *["de"] * 4), rooms(*["fr+de"] * 4, lo=4), rounds=3)
    tables = given.rounds[0].rooms

    beside = compose(given, 1, 4000).seats()
    together = compose(replace(given, alone=6.0), 1, 4000).seats()

    assert any(alone_in(given, tables[0], room) for seats in beside for room in seats)
    assert not any(alone_in(given, tables[0], room) for seats in together for room in seats)


def test_free_seats_are_used_to_even_out_rooms() -> None:
    given = case(people(*["fr"] * 9), rooms("fr", "fr", "fr", lo=1, hi=6))
    board = Board(given, (((0, 1, 2, 3, 4, 5), (6, 7), (8,)),), Rules(given))

    search.anneal(board, 1, 2000)

    assert [len(room) for room in board.seats()[0]] == [3, 3, 3]


def test_nobody_takes_a_free_seat_that_a_limit_keeps() -> None:
    roster = tuple(replace(each, attrs={"phone": "yes"}) for each in people(*["fr"] * 3))
    given = replace(case(roster, rooms("fr", "fr", hi=4)), limits=(Limit("phone", "yes", most=2),), balance={})
    board = Board(given, (((0, 1), (2,)),), Rules(given))

    search.anneal(board, 1, 500)

    assert sorted(len(room) for room in board.seats()[0]) == [1, 2]
