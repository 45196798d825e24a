"""The end of a session: what it would cut, taking it back, and what stays."""

from __future__ import annotations

import msgspec
import pytest

from facilitation import commands as c
from facilitation.asked import Done
from facilitation.refusals import Refusal, Why
from facilitation.session import REOPEN_FOR, State
from tests.facilitation.given import Meeting, in_rooms, live, plain, programme, public, replayed


def test_the_lead_reads_what_is_open_unpublished_and_never_opened() -> None:
    meeting = in_rooms()
    meeting.may("ana", c.CallHelp("sound"))
    assert meeting.view("lea")["unsettled"] == {
        "open": [],
        "unpublished": [],
        "never": ["Oui?"],
        "rooms": 2,
        "calls": 1,
        "incidents": len([each for each in meeting.session.incidents if each.is_open]),
    }

    meeting.may("lea", c.OpenPoll(poll="vote"))
    assert meeting.view("lea")["unsettled"]["open"] == ["Oui?"]
    meeting.may("lea", c.ClosePoll(poll="vote"))
    assert meeting.view("lea")["unsettled"]["unpublished"] == ["Oui?"]


@pytest.mark.parametrize("who", ["ana", "flo", "sue", "gil", "obi"])
def test_nobody_but_leads_reads_it(who: str) -> None:
    meeting = in_rooms()

    for seen in (meeting.view(who), meeting.seen(public())):
        assert not {"unsettled", "ended"} & set(seen)


def test_the_end_can_be_taken_back_for_ten_minutes_and_the_session_goes_on_where_it_was() -> None:
    meeting = in_rooms()
    before = meeting.session
    meeting.may("lea", c.CloseSession(), at=30_000)
    assert meeting.session.state is State.CLOSED
    assert meeting.view("lea")["ended"] == {"by": "Name-lea", "at": 30_000, "until": 30_000 + REOPEN_FOR}

    meeting.may("leo", c.ReopenSession(), at=30_000 + REOPEN_FOR)

    after = meeting.session
    assert after.state is State.LIVE
    assert (after.agenda.now, after.agenda.actuals) == (before.agenda.now, before.agenda.actuals)
    assert after.seating.stage is before.seating.stage
    assert after.seating.seats == before.seating.seats
    assert meeting.view("lea")["ended"] is None
    assert meeting.view("ana")["room"]["id"] == "r1"
    assert plain(replayed(meeting.entries)) == plain(after)


def test_after_ten_minutes_it_stays_closed() -> None:
    meeting = live()
    meeting.may("lea", c.CloseSession(), at=1_000)

    assert meeting.ask("lea", c.ReopenSession(), at=1_001 + REOPEN_FOR) == Refusal(Why.TOO_LATE)


def test_a_poll_that_the_end_counted_stays_closed() -> None:
    meeting = live()
    meeting.may("lea", c.OpenPoll(poll="vote"))
    meeting.may("ana", c.CastBallot("vote", "yes"))

    meeting.may("lea", c.CloseSession())
    meeting.may("lea", c.ReopenSession())

    assert meeting.view("lea")["polls.vote"]["state"] == "closed"
    assert meeting.view("lea")["polls.vote.result"]["cast"] == 1


def test_an_item_whose_time_passed_while_it_was_closed_waits_for_somebody() -> None:
    meeting = live()
    meeting.may("lea", c.GoToItem("quick"))
    meeting.may("lea", c.CloseSession(), at=50_000)

    meeting.may("lea", c.ReopenSession(), at=100_000)

    assert meeting.session.agenda.held


def test_a_paused_session_is_paused_again() -> None:
    meeting = live()
    meeting.may("lea", c.PauseSession(), at=10_000)
    meeting.may("lea", c.CloseSession(), at=20_000)

    meeting.may("lea", c.ReopenSession(), at=30_000)

    assert (meeting.session.state, meeting.session.agenda.paused) == (State.PAUSED, 10_000)


def test_what_happens_next_is_read_once_it_is_over() -> None:
    plan = msgspec.structs.replace(programme(), afterwards={"fr": "Merci, la suite par courriel."})
    meeting = Meeting(plan)
    assert meeting.seen(public())["session"]["afterwards"] is None

    meeting.may("lea", c.CloseSession())

    assert meeting.seen(public())["session"]["afterwards"] == "Merci, la suite par courriel."
    assert meeting.view("ana")["session"]["afterwards"] == "Merci, la suite par courriel."


def test_two_leads_who_press_at_once_reopen_once() -> None:
    meeting = live()
    meeting.may("lea", c.CloseSession())
    meeting.may("lea", c.ReopenSession(seen="closed"))

    assert meeting.ask("leo", c.ReopenSession(seen="closed")) == Done("lea")
