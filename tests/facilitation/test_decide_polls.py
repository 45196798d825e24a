"""Deciding about polls and ballots."""

from __future__ import annotations

import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.deadlines import deadlines
from facilitation.polls import GRACE
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import PollId
from tests.facilitation.given import CITIZENS, Meeting, arrived, live

VOTE = PollId("vote")


def voting(seconds: int | None = None) -> Meeting:
    meeting = live()
    meeting.may("lea", c.AddPoll(question="?", method="yes-no-abstain", id="q", seconds=seconds))
    meeting.may("lea", c.OpenPoll(poll="q"), at=0)
    return meeting


def add(**more: object) -> c.AddPoll:
    return c.AddPoll(**{"question": "?", "method": "yes-no-abstain", **more})  # type: ignore[arg-type]


def test_who_is_checked_in_may_vote_connected_or_not() -> None:
    meeting = arrived("ana", "ben")
    meeting.may(HOUSE, c.Leave("ben", "w"))

    meeting.may("lea", c.OpenPoll(poll="vote"))
    meeting.may(HOUSE, c.Arrive("cleo", "w"))

    assert meeting.session.polls[VOTE].electorate == {"ana": "FR", "ben": "DE"}
    assert meeting.ask("cleo", c.CastBallot("vote", "yes")) == Refusal(Why.NOT_IN_ELECTORATE)


def test_somebody_is_admitted_before_the_poll_opens() -> None:
    meeting = arrived("ana")

    meeting.may("lea", c.AdmitVoter("vote", "dirk"))

    assert meeting.ask("lea", c.AdmitVoter("vote", "ana")) == Done()
    assert meeting.ask("lea", c.AdmitVoter("vote", "flo")) == Refusal(Why.NO_SUCH_PERSON)
    meeting.may("lea", c.OpenPoll(poll="vote"))
    assert set(meeting.session.polls[VOTE].electorate) == {"ana", "dirk"}
    assert meeting.ask("lea", c.AdmitVoter("vote", "ben")) == Refusal(Why.TOO_LATE)


def test_a_poll_may_be_for_one_side_or_for_some() -> None:
    meeting = live()
    meeting.may("lea", add(id="side", electorate=c.AskedElectorate(sides=("FR",))))
    meeting.may("lea", add(id="some", electorate=c.AskedElectorate(people=("ben",))))
    meeting.may("lea", c.OpenPoll(poll="side"))
    meeting.may("lea", c.OpenPoll(poll="some"))

    assert list(meeting.session.polls[PollId("side")].electorate) == ["ana", "cleo", "emil"]
    assert list(meeting.session.polls[PollId("some")].electorate) == ["ben"]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (add(method="schulze"), Why.NOT_BUILT),
        (add(method="single"), Why.TOO_FEW),
        (add(method="single", options=(c.AskedOption("a", "A"), c.AskedOption("a", "B"))), Why.DOES_NOT_FIT),
        (add(rule=c.AskedRule(threshold="0/0", compare=">=")), Why.DOES_NOT_FIT),
        (add(rule=c.AskedRule(quorum="3/2")), Why.DOES_NOT_FIT),
        (add(id="vote"), Why.POLL_EXISTS),
        (add(item="nowhere"), Why.NO_SUCH_ITEM),
        (add(electorate=c.AskedElectorate(people=("flo",))), Why.NO_SUCH_PERSON),
        (c.OpenPoll(poll="none"), Why.NO_SUCH_POLL),
        (c.ClosePoll(poll="vote"), Why.POLL_NOT_OPEN),
        (c.PublishPoll(poll="vote"), Why.POLL_NOT_CLOSED),
    ],
)
def test_what_makes_no_sense_is_refused(command: c.Command, why: Why) -> None:
    assert live().ask("lea", command) == Refusal(why)


