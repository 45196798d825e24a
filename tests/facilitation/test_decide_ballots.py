"""Deciding about ballots: one each, in time, and with two of staff for somebody on the telephone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.ballots import read
from facilitation.deadlines import deadlines
from facilitation.polls import CALL, Heap, Poll, Sums
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import PersonId, PollId
from tests.facilitation.given import CITIZENS, EVERYBODY, Meeting, live


def voting(**more: Any) -> Meeting:
    meeting = live()
    meeting.may("lea", c.AddPoll(question="?", method="yes-no-abstain", id="q", **more))
    meeting.may("lea", c.OpenPoll(poll="q", warned=True), at=0)
    return meeting


def poll(meeting: Meeting) -> Poll:
    return meeting.session.polls[PollId("q")]


def dictate(person: str = "ana", choice: Any = "yes", told: bool = True) -> c.DictateBallot:
    return c.DictateBallot("q", person, choice, told)


def test_a_secret_ballot_leaves_only_a_mark() -> None:
    meeting = voting(secret=True)

    answer = meeting.ask("ana", c.CastBallot("q", "no"))

    assert answer == [e.BallotMarked("q")]
    assert meeting.ask("ana", c.CastBallot("q", "yes")) == Refusal(Why.ALREADY_VOTED)
    assert meeting.ask("ben", c.CastBallot("q", "maybe")) == Refusal(Why.NOT_A_CHOICE)
    assert meeting.view("ana")["me.ballots.q"] is True


def test_a_code_to_check_by_is_taken_only_where_the_poll_has_them() -> None:
    code = "0123456789abcdef" * 2

    without, with_codes = voting(secret=True), voting(secret=True, receipts=True)

    assert without.ask("ana", c.CastBallot("q", "yes", code)) == Refusal(Why.NO_RECEIPTS)
    with_codes.may("ana", c.CastBallot("q", "yes", code))
    with_codes.may("ben", c.CastBallot("q", "yes"))
    assert code not in json.dumps([entry.body for entry in with_codes.entries])


def test_one_paper_answers_many_texts() -> None:
    meeting = voting(texts=(c.AskedText("t", "1"), c.AskedText("u", "2")))

    meeting.may("ana", c.CastBallot("q", {"t": "yes", "u": "no"}))
    meeting.may("ben", c.CastBallot("q", {"u": "no"}))

    assert meeting.ask("cleo", c.CastBallot("q", {"t": "yes", "x": "no"})) == Refusal(Why.NOT_A_CHOICE)
    meeting.may("lea", c.ClosePoll(poll="q"))
    found = meeting.view("lea")["polls.q.result"]["texts"]
    assert (found["t"]["counts"]["yes"], found["u"]["counts"]["no"]) == (1, 2)


def test_in_the_late_window_a_ballot_counts_and_behind_it_not() -> None:
    meeting = voting(seconds=10, late=60)

    meeting.may("ana", c.CastBallot("q", "yes"), at=10_300)
    meeting.may(HOUSE, c.EndPoll("q", 10_000), at=10_500)
    meeting.may("ben", c.CastBallot("q", "yes"), at=70_000)

    assert meeting.ask("cleo", c.CastBallot("q", "yes"), at=70_001) == Refusal(Why.POLL_CLOSED)


@pytest.mark.parametrize("secret", [False, True])
def test_a_ballot_told_on_the_telephone_counts_once_a_second_member_of_staff_has_heard_it(secret: bool) -> None:
    meeting = voting(secret=secret)

    told = meeting.ask("sue", dictate(), seed=7)
    early = len(poll(meeting).ballots)
    own = meeting.ask("sue", c.ConfirmBallot("q", "ana"))
    meeting.may("nic", c.ConfirmBallot("q", "ana"))

    name, choice = ("00000000000007-q", None) if secret else (None, "yes")
    assert told == [e.BallotDictated("q", PersonId("ana"), name, choice)]
    assert early == 0
    assert own == Refusal(Why.NEEDS_A_SECOND)
    assert dict(poll(meeting).ballots) == {"ana": choice}
    assert (poll(meeting).confirmed[PersonId("ana")].by, poll(meeting).confirmed[PersonId("ana")].heard_by) == (
        "sue",
        "nic",
    )
    assert meeting.ask("leo", c.ConfirmBallot("q", "ana")) == Done("nic")
    assert meeting.ask("ana", c.CastBallot("q", "no")) == Refusal(Why.ALREADY_VOTED)
    assert not poll(meeting).struck


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (dictate(told=False), Why.NOT_TOLD),
        (dictate(choice="maybe"), Why.NOT_A_CHOICE),
        (dictate(person="gil"), Why.NOT_IN_ELECTORATE),
        (c.ConfirmBallot("q", "ana"), Why.NOT_DICTATED),
        (c.WithdrawBallot("q", "ana"), Why.NOT_DICTATED),
    ],
)
def test_what_may_not_be_told_is_refused(command: c.Command, why: Why) -> None:
    assert voting().ask("sue", command) == Refusal(why)


def test_a_call_that_nobody_confirms_lapses_after_five_minutes() -> None:
    meeting = voting(secret=True)
    meeting.may("sue", dictate(), at=1_000)
    due, lapse = next(each for each in deadlines(meeting.session) if isinstance(each[1], c.LapseDictation))

    late = meeting.ask("nic", c.ConfirmBallot("q", "ana"), at=due + 1)
    meeting.may(HOUSE, lapse, at=due)

    assert due == 1_000 + CALL
    assert late == Refusal(Why.NOT_DICTATED)
    assert not poll(meeting).dictated
    assert len(poll(meeting).struck) == 1
    assert meeting.ask(HOUSE, lapse, at=due) == Done()
    meeting.may("ana", c.CastBallot("q", "no"), at=due)


def test_whoever_votes_by_themselves_is_not_counted_by_telephone_too() -> None:
    meeting = voting(secret=True)
    meeting.may("sue", dictate(), seed=1)

    answer = meeting.ask("ana", c.CastBallot("q", "no"))

    assert answer == [e.DictationWithdrawn("q", PersonId("ana")), e.BallotMarked("q")]
    assert poll(meeting).struck == {"00000000000001-q"}
    assert meeting.ask("nic", c.ConfirmBallot("q", "ana")) == Refusal(Why.NOT_DICTATED)


def test_what_was_entered_wrongly_is_entered_again_and_the_first_slip_does_not_count() -> None:
    meeting = voting(secret=True)
    meeting.may("sue", dictate(choice="yes"), seed=1)
    meeting.may("sue", dictate(choice="no"), seed=2)
    meeting.may("nic", c.ConfirmBallot("q", "ana"))
    meeting.may("sue", dictate("ben"), seed=3)

    meeting.may("lea", c.ClosePoll(poll="q"))

    assert poll(meeting).struck == {"00000000000001-q", "00000000000003-q"}
    assert list(poll(meeting).ballots) == ["ana"]


def test_staff_sees_who_has_not_voted_and_which_calls_are_out_but_never_what() -> None:
    meeting = voting(secret=True)
    meeting.may("lea", c.MarkTelephone("ben", True))
    meeting.may("lea", c.MarkTelephone("cleo", True))
    meeting.may("sue", dictate("ben"), at=5)
    meeting.may("ana", c.CastBallot("q", "no"))

    desk, note_taker, citizen = meeting.view("sue"), meeting.view("nic"), meeting.view("dirk")

    assert "polls.q.waiting" not in desk  # closed now, the result would say what these few chose
    for voter in ("cleo", "dirk", "emil", "fadi"):
        meeting.may(voter, c.CastBallot("q", "no"))
    assert meeting.view("sue")["polls.q.waiting"] == ["ben"]
    assert note_taker["polls.q.telephone"] == desk["polls.q.telephone"] == {
        "out": 2, "waiting": [{"person": "ben", "by": "sue", "at": 5}], "people": ["ben", "cleo"],
    }  # fmt: skip
    assert "polls.q.waiting" not in note_taker
    assert not {"polls.q.waiting", "polls.q.telephone"} & citizen.keys()


def test_no_view_and_no_entry_of_a_secret_poll_holds_a_choice() -> None:
    def told(choice: str) -> tuple[list[Any], list[Any]]:
        meeting = voting(secret=True)
        meeting.may("ana", c.CastBallot("q", choice))
        meeting.may("sue", dictate("ben", choice), seed=1)
        meeting.may("lea", c.ConfirmBallot("q", "ben"))
        views = [meeting.view(who) for who in EVERYBODY]
        return [entry.body for entry in meeting.entries], views

    assert told("yes") == told("no")


def test_the_turnout_of_a_secret_poll_comes_in_steps_until_it_is_closed() -> None:
    meeting = voting(secret=True)

    seen = []
    for voter in CITIZENS:
        meeting.may(voter, c.CastBallot("q", "yes"))
        seen.append((meeting.view("lea")["polls.q.turnout"], meeting.view("ana")["polls.q.turnout"]))
    meeting.may("lea", c.ClosePoll(poll="q"))

    assert seen == [(0, 0)] * 4 + [(5, 5)] * 2
    assert meeting.view("ana")["polls.q.turnout"] == 6


def test_a_secret_poll_is_counted_when_its_box_was_opened_once_also_after_the_end() -> None:
    meeting = voting(secret=True)
    for voter in CITIZENS:
        meeting.may(voter, c.CastBallot("q", "yes"))
    meeting.may("lea", c.CloseSession())
    counting = meeting.view("lea")["polls.q"]["counting"]
    sums = Sums({"": 6}, (Heap("", "", {"yes": 4, "no": 2}),))

    too_many = meeting.ask(HOUSE, c.KeepTally("q", Sums({"": 7}, ())))
    meeting.may(HOUSE, c.KeepTally("q", sums))

    assert counting
    assert too_many == Done()
    assert meeting.ask(HOUSE, c.KeepTally("q", Sums({"": 1}, ()))) == Done()
    assert meeting.view("lea")["polls.q.result"]["counts"] == {"yes": 4, "no": 2, "abstain": 0}
    assert not meeting.view("lea")["polls.q"]["counting"]
    assert not [who for who in ("flo", "nic", "ana") if "polls.q.result" in meeting.view(who)]


def test_what_is_confirmed_is_what_was_read_back_and_not_what_was_entered_since() -> None:
    meeting = voting(secret=True)
    meeting.may("sue", dictate(choice="yes"), at=1_000, seed=1)
    meeting.may("sue", dictate(choice="no"), at=2_000, seed=2)

    assert meeting.ask("nic", c.ConfirmBallot("q", "ana", 1_000), at=3_000) == Refusal(Why.NOT_DICTATED)
    meeting.may("nic", c.ConfirmBallot("q", "ana", 2_000), at=3_000)


def test_words_of_a_secret_vote_do_not_say_with_which_choice_they_came() -> None:
    choice = {"choice": "against", "words": "as I always say"}
    open_, secret = (Poll(PollId("p"), {}, "consent", 0, secret=each) for each in (False, True))

    words = [paper.words[0].choice for poll_ in (open_, secret) if (paper := read(poll_, choice)) is not None]

    assert words == ["against", ""]
