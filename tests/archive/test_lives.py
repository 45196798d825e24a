"""Whole lives of votes, asked as people ask: whatever happens, the archive is counted again and says what happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation import commands as c
from facilitation.ballots import heaped, read
from facilitation.polls import Poll, Sums
from facilitation.session import HOUSE
from rooms.people import PollId
from server.archive import without_choice
from server.archive.votes import polls_again, record_of, votes_of
from server.recount import parse, recount
from tests.archive.test_pack import opened, rows
from tests.facilitation.given import CITIZENS, Meeting, in_rooms, live

YES_NO = "yes-no-abstain"


class Hall:
    """A meeting that votes, and what lies in the boxes of its secret votes, by the name of the voter."""

    def __init__(self, meeting: Meeting | None = None) -> None:
        self.meeting = meeting or live()
        self.box: dict[tuple[str, str], Any] = {}

    def ask(self, who: str, command: c.Command) -> bool:
        return isinstance(self.meeting.ask(who, command, at=self.meeting.session.time), list)

    def cast(self, who: str, poll: str, choice: Any) -> None:
        if self.ask(who, c.CastBallot(poll, choice)):
            self.box[poll, who] = choice

    def dictate(self, poll: str, person: str, choice: Any) -> None:
        if self.ask("sue", c.DictateBallot(poll, person, choice, told=True)):
            self.box[poll, person] = choice

    def count(self, poll: str) -> None:
        """As the server does with the box."""
        found = self.poll(poll)
        self.ask(HOUSE, c.KeepTally(poll, self._sums(found)))

    def poll(self, poll: str) -> Poll:
        return self.meeting.session.polls[PollId(poll)]

    def _sums(self, poll: Poll) -> Sums:
        papers = [(poll.electorate[who], read(poll, self.box[poll.id, who])) for who in poll.ballots]
        return heaped(poll, [(side, paper) for side, paper in papers if paper is not None])

    def record(self) -> bytes:
        session = self.meeting.session
        return record_of(session, votes_of(session, self.meeting.entries), session.time)

    def votes(self) -> dict[str, dict[str, Any]]:
        return {vote["id"]: vote for vote in json.loads(self.record())["polls"]}


def asked(poll: str, **more: Any) -> c.AddPoll:
    return c.AddPoll({"fr": "Le pont?"}, YES_NO, poll, **more)


def counted(hall: Hall, poll: str = "p", **more: Any) -> None:
    hall.ask("lea", asked(poll, **more))
    hall.ask("lea", c.OpenPoll(poll=poll, warned=True))
    for number, who in enumerate(CITIZENS):
        hall.cast(who, poll, "no" if number == 2 else "yes")
    hall.ask("lea", c.ClosePoll(poll=poll))
    hall.count(poll)


def test_a_repeat_names_the_reason_and_both_who_wanted_it() -> None:
    hall = Hall()
    counted(hall)
    hall.ask("lea", c.RepeatPoll(poll="p", reason="The text was read out wrongly."))
    [second] = [poll.id for poll in hall.meeting.session.polls.values() if poll.again_of == "p"]
    hall.ask("sue", c.SecondPoll(second))
    hall.ask("lea", c.OpenPoll(poll=second, warned=True))

    vote = hall.votes()[second]
    page = opened(hall.meeting)[f"protocols/{second}.en.html"]

    assert (vote["again_of"], vote["asked_by"], vote["seconded_by"]) == ("p", "lea", "sue")
    assert vote["why"] == "The text was read out wrongly."
    for words in ("It was put again because: The text was read out wrongly.", "Agreed to by sue.", "Asked for by lea."):
        assert words in page


def test_a_void_vote_has_its_reason_and_no_ballot() -> None:
    hall = Hall()
    hall.ask("lea", asked("p"))
    hall.ask("lea", c.OpenPoll(poll="p"))
    hall.cast("ana", "p", "yes")
    hall.ask("lea", c.VoidPoll("p", "The wrong text."))

    vote = hall.votes()["p"]

    assert (vote["state"], vote["reason"]) == ("void", "The wrong text.")
    assert (vote["sums"], vote["ballots"], vote["result"]) == (None, None, None)


def test_what_was_dictated_and_confirmed_counts_and_its_choice_is_in_no_copy_of_the_journal() -> None:
    hall = Hall()
    hall.ask("lea", asked("p"))
    hall.ask("lea", c.OpenPoll(poll="p"))
    hall.dictate("p", "ana", "no")
    hall.ask("flo", c.ConfirmBallot("p", "ana"))
    hall.ask("lea", c.ConfirmBallot("p", "ana"))
    hall.ask("lea", c.ClosePoll(poll="p"))

    vote = hall.votes()["p"]

    assert vote["telephone"]["ballots"] == 1
    assert vote["result"]["counts"]["no"] == 1
    kept = [without_choice(entry) for entry in hall.meeting.entries if entry.event.startswith(("Ballot", "Dictat"))]
    assert not any("choice" in entry.body for entry in kept)


def test_the_rooms_votes_are_counted_each_and_the_question_to_all_rooms_is_not() -> None:
    hall = Hall(in_rooms())
    hall.ask("lea", asked("p", each_room=True))
    assert hall.ask("lea", c.OpenPoll(poll="p", warned=True))
    rooms = [poll.id for poll in hall.meeting.session.polls.values() if poll.part_of == "p"]
    for who in CITIZENS:
        for room in rooms:
            hall.cast(who, room, "yes")
    hall.ask("lea", c.ClosePoll(poll="p"))

    outcomes = {vote.id: recount(vote) for vote in parse(hall.record()).polls}

    assert [outcomes[room].outcome for room in rooms] == ["equal", "equal"]
    assert outcomes["p"].line == "not counted  p: each room has its own vote"
    assert all(hall.votes()[room]["part_of"] == "p" for room in rooms)


voters = st.sampled_from(CITIZENS)
leads = st.sampled_from(["lea", "leo"])
staff = st.sampled_from(["lea", "leo", "sue", "flo"])
polls = st.sampled_from(["open", "secret"])
choices = st.sampled_from(["yes", "no", "abstain", "maybe"])
steps = st.one_of(
    st.tuples(st.just("cast"), voters, polls, choices),
    st.tuples(st.just("cast"), voters, polls, choices),
    st.tuples(st.just("dictate"), voters, polls, choices),
    st.tuples(st.just("confirm"), voters, polls, staff),
    st.tuples(st.just("withdraw"), voters, polls, staff),
    st.tuples(
        st.sampled_from(["open", "close", "count", "publish", "void", "again", "extend"]), st.none(), polls, staff
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=40))
def test_whatever_happens_the_archive_is_counted_again_and_pairs_nobody_with_a_choice(told: list[Any]) -> None:
    hall = Hall()
    for name in ("open", "secret"):
        hall.ask("lea", asked(name, rule=c.AskedRule("2/3", ">="), secret=name == "secret"))
        assert hall.ask("lea", c.OpenPoll(poll=name, warned=True))
    for what, person, poll, other in told:
        _step(hall, what, person, poll, other)

    session, entries = hall.meeting.session, hall.meeting.entries
    found = [recount(vote) for vote in parse(hall.record()).polls]
    assert not [each.line for each in found if each.outcome == "differs"]
    for each in found:
        poll = session.polls[PollId(each.poll)]
        assert each.outcome == ("void" if poll.state == "void" else "equal" if poll.is_counted else "not-counted")
    assert polls_again("s", entries) == session.polls
    for vote in hall.votes().values():
        assert not vote["secret"] or not any(f'"{who}"' in json.dumps(vote) for who in CITIZENS)
    assert b'"choice"' not in msgspec.json.encode([without_choice(entry) for entry in entries])


def _step(hall: Hall, what: str, person: str, poll: str, other: str) -> None:
    held = hall.poll(poll)
    if what == "cast":
        hall.cast(person, poll, other)
    elif what == "dictate":
        hall.dictate(poll, person, other)
    elif what != "count":
        hall.ask(other, BY_STAFF[what](poll, person))
    elif held.state == "closed" and held.secret and held.kept is None:
        hall.count(poll)


BY_STAFF: dict[str, Callable[[str, str], c.Command]] = {
    "confirm": c.ConfirmBallot,
    "withdraw": c.WithdrawBallot,
    "open": lambda poll, _: c.OpenPoll(poll=poll, warned=True),
    "close": lambda poll, _: c.ClosePoll(poll=poll),
    "publish": lambda poll, _: c.PublishPoll(poll=poll),
    "void": lambda poll, _: c.VoidPoll(poll, "Wrong."),
    "again": lambda poll, _: c.RepeatPoll(poll=poll, reason="Again."),
    "extend": lambda poll, _: c.ExtendPoll(poll=poll, seconds=60),
}


def test_a_ballot_over_many_texts_has_a_row_for_each_text_and_choice() -> None:
    hall = Hall()
    texts = tuple(c.AskedText(f"t{number}", {"fr": f"Texte {number}"}) for number in (1, 2))
    hall.ask("lea", asked("p", texts=texts, rule=c.AskedRule("1/2", ">")))
    hall.ask("lea", c.OpenPoll(poll="p"))
    for who in CITIZENS:
        hall.cast(who, "p", {"t1": "yes", "t2": "no"})
    hall.ask("lea", c.ClosePoll(poll="p"))

    files = opened(hall.meeting)
    found = [row for row in rows(files["polls.csv"]) if row["Vote"] == "p"]

    assert [(row["Text"], row["Choice"], row["All"], row["FR"]) for row in found if row["All"] != "0"] == [
        ("Texte 1 [FR]", "Yes", "6", "3"),
        ("Texte 2 [FR]", "No", "6", "3"),
    ]
    assert [row["Adopted"] for row in found] == ["Adopted"] * 3 + ["Not adopted"] * 3
    assert "2. Texte 2" in files["record.html"]
