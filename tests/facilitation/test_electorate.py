"""The electorate: who may vote, who is left out and why, and what protects small groups."""

from __future__ import annotations

import time
from typing import Any

import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Asked, Done
from facilitation.decide import decide
from facilitation.electorate import Rolls, electorate, registered, roll
from facilitation.polls import Poll
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import Person, PersonId, PollId, Role
from tests.facilitation.given import Meeting, arrived, in_rooms, live

SIDES = ("FR", "DE")


def add(of: str = "q", **more: Any) -> c.AddPoll:
    return c.AddPoll(**{"question": "?", "method": "yes-no-abstain", "id": of, **more})


def poll(meeting: Meeting, of: str = "q") -> Poll:
    return meeting.session.polls[PollId(of)]


def before(meeting: Meeting, who: str = "lea") -> Any:
    return meeting.view(who)["polls.q.before"]


def crowd(per_side: dict[str, int], *, here: bool = True) -> Meeting:
    """A running session with so many more citizens of each side."""
    meeting = live()
    ids = [(f"{side}{n}", side) for side, number in per_side.items() for n in range(number)]
    people = tuple(Person(PersonId(who), Role.CITIZEN, side) for who, side in ids)
    meeting.tell("organiser", e.PeopleInvited(people))
    for person in people if here else ():
        meeting.tell(HOUSE, e.Arrived(person.id, "w"))
    return meeting


def test_before_it_opens_the_desk_sees_who_could_vote_and_who_is_left_out_and_why() -> None:
    meeting = arrived("ana", "ben", "cleo")
    meeting.may("lea", c.ExcludePerson("cleo", "shouts"))
    meeting.may("sue", c.ConfirmExclusion("cleo"))
    meeting.may("lea", add(rule=c.AskedRule(quorum="1/2")))

    found = before(meeting)

    assert (found["total"], found["sides"], found["quorum"]) == (2, {"FR": 1, "DE": 1}, False)
    assert found["left_out"]["n"] == 4
    assert {one["person"]: one["why"] for one in found["left_out"]["people"]} == {
        "cleo": "excluded", "dirk": "not-here", "emil": "not-here", "fadi": "not-here",
    }  # fmt: skip
    assert before(meeting, "sue") == found
    assert not [who for who in ("flo", "ana", "obi") if "polls.q.before" in meeting.view(who)]
    meeting.may(HOUSE, c.Arrive("dirk", "w"))
    assert (before(meeting)["total"], before(meeting)["quorum"]) == (3, True)


def test_of_another_side_or_room_is_said_as_the_reason() -> None:
    meeting = in_rooms()
    meeting.may("lea", add(electorate=c.AskedElectorate(sides=("FR",))))
    by_side = before(meeting)
    meeting.may("lea", c.VoidPoll("q", "?"))
    meeting.may("lea", add("r", electorate=c.AskedElectorate(rooms=("r2",))))
    by_room = meeting.view("lea")["polls.r.before"]

    assert {one["why"] for one in by_side["left_out"]["people"]} == {"other-side"}
    assert (by_room["total"], {one["why"] for one in by_room["left_out"]["people"]}) == (3, {"other-room"})


def test_only_polls_that_are_looked_at_are_prepared() -> None:
    meeting = live()

    elsewhere = "polls.vote.before" in meeting.view("lea")
    meeting.may("lea", c.GoToItem("vote"))

    assert not elsewhere
    assert meeting.view("lea")["polls.vote.before"]["total"] == 6


def test_roles_vote_instead_of_citizens() -> None:
    meeting = live()
    for name in ("eva", "gil", "flo"):
        meeting.may(HOUSE, c.Arrive(name, "w"))
    meeting.may("lea", add(electorate=c.AskedElectorate(roles=("expert", "guest"))))
    meeting.may("lea", c.OpenPoll(poll="q"))

    assert list(poll(meeting).electorate) == ["eva", "gil"]
    meeting.may("eva", c.CastBallot("q", "yes"))
    assert meeting.ask("ana", c.CastBallot("q", "yes")) == Refusal(Why.NOT_IN_ELECTORATE)
    assert meeting.ask("flo", c.CastBallot("q", "yes")) == Refusal(Why.NOT_IN_ELECTORATE)
    assert meeting.view("eva")["me.ballots.q"] == "yes"


def test_registered_is_who_could_have_been_there_and_is_frozen_with_the_list() -> None:
    meeting = arrived("ana", "ben")
    meeting.may("lea", add(electorate=c.AskedElectorate(sides=("FR",))))
    meeting.may("lea", c.OpenPoll(poll="q"))
    opened = poll(meeting)
    meeting.may(HOUSE, c.Arrive("cleo", "w"))
    meeting.may(HOUSE, c.Leave("ana", "w"))

    assert (opened.electorate, opened.registered) == ({"ana": "FR"}, {"FR": 3})
    assert poll(meeting).electorate is opened.electorate
    assert "polls.q.before" not in meeting.view("lea")


def test_what_is_printed_has_one_hash_in_all_languages_that_every_word_changes() -> None:
    def printed(**more: Any) -> str:
        meeting = live()
        meeting.may("lea", add(**{"question": {"fr": "Oui?", "de": "Ja?"}, **more}))
        meeting.may("lea", c.OpenPoll(poll="q"))
        return str(meeting.view("ana", "de")["polls.q"]["digest"])

    def text(measure: str) -> c.AskedText:
        return c.AskedText("t", {"fr": "Un", "de": "Eins"}, {"fr": "Corps"}, (c.AskedOption("m", {"fr": measure}),))

    others = [
        printed(question={"fr": "Oui?", "de": "Ja!"}),
        printed(rule=c.AskedRule()),
        printed(texts=(text("M"),)),
        printed(texts=(text("N"),)),
    ]

    assert printed() == printed()
    assert len({printed(), *others}) == 5
    assert len(printed()) == 64


