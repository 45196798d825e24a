"""Outages: a poll is open longer by the time in which nobody could vote, never less, and each time once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from facilitation import commands as c
from facilitation.asked import Done
from facilitation.deadlines import deadlines
from facilitation.outages import fresh, joined, moved
from facilitation.polls import AFTER_AN_OUTAGE, GRACE
from facilitation.session import HOUSE
from rooms.people import PollId
from tests.facilitation.given import Meeting, live

times = st.integers(0, 500_000)
spans = st.tuples(times, st.integers(1, 200_000)).map(lambda each: (each[0], each[0] + each[1]))


@given(opened=times, length=st.integers(1, 300_000), seen=st.lists(spans, max_size=6))
def test_a_close_never_comes_earlier_and_a_minute_after_ballots_are_taken_again(
    opened: int, length: int, seen: list[tuple[int, int]]
) -> None:
    closes, known = opened + length, tuple[tuple[int, int], ...]()
    for span in seen:
        after = moved(opened, closes, fresh(known, span))
        assert after >= closes
        touches = span[1] > opened and span[0] <= closes + GRACE
        if touches and any(new == span for new in fresh(known, span)):
            assert after >= span[1] + AFTER_AN_OUTAGE
        closes, known = after, joined(known, span)

        assert moved(opened, closes, fresh(known, span)) == closes


@given(seen=st.lists(spans, max_size=8), span=spans)
def test_time_is_lost_once_however_many_saw_it(seen: list[tuple[int, int]], span: tuple[int, int]) -> None:
    known = tuple[tuple[int, int], ...]()
    for each in seen:
        known = joined(known, each)
    before = sum(until - since for since, until in known)

    new = fresh(known, span)

    after = sum(until - since for since, until in joined(known, span))
    assert before + sum(until - since for since, until in new) == after
    assert all(since < until for since, until in new)


def voting(seconds: int | None = 60) -> Meeting:
    meeting = live()
    meeting.may("lea", c.AddPoll(question="?", method="yes-no-abstain", id="q", seconds=seconds))
    meeting.may("lea", c.OpenPoll(poll="q"), at=0)
    return meeting


def closes(meeting: Meeting) -> int | None:
    return meeting.session.polls[PollId("q")].closes


def test_everybody_sees_the_new_time_and_two_workers_move_it_once() -> None:
    meeting = voting(seconds=200)

    meeting.may(HOUSE, c.SeeOutage(10_000, 40_000), at=41_000)
    again = meeting.ask(HOUSE, c.SeeOutage(11_000, 40_000), at=41_000)
    meeting.may(HOUSE, c.SeeOutage(12_000, 42_000), at=43_000)

    assert again == Done()
    assert closes(meeting) == 232_000
    shown = meeting.view("ana")["polls.q"]
    assert (shown["closes"], shown["moved"]) == (232_000, 32_000)


def test_a_server_that_was_away_over_the_close_gives_a_minute_before_anything_is_closed() -> None:
    meeting = voting(seconds=60)

    meeting.may(HOUSE, c.SeeOutage(50_000, 90_000), at=90_000)

    assert closes(meeting) == 150_000
    assert min(due for due, command in deadlines(meeting.session) if isinstance(command, c.EndPoll)) == 150_000 + GRACE
    meeting.may("ana", c.CastBallot("q", "yes"), at=149_000)


def test_a_poll_without_a_time_or_that_ended_before_is_not_moved() -> None:
    by_hand, over = voting(seconds=None), voting(seconds=5)

    assert by_hand.ask(HOUSE, c.SeeOutage(1_000, 9_000), at=9_000) == Done()
    assert over.ask(HOUSE, c.SeeOutage(6_000, 9_000), at=9_000) == Done()


def test_a_late_window_moves_too() -> None:
    meeting = live()
    meeting.may("lea", c.AddPoll(question="?", method="yes-no-abstain", id="q", seconds=10, late=100))
    meeting.may("lea", c.OpenPoll(poll="q"), at=0)
    meeting.may(HOUSE, c.EndPoll("q", 10_000), at=10_500)

    meeting.may(HOUSE, c.SeeOutage(20_000, 30_000), at=30_000)

    found = meeting.session.polls[PollId("q")]
    assert (found.closes, found.late_until) == (10_000, 120_000)
