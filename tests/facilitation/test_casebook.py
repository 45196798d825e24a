"""The casebook: sessions as cases, and what was found as rooms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rpds import HashTrieMap

from facilitation import commands as c
from facilitation import events as e
from facilitation.casebook import book, rooms_of
from facilitation.casemaker import Book
from facilitation.composition import ANEW, FEWEST, Bond, Compositions, Wanted
from facilitation.polls import Poll
from facilitation.programme import Item, Least, Mode, Programme, Recipe, RoomsPlan, TeamPlan
from facilitation.session import HOUSE, Session, with_
from rooms.composing import repair
from rooms.composing.case import CannotCompose, Reason, Why
from rooms.composing.plan import compose
from rooms.composing.rules import Rules
from rooms.people import Card, ItemId, Person, PersonId, PollId, Role, RoomId
from rooms.presence import telephoned
from rooms.seating import Room
from server.composing import works
from server.programmes import template
from tests.facilitation.given import Meeting

MIRRORED = Recipe(mirror={"side": 1.0, "age": 1.0})
FREE = Recipe(facilitators=False)


def planned(*items: Item, teams: tuple[TeamPlan, ...] = ()) -> Programme:
    door = Item(ItemId("door"), {"en": "door"}, 1, Mode.LOBBY)
    return Programme({"en": "Trial"}, ("fr", "de"), (door, *items), teams=teams)


def talk(name: str, recipe: Recipe | None = None, **plan: object) -> Item:
    rooms = msgspec.convert({"rule": "search", **plan}, RoomsPlan)
    return Item(ItemId(name), {"en": name}, 20, Mode.BREAKOUT, rooms=msgspec.structs.replace(rooms, recipe=recipe))


def citizen(name: str, *speaks: str, understands: tuple[str, ...] = (), group: str | None = None) -> Person:
    side = speaks[0].upper() if speaks else None
    return Person(PersonId(name), Role.CITIZEN, side, speaks, understands, group)


def crowd(**languages: int) -> list[Person]:
    """So many who speak each of these: "fr", "fr_de"; named by language and number."""
    return [citizen(f"{code}{n:03}", *code.split("_")) for code, count in languages.items() for n in range(count)]


def staff(role: Role, *languages: str, group: str | None = None) -> list[Person]:
    """One for each of these: "fr" or "fr_de"."""
    return [
        Person(PersonId(f"{role.value}-{group or ''}{number}"), role, None, tuple(each.split("_")), (), group)
        for number, each in enumerate(languages)
    ]


def meeting(plan: Programme, people: Sequence[Person], away: Sequence[str] = ()) -> Session:
    """All here but those."""
    held = Meeting(plan)
    held.session = with_(held.session, people=HashTrieMap())
    held.tell("organiser", e.PeopleInvited(tuple(people)))
    for person in people:
        if person.id not in away:
            held.may(HOUSE, c.Arrive(person.id, "w"))
    return held.session


def wanted(item: str | None = None, recipe: Recipe = MIRRORED, **more: object) -> Wanted:
    usual = Wanted("w1", None if item is None else ItemId(item), recipe, 7, "lea", 0)
    return msgspec.structs.replace(usual, **more)


def cards(people: Sequence[Person]) -> Mapping[PersonId, Card]:
    return {each.id: Card("", attributes={"age": ("old", "young")[number % 2]}) for number, each in enumerate(people)}


def made(people: Sequence[Person], asked: Wanted, plan: Programme | None = None, away: Sequence[str] = ()) -> Book:
    return book(meeting(plan or planned(), people, away), cards(people), asked)


def composed(of: Book, iterations: int = 300) -> list[tuple[Room, ...]]:
    plan = compose(of.case, 7, iterations)
    assert plan.violations == ()
    return rooms_of(of, plan.rounds)


def sizes(of: Book, number: int = 0) -> list[tuple[int, int]]:
    return [(table.lo, table.hi) for table in of.case.rounds[number].rooms]


# Which rounds, and who


def test_a_case_covers_the_item_and_the_later_ones_of_its_part_that_are_searched() -> None:
    plan = planned(
        talk("one"), talk("two", size=4), talk("three", keep=True), talk("four", rule="random"), talk("five"),
        Item(ItemId("day2"), {"en": ""}, 1, Mode.PLENARY, starts="day 2 09:00"), talk("six"),
    )  # fmt: skip

    found = made(crowd(fr=16), wanted("one"), plan)

    assert found.items == ("one", "two", "five")
    assert [len(each.rooms) for each in found.case.rounds] == [2, 4, 2]


def test_seated_are_those_who_are_here_or_expected_and_no_helper() -> None:
    people = [*crowd(fr=6), citizen("away", "fr"), citizen("late", "fr"), *staff(Role.SUPPORT, "fr")]

    found = made(people, wanted(expected=(PersonId("late"),)), away=["away", "late"])

    assert set(found.people) == {"late", *(each.id for each in crowd(fr=6))}


def test_after_a_break_those_counted_back_are_seated_unless_everybody_is_asked_for() -> None:
    pause = Item(ItemId("pause"), {"en": ""}, 10, Mode.BREAK)
    held = Meeting(msgspec.structs.replace(planned(), items=(planned().items[0], pause)))
    for each in ("ana", "ben", "cleo"):
        held.may(HOUSE, c.Arrive(each, "w"))
    held.tell("lea", e.SessionStarted())
    held.tell("lea", e.ItemStarted(ItemId("pause"), "agenda.next"), 10)
    held.tell("ben", e.CameBack("pause"), 20)

    asked = wanted(recipe=FREE)

    assert book(held.session, {}, asked).people == ("ben",)
    assert len(book(held.session, {}, msgspec.structs.replace(asked, everybody=True)).people) == 3


def test_whoever_waits_in_the_lobby_has_no_seat() -> None:
    held = Meeting()
    held.session = meeting(planned(), crowd(fr=6))
    held.tell("lea", e.SentToLobby(PersonId("fr000"), {"en": "?"}))

    assert "fr000" not in book(held.session, {}, wanted()).people


def test_values_come_from_the_roster_and_from_the_person() -> None:
    recipe = Recipe(mirror={"side": 1.0, "language": 1.0, "age": 0.5, "region": 0.0})
    people = [*crowd(fr=2), citizen("unknown")]

    found = made(people, wanted(recipe=recipe))

    assert [{**each.attrs} for each in found.case.people] == [
        {"side": "FR", "language": "fr", "age": "old", "telephone": "no", "region": ""},
        {"side": "FR", "language": "fr", "age": "young", "telephone": "no", "region": ""},
        {"side": "", "language": "", "age": "old", "telephone": "no", "region": ""},
    ]
    assert found.case.balance == {"side": 1.0, "language": 1.0, "age": 0.5}


# How many rooms, how big


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"size": 8}, [(7, 8)] * 3),
        ({"count": 4}, [(5, 6)] * 4),
        ({"size": 3}, [(3, 4)] * 7),
        ({"size": 2}, [(2, 3)] * 11),
    ],
)
def test_rooms_are_of_a_size_or_a_number(asked: dict[str, Any], expected: list[tuple[int, int]]) -> None:
    found = made(crowd(fr=22), wanted(**asked))

    assert [(lo, max(hi, expected[0][1])) for lo, hi in sizes(found)] == expected


@given(fr=st.integers(0, 17), de=st.integers(0, 17))
@settings(max_examples=25, deadline=None)
def test_trios_are_three_or_four_of_one_language_and_never_fewer_where_that_can_be(fr: int, de: int) -> None:
    people = crowd(fr=fr, de=de)
    if not people:
        return

    rooms = composed(made(people, wanted(size=3)), 50)[0]

    for code, count in (("fr", fr), ("de", de)):
        theirs = [len(room.people) for room in rooms if room.people[0].startswith(code)]
        assert sum(theirs) == count
        assert min(theirs, default=3) >= min(3, count)
        assert max(theirs, default=3) <= (5 if count == 5 else 4)


def test_there_are_no_more_rooms_than_facilitators_who_are_here_and_that_is_said() -> None:
    people = [*crowd(fr=24), *staff(Role.FACILITATOR, "fr", "fr", "fr")]

    few = made(people, wanted(size=4), away=["facilitator-2"])

    assert len(few.case.rounds[0].rooms) == 2
    assert [(reason.why, reason.seats, reason.needed) for reason in few.relaxed] == [(Why.TOO_FEW_FACILITATORS, 2, 6)]
    assert len(made(people, wanted(size=4, recipe=FREE)).case.rounds[0].rooms) == 6
    with pytest.raises(CannotCompose):
        made(people, wanted(size=4), away=[each.id for each in people if each.role is Role.FACILITATOR])


# Languages


def test_interpreted_rooms_are_as_many_as_teams_and_the_team_goes_with_them() -> None:
    teams = [*staff(Role.INTERPRETER, "fr_de", "fr_de", group="a"), *staff(Role.INTERPRETER, "fr_de", group="b")]
    people = [*crowd(fr=16, de=16), *teams, *staff(Role.FACILITATOR, "fr_de", "fr", "de", "fr_de")]

    rooms = composed(made(people, wanted()))[0]

    assert sorted(room.languages for room in rooms) == [("de",), ("de", "fr"), ("de", "fr"), ("fr",)]
    assert [{each for each in room.staff if each.startswith("interpreter")} for room in rooms] == [
        {"interpreter-a0", "interpreter-a1"}, {"interpreter-b0"}, set(), set(),
    ]  # fmt: skip


def test_teams_of_the_programme_interpret_between_the_languages_that_it_names() -> None:
    plan = planned(teams=(TeamPlan("a", ("fr", "pl")), TeamPlan("b", ("fr", "de"))))
    people = [
        *crowd(fr=8, de=8),
        *staff(Role.INTERPRETER, "fr_de", group="a"),
        *staff(Role.INTERPRETER, "fr", group="b"),
    ]

    found = made(people, wanted(), plan)

    assert [place.teams for place in found.places[0]] == [("b",), ()]


def test_a_team_of_one_for_a_long_round_is_told_by_the_person() -> None:
    people = [*crowd(fr=8, de=8), *staff(Role.INTERPRETER, "fr_de", group="a")]
    long = msgspec.structs.replace(talk("one"), minutes=90)

    found = made(people, wanted("one"), planned(long))

    assert [(reason.why, reason.people) for reason in found.relaxed] == [(Why.INTERPRETER_ALONE, ("interpreter-a0",))]


def test_one_language_that_all_share_is_the_language_of_all_rooms() -> None:
    people = [*crowd(fr=8), *(citizen(f"de{n}", "de", understands=("fr",)) for n in range(8))]

    assert {table.langs for table in made(people, wanted()).case.rounds[0].rooms} == {("fr",)}
    own = made(people, wanted(recipe=Recipe(languages="own")))
    assert {table.langs for table in own.case.rounds[0].rooms} <= {("fr",), ("de",)}
    anyhow = made(people, wanted(recipe=Recipe(languages="any")))
    assert {table.langs for table in anyhow.case.rounds[0].rooms} == {("*",)}


def test_where_nobody_of_the_session_interprets_the_search_picks_the_languages_of_all_rooms() -> None:
    people = [*crowd(fr=6, de=6, pl=6, it=6)]

    outside = made(people, wanted(recipe=Recipe(most_languages=3)))

    assert [table.max_langs for table in outside.case.rounds[0].rooms] == [3, 3, 3]
    composed(outside)


@pytest.mark.parametrize(
    ("team", "interpreted"),
    [("fr_de_pl", [{"de", "fr", "pl"}]), ("fr_de", [{"de", "fr"}]), ("fr", [])],
)
def test_a_team_interprets_only_between_languages_that_it_knows(team: str, interpreted: list[set[str]]) -> None:
    people = [*crowd(fr=8, de=8, pl=8), *staff(Role.INTERPRETER, team, group="a")]

    rooms = composed(made(people, wanted(recipe=Recipe(most_languages=3))))[0]

    assert [{*room.languages} for room in rooms if len(room.languages) > 1] == interpreted
    assert {room.languages for room in rooms if "interpreter-a0" in room.staff} <= {
        room.languages for room in rooms if len(room.languages) > 1
    }
    assert all({each[:2] for each in room.people} <= {*room.languages} for room in rooms)


@pytest.mark.parametrize(
    ("languages", "rooms", "team"),
    [
        ({"fr": 24, "de": 24}, 6, "fr_de"),
        ({"fr": 40, "de": 40}, 10, "fr_de"),
        ({"fr": 8, "de": 8, "pl": 8}, 3, "fr_de"),
        ({"fr": 8, "de": 8, "pl": 8}, 3, "fr_de_pl"),
    ],
)
def test_no_team_is_left_with_people_of_one_language(languages: dict[str, int], rooms: int, team: str) -> None:
    people = [*crowd(**languages), *staff(Role.INTERPRETER, team)]
    recipe = Recipe(facilitators=False, most_languages=3, mirror={"language": 1.0})

    found = composed(made(people, wanted(recipe=recipe, count=rooms)))[0]

    (interpreted,) = (room for room in found if len(room.languages) > 1)
    spoken = Counter(each[:2] for each in interpreted.people)
    assert len(spoken) > 1
    assert min(spoken.values()) > 1
    assert max(len(room.people) for room in found) - min(len(room.people) for room in found) <= 4


@pytest.mark.parametrize("teams", [0, 3])
@pytest.mark.parametrize("asked", [{"size": 8}, {"count": 10}])
@pytest.mark.parametrize(("fr", "de", "pl"), [(40, 38, 2), (39, 38, 3), (76, 0, 4), (150, 48, 2)])
def test_a_few_of_another_language_have_a_room_of_their_own(
    fr: int, de: int, pl: int, asked: dict[str, Any], teams: int
) -> None:
    people = [*crowd(fr=fr, de=de, pl=pl), *staff(Role.INTERPRETER, *["fr_de"] * teams)]

    rooms = composed(made(people, wanted(recipe=FREE, **asked)), 10)[0]

    assert [len(room.people) for room in rooms if "pl" in room.languages] == [pl]
    assert sum(len(room.people) for room in rooms) == fr + de + pl


@pytest.mark.parametrize("asked", [{"count": 1}, {"size": 8}, {"count": 4, "recipe": Recipe(languages="own")}])
def test_somebody_with_whom_nobody_can_talk_is_named(asked: dict[str, Any]) -> None:
    people = [*crowd(fr=20, de=19), citizen("lone", "pl"), *staff(Role.INTERPRETER, "fr_de")]

    with pytest.raises(CannotCompose) as cannot:
        made(people, wanted(**asked))

    assert [(each.why, each.people, each.languages, each.needed) for each in cannot.value.reasons] == [
        (Why.NO_LANGUAGE, ("lone",), ("pl",), 1)
    ]


# Rules


def test_groups_of_the_roster_never_mix() -> None:
    people = [citizen(f"p{n:02}", "fr", group="abc"[n % 3] if n < 20 else None) for n in range(24)]

    rooms = composed(made(people, wanted(recipe=Recipe(groups=True), size=4)))[0]

    groups = {each.id: each.group for each in people}
    assert all(len({groups[each] for each in room.people} - {None}) == 1 for room in rooms)
    assert sum(len(room.people) for room in rooms) == 24


def test_bonds_limits_and_rounds_held_are_in_the_case_as_far_as_people_are_here() -> None:
    people = [*crowd(fr=8), citizen("away", "fr")]
    session = meeting(planned(), people, ["away"])
    one, two, three = PersonId("fr000"), PersonId("fr001"), PersonId("fr002")
    compositions = Compositions(
        bonds=(Bond("apart", (one, two, three)), Bond("together", (one, PersonId("away")))),
        earlier=(((one, two), (PersonId("away"),)),),
        held=((None, ((two, three),)),),
    )
    session = with_(session, compositions=compositions, attendance=telephoned(session.attendance, one, 5))
    recipe = Recipe(telephone=1, least=(Least("age", "young", 2),))

    case = book(session, cards(people), wanted(recipe=recipe)).case

    assert case.apart == ((0, 1), (0, 2), (1, 2))
    assert case.together == ()
    assert case.history == (((0, 1),), ((1, 2),))
    assert [(each.attr, each.value, each.least, each.most, each.gives) for each in case.limits] == [
        ("telephone", "yes", 0, 1, True), ("age", "young", 2, None, False),
    ]  # fmt: skip
    assert [each.attrs["telephone"] for each in case.people][:2] == ["yes", "no"]


def test_topics_get_rooms_in_proportion_to_the_wishes_of_an_open_ranking() -> None:
    people = crowd(fr=32)
    ballots = {each.id: ["river", "school"] if n < 24 else ["school"] for n, each in enumerate(people)}
    poll = Poll(PollId("p1"), {}, "ranking", 0, item="ask", ballots=HashTrieMap(ballots))
    session = with_(meeting(planned(), people), polls={poll.id: poll})
    asked = wanted(recipe=Recipe(topics=ItemId("ask")))

    rooms = composed(book(session, {}, asked), 2000)[0]

    assert Counter(room.topic for room in rooms) == {"river": 3, "school": 1}
    secret = with_(session, polls={poll.id: msgspec.structs.replace(poll, secret=True)})
    assert {table.topic for table in book(secret, {}, asked).case.rounds[0].rooms} == {""}


@pytest.mark.parametrize("method", ["ranking", "single"])
def test_later_rooms_by_topic_wait_until_somebody_has_wished_for_one(method: str) -> None:
    people = crowd(fr=16)
    plan = planned(talk("one"), talk("two", Recipe(topics=ItemId("ask"))), talk("three"))
    ballot = "river" if method == "single" else ["river", "school"]
    poll = Poll(PollId("p1"), {}, method, 0, item="ask")
    session = with_(meeting(plan, people), polls={poll.id: poll})

    before = book(session, {}, wanted("one"))
    voted = msgspec.structs.replace(poll, ballots=HashTrieMap({people[0].id: ballot}))
    after = book(with_(session, polls={poll.id: voted}), {}, wanted("one"))
    approved = msgspec.structs.replace(voted, method="approval")

    assert before.items == ("one", "three")
    assert after.items == ("one", "two", "three")
    assert {table.topic for table in after.case.rounds[1].rooms} == {"river"}
    assert book(with_(session, polls={poll.id: approved}), {}, wanted("one")).items == ("one", "three")


def test_a_built_in_programme_plans_no_rooms_by_topic_in_the_morning() -> None:
    session = meeting(template("a1b"), crowd(fr=16))

    assert book(session, {}, wanted("works-fails", Recipe())).items == ("works-fails", "caucus", "candidates")
    assert book(session, {}, wanted("requests", FREE)).items == ("requests",)


@pytest.mark.parametrize(
    "other", [Recipe(groups=True), Recipe(facilitators=False), Recipe(least=(Least("side", "FR", 2),))]
)
def test_only_rooms_with_the_same_rules_are_composed_together(other: Recipe) -> None:
    people = [citizen(f"p{n:02}", "fr", group="ab"[n % 2]) for n in range(24)]
    people += staff(Role.FACILITATOR, "fr", "fr", "fr")
    plan = planned(talk("one", Recipe()), talk("two", other, size=3), talk("three"), talk("four", other))

    assert made(people, wanted("one", Recipe()), plan).items == ("one", "three")
    second = made(people, wanted("two", other), plan)
    assert second.items == ("two", "three", "four")
    assert composed(second)


def test_facilitators_and_note_takers_go_where_they_speak_the_language() -> None:
    people = [
        *crowd(fr=8, de=8), *staff(Role.FACILITATOR, "de", "fr"), *staff(Role.NOTE_TAKER, "de", "fr"),
    ]  # fmt: skip

    rooms = composed(made(people, wanted()))[0]

    assert {room.languages: set(room.staff) for room in rooms} == {
        ("fr",): {"facilitator-1", "note-taker-1"},
        ("de",): {"facilitator-0", "note-taker-0"},
    }


def test_a_note_taker_of_two_languages_leaves_a_room_to_whoever_has_only_one() -> None:
    people = [*crowd(fr=8, de=8), *staff(Role.FACILITATOR, "fr_de", "fr_de")]

    for takers in (("fr_de", "de"), ("fr_de", "fr"), ("de", "fr_de"), ("fr", "fr_de")):
        rooms = composed(made([*people, *staff(Role.NOTE_TAKER, *takers)], wanted()))[0]

        speaks = {f"note-taker-{number}": each.split("_") for number, each in enumerate(takers)}
        for room in rooms:
            (taker,) = (each for each in room.staff if each in speaks)
            assert room.languages[0] in speaks[taker]


def test_whoever_leads_is_told_where_notes_are_taken_without_the_language() -> None:
    people = [*crowd(fr=8, de=8), *staff(Role.FACILITATOR, "fr_de", "fr_de"), *staff(Role.NOTE_TAKER, "fr", "fr")]

    told = works.composed(meeting(planned(), people), {}, wanted(iterations=10), 0)

    assert isinstance(told, c.KeepComposition)
    (room,) = (room for room in told.rooms if room.languages == ("de",))
    (taker,) = (each for each in room.staff if each.startswith("note-taker"))
    assert told.found.relaxed == (Reason(Why.NOTE_TAKER_LANGUAGE, 0, (taker,), ("de",), (room.id,)),)


# Plans that are mended


@pytest.mark.parametrize("rung", [FEWEST, ANEW])
def test_a_plan_is_mended_when_people_and_a_team_are_missing(rung: str) -> None:
    teams = [*staff(Role.INTERPRETER, "fr_de", group="a"), *staff(Role.INTERPRETER, "fr_de", group="b")]
    people = [*crowd(fr=16, de=16), *teams, *staff(Role.FACILITATOR, *["fr_de"] * 4)]
    plan = planned(talk("one"), talk("two"))
    session = meeting(plan, people)
    first, second = composed(book(session, cards(people), wanted("one")))
    later = {ItemId("one"): first, ItemId("two"): second}
    gone = ["fr000", "fr001", "de005", "interpreter-b0"]
    session = with_(meeting(plan, people, gone), compositions=Compositions(later=later))

    found = book(session, cards(people), wanted("two", rung=rung))

    assert found.items == ("two",)
    assert found.announced is not None
    assert sum(len(table.langs) > 1 for table in found.case.rounds[0].rooms) == 1
    mended = repair.fewest(found.case, found.announced)
    assert Rules(found.case).broken(mended.seats) == []
    assert rung == ANEW or len(mended.moved) <= 8
    names = {room.id: room.name for room in second}
    assert {place.id: place.name for place in found.places[0]} == names


def test_a_room_that_nobody_can_lead_is_closed() -> None:
    people = [*crowd(fr=16), *staff(Role.FACILITATOR, "fr", "fr")]
    plan = planned(talk("one"))
    (rooms,) = composed(book(meeting(plan, people), {}, wanted("one")))
    session = with_(meeting(plan, people, ["facilitator-1"]), compositions=Compositions(later={ItemId("one"): rooms}))

    found = book(session, {}, wanted("one", rung=FEWEST))

    assert sorted(table.hi > 0 for table in found.case.rounds[0].rooms) == [False, True]
    assert found.announced is not None
    assert len(repair.fewest(found.case, found.announced).moved) == 8


def mended(*away: str) -> Book:
    """Four rooms were planned, two of them interpreted, with four facilitators; then these have left."""
    teams = [*staff(Role.INTERPRETER, "fr_de", group="a"), *staff(Role.INTERPRETER, "fr_de", group="b")]
    people = [*crowd(fr=16, de=16), *teams, *staff(Role.FACILITATOR, *["fr_de"] * 4)]
    plan = planned(talk("one"))
    (rooms,) = composed(book(meeting(plan, people), cards(people), wanted("one")))
    session = with_(meeting(plan, people, away), compositions=Compositions(later={ItemId("one"): rooms}))
    return book(session, cards(people), wanted("one", rung=FEWEST))


def test_rooms_without_a_team_are_closed_first_and_that_facilitators_are_missing_is_said() -> None:
    found = mended("facilitator-0", "facilitator-1")

    open_rooms = [table.langs for table in found.case.rounds[0].rooms if table.hi]
    assert [sorted(each) for each in open_rooms] == [["de", "fr"], ["de", "fr"]]
    assert [(each.why, each.seats, each.needed) for each in found.relaxed] == [(Why.TOO_FEW_FACILITATORS, 2, 4)]
    seats = repair.fewest(found.case, found.announced or ()).seats
    assert Rules(found.case).broken(seats) == []


def test_no_room_is_closed_whose_people_find_no_other() -> None:
    found = mended("facilitator-0", "facilitator-1", "interpreter-a0", "interpreter-b0")

    open_rooms = [table.langs for table in found.case.rounds[0].rooms if table.hi]
    assert sorted(open_rooms) == [("de",), ("fr",)]


def test_a_plan_without_anybody_to_lead_a_room_is_not_mended() -> None:
    with pytest.raises(CannotCompose) as caught:
        mended(*(f"facilitator-{number}" for number in range(4)))

    assert [(each.why, each.seats, each.needed) for each in caught.value.reasons] == [(Why.TOO_FEW_FACILITATORS, 0, 4)]


# Whatever the session


@st.composite
def any_session(draw: st.DrawFn) -> tuple[Session, Mapping[PersonId, Card], Wanted]:
    """Any people, staff, bonds and recipe; often it cannot be composed."""
    spoken = st.sampled_from([("fr",), ("fr",), ("de",), ("fr", "de"), ("pl",), ()])
    people = [
        citizen(f"p{n:02}", *draw(spoken), group=draw(st.sampled_from(["a", "b", None])))
        for n in range(draw(st.integers(1, 26)))
    ]
    helpers = [
        *staff(Role.FACILITATOR, *draw(st.lists(st.sampled_from(["fr", "de", "fr_de", "fr_de_pl"]), max_size=6))),
        *staff(Role.INTERPRETER, *draw(st.lists(st.sampled_from(["fr_de", "fr_pl"]), max_size=3))),
        *staff(Role.NOTE_TAKER, *draw(st.lists(st.sampled_from(["fr", "de"]), max_size=3))),
    ]
    everybody = [*people, *helpers]
    away = draw(st.lists(st.sampled_from([each.id for each in everybody]), max_size=4))
    session = meeting(planned(talk("one"), talk("two", size=3)), everybody, away)
    pair = st.lists(st.sampled_from([each.id for each in people]), min_size=2, max_size=3, unique=True)
    kinds = st.sampled_from(["together", "apart"])
    bonds = [Bond(draw(kinds), tuple(draw(pair))) for _ in range(draw(st.integers(0, 2)) if len(people) > 2 else 0)]
    recipe = Recipe(
        mirror={"side": 1.0, "age": 0.5},
        languages=draw(st.sampled_from(["mixed", "mixed", "own", "any"])),
        most_languages=draw(st.sampled_from([2, 2, 3])),
        groups=draw(st.booleans()),
        telephone=draw(st.sampled_from([None, 1])),
        facilitators=draw(st.booleans()),
    )
    asked = wanted(
        "one", recipe, size=draw(st.sampled_from([None, 2, 3, 5, 8])), count=draw(st.sampled_from([None, None, 1, 3]))
    )
    return with_(session, compositions=Compositions(bonds=tuple(bonds))), cards(everybody), asked


@given(any_session())
@settings(max_examples=40, deadline=None)
def test_whatever_the_session_everybody_has_one_seat_in_a_room_that_keeps_the_rules(
    given_: tuple[Session, Mapping[PersonId, Card], Wanted],
) -> None:
    session, known, asked = given_
    try:
        found = book(session, known, asked)
        plan = compose(found.case, 7, 100)
    except CannotCompose:
        return

    assert plan.violations == ()
    rooms = rooms_of(found, plan.rounds)
    assert len(rooms) == len(found.items) == len(found.case.rounds)
    here = {each for each in session.people if session.is_citizen(each) and session.attendance.is_here(each)}
    for number, made_ in enumerate(rooms):
        seated = [person for room in made_ for person in room.people]
        assert sorted(seated) == sorted(here)
        helpers = [person for room in made_ for person in room.staff]
        assert len(helpers) == len(set(helpers))
        ids = [table.id for table in found.case.rounds[number].rooms]
        assert len(set(ids)) == len(ids)
        assert {room.id for room in made_} <= {RoomId(each) for each in ids}
        assert all(table.lo <= table.hi for table in found.case.rounds[number].rooms)