def test_one_votes_once() -> None:
    meeting = voting()
    meeting.may("ana", c.CastBallot("q", "yes"))

    assert meeting.ask("ana", c.CastBallot("q", "no")) == Refusal(Why.ALREADY_VOTED)
    assert dict(meeting.session.polls[PollId("q")].ballots) == {"ana": "yes"}


def test_only_a_choice_on_the_ballot_counts() -> None:
    meeting = voting()

    assert meeting.ask("ana", c.CastBallot("q", "maybe")) == Refusal(Why.NOT_A_CHOICE)
    assert meeting.ask("ana", c.CastBallot("q", ["yes"])) == Refusal(Why.NOT_A_CHOICE)
    assert meeting.ask("ana", c.CastBallot("q", "yes", receipt="ab" * 16)) == Refusal(Why.NO_RECEIPTS)
    assert meeting.ask("ana", c.CastBallot("vote", "yes")) == Refusal(Why.POLL_NOT_OPEN)


def test_a_late_ballot_is_late_even_before_the_house_closes_the_poll() -> None:
    meeting = voting(seconds=60)

    in_time = meeting.ask("ana", c.CastBallot("q", "yes"), at=60_000)
    late = meeting.ask("ben", c.CastBallot("q", "yes"), at=60_001)

    assert in_time == [e.BallotCast("q", "yes")]
    assert late == Refusal(Why.POLL_CLOSED)


def test_the_house_closes_a_poll_a_little_after_its_time() -> None:
    meeting = voting(seconds=60)
    due, command = next(each for each in deadlines(meeting.session) if isinstance(each[1], c.EndPoll))

    meeting.may(HOUSE, command, at=due)

    assert due == 60_000 + GRACE
    assert meeting.session.polls[PollId("q")].state == "closed"
    assert meeting.ask(HOUSE, command, at=due) == Done()


def test_a_second_press_on_open_close_publish_or_again_says_who_did_it() -> None:
    meeting = live()
    steps: list[c.Command] = [
        c.OpenPoll(poll="vote", seen="drafted"),
        c.ClosePoll(poll="vote", seen="open"),
        c.PublishPoll(poll="vote", seen="closed"),
        c.RepeatPoll(poll="vote", seen="published", reason="the text was wrong"),
    ]

    for step in steps:
        meeting.may("lea", step)
        assert meeting.ask("leo", step) == Done("lea")


def test_a_poll_that_ran_is_not_opened_again_but_repeated() -> None:
    meeting = voting()
    meeting.may("lea", c.ClosePoll(poll="q"))

    assert meeting.ask("lea", c.OpenPoll(poll="q")) == Refusal(Why.POLL_CLOSED)
    meeting.may("lea", c.RepeatPoll(poll="q", reason="the text was wrong"))

    again = list(meeting.session.polls.values())[-1]
    assert (again.again_of, again.state, again.question) == ("q", "drafted", {"fr": "?"})


def test_a_void_poll_takes_no_ballot_and_is_never_published() -> None:
    meeting = voting()
    meeting.may("lea", c.VoidPoll("q", "sound broke"))

    assert meeting.ask("ana", c.CastBallot("q", "yes")) == Refusal(Why.POLL_CLOSED)
    assert meeting.ask("lea", c.PublishPoll(poll="q")) == Refusal(Why.POLL_NOT_CLOSED)
    assert meeting.ask("leo", c.VoidPoll("q", "again")) == Done("lea")


def test_an_open_poll_is_no_longer_undone_by_the_agenda() -> None:
    meeting = live()
    meeting.may("lea", c.NextItem())
    meeting.may("lea", c.OpenPoll(poll="vote"))

    assert meeting.ask("lea", c.UndoAgenda()) == Refusal(Why.TOO_LATE)


def test_everybody_may_vote_and_is_counted() -> None:
    meeting = voting()
    for name in CITIZENS:
        meeting.may(name, c.CastBallot("q", "yes"))
    meeting.may("lea", c.ClosePoll(poll="q"))

    assert meeting.view("lea")["polls.q.result"]["counts"]["yes"] == 6
