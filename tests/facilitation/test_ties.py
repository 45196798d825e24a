"""Ties: a run-off between the tied, then the lot, as the rule said beforehand."""

from __future__ import annotations

from typing import Any

from facilitation import commands as c
from facilitation.asked import Done
from facilitation.counting.tally import result
from facilitation.polls import Poll
from facilitation.refusals import Refusal, Why
from rooms.people import PollId
from tests.facilitation.given import Meeting, live

OPTIONS = tuple(c.AskedOption(each, each) for each in "abcd")
BALLOTS = {"ana": {"a": 1, "b": 1}, "ben": {"a": 1, "c": 1}, "cleo": {"a": 1}}
"""a has three dots; b and c have one each."""


def voted(*ties: str, seats: int = 2) -> Meeting:
    meeting = live()
    rule = c.AskedRule(ties=ties)
    meeting.may("lea", c.AddPoll("?", "points", "q", OPTIONS, points=2, most=1, seats=seats, rule=rule))
    vote(meeting, "q", BALLOTS)
    return meeting


def vote(meeting: Meeting, poll: str, ballots: dict[str, Any]) -> None:
    meeting.may("lea", c.OpenPoll(poll=poll))
    for who, choice in ballots.items():
        meeting.may(who, c.CastBallot(poll, choice))
    meeting.may("lea", c.ClosePoll(poll=poll))


def polled(meeting: Meeting, poll: str) -> Poll:
    return meeting.session.polls[PollId(poll)]


def test_a_run_off_asks_only_about_the_tied_and_the_places_that_are_left() -> None:
    meeting = voted("run-off", "lot")

    meeting.may("lea", c.RepeatPoll(poll="q"))

    [second] = [poll for poll in meeting.session.polls.values() if poll.again_of == "q"]
    assert [option.id for option in second.options] == ["b", "c"]
    assert (second.scheme.seats, second.rule and second.rule.ties, second.why) == (1, ("lot",), None)


def test_if_the_run_off_ties_as_well_the_lot_decides_and_anybody_can_draw_it_again() -> None:
    meeting = voted("run-off", "lot")
    meeting.may("lea", c.RepeatPoll(poll="q"))
    [second] = [poll.id for poll in meeting.session.polls.values() if poll.again_of == "q"]
    vote(meeting, second, {"ana": {"b": 1}, "ben": {"c": 1}})

    meeting.may("lea", c.DrawLot(poll=second), seed=7)

    counted = result(polled(meeting, second))
    assert counted["tie"]["drawn"] == counted["winners"]
    assert len(counted["winners"]) == 1
    assert counted["tie"]["seed"] == 7
    assert meeting.ask("lea", c.DrawLot(poll=second), seed=8) == Done(polled(meeting, second).by)


def test_whoever_was_not_tied_keeps_their_place() -> None:
    meeting = voted("lot")

    meeting.may("lea", c.DrawLot(poll="q"), seed=1)

    winners = result(polled(meeting, "q"))["winners"]
    assert "a" in winners
    assert len(winners) == 2


def test_the_lot_is_drawn_only_where_the_rule_said_so_and_somebody_is_tied() -> None:
    silent, clear = voted(), voted("lot", seats=1)
    early = live()
    early.may("lea", c.AddPoll("?", "points", "q", OPTIONS, points=2, most=1, rule=c.AskedRule(ties=("lot",))))

    assert silent.ask("lea", c.DrawLot(poll="q")) == Refusal(Why.NO_TIE)
    assert clear.ask("lea", c.DrawLot(poll="q")) == Refusal(Why.NO_TIE)
    assert early.ask("lea", c.DrawLot(poll="q")) == Refusal(Why.NOT_COUNTED)


def test_a_question_with_a_side_that_did_not_vote_is_left_undecided_by_the_lot_too() -> None:
    meeting = live()
    rule = c.AskedRule("1/2", ">=", "cast", each_side=True, ties=("lot",))
    meeting.may("lea", c.AddPoll("?", "single", "q", OPTIONS, rule=rule))
    vote(meeting, "q", {"ana": "a", "cleo": "b"})

    assert meeting.ask("lea", c.DrawLot(poll="q")) == Refusal(Why.NO_TIE)
    assert result(polled(meeting, "q"))["decided"] == "not-decided"
