"""Open rooms are mended: the lead sees how many would move, takes a rung, and those who move are told before."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.composition import ANEW, FEW, FEWEST, Made, RepairOffer, Wanted
from facilitation.deadlines import deadlines
from facilitation.mending import hurt, ladder, mends, moved
from facilitation.openrooms import languages_of
from facilitation.programme import Programme, Recipe, RoomsPlan
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, with_
from rooms.composing.case import Case
from rooms.composing.reasons import Move
from rooms.people import Card, Person, PersonId, Role, RoomId
from rooms.seating import Found, Room
from server.composing.works import composed
from tests.facilitation.given import Meeting, all_ready, plain, programme, replayed

ITERATIONS = 300


def by_search(recipe: Recipe) -> Programme:
    first, talk, *rest = programme().items
    planned = msgspec.structs.replace(talk, rooms=RoomsPlan(rule="search", recipe=recipe))
    return msgspec.structs.replace(programme(), items=(first, planned, *rest))


class Hall(Meeting):
    """Rooms of five, of two languages each, with an interpreter and a facilitator; four people speak both."""

    def __init__(self, rooms: int = 3, plan: Programme | None = None) -> None:
        super().__init__(plan)
        self.rooms = rooms
        self.citizens = [f"p{number}" for number in range(5 * rooms)]
        staff = [(f"f{number}", Role.FACILITATOR) for number in range(rooms)]
        staff += [(f"i{number}", Role.INTERPRETER) for number in range(rooms)]
        self.tell("organiser", e.PeopleInvited(tuple(self._citizen(number) for number in range(5 * rooms))))
        self.tell(
            "organiser",
            e.PeopleInvited(tuple(Person(PersonId(name), role, None, ("fr", "de")) for name, role in staff)),
        )
        self.cards |= {PersonId(name): Card(f"Name-{name}", attributes={"age": "attribute-age"}) for name in self.all}
        for name in (*self.all, "sue"):
            self.may(HOUSE, c.Arrive(name, "w"))
        all_ready(self).may("lea", c.StartSession())
        self.may("lea", c.NextItem())
        self.may("lea", c.ExtendItem(3_600))

    def open(self, *tables: tuple[str, ...]) -> Hall:
        seated = tables or tuple(tuple(self.citizens[room :: self.rooms]) for room in range(self.rooms))
        self.may("lea", c.ComposeRooms(rule="list", rooms=seated))
        for room in range(self.rooms):
            for name in (f"f{room}", f"i{room}"):
                self.ask("lea", c.PlacePerson(name, f"r{room + 1}"))
        all_ready(self).may("lea", c.OpenRooms())
        return self

    @property
    def all(self) -> list[str]:
        staff = [f"{kind}{number}" for kind in "fi" for number in range(self.rooms)]
        return [*self.citizens, *staff]

    def _citizen(self, number: int) -> Person:
        speaks = ("fr", "de") if number % 5 == 4 else ("fr",) if number % 2 else ("de",)
        return Person(PersonId(f"p{number}"), Role.CITIZEN, ("FR", "DE")[number % 2], speaks)

    def gone(self, *names: str, at: int = 0) -> Hall:
        for name in names:
            self.may("sue", c.CheckOut(name), at)
            self.may(HOUSE, c.Leave(name, "w"), at)
        return self

    def seats(self) -> dict[str, str]:
        seats = self.session.seating.seats
        return {person: room for person, room in seats.items() if self.session.is_citizen(person)}

    def offers(self, at: int = 0, seed: int = 7) -> dict[str, RepairOffer]:
        """What the lead asks for, found as the house does."""
        self.may("lea", c.RepairRooms(), at, seed)
        repairs = self.session.compositions.repairs
        assert repairs is not None
        of = hurt(self.session, self.cards)
        found = ladder(of, repairs.seed, ITERATIONS)
        self.may(HOUSE, c.KeepRepairs(repairs.id, found, of), at)
        return {offer.rung: offer for offer in found}

    def mend(self, rung: str = FEWEST, seconds: int = 20, at: int = 0) -> Any:
        repairs = self.session.compositions.repairs
        return self.ask("lea", c.MendRooms(repairs.id if repairs else "m0", rung, seconds), at)  # type: ignore[arg-type]

    def time_comes(self, at: int) -> None:
        for due, command in list(deadlines(self.session)):
            if due <= at:
                self.ask(HOUSE, command, at)


def emptied() -> Hall:
    """Three rooms of five; of the third only two are left."""
    return Hall().open().gone("p2", "p5", "p8")


def test_the_ladder_says_how_many_move_before_anybody_does() -> None:
    hall = emptied()
    before = hall.seats()

    offers = hall.offers()
    shown = hall.view("lea")["rooms.repairs"]

    assert list(offers) == [FEWEST, FEW, ANEW]
    assert [offer["people"] for offer in shown["offers"]] == [len(list(moved(each))) for each in offers.values()]
    assert len(list(moved(offers[FEWEST]))) == 1
    assert len(list(moved(offers[FEWEST]))) <= len(list(moved(offers[FEW]))) <= 3
    assert shown["state"] == "ready"
    assert {"person", "room", "before", "why"} <= shown["offers"][0]["moves"][0].keys()
    assert hall.seats() == before


def test_it_searches_until_the_house_has_found_them() -> None:
    hall = emptied()
    hall.may("lea", c.RepairRooms())

    assert hall.view("lea")["rooms.repairs"]["state"] == "searching"
    assert hall.mend() == Refusal(Why.NOT_READY)
    assert isinstance(hall.ask(HOUSE, c.KeepRepairs("m9", ())), Done)


def test_those_who_move_are_told_first_and_nobody_else_is() -> None:
    hall = emptied()
    (move,) = moved(hall.offers()[FEWEST])

    assert isinstance(hall.mend(seconds=20, at=1_000), list)

    told = hall.view(move.person)["me.moving"]
    assert told == {"at": 21_000, "room": move.room, "name": hall.session.seating.rooms[RoomId(move.room)].name}
    assert hall.session.where(PersonId(move.person)) == move.before
    assert hall.view("lea")["rooms.leaving"] == {"at": 21_000, "people": 1, "repair": "m1", "rung": FEWEST}
    others = [name for name in hall.citizens if name != move.person]
    assert not any(hall.view(name)["me.moving"] for name in others)


def test_then_they_have_moved_and_leave_the_floor_of_their_old_room() -> None:
    hall = emptied()
    (move,) = moved(hall.offers()[FEWEST])
    hall.may(move.person, c.RaiseHand())
    hall.mend(seconds=20, at=1_000)

    hall.time_comes(21_000)

    assert hall.session.where(PersonId(move.person)) == move.room
    assert not hall.session.floor(RoomId(move.before)).hands
    assert hall.view(move.person)["me.moving"] is None
    assert hall.view(move.person)["me.moved"] == 21_000
    assert hall.view("lea")["rooms.repairs"] is None
    assert [each["person"] for each in hall.view("lea")["rooms.mended"]["moves"]] == [move.person]
    assert c.MoveMended not in {type(command) for _, command in deadlines(hall.session)}
    assert plain(replayed(hall.entries)) == plain(hall.session)


def test_a_helper_is_told_and_goes_along() -> None:
    hall = emptied()
    (move,) = moved(hall.offers()[FEWEST])
    hall.may("sue", c.BelongTo("gil", move.person))
    hall.mend(at=1_000)

    assert hall.view("gil")["me.moving"]["room"] == move.room
    hall.time_comes(21_000)
    assert hall.session.where(PersonId("gil")) == move.room


def test_as_long_as_nobody_has_moved_it_can_be_stopped() -> None:
    hall = emptied()
    hall.offers()
    before = hall.seats()
    hall.mend(at=1_000)

    hall.may("lea", c.StayPut(), at=5_000)
    hall.time_comes(21_000)

    assert hall.seats() == before
    assert hall.view("lea")["rooms.leaving"] is None
    assert isinstance(hall.ask("lea", c.StayPut()), Done)
    assert isinstance(hall.mend(at=30_000), list)


def test_only_leads_ask_for_it() -> None:
    hall = emptied()

    for who in ("f0", "sue", "p0"):
        for command in (c.RepairRooms(), c.MendRooms("m1", "fewest"), c.StayPut()):
            assert hall.ask(who, command) == Refusal(Why.NOT_PERMITTED)


def test_nothing_is_mended_while_no_rooms_are_open() -> None:
    hall = Hall()

    assert hall.ask("lea", c.RepairRooms()) == Refusal(Why.ROOMS_NOT_OPEN)
    assert hall.mend() == Refusal(Why.ROOMS_NOT_OPEN)
    hall.open().may("lea", c.RecallRooms(seconds=30))
    assert hall.ask("lea", c.RepairRooms()) == Refusal(Why.ROOMS_NOT_OPEN)


@pytest.mark.parametrize("command", [c.PlacePerson("p0", "r2"), c.FoldRoom("r1", "r2")])
def test_an_offer_that_the_rooms_have_outrun_is_not_taken(command: c.Command) -> None:
    hall = emptied()
    hall.offers()

    hall.may("lea", command)

    assert hall.mend() == Refusal(Why.ROOMS_CHANGED)
    assert hall.session.compositions.leaving is None


def test_an_older_offer_is_replaced_by_a_newer_one() -> None:
    hall = emptied()
    hall.offers()
    hall.may("lea", c.RepairRooms())

    assert hall.ask("lea", c.MendRooms("m1", "fewest")) == Refusal(Why.REPLACED)


def test_whoever_leaves_meanwhile_is_not_moved() -> None:
    hall = emptied()
    (move,) = moved(hall.offers()[FEWEST])
    hall.mend(at=1_000)

    hall.gone(move.person, at=2_000)
    hall.time_comes(21_000)

    assert move.person not in hall.seats()


def test_nor_whoever_was_placed_by_hand_meanwhile() -> None:
    hall = emptied()
    (move,) = moved(hall.offers()[FEWEST])
    hall.mend(at=1_000)
    elsewhere = next(f"r{n}" for n in (1, 2, 3) if f"r{n}" not in {move.room, move.before})

    hall.may("lea", c.PlacePerson(move.person, elsewhere), at=2_000)
    hall.time_comes(21_000)

    assert hall.seats()[move.person] == elsewhere


def _as_offered(room: Room, to: str) -> Room:
    people = [each for each in room.people if each != "p0"]
    if room.id == to:
        people.append(PersonId("p0"))
    return msgspec.structs.replace(room, people=tuple(people))


def warned(seconds: int = 20, to: str = "r2") -> Hall:
    """p0 of the first room has been told to go to another one."""
    hall = Hall().open()
    hall.may("lea", c.RepairRooms())
    repairs = hall.session.compositions.repairs
    assert repairs is not None
    rooms = tuple(_as_offered(room, to) for room in hall.session.seating.rooms.values())
    offer = RepairOffer(FEWEST, rooms, (Move("p0", 0, to, "r1"),))
    hall.may(HOUSE, c.KeepRepairs(repairs.id, (offer,)))
    assert isinstance(hall.mend(seconds=seconds), list)
    return hall


def test_nobody_moves_to_a_room_that_was_joined_to_another_meanwhile() -> None:
    hall = warned()

    hall.may("lea", c.FoldRoom("r2", "r3"), at=1_000)
    languages = hall.session.seating.rooms[RoomId("r3")].languages
    hall.time_comes(at=20_000)

    assert hall.seats()["p0"] == "r1"
    assert not hall.session.seating.rooms[RoomId("r2")].people
    assert hall.session.seating.rooms[RoomId("r3")].languages == languages


def test_while_the_session_is_paused_nobody_is_moved_and_then_twenty_seconds_later() -> None:
    hall = warned()
    hall.may("lea", c.PauseSession(), at=1_000)

    hall.time_comes(at=30_000)
    in_the_pause = hall.seats()["p0"]
    hall.may("lea", c.ResumeSession(), at=60_000)
    hall.time_comes(at=79_000)
    too_soon = hall.seats()["p0"]
    hall.time_comes(at=80_000)

    assert (in_the_pause, too_soon, hall.seats()["p0"]) == ("r1", "r1", "r2")


def test_where_the_recipe_does_not_look_at_languages_neither_does_a_repair() -> None:
    hall = Hall(plan=by_search(Recipe(languages="any", telephone=None, facilitators=False)))
    hall.may("lea", c.ComposeRooms(rule="search", count=3), seed=1)
    wanted = hall.session.compositions.wanted
    assert wanted is not None
    tries = msgspec.structs.replace(wanted, iterations=ITERATIONS)
    hall.may(HOUSE, composed(hall.session, hall.cards, tries, 0))
    hall.may("lea", c.OpenRooms())
    small = hall.session.seating.rooms[RoomId("r1")]
    hall.gone(*small.people[:4])

    offers = hall.offers()

    assert set(languages_of(hall.session, hall.session.seating.rooms.values()).values()) == {("*",)}
    assert not offers[FEWEST].cannot
    assert not offers[ANEW].cannot


def test_calling_everybody_back_ends_it() -> None:
    hall = emptied()
    hall.offers()
    hall.mend(at=1_000)

    hall.may("lea", c.RecallRooms(), at=2_000)

    assert hall.session.compositions.leaving is None
    assert hall.view("lea")["rooms.repairs"] is None
    assert c.MoveMended not in {type(command) for _, command in deadlines(hall.session)}


def test_a_lost_team_of_interpreters_leaves_one_language_and_those_who_have_it() -> None:
    hall = Hall().open()
    hall.may("f0", c.LoseInterpreters("r1"), at=1_000)

    offers = hall.offers(at=2_000)
    hall.mend(at=3_000)
    hall.time_comes(23_000)

    language = hall.session.seating.rooms[RoomId("r1")].languages
    assert len(language) == 1
    spoken = [hall.session.people[each].speaks for each in hall.session.seating.rooms[RoomId("r1")].people]
    assert all(language[0] in speaks for speaks in spoken)
    assert {move.why for move in moved(offers[FEWEST])} == {"no-longer-their-language"}
    assert not hall.session.gaps
    assert hall.session.incidents[-1].outcome == "mended"
    assert hall.view("p0")["room"]["stopped"] is None


def test_a_room_whose_interpreter_is_not_here_is_seen_as_well() -> None:
    hall = Hall().open()
    hall.may(HOUSE, c.Leave("i0", "w"))
    for due, command in list(deadlines(hall.session)):
        hall.ask(HOUSE, command, due)

    assert any(move.why == "no-longer-their-language" for move in moved(hall.offers()[FEWEST]))


def test_a_room_that_nobody_leads_gets_whoever_is_free() -> None:
    hall = Hall().open()
    hall.may("lea", c.VisitRoom("r1"))
    hall.gone("f1").may("lea", c.VisitRoom("plenary"))
    hall.tell("organiser", e.PeopleInvited((Person(PersonId("spare"), Role.FACILITATOR, None, ("fr",)),)))
    hall.may(HOUSE, c.Arrive("spare", "w"))

    offers = hall.offers()
    hall.mend(seconds=0, at=1_000)
    hall.time_comes(1_000)

    assert hall.session.where(PersonId("spare")) == "r2"
    assert not list(moved(offers[FEWEST]))


def led() -> Hall:
    """Three rooms that were composed by a search, with a facilitator in each."""
    hall = Hall().open()
    made = Made(Wanted("w1", None, Recipe(), 1, PersonId("lea"), 0), Found(Case((), ()), (), 0, 0.0))
    compositions = msgspec.structs.replace(hall.session.compositions, accepted=made)
    hall.session = with_(hall.session, compositions=compositions)
    return hall


def test_that_nobody_is_left_to_lead_a_room_is_said() -> None:
    hall = led()
    hall.gone("f1")

    offers = hall.offers()

    said = [(each.why, each.rooms, each.seats, each.needed) for each in offers[FEWEST].relaxed]
    assert said == [("too-few-facilitators", ("r2",), 2, 3)]
    assert {move.before for move in moved(offers[FEWEST])} == {"r2"}
    assert hall.view("lea")["rooms.repairs"]["offers"][0]["relaxed"][0]["why"] == "too-few-facilitators"


def test_of_two_rooms_that_nobody_leads_the_interpreted_one_gets_whoever_is_free() -> None:
    hall = led()
    hall.may("f0", c.LoseInterpreters("r1"))
    hall.gone("f0", "f1")
    hall.tell("organiser", e.PeopleInvited((Person(PersonId("spare"), Role.FACILITATOR, None, ("fr", "de")),)))
    hall.may(HOUSE, c.Arrive("spare", "w"))

    offers = hall.offers()

    staff = {room.id: room.staff for room in offers[FEWEST].rooms}
    assert "spare" in staff[RoomId("r2")]
    assert {move.before for move in moved(offers[FEWEST])} == {"r1"}


def test_whoever_waits_for_a_room_is_given_one() -> None:
    hall = emptied()
    hall.may(HOUSE, c.Arrive("p2", "w"))
    hall.may(HOUSE, c.OfferSeat("p2", (RoomId("r3"),)))

    offers = hall.offers()
    hall.mend(seconds=0)
    hall.time_comes(0)

    assert "p2" in hall.seats()
    assert "p2" not in {move.person for move in moved(offers[FEWEST])}
    assert not list(hall.session.compositions.arrivals)


def test_two_who_are_kept_apart_do_not_meet_by_it_even_if_one_comes_in_between() -> None:
    hall = emptied()
    (move,) = moved(hall.offers()[FEWEST])
    hall.mend(at=1_000)
    hall.may(HOUSE, c.Arrive("p5", "w"), at=2_000)
    hall.may("lea", c.PlacePerson("p5", move.room), at=3_000)
    hall.may("lea", c.BondPeople((move.person, "p5"), "apart"), at=4_000)

    hall.time_comes(21_000)

    assert hall.seats()[move.person] == move.before


def test_where_it_cannot_be_done_the_reason_is_given_and_nothing_is_taken() -> None:
    hall = Hall(rooms=2).open()
    hall.may("f0", c.LoseInterpreters("r1"))
    hall.may("f1", c.LoseInterpreters("r2"))
    for number in (1, 3, 5, 7, 9):
        hall.tell("organiser", e.PeopleInvited((Person(PersonId(f"p{number}"), Role.CITIZEN, "FR", ("fi",)),)))

    offers = hall.offers()

    if offers[FEWEST].cannot:
        assert hall.mend() == Refusal(Why.CANNOT_MEND)
        assert hall.view("lea")["rooms.repairs"]["offers"][0]["cannot"][0]["why"]
    assert offers[FEWEST].cannot


def test_no_reason_attribute_or_other_person_is_told_to_whom_it_moves() -> None:
    hall = emptied()
    (move,) = moved(hall.offers()[FEWEST])
    hall.may("lea", c.BondPeople(("p0", "p1"), "apart"))
    hall.mend(at=1_000)

    for who in (*hall.citizens, "f0", "sue", "gil", "val", "obi"):
        view = hall.view(who)
        assert not {"rooms.repairs", "rooms.leaving", "rooms.mended", "rooms.bonds"} & view.keys()
        assert "attribute-" not in json.dumps(view)
    assert hall.view(move.person)["me.moving"].keys() == {"at", "room", "name"}


rosters = st.integers(0, 2**32)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    rooms=st.integers(2, 4),
    away=st.sets(st.integers(0, 19), max_size=9),
    lost=st.sets(st.integers(0, 3), max_size=2),
    bonds=st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=3),
    languages=st.lists(st.sampled_from([("fr",), ("de",), ("fr", "de"), ()]), min_size=20, max_size=20),
    back=st.sets(st.integers(0, 19), max_size=3),
    rung=st.sampled_from([FEWEST, FEW, ANEW]),
    seed=rosters,
)
def test_whatever_the_roster_nobody_loses_a_seat_nor_moves_unsaid(  # noqa: PLR0917 - a roster
    rooms: int,
    away: set[int],
    lost: set[int],
    bonds: list[tuple[int, int]],
    languages: list[tuple[str, ...]],
    back: set[int],
    rung: str,
    seed: int,
) -> None:
    hall = Hall(rooms)
    hall.tell(
        "organiser",
        e.PeopleInvited(
            tuple(
                msgspec.structs.replace(hall.session.people[PersonId(name)], speaks=spoken)
                for name, spoken in zip(hall.citizens, languages, strict=False)
            )
        ),
    )
    for one, other in bonds:
        if one != other and max(one, other) < len(hall.citizens):
            hall.ask("lea", c.BondPeople((f"p{one}", f"p{other}"), "apart"))
    hall.open().gone(*(f"p{each}" for each in away if each < len(hall.citizens)))
    for number in lost:
        hall.ask("lea", c.LoseInterpreters(f"r{number + 1}"))
    for each in away & back:
        hall.ask(HOUSE, c.Arrive(f"p{each}", "w"))
    before = hall.seats()
    apart = _meetings(hall)

    offer = hall.offers(seed=seed)[rung]
    answer = hall.mend(rung, at=1_000)
    hall.time_comes(21_000)

    after = hall.seats()
    if offer.cannot:
        assert answer == Refusal(Why.CANNOT_MEND)
        assert after == before
        return
    assert isinstance(answer, list)
    changed = {person for person, room in before.items() if after.get(person) != room}
    assert changed == {move.person for move in moved(offer)}
    assert before.keys() <= after.keys()
    assert _meetings(hall) <= apart
    for person, room in after.items():
        seated = hall.session.seating.rooms[RoomId(room)]
        assert [*seated.people, *seated.staff].count(PersonId(person)) == 1
    assert mends(hall.session, offer) is None or not changed
    assert plain(replayed(hall.entries)) == plain(hall.session)


def _meetings(hall: Hall) -> set[tuple[str, ...]]:
    """Those kept apart who sit in one room."""
    seats = hall.seats()
    bonds = [bond.people for bond in hall.session.compositions.bonds]
    return {people for people in bonds if len({seats.get(each, each) for each in people}) == 1}
