"""Somebody comes while rooms are open: a room is proposed to them, somebody lets them in, or a minute does."""

from __future__ import annotations

import json
from collections import Counter

import msgspec
import pytest

from facilitation import arrivals
from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.composition import Leaving
from facilitation.deadlines import deadlines
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import Person, PersonId, Role, RoomId
from tests.facilitation.given import Meeting, all_ready, in_rooms, live

FADI = PersonId("fadi")
MINUTE = 60_000


def open_for_long(meeting: Meeting) -> Meeting:
    """The two minutes of the item are too few for a latecomer."""
    meeting.may("lea", c.ExtendItem(1_800))
    return meeting


def late(at: int = 10_000) -> Meeting:
    """fadi has left for good and is back at that time, without a seat; r2 has a free one."""
    meeting = open_for_long(in_rooms())
    for name in ("flo", "sue", "nic"):
        meeting.may(HOUSE, c.Arrive(name, "w"))
    meeting.may("sue", c.CheckOut("fadi"))
    meeting.may(HOUSE, c.Arrive("fadi", "w"), at=at)
    return meeting


def bilingual() -> Meeting:
    """The same, and fadi speaks the language of either room."""
    return speaking(late(), "fadi", "de", "fr")


def speaking(meeting: Meeting, name: str, *languages: str) -> Meeting:
    person = msgspec.structs.replace(meeting.session.people[PersonId(name)], speaks=languages)
    meeting.session = msgspec.structs.replace(meeting.session, people=meeting.session.people.insert(person.id, person))
    return meeting


def offered(at: int = 10_000) -> Meeting:
    meeting = late(at)
    meeting.may(HOUSE, c.OfferSeat("fadi", (RoomId("r2"),)), at=at)
    return meeting


def test_whoever_comes_while_rooms_are_open_waits_for_one() -> None:
    meeting = late()

    assert arrivals.to_offer(meeting.session) == [FADI]
    assert arrivals.rooms_for(meeting.session, meeting.cards, FADI)[0] == "r2"
    assert not arrivals.to_offer(live().session)


def test_it_is_offered_once_and_shown_to_whom_it_concerns() -> None:
    meeting = offered(at=10_000)

    assert isinstance(meeting.ask(HOUSE, c.OfferSeat("fadi", (RoomId("r1"),)), at=11_000), Done)
    assert not arrivals.to_offer(meeting.session)
    card = meeting.view("lea")["arrival.fadi"]
    assert (card["name"], card["room"], card["until"]) == ("Name-fadi", "r2", 70_000)
    assert card["brief"]["languages"] == ["de"]
    assert card["brief"]["heard"] == "shared"
    assert card["brief"]["ends"] == 120_000 + 1_800_000
    assert "arrival.fadi" in meeting.view("sue")
    assert "arrival.fadi" not in meeting.view("flo")
    mine = meeting.view("fadi")["me.arrival"]
    assert (mine["room"], mine["until"]) == ("r2", 70_000)


def test_one_tap_of_the_rooms_own_staff_lets_them_in() -> None:
    meeting = offered()
    meeting.may("lea", c.PlacePerson("flo", "r2"))

    assert "arrival.fadi" in meeting.view("flo")
    meeting.may("flo", c.AdmitArrival("fadi"), at=20_000)

    assert meeting.session.where(FADI) == "r2"
    assert "arrival.fadi" not in meeting.view("flo")
    assert meeting.view("fadi")["me.arrival"] is None
    assert meeting.view("fadi")["me.moved"] == 20_000
    assert isinstance(meeting.ask("flo", c.AdmitArrival("fadi"), at=21_000), Done)


def test_but_not_of_another_rooms_and_citizens_never() -> None:
    meeting = offered()

    assert meeting.ask("flo", c.AdmitArrival("fadi")) == Refusal(Why.NOT_PERMITTED)
    assert meeting.ask("ben", c.AdmitArrival("fadi")) == Refusal(Why.NOT_PERMITTED)
    assert meeting.ask("sue", c.AdmitArrival("gil")) == Refusal(Why.NOT_EXPECTED)
    assert isinstance(meeting.ask("sue", c.AdmitArrival("fadi")), list)


