"""Deciding how long a poll stays open, and when it waits for the lead."""

from __future__ import annotations

from typing import Any

import msgspec

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.deadlines import deadlines
from facilitation.polls import GRACE, NEAR, Heap, Poll, Sums
from facilitation.programme import Item, Mode, PollPlan
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import ItemId, PollId
from tests.facilitation.given import CITIZENS, Meeting, all_ready, live, programme


def voting(**more: Any) -> Meeting:
    meeting = live()
    meeting.may("lea", c.AddPoll(question="?", method="yes-no-abstain", id="q", **more))
    meeting.may("lea", c.OpenPoll(poll="q", warned=True), at=0)
    return meeting


def poll(meeting: Meeting) -> Poll:
    return meeting.session.polls[PollId("q")]


def checked(meeting: Meeting) -> None:
    due, command = next(each for each in deadlines(meeting.session) if isinstance(each[1], c.CheckPoll))
    assert due == (poll(meeting).closes or 0) - NEAR
    meeting.may(HOUSE, command, at=due)


def test_more_time_is_added_to_what_is_left_and_two_presses_add_it_once() -> None:
    meeting = voting(seconds=60)

    meeting.may("lea", c.ExtendPoll(poll="q", seconds=60, seen="60000"), at=10_000)

    assert poll(meeting).closes == 120_000
    assert meeting.ask("leo", c.ExtendPoll(poll="q", seconds=60, seen="60000"), at=10_001) == Done("lea")
    meeting.may("leo", c.ExtendPoll(poll="q", seconds=60, seen="open"), at=10_001)
    assert poll(meeting).closes == 180_000


def test_a_poll_whose_time_has_passed_gets_no_more() -> None:
    meeting = voting(seconds=60)

    assert meeting.ask("lea", c.ExtendPoll(poll="q", seconds=60), at=60_001) == Refusal(Why.POLL_CLOSED)
    meeting.may("lea", c.ClosePoll(poll="q"), at=60_100)
    assert meeting.ask("lea", c.ExtendPoll(poll="q", seconds=60), at=60_200) == Refusal(Why.POLL_CLOSED)


def test_with_enough_of_them_connected_it_closes_as_it_was_told() -> None:
    meeting = voting(seconds=60)

    checked(meeting)

    assert not [command for _, command in deadlines(meeting.session) if isinstance(command, c.CheckPoll)]
    assert (poll(meeting).closes, poll(meeting).held) == (60_000, None)


def test_with_more_than_a_tenth_away_who_have_not_voted_it_waits_for_the_lead() -> None:
    meeting = voting(seconds=60)
    meeting.may(HOUSE, c.Leave("ben", "w"), at=50_000)

    checked(meeting)

    shown = meeting.view("ana")["polls.q"]
    assert (shown["state"], shown["closes"], shown["held"], shown["missing"]) == ("open", None, 58_000, 1)
    assert meeting.ask(HOUSE, c.EndPoll("q", 60_000), at=60_500) == Done()
    meeting.may("ben", c.CastBallot("q", "yes"), at=90_000)
    meeting.may("lea", c.ExtendPoll(poll="q", seconds=30), at=100_000)
    assert (poll(meeting).closes, poll(meeting).held, poll(meeting).missing) == (130_000, None, 0)
    checked(meeting)
    assert poll(meeting).closes == 130_000


def test_whoever_has_voted_or_is_on_the_telephone_is_not_missed() -> None:
    meeting = voting(seconds=60)
    meeting.may("ana", c.CastBallot("q", "yes"))
    meeting.may("lea", c.MarkTelephone("ben", True))
    for name in ("ana", "ben"):
        meeting.may(HOUSE, c.Leave(name, "w"))

    checked(meeting)

    assert poll(meeting).held is None


def test_the_share_at_which_it_waits_is_a_setting_of_the_session() -> None:
    meeting = voting(seconds=60)
    meeting.session = msgspec.structs.replace(meeting.session, hold_share="1/2")
    for name in CITIZENS[:3]:
        meeting.may(HOUSE, c.Leave(name, "w"))

    checked(meeting)

    assert poll(meeting).held is None


def test_a_held_poll_is_closed_by_hand() -> None:
    meeting = voting(seconds=60)
    meeting.may(HOUSE, c.Leave("ben", "w"))
    checked(meeting)

    meeting.may("lea", c.ClosePoll(poll="q", seen="open"), at=70_000)

    assert (poll(meeting).state, poll(meeting).held) == ("closed", None)


