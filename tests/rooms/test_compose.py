"""Composition: who sits in which room, and why that is fair."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rooms.compose import Composition, Wish, compose
from rooms.people import Person, PersonId, Role, RoomId
from rooms.seating import Room


def citizen(name: str, side: str | None = None, speaks: str = "", group: str | None = None) -> Person:
    return Person(PersonId(name), Role.CITIZEN, side, (speaks,) if speaks else (), group=group)


def seated(made: Composition) -> list[set[str]]:
    return [set(room.people) for room in made.rooms]


def made(wish: Wish, people: list[Person], seed: int = 1, before: dict[RoomId, Room] | None = None) -> Composition:
    return compose(wish, people, [], before or {}, seed)


panels = st.lists(st.sampled_from(["FR", "DE", None]), min_size=1, max_size=90).map(
    lambda sides: [citizen(f"p{number}", side) for number, side in enumerate(sides)]
)


@given(panels, st.integers(1, 20), st.integers(0, 1 << 53))
def test_at_random_rooms_and_sides_in_them_differ_by_at_most_one(people: list[Person], count: int, seed: int) -> None:
    rooms = made(Wish(count=count), people, seed).rooms

    side_of = {person.id: person.side for person in people}
    sizes = [len(room.people) for room in rooms]
    assert max(sizes) - min(sizes) <= 1
    for side in set(side_of.values()):
        numbers = [sum(side_of[each] == side for each in room.people) for room in rooms]
        assert max(numbers) - min(numbers) <= 1


@given(
    panels,
    st.sampled_from(["random", "language", "list"]),
    st.one_of(st.none(), st.integers(1, 20)),
    st.integers(0, 99),
)
def test_everybody_has_one_seat_and_the_same_seed_gives_the_same_rooms(
    people: list[Person], rule: str, count: int | None, seed: int
) -> None:
    wish = Wish(rule=rule, count=count)

    once, again = made(wish, people, seed), made(wish, people[::-1], seed)

    assert Counter(each for room in once.rooms for each in room.people) == Counter(person.id for person in people)
    assert once == again


def test_rooms_of_a_size_are_never_larger() -> None:
    people = [citizen(f"p{number}") for number in range(17)]

    rooms = made(Wish(size=8), people).rooms

    assert [len(room.people) for room in rooms] == [6, 6, 5]


def test_by_language_everybody_in_a_room_speaks_the_same() -> None:
    people = [citizen(f"f{n}", speaks="fr") for n in range(12)] + [citizen(f"d{n}", speaks="de") for n in range(4)]

    rooms = made(Wish(rule="language", count=4), people).rooms

    assert [room.languages for room in rooms] == [("de",), ("fr",), ("fr",), ("fr",)]
    assert [len(room.people) for room in rooms] == [4, 4, 4, 4]


def test_small_languages_do_not_cost_more_rooms_than_asked_for() -> None:
    people = [citizen("d", speaks="de"), citizen("e", speaks="en")]
    people += [citizen(f"f{n}", speaks="fr") for n in range(98)]

    made_of = made(Wish(rule="language", count=4), people)

    assert len(made_of.rooms) == 4
    assert made_of.relaxed == ()


def test_more_languages_than_rooms_are_said() -> None:
    people = [citizen("d", speaks="de"), citizen("f", speaks="fr")]

    made_of = made(Wish(rule="language", count=1), people)

    assert len(made_of.rooms) == 2
    assert made_of.relaxed == ("more-rooms-than-asked",)


def test_by_list_groups_of_the_roster_sit_together_and_the_rest_is_said() -> None:
    people = [citizen("a", group="1"), citizen("b", group="2"), citizen("c", group="1"), citizen("d")]

    made_of = made(Wish(rule="list"), people)

    assert seated(made_of) == [{"a", "c"}, {"b", "d"}]
    assert made_of.relaxed == ("not-on-the-list",)


def test_somebody_named_twice_in_a_list_sits_once() -> None:
    people = [citizen("a"), citizen("b")]
    lists = ((PersonId("a"), PersonId("a")), (PersonId("a"), PersonId("b")))

    made_of = made(Wish(rule="list", lists=lists), people)

    assert [room.people for room in made_of.rooms] == [("a",), ("b",)]


def test_by_hand_rooms_are_empty() -> None:
    made_of = made(Wish(rule="hand", count=3), [citizen("a")])

    assert seated(made_of) == [set(), set(), set()]


def test_kept_rooms_stay_and_newcomers_go_where_fewest_are() -> None:
    before = {
        RoomId("r1"): Room(RoomId("r1"), "Lila", people=(PersonId("a"), PersonId("b"), PersonId("gone"))),
        RoomId("r2"): Room(RoomId("r2"), "Gelb", people=(PersonId("c"),)),
    }
    people = [citizen(name) for name in "abcd"]

    made_of = made(Wish(keep=True), people, before=before)

    assert seated(made_of) == [{"a", "b"}, {"c", "d"}]
    assert [room.name for room in made_of.rooms] == ["Lila", "Gelb"]


def test_each_room_gets_its_facilitator_by_language() -> None:
    people = [citizen(f"f{n}", speaks="fr") for n in range(3)] + [citizen(f"d{n}", speaks="de") for n in range(3)]
    staff = [
        Person(PersonId("anne"), Role.FACILITATOR, speaks=("fr",)),
        Person(PersonId("uwe"), Role.FACILITATOR, speaks=("de",)),
    ]

    rooms = compose(Wish(rule="language", count=2), people, staff, {}, 1).rooms

    assert [(room.languages, room.staff) for room in rooms] == [(("de",), ("uwe",)), (("fr",), ("anne",))]