def test_after_a_minute_they_go_in_by_themselves() -> None:
    meeting = offered(at=10_000)
    assert (70_000, c.LetIn("fadi", 70_000)) in list(deadlines(meeting.session))

    meeting.may(HOUSE, c.LetIn("fadi", 70_000), at=70_000)

    assert meeting.session.where(FADI) == "r2"
    assert isinstance(meeting.ask(HOUSE, c.LetIn("fadi", 70_000), at=70_001), Done)
    assert c.LetIn not in {type(command) for _, command in deadlines(meeting.session)}


def test_nobody_is_placed_into_the_last_five_minutes() -> None:
    meeting = late()
    ends = meeting.session.agenda.ends

    assert isinstance(meeting.ask(HOUSE, c.OfferSeat("fadi", (RoomId("r2"),)), at=ends - 5 * MINUTE + 1), Done)
    mine = meeting.view("fadi")["me.arrival"]

    assert mine == {"room": None, "name": None, "until": None, "ends": ends}
    meeting.may("lea", c.PlacePerson("fadi", "r2"))
    assert meeting.session.where(FADI) == "r2"


def test_nor_is_somebody_who_was_offered_a_room_just_before() -> None:
    meeting = late()
    ends = meeting.session.agenda.ends
    at = ends - 5 * MINUTE - 1_000
    meeting.may(HOUSE, c.OfferSeat("fadi", (RoomId("r2"),)), at=at)

    assert meeting.ask("sue", c.AdmitArrival("fadi"), at=at + 2_000) == Refusal(Why.TOO_LATE)
    answer = meeting.ask(HOUSE, c.LetIn("fadi", at + MINUTE), at=at + MINUTE)

    assert answer == [e.OfferLapsed(FADI)]
    assert FADI not in meeting.session.seating.seats
    assert not list(meeting.session.compositions.arrivals)


def test_a_pause_of_the_session_takes_none_of_those_minutes() -> None:
    meeting = late()
    ends = meeting.session.agenda.ends
    meeting.may("lea", c.PauseSession(), at=ends - 6 * MINUTE)

    assert not arrivals.is_too_late(meeting.session, RoomId("r2"), ends + MINUTE)


@pytest.mark.parametrize(
    ("who", "command"),
    [
        ("lea", c.PlacePerson("fadi", "r1")),
        ("lea", c.RecallRooms()),
        ("lea", c.RecallRooms(seconds=30)),
        ("sue", c.CheckOut("fadi")),
        ("lea", c.SendToLobby("fadi", "reason")),
        ("lea", c.RemovePerson("fadi", "reason")),
        ("lea", c.NextItem()),
        ("lea", c.CloseSession()),
    ],
)
def test_whatever_else_becomes_of_them_settles_it(who: str, command: c.Command) -> None:
    meeting = offered()

    meeting.may(who, command, at=20_000)

    assert not list(meeting.session.compositions.arrivals)
    assert c.LetIn not in {type(each) for _, each in deadlines(meeting.session)}
    assert "arrival.fadi" not in meeting.view("lea")


def test_somebody_who_goes_away_again_is_not_let_in() -> None:
    meeting = offered()
    meeting.may(HOUSE, c.Leave("fadi", "w"), at=11_000)
    (due, lapse) = next((due, each) for due, each in deadlines(meeting.session) if isinstance(each, c.Lapse))

    meeting.may(HOUSE, lapse, at=due)

    assert not list(meeting.session.compositions.arrivals)


def test_whoever_is_kept_apart_from_somebody_there_goes_elsewhere() -> None:
    meeting = bilingual()
    meeting.may("lea", c.BondPeople(("fadi", "ben"), "apart"))

    assert arrivals.rooms_for(meeting.session, meeting.cards, FADI) == ("r1",)
    assert isinstance(meeting.ask(HOUSE, c.OfferSeat("fadi", (RoomId("r2"),)), at=10_000), Done)


