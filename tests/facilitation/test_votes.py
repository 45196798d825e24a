"""Votes from every side: random people draft, open, vote, call, lose their line, void, close, repeat, in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from facilitation import commands as c
from facilitation.deadlines import deadlines
from facilitation.polls import Heap, Poll, Sums
from facilitation.session import HOUSE
from rooms.people import PersonId
from tests.facilitation.given import CITIZENS, in_rooms
from tests.facilitation.watched import Watched, quick

seen: Counter[str] = Counter()
"""How often each event happened in all sessions: what never happens is not tested."""

BLOCK = c.AskedText("b", "canary-draft", measures=(c.AskedOption("m", "M"), c.AskedOption("n", "N")))
TEXTS = (c.AskedText("t", "canary-draft"), BLOCK)
leads = st.sampled_from(["lea", "leo"])
staff = st.sampled_from(["lea", "sue", "nic"])
citizens = st.sampled_from([PersonId(name) for name in CITIZENS])
drafts = st.builds(
    c.AddPoll,
    question=st.just("canary-draft"),
    method=st.just("yes-no-abstain"),
    texts=st.sampled_from([(), (), TEXTS]),
    secret=st.booleans(),
    each_room=st.sampled_from([False, False, False, True]),
    trial=st.sampled_from([False, False, False, True]),
    late=st.sampled_from([None, None, 60]),
    seconds=st.sampled_from([None, 1, 30]),
    rule=st.sampled_from([None, c.AskedRule(quorum="1/2"), c.AskedRule(quorum="1/2", each_side=True)]),
    electorate=st.sampled_from([None, None, None, c.AskedElectorate(sides=("FR",))]),
)


class Its(NamedTuple):
    """What chance gave to a step: which poll, who of each kind, what they say, a draft, and yes or no."""

    which: int
    lead: str
    member: str
    second: str
    voters: list[PersonId]
    answer: str
    draft: c.AddPoll
    sure: bool

    @property
    def who(self) -> PersonId:
        return self.voters[0]


class Votes(Watched):
    """A session with open rooms in which there is always something to vote on."""

    @initialize(first=drafts)
    def begin(self, first: c.AddPoll) -> None:
        self.begin_with(in_rooms)
        self.ask("lea", first)
        self.an_open_one(1)

    def teardown(self) -> None:
        seen.update(entry.event for entry in self.meeting.entries)

    @rule(
        what=st.sampled_from(range(100)),
        its=st.builds(
            Its, st.integers(0, 9), leads, staff, staff, st.lists(citizens, min_size=1, max_size=6, unique=True),
            st.sampled_from(["yes", "yes", "no", "abstain", "maybe"]), drafts, st.booleans(),
        ),
    )  # fmt: skip
    def something_happens(self, what: int, its: Its) -> None:
        STEPS[what % len(STEPS)](self, its)

    def find(self, which: int, *states: str) -> Poll | None:
        """One of the polls in these states; of others, sometimes, so that what makes no sense is asked too."""
        polls = self.meeting.session.polls.values()
        fitting = [poll for poll in polls if poll.state in states and not poll.each_room] if which else list(polls)
        return fitting[which % len(fitting)] if fitting else None

    def an_open_one(self, which: int) -> Poll:
        """One that is open; where none is, another one is drafted and opened."""
        poll = self.find(which, "open")
        if poll is None:
            self.ask("lea", c.AddPoll(question="?", method="yes-no-abstain", secret=which % 2 == 0, seconds=30))
            drafted = list(self.meeting.session.polls.values())[-1]
            self.ask("lea", c.OpenPoll(poll=drafted.id, warned=True))
            poll = self.find(which, "open") or drafted
        return poll

    def one_that_is_over(self, which: int) -> Poll:
        """One that is closed or void; where none is, an open one is closed."""
        poll = self.find(which, "closed", "published", "void")
        if poll is None:
            poll = self.an_open_one(which)
            self.ask("lea", c.ClosePoll(poll=poll.id))
        return self.meeting.session.polls[poll.id]

    @property
    def has_few(self) -> bool:
        return len(self.meeting.session.polls) < 12

    def choice(self, poll: Poll, answer: str) -> Any:
        return {text.id: answer for text in poll.texts} if poll.texts else answer

    def draft_and_open(self, its: Its) -> None:
        poll = self.find(its.which, "drafted")
        if poll is None and self.has_few:
            self.ask(its.lead, its.draft)
        elif poll is not None:
            self.ask(its.lead, c.OpenPoll(poll=poll.id, warned=its.sure))

    def vote(self, its: Its) -> None:
        poll = self.an_open_one(its.which)
        for voter in its.voters:
            self.ask(voter, c.CastBallot(poll.id, self.choice(poll, its.answer)))

    def tell_on_the_telephone(self, its: Its) -> None:
        poll = self.an_open_one(its.which)
        choice = self.choice(poll, its.answer)
        self.ask(its.member, c.DictateBallot(poll.id, its.who, choice, its.which != 9), its.which)
        if its.sure:
            self.ask(its.second, c.ConfirmBallot(poll.id, its.who))

    def read_back(self, its: Its) -> None:
        waiting = [(poll, who) for poll in self.meeting.session.polls.values() for who in poll.dictated]
        for poll, who in waiting[:1]:
            self.ask(its.second, (c.ConfirmBallot if its.sure else c.WithdrawBallot)(poll.id, who))

    def prepare(self, its: Its) -> None:
        if self.has_few:
            self.ask(its.lead, msgspec.structs.replace(its.draft, electorate=c.AskedElectorate(sides=("FR",))))
        poll = self.find(its.which, "drafted")
        if poll is not None:
            for who in its.voters:
                self.ask(its.lead, c.AdmitVoter(poll.id, who))
            for who in its.voters:
                self.ask(who, c.AskSplit(poll.id, "b", "m" if its.sure else "n"))

    def extend(self, its: Its) -> None:
        poll = self.an_open_one(its.which)
        self.ask(its.lead, c.ExtendPoll(poll=poll.id, seconds=60 if its.sure else 5))

    def close(self, its: Its) -> None:
        poll = self.an_open_one(its.which)
        self.ask(its.lead, c.ClosePoll(poll=poll.id))
        if its.sure:
            self.ask(its.lead, c.PublishPoll(poll=poll.id))

    def close_all_rooms(self, its: Its) -> None:
        for poll in [poll for poll in self.meeting.session.polls.values() if poll.each_room]:
            self.ask(its.lead, c.ClosePoll(poll=poll.id))
            self.ask(its.lead, c.TakeTop(poll.id, 1, "yes-no-abstain"))

    def declare_void(self, its: Its) -> None:
        self.ask(its.lead, c.VoidPoll(self.an_open_one(its.which).id, "why"))

    def put_again(self, its: Its) -> None:
        if self.has_few:
            reason = "canary-why" if its.sure else None
            self.ask(its.lead, c.RepeatPoll(poll=self.one_that_is_over(its.which).id, reason=reason))
            self.ask(its.second, c.SecondPoll(list(self.meeting.session.polls.values())[-1].id))

    def open_a_box(self, its: Its) -> None:
        poll = self.one_that_is_over(its.which)
        number = len(poll.ballots) + (its.which == 9)
        self.ask(HOUSE, c.KeepTally(poll.id, Sums({"": number}, (Heap("", "", {"yes": number}),))))

    def miss_a_while(self, its: Its) -> None:
        before = {poll.id: poll.until for poll in self.meeting.session.polls.values() if poll.state == "open"}
        begun = max(0, self.at - its.which * 2_000)
        self.ask(HOUSE, c.SeeOutage(begun, begun + (3_000 if its.sure else 90_000)))
        for poll, closes in before.items():
            now = self.meeting.session.polls[poll].until
            assert (closes is None) == (now is None)
            assert closes is None or (now is not None and now >= closes)

    def come_or_go(self, its: Its) -> None:
        for who in its.voters:
            self.ask(HOUSE, c.Arrive(who, "w") if its.sure else c.Leave(who, "w"))
        if its.which == 1:
            self.ask("sue", c.MarkTelephone(its.who, its.sure))
        if its.which == 2:
            self.ask("lea", c.ExcludePerson(its.who, "canary-reason"))
            self.ask("sue", c.ConfirmExclusion(its.who))

    def let_time_pass(self, its: Its) -> None:
        """On to the next deadlines."""
        for _ in range(1 + its.which % 3):
            soon = [due for due, command in deadlines(self.meeting.session) if not isinstance(command, c.Lapse)]
            self.at = max(self.at, min(soon, default=self.at))
            self._the_house_asks_what_is_due()

    def end(self, its: Its) -> None:
        if its.which == 5:
            self.ask("lea", c.CloseSession())
            self.ask("lea", c.ReopenSession())


STEPS: tuple[Callable[[Votes, Its], None], ...] = (
    Votes.vote, Votes.vote, Votes.tell_on_the_telephone, Votes.draft_and_open, Votes.read_back, Votes.prepare,
    Votes.extend, Votes.close, Votes.close_all_rooms, Votes.declare_void, Votes.put_again, Votes.open_a_box,
    Votes.miss_a_while, Votes.come_or_go, Votes.let_time_pass, Votes.end,
)  # fmt: skip
ALWAYS = {"PollAdded", "PollOpened", "BallotCast", "BallotMarked", "BallotDictated", "PollClosed", "PollVoided"}
"""So often asked for that every run has them; what else happens depends on what was drawn."""


def test_whatever_is_asked_about_votes_they_stay_what_they_promise() -> None:
    seen.clear()

    run_state_machine_as_test(Votes, settings=settings(quick, max_examples=30))

    assert set(seen) >= ALWAYS


@pytest.mark.slow
def test_whatever_is_asked_about_votes_for_long() -> None:
    run_state_machine_as_test(Votes, settings=settings(quick, max_examples=30, stateful_step_count=60))