def test_a_secret_poll_needs_a_place_for_its_key() -> None:
    meeting = crowd({"FR": 5, "DE": 5})
    meeting.may("lea", add(secret=True))

    without = decide(meeting.session, Asked("lea", c.OpenPoll(poll="q"), 0, "fr"))
    meeting.may("lea", c.OpenPoll(poll="q"))

    assert without == Refusal(Why.NO_KEY_STORE)
    assert poll(meeting).key


def test_a_small_group_in_a_secret_poll_is_said_before_it_opens() -> None:
    meeting = live()
    meeting.may("lea", add(secret=True))

    assert before(meeting)["warnings"] == [{"kind": "side", "id": "DE", "n": 3}, {"kind": "side", "id": "FR", "n": 3}]
    assert meeting.ask("lea", c.OpenPoll(poll="q", warned=False)) == Refusal(Why.SMALL_GROUP)
    meeting.may("lea", c.OpenPoll(poll="q", warned=True))


APART = ({"by_side": True}, {"rule": c.AskedRule(each_side=True)}, {"rule": c.AskedRule(components=("FR",))})


@pytest.mark.parametrize("more", APART)
def test_sides_under_five_are_not_told_apart_in_secret(more: dict[str, Any]) -> None:
    few, enough = crowd({"FR": 1, "DE": 2}), crowd({"FR": 2, "DE": 2})
    for meeting in (few, enough):
        meeting.may("lea", add(secret=True, **more))

    assert few.ask("lea", c.OpenPoll(poll="q", warned=True)) == Refusal(Why.TOO_FEW)
    enough.may("lea", c.OpenPoll(poll="q"))


def test_where_each_side_counts_a_secret_poll_needs_somebody_on_each() -> None:
    meeting = arrived("ana", "cleo", "emil")
    people = tuple(Person(PersonId(f"f{n}"), Role.CITIZEN, "FR") for n in range(5))
    meeting.tell("organiser", e.PeopleInvited(people))
    for person in people:
        meeting.may(HOUSE, c.Arrive(person.id, "w"))
    meeting.may("lea", add(secret=True, rule=c.AskedRule(each_side=True)))

    assert meeting.ask("lea", c.OpenPoll(poll="q", warned=True)) == Refusal(Why.TOO_FEW)


def test_a_roll_that_follows_arrivals_is_the_roll_made_afresh() -> None:
    meeting = crowd({"FR": 30, "DE": 30}, here=False)
    meeting.may("lea", add(electorate=c.AskedElectorate(sides=("FR",))))
    for n in range(30):
        roll(meeting.session, poll(meeting))
        meeting.tell(HOUSE, e.Arrived(PersonId(f"{SIDES[n % 2]}{n}"), "w"))

        found, fresh = roll(meeting.session, poll(meeting)), Rolls()(meeting.session, poll(meeting))

        assert dict(found.sides) == dict(fresh.sides)
        assert dict(found.left_out) == dict(fresh.left_out)
        assert dict(found.sides) == {"FR": len(electorate(meeting.session, poll(meeting)))}
        assert dict(found.registered) == registered(meeting.session, poll(meeting))


def test_of_five_thousand_an_arrival_looks_at_one() -> None:
    meeting = crowd({"FR": 2_500, "DE": 2_500}, here=False)
    meeting.may("lea", add())
    roll(meeting.session, poll(meeting))

    begun = time.process_time()
    for n in range(100):
        meeting.tell(HOUSE, e.Arrived(PersonId(f"FR{n}"), "w"))
        roll(meeting.session, poll(meeting))
    follows = time.process_time() - begun
    begun = time.process_time()
    for _ in range(10):
        Rolls()(meeting.session, poll(meeting))
    afresh = (time.process_time() - begun) * 10

    assert follows < afresh / 3


def test_whoever_has_left_for_today_is_on_no_list_until_they_come_back() -> None:
    meeting = live()
    meeting.may("lea", add())
    meeting.may("sue", c.MarkTelephone("ben", True))

    meeting.may("sue", c.CheckOut("ana"))
    meeting.may("sue", c.CheckOut("ben"))

    assert {"ana", "ben"}.isdisjoint(electorate(meeting.session, poll(meeting)))
    assert before(meeting)["total"] == 4
    assert sum(registered(meeting.session, poll(meeting)).values()) == 6
    assert "ben" not in meeting.session.attendance.telephone
    assert meeting.ask("sue", c.CheckOut("ana")) == Done()
    meeting.may(HOUSE, c.Arrive("ana", "w2"))
    assert "ana" in electorate(meeting.session, poll(meeting))


def test_a_small_room_is_said_too_where_a_poll_asks_some_rooms() -> None:
    meeting = in_rooms()
    meeting.may("lea", add(secret=True, electorate=c.AskedElectorate(rooms=("r1", "r2"))))

    answer = decide(meeting.session, Asked("lea", c.OpenPoll(poll="q", warned=False), 0, key="k"))

    assert answer == Refusal(Why.SMALL_GROUP)