def test_nobody_is_let_in_to_somebody_from_whom_they_are_kept_apart_and_who_is_only_about_to_go() -> None:
    meeting = offered()
    there, *others = meeting.session.seating.rooms[RoomId("r2")].people
    meeting.may("lea", c.BondPeople((there, "fadi"), "apart"))
    compositions = meeting.session.compositions
    leaving = Leaving("m1", 40_000, "few", {there: RoomId("r1")}, {there: RoomId("r2")})
    compositions = msgspec.structs.replace(compositions, leaving=leaving)
    meeting.session = msgspec.structs.replace(meeting.session, compositions=compositions)

    assert others
    assert not arrivals.may_enter(meeting.session, FADI, RoomId("r2"))
    assert not arrivals.may_enter(meeting.session, FADI, RoomId("r1"))
    assert meeting.ask("nic", c.AdmitArrival("fadi"), at=20_000) != [e.ArrivalAdmitted(FADI, RoomId("r2"))]
    assert meeting.ask("lea", c.AdmitArrival("fadi"), at=20_000) == Refusal(Why.NOT_EXPECTED)


def test_two_latecomers_who_are_kept_apart_are_not_proposed_the_same_room() -> None:
    meeting = offered()
    meeting.may("sue", c.CheckOut("dirk"), at=10_000)
    meeting.may(HOUSE, c.Arrive("dirk", "w"), at=11_000)
    meeting.may("lea", c.BondPeople(("dirk", "fadi"), "apart"), at=11_000)

    meeting.may(HOUSE, c.OfferSeat("dirk", (RoomId("r2"), RoomId("r1"))), at=12_000)

    assert meeting.session.compositions.arrivals[PersonId("dirk")].room == "r1"


def test_a_room_that_is_joined_to_another_takes_nobody_any_more() -> None:
    meeting = offered()

    meeting.may("lea", c.FoldRoom("r2", "r1"), at=20_000)

    assert arrivals.to_offer(meeting.session) == [FADI]
    assert isinstance(meeting.ask(HOUSE, c.LetIn("fadi", 70_000), at=70_000), Done)
    assert isinstance(meeting.ask(HOUSE, c.OfferSeat("fadi", (RoomId("r2"),)), at=71_000), Done)
    assert "fadi" not in meeting.session.seating.seats


def test_while_the_session_is_paused_nobody_goes_in_by_themselves_and_then_a_minute_later() -> None:
    meeting = offered(at=10_000)
    meeting.may("lea", c.PauseSession(), at=20_000)

    in_the_pause = [command for _, command in deadlines(meeting.session)]
    all_the_same = meeting.ask(HOUSE, c.LetIn("fadi", 70_000), at=70_000)
    meeting.may("lea", c.ResumeSession(), at=100_000)

    assert not [command for command in in_the_pause if isinstance(command, c.LetIn)]
    assert isinstance(all_the_same, Done)
    assert (160_000, c.LetIn("fadi", 160_000)) in list(deadlines(meeting.session))


def test_a_room_that_nobody_leads_comes_last() -> None:
    meeting = bilingual()
    before = arrivals.rooms_for(meeting.session, meeting.cards, FADI)
    meeting.may("sue", c.CheckOut("emil"))

    led = arrivals.rooms_for(meeting.session, meeting.cards, FADI)
    meeting.may("lea", c.PlacePerson("flo", "r2"))
    moved = arrivals.rooms_for(meeting.session, meeting.cards, FADI)

    assert set(before) == {"r1", "r2"}
    assert (led[0], moved[0]) == ("r1", "r2")


def test_two_by_telephone_do_not_come_to_one_room_while_another_is_free() -> None:
    meeting = bilingual()
    meeting.may("sue", c.MarkTelephone("ben", True))
    meeting.may("sue", c.MarkTelephone("fadi", True))

    assert arrivals.rooms_for(meeting.session, meeting.cards, FADI) == ("r1",)
    meeting.may("sue", c.MarkTelephone("ana", True))
    assert set(arrivals.rooms_for(meeting.session, meeting.cards, FADI)) == {"r1", "r2"}


