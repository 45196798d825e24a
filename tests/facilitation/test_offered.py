"""Rooms on offer: who sits together or apart, what a lead sees, and what is said meanwhile."""

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
from facilitation.programme import Mode, Recipe
from facilitation.refusals import Refusal, Why
from facilitation.reported import standing
from facilitation.session import HOUSE
from rooms.composing.reasons import Reporter, RoomReport
from rooms.people import PersonId, Role
from rooms.seating import Room, Stage
from tests.facilitation.composed import (
    SEARCH,
    answer,
    at_the_first,
    composed,
    met,
    offered,
    seated,
    shown,
    talk,
    talks,
)
from tests.facilitation.given import CITIZENS, Meeting, arrived

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
