"""Deciding about drafted polls: what can be voted on as it is written, and what is put again."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.polls import Poll
from facilitation.refusals import Refusal, Why
from rooms.people import PollId
from tests.facilitation.given import CITIZENS, Meeting, in_rooms, live, programme

OPTIONS = tuple(c.AskedOption(name, name.upper()) for name in "abcd")
BLOCK = c.AskedText("b", "Air", measures=(c.AskedOption("m", "Trees"), c.AskedOption("n", "Trams")))


def add(method: str = "yes-no-abstain", **more: Any) -> c.AddPoll:
    return c.AddPoll(question="?", method=method, id="q", **more)


def poll(meeting: Meeting, of: str = "q") -> Poll:
    return meeting.session.polls[PollId(of)]


@pytest.mark.parametrize(
    "command",
    [
        add("single", options=OPTIONS), add("approval", options=OPTIONS, most=2), add("scale", lowest=1, highest=6),
        add("scale"), add("points", options=OPTIONS, points=5, most=2), add("ranking", options=OPTIONS, top=3),
        add("ranking", options=OPTIONS, count="irv", secret=True, patterns=True),
        add("ranking", options=OPTIONS[:3], count="stv", seats=2, secret=True), add("consent", veto=True),
        add("words", most=3), add(texts=(c.AskedText("t", "T"), BLOCK), split="1/5"),
        add(secret=True, receipts=True), add(by_side=True, rule=c.AskedRule(each_side=True, components=("FR",))),
        add(electorate=c.AskedElectorate(roles=("expert", "guest"))),
    ],
)  # fmt: skip
def test_every_way_of_voting_can_be_drafted(command: c.AddPoll) -> None:
    meeting = live()

    meeting.may("lea", command)

    assert poll(meeting).state == "drafted"
    assert poll(meeting).method == command.method


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (add("approval"), Why.TOO_FEW),
        (add("approval", options=OPTIONS, most=5), Why.DOES_NOT_FIT),
        (add("ranking", options=OPTIONS, top=5), Why.DOES_NOT_FIT),
        (add("ranking", options=OPTIONS, seats=4), Why.DOES_NOT_FIT),
        (add("ranking", options=OPTIONS, count="coin"), Why.DOES_NOT_FIT),
        (add("ranking", options=OPTIONS, count="irv", secret=True), Why.NEEDS_PATTERNS),
        (add("points", options=OPTIONS, points=2, most=3), Why.DOES_NOT_FIT),
        (add("scale", lowest=6, highest=1), Why.DOES_NOT_FIT),
        (add("scale", lowest=0, highest=1000), Why.DOES_NOT_FIT),
        (add("scale", bands=(c.AskedBand(4, "low"), c.AskedBand(2, "high"))), Why.DOES_NOT_FIT),
        (add(texts=(c.AskedText("t", "1"), c.AskedText("t", "2"))), Why.DOES_NOT_FIT),
        (add(texts=(c.AskedText("b-m", "1"), BLOCK)), Why.DOES_NOT_FIT),
        (add(texts=(c.AskedText("t", "T"),), split="1/10"), Why.DOES_NOT_FIT),
        (add(texts=(BLOCK,), split="2/1"), Why.DOES_NOT_FIT),
        (add(receipts=True), Why.DOES_NOT_FIT),
        (add(rule=c.AskedRule(components=("IT",))), Why.NO_SUCH_SIDE),
        (add(electorate=c.AskedElectorate(sides=("IT",))), Why.NO_SUCH_SIDE),
        (add(electorate=c.AskedElectorate(rooms=("r9",))), Why.NO_SUCH_ROOM),
        (add(electorate=c.AskedElectorate(roles=("king",))), Why.DOES_NOT_FIT),
    ],
)
def test_what_could_not_be_voted_on_or_counted_is_refused(command: c.AddPoll, why: Why) -> None:
    assert live().ask("lea", command) == Refusal(why)


@pytest.mark.parametrize(
    "command", [add(by_side=True), add(rule=c.AskedRule(each_side=True)), add(rule=c.AskedRule(components=("FR",)))]
)
def test_without_sides_none_can_be_counted_apart(command: c.AddPoll) -> None:
    meeting = Meeting(msgspec.structs.replace(programme(), sides=()))

    assert meeting.ask("lea", command) == Refusal(Why.NO_SIDES)


def test_a_counted_question_is_put_again_with_a_reason_and_a_second_member_of_staff() -> None:
    meeting = live()
    for command in (add(rule=c.AskedRule("7/10", ">=")), c.OpenPoll(poll="q"), c.ClosePoll(poll="q")):
        meeting.may("lea", command)

    meeting.may("lea", c.RepeatPoll(poll="q"))
    silent = list(meeting.session.polls)[-1]
    assert meeting.ask("lea", c.OpenPoll(poll=silent)) == Refusal(Why.NEEDS_A_REASON)
    assert meeting.ask("sue", c.SecondPoll(silent)) == Refusal(Why.NEEDS_A_REASON)
    meeting.may("lea", c.RepeatPoll(poll="q", reason="The text was wrong"))
    again = list(meeting.session.polls.values())[-1]

    assert (again.again_of, again.why, again.asked_by, again.rule) == (
        "q",
        "The text was wrong",
        "lea",
        poll(meeting).rule,
    )
    assert meeting.ask("lea", c.OpenPoll(poll=again.id)) == Refusal(Why.NEEDS_A_SECOND)
    assert meeting.ask("lea", c.SecondPoll(again.id)) == Refusal(Why.NEEDS_A_SECOND)
    meeting.may("sue", c.SecondPoll(again.id))
    assert meeting.ask("leo", c.SecondPoll(again.id)) == Done("sue")
    meeting.may("lea", c.OpenPoll(poll=again.id))
    assert poll(meeting, again.id).seconded_by == "sue"


@pytest.mark.parametrize("first", [c.VoidPoll("q", "sound broke"), c.ClosePoll(poll="q")])
def test_a_void_poll_and_a_trial_are_put_again_freely(first: c.Command) -> None:
    meeting = live()
    meeting.may("lea", add(trial=isinstance(first, c.ClosePoll), texts=(BLOCK,)))
    meeting.may("lea", c.OpenPoll(poll="q"))
    meeting.may("lea", first)

    meeting.may("lea", c.RepeatPoll(poll="q"))

    again = list(meeting.session.polls.values())[-1]
    assert (again.again_of, again.why, again.texts, again.trial) == (
        "q",
        None,
        poll(meeting).texts,
        poll(meeting).trial,
    )
    assert meeting.ask("sue", c.SecondPoll(again.id)) == Refusal(Why.NOT_ASKED_FOR)
    meeting.may("lea", c.OpenPoll(poll=again.id))


def test_freely_only_once_so_that_nobody_votes_until_the_result_pleases() -> None:
    meeting = live()
    meeting.may("lea", add())
    meeting.may("lea", c.VoidPoll("q", "a wrong word"))
    meeting.may("lea", c.RepeatPoll(poll="q"))
    second = list(meeting.session.polls)[-1]
    meeting.may("lea", c.OpenPoll(poll=second))
    meeting.may("lea", c.ClosePoll(poll=second))

    meeting.may("lea", c.RepeatPoll(poll="q"))

    third = list(meeting.session.polls)[-1]
    assert meeting.ask("lea", c.OpenPoll(poll=third)) == Refusal(Why.NEEDS_A_REASON)


def test_a_repeat_that_is_voided_and_drafted_anew_still_needs_its_second() -> None:
    meeting = live()
    meeting.may("lea", add())
    meeting.may("lea", c.OpenPoll(poll="q"))
    meeting.may("lea", c.ClosePoll(poll="q"))
    meeting.may("lea", c.RepeatPoll(poll="q", reason="two could not vote"))
    meeting.may("lea", c.VoidPoll(list(meeting.session.polls)[-1], "a wrong word"))

    meeting.may("lea", c.RepeatPoll(poll=list(meeting.session.polls)[-1]))

    third = list(meeting.session.polls)[-1]
    assert meeting.ask("lea", c.OpenPoll(poll=third)) == Refusal(Why.NEEDS_A_SECOND)
    assert meeting.ask("lea", c.SecondPoll(third)) == Refusal(Why.NEEDS_A_SECOND)
    meeting.may("sue", c.SecondPoll(third))
    meeting.may("lea", c.OpenPoll(poll=third))


def test_a_poll_that_is_not_over_is_not_put_again() -> None:
    meeting = live()
    meeting.may("lea", add())

    assert meeting.ask("lea", c.RepeatPoll(poll="q", reason="?")) == Refusal(Why.POLL_NOT_CLOSED)


def test_a_run_off_that_the_rule_announced_is_between_those_who_are_tied() -> None:
    meeting = live()
    meeting.may("lea", add("single", options=OPTIONS, rule=c.AskedRule(ties=("run-off", "lot"))))
    meeting.may("lea", c.OpenPoll(poll="q"))
    for voter, choice in zip(CITIZENS, "aaccb", strict=False):
        meeting.may(voter, c.CastBallot("q", choice))
    meeting.may("lea", c.ClosePoll(poll="q"))

    meeting.may("lea", c.RepeatPoll(poll="q"))

    again = list(meeting.session.polls.values())[-1]
    assert [option.id for option in again.options] == ["a", "c"]


def test_enough_members_have_a_measure_voted_on_by_itself() -> None:
    meeting = live()
    meeting.may("lea", add(texts=(c.AskedText("t", "T"), BLOCK), split="1/5"))

    first = meeting.ask("ana", c.AskSplit("q", "b", "n"))
    again = meeting.ask("ana", c.AskSplit("q", "b", "n"))
    shown = meeting.view("ben")["polls.q.split"]
    second = meeting.ask("ben", c.AskSplit("q", "b", "n"))

    assert first == [e.MeasureAskedFor("q", "b", "n")]
    assert again == Done("ana")
    assert (shown["asked"], shown["needs"]) == ({"b/n": 1}, 2)
    assert second == [e.MeasureAskedFor("q", "b", "n"), e.MeasureSplit("q", "b", "n")]
    texts = poll(meeting).texts
    assert [(text.id, [measure.id for measure in text.measures]) for text in texts] == [
        ("t", []),
        ("b", ["m"]),
        ("b-n", []),
    ]
    assert meeting.view("ana")["me.split.q"] == ["b/n"]


def test_a_measure_is_split_out_only_before_the_vote_and_by_those_who_could_vote() -> None:
    meeting = live()
    meeting.may("lea", add(texts=(BLOCK,), electorate=c.AskedElectorate(sides=("FR",))))

    assert meeting.ask("ana", c.AskSplit("q", "b", "x")) == Refusal(Why.NO_SUCH_TEXT)
    assert meeting.ask("ben", c.AskSplit("q", "b", "m")) == Refusal(Why.NOT_IN_ELECTORATE)
    meeting.may("lea", c.OpenPoll(poll="q"))
    assert meeting.ask("ana", c.AskSplit("q", "b", "m")) == Refusal(Why.TOO_LATE)
    assert "polls.q.split" not in meeting.view("ana")


def test_a_poll_may_be_drafted_for_rooms() -> None:
    meeting = in_rooms()

    meeting.may("lea", add(electorate=c.AskedElectorate(rooms=("r1",))))
    meeting.may("lea", c.OpenPoll(poll="q"))

    assert list(poll(meeting).electorate) == ["ana", "cleo", "emil"]