def test_two_who_come_together_are_not_both_sent_where_one_seat_is_free() -> None:
    meeting = open_for_long(in_rooms())
    meeting.may(HOUSE, c.Arrive("sue", "w"))
    for name in ("fadi", "dirk"):
        meeting.may("sue", c.CheckOut(name))
        meeting.may(HOUSE, c.Arrive(name, "w"))
    first = arrivals.rooms_for(meeting.session, meeting.cards, FADI)
    meeting.may(HOUSE, c.OfferSeat("fadi", first))

    assert arrivals.to_offer(meeting.session) == ["dirk"]
    assert meeting.session.compositions.arrivals[FADI].room == "r2"
    assert "r2" in arrivals.rooms_for(meeting.session, meeting.cards, PersonId("dirk"))


def test_those_who_come_together_are_ranked_together_and_none_is_far_above_its_share() -> None:
    meeting = bilingual()
    late = [PersonId(name) for name in ("fadi", "gus", "hal", "ida")]
    new = tuple(Person(name, Role.CITIZEN, speaks=("de", "fr")) for name in late[1:])
    meeting.tell("organiser", e.PeopleInvited(new))
    for name in late[1:]:
        meeting.may(HOUSE, c.Arrive(name, "w"))
    waiting = arrivals.to_offer(meeting.session)

    found = dict(arrivals.rooms_for_each(meeting.session, meeting.cards, waiting))

    assert waiting == late
    here = {room.id: len(room.people) for room in meeting.session.seating.rooms.values()}
    sizes = Counter(here) + Counter(rooms[0] for rooms in found.values())
    assert sizes.total() == 9
    assert max(sizes.values()) <= 5 + 1


def test_where_rooms_are_filled_by_hand_nobody_is_sent_anywhere() -> None:
    meeting = live()
    meeting.may("lea", c.NextItem())
    meeting.may("lea", c.ComposeRooms(rule="hand", count=2))
    all_ready(meeting).may("lea", c.OpenRooms())

    assert not arrivals.to_offer(meeting.session)


def test_a_helper_is_named_and_comes_along() -> None:
    meeting = late()
    meeting.may("sue", c.BelongTo("gil", "fadi"))
    meeting.may(HOUSE, c.OfferSeat("fadi", (RoomId("r2"),)), at=10_000)
    helpers = meeting.view("lea")["arrival.fadi"]["brief"]["helpers"]

    meeting.may("sue", c.AdmitArrival("fadi"), at=20_000)

    assert helpers == ["Name-gil"]
    assert meeting.session.where(PersonId("gil")) == "r2"


def test_it_is_said_whether_the_newcomer_is_understood() -> None:
    meeting = late()
    meeting.may(HOUSE, c.OfferSeat("fadi", (RoomId("r1"),)), at=10_000)
    alone = meeting.view("lea")["arrival.fadi"]["brief"]["heard"]
    speaking(meeting, "ina", "fr", "de").may(HOUSE, c.Arrive("ina", "w"))

    assert alone == "none"
    assert meeting.view("lea")["arrival.fadi"]["brief"]["heard"] == "interpreted"


def test_nothing_private_is_in_the_brief_and_no_citizen_sees_who_comes() -> None:
    meeting = offered()
    meeting.may("lea", c.PlacePerson("flo", "r2"))

    brief = json.dumps(meeting.view("flo")["arrival.fadi"])

    assert not any(word in brief for word in ("attribute-", "needs-", "telephone-", "mail-"))
    for who in ("ana", "ben", "gil", "val", "obi", "eva", "ina"):
        assert "arrival.fadi" not in meeting.view(who)
        assert meeting.view(who).get("me.arrival") is None


def test_only_a_person_says_that_somebody_has_left_for_good() -> None:
    meeting = open_for_long(in_rooms())
    meeting.may(HOUSE, c.Leave("ana", "w"))
    for due, command in sorted(deadlines(meeting.session), key=lambda each: each[0]):
        if isinstance(command, c.Lapse):
            meeting.may(HOUSE, command, at=due)
    gone = meeting.session.seating.seats.get(PersonId("ana"))

    meeting.may("sue", c.CheckOut("ana"))

    assert gone == "r1"
    assert PersonId("ana") not in meeting.session.seating.seats
    assert meeting.view("lea")["rooms.r1"]["left"] == ["ana"]
    assert "ana" not in meeting.view("lea")["rooms.r1"]["people"]