def test_in_the_late_window_the_box_stays_sealed_and_then_the_poll_is_closed() -> None:
    meeting = voting(secret=True, seconds=10, late=60)

    meeting.may(HOUSE, c.EndPoll("q", 10_000), at=10_500)
    sealed = meeting.ask(HOUSE, c.KeepTally("q", Sums({}, ())), at=11_000)
    shown = meeting.view("ana")["polls.q"]
    due, end = next(each for each in deadlines(meeting.session) if isinstance(each[1], c.EndPoll))
    meeting.may(HOUSE, end, at=due)

    assert sealed == Done()
    assert (shown["state"], shown["late_until"]) == ("open", 70_000)
    assert due == 70_000 + GRACE
    assert poll(meeting).state == "closed"


def test_two_leads_who_close_at_once_do_not_skip_the_late_window() -> None:
    meeting = voting(late=60)

    meeting.may("lea", c.ClosePoll(poll="q", seen="open"), at=1_000)
    at_once = meeting.ask("leo", c.ClosePoll(poll="q", seen="open"), at=1_200)
    still = poll(meeting).state
    meeting.may("leo", c.ClosePoll(poll="q", seen="open"), at=20_000)

    assert at_once == Done("lea")
    assert (still, poll(meeting).state) == ("open", "closed")


def test_a_poll_is_void_only_before_its_close_and_everybody_reads_why() -> None:
    open_one, closed_one = voting(), voting()
    open_one.may("ana", c.CastBallot("q", "yes"))
    closed_one.may("lea", c.ClosePoll(poll="q"))

    open_one.may("lea", c.VoidPoll("q", "The sound broke"))

    shown = open_one.view("ben")
    assert (shown["polls.q"]["state"], shown["polls.q"]["reason"]) == ("void", "The sound broke")
    assert "polls.q.result" not in open_one.view("lea")
    assert closed_one.ask("lea", c.VoidPoll("q", "?")) == Refusal(Why.POLL_CLOSED)


def test_a_result_is_published_only_when_it_is_counted() -> None:
    meeting = voting(secret=True)
    meeting.may("ana", c.CastBallot("q", "yes"))
    meeting.may("lea", c.ClosePoll(poll="q"))

    early = meeting.ask("lea", c.PublishPoll(poll="q"))
    meeting.may(HOUSE, c.KeepTally("q", Sums({"": 1}, (Heap("", "", {"yes": 1}),))))
    meeting.may("lea", c.PublishPoll(poll="q"))

    assert early == Refusal(Why.NOT_COUNTED)
    assert meeting.view("ana")["polls.q.result"]["counts"]["yes"] == 1


def test_the_end_of_the_session_closes_what_is_open_and_takes_what_is_counted_later() -> None:
    meeting = voting(secret=True, late=60)
    meeting.may("ana", c.CastBallot("q", "yes"))

    meeting.may("lea", c.CloseSession())
    meeting.may(HOUSE, c.KeepTally("q", Sums({"": 1}, ())))

    assert poll(meeting).is_counted


def a_vote_that_opens_by_itself(**more: Any) -> Meeting:
    plan = PollPlan("yes-no-abstain", {"fr": "Oui?"}, opens="by-itself", seconds=30, **more)
    items = (*programme().items[:1], Item(ItemId("q"), {"fr": "Vote"}, 1, Mode.VOTE, poll=plan))
    meeting = Meeting(msgspec.structs.replace(programme(), items=items))
    for name in CITIZENS:
        meeting.may(HOUSE, c.Arrive(name, "w"))
    all_ready(meeting).may("lea", c.StartSession())
    return meeting


def test_a_poll_may_open_with_its_item_and_close_after_its_time() -> None:
    meeting = a_vote_that_opens_by_itself()

    answer = meeting.ask("lea", c.NextItem(), at=60_000)

    assert isinstance(answer, list)
    assert [type(event) for event in answer] == [e.ItemStarted, e.PollOpened]
    assert (poll(meeting).state, poll(meeting).closes, len(poll(meeting).electorate)) == ("open", 90_000, 6)
    meeting.may("lea", c.BackItem())
    meeting.may("lea", c.NextItem())


def test_one_that_needs_somebodys_word_waits_for_it() -> None:
    meeting = a_vote_that_opens_by_itself(secret=True)

    meeting.may("lea", c.NextItem(), at=60_000)

    assert poll(meeting).state == "drafted"
    meeting.may("lea", c.OpenPoll(poll="q", warned=True), at=61_000)
