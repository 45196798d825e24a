"""Polls that every room takes by itself, and what of them goes to the plenary."""

from __future__ import annotations

from typing import Any

from facilitation import commands as c
from facilitation.deadlines import deadlines
from facilitation.polls import Heap, Sums
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import PollId
from tests.facilitation.given import CITIZENS, Meeting, in_rooms, live, public

OPTIONS = tuple(c.AskedOption(name, name.upper()) for name in "abcd")
LAID: tuple[tuple[str, str, c.Choice], ...] = (
    ("ana", "r1", {"a": 3, "b": 2}),
    ("cleo", "r1", {"a": 1, "c": 1}),
    ("ben", "r2", {"d": 4}),
    ("dirk", "r2", {"c": 2, "d": 1}),
)


def voting(method: str = "points", **more: Any) -> Meeting:
    meeting = in_rooms()
    meeting.may(
        "lea",
        c.AddPoll(**{"question": "?", "method": method, "id": "q", "options": OPTIONS, "each_room": True, **more}),
    )
    meeting.may("lea", c.OpenPoll(poll="q", warned=True), at=0)
    return meeting


def test_each_open_room_votes_by_itself() -> None:
    meeting = voting(secret=True)

    polls = {poll.id: list(poll.electorate) for poll in meeting.session.polls.values() if poll.state == "open"}

    assert polls == {"q": [], "q-r1": ["ana", "cleo", "emil"], "q-r2": ["ben", "dirk", "fadi"]}
    assert meeting.ask("ben", c.CastBallot("q-r1", {"a": 1})) == Refusal(Why.NOT_IN_ELECTORATE)
    assert meeting.ask("ben", c.CastBallot("q", {"a": 1})) == Refusal(Why.NOT_IN_ELECTORATE)
    meeting.may("ben", c.CastBallot("q-r2", {"a": 1}))
    shown = meeting.view("lea")
    assert shown["polls.q"]["electorate"] == 6
    assert (shown["polls.q-r1"]["room"], shown["polls.q-r1"]["part_of"]) == ("r1", "q")


def test_rooms_vote_only_while_they_are_open_and_small_ones_are_said() -> None:
    meeting, closed = in_rooms(), live()
    for each in (meeting, closed):
        each.may("lea", c.AddPoll(question="?", method="yes-no-abstain", id="q", each_room=True, secret=True))

    assert closed.ask("lea", c.OpenPoll(poll="q")) == Refusal(Why.ROOMS_NOT_OPEN)
    assert meeting.ask("lea", c.OpenPoll(poll="q", warned=False)) == Refusal(Why.SMALL_GROUP)
    warned = meeting.view("lea")["polls.q.before"]["warnings"]
    assert [(one["id"], one["n"]) for one in warned if one["kind"] == "room"] == [("r1", 3), ("r2", 3)]


def test_all_rooms_are_extended_held_closed_and_published_together() -> None:
    meeting = voting(seconds=60)
    meeting.may("lea", c.ExtendPoll(poll="q", seconds=60), at=10_000)
    meeting.may(HOUSE, c.Leave("ben", "w"))
    _, check = next(each for each in deadlines(meeting.session) if isinstance(each[1], c.CheckPoll))
    meeting.may(HOUSE, check, at=118_000)
    family = [PollId(name) for name in ("q", "q-r1", "q-r2")]

    held = [(meeting.session.polls[name].held, meeting.session.polls[name].closes) for name in family]
    meeting.may("lea", c.ClosePoll(poll="q"), at=130_000)
    meeting.may("lea", c.PublishPoll(poll="q"), at=131_000)

    assert held == [(118_000, None)] * 3
    assert [meeting.session.polls[name].state for name in family] == ["published"] * 3
    assert "polls.q.result" not in meeting.view("ana")
    assert "polls.q-r1.result" in meeting.view("ana")


def test_the_best_of_each_room_go_to_the_plenary_and_what_was_merged_is_kept() -> None:
    meeting = voting()
    for voter, room, choice in LAID:
        meeting.may(voter, c.CastBallot(f"q-{room}", choice))

    early = meeting.ask("lea", c.TakeTop("q", 2, "approval"))
    meeting.may("lea", c.ClosePoll(poll="q"))
    meeting.may("lea", c.TakeTop("q", 2, "approval", id="plenary", same=(("a", "d"),)))

    drafted = meeting.session.polls[PollId("plenary")]
    assert early == Refusal(Why.NOT_COUNTED)
    assert [option.id for option in drafted.options] == ["a", "b", "c"]
    assert drafted.sources == {"a": ("r1/a", "r2/d"), "b": ("r1/b",), "c": ("r2/c",)}
    assert meeting.view("lea")["polls.plenary"]["sources"]["a"] == ["r1/a", "r2/d"]
    meeting.may("lea", c.OpenPoll(poll="plenary"))


def test_rooms_that_were_asked_about_their_own_things_go_to_the_plenary_too() -> None:
    meeting = voting()
    for room in ("r1", "r2"):
        options = tuple(c.AskedOption(each, f"{each} of {room}") for each in "ab")
        whom = c.AskedElectorate(rooms=(room,))
        meeting.may("lea", c.AddPoll("?", "approval", f"own-{room}", options, electorate=whom))
        meeting.may("lea", c.OpenPoll(poll=f"own-{room}"))
        for voter in [
            each for each, seat in meeting.session.seating.seats.items() if seat == room and each in CITIZENS
        ]:
            meeting.may(voter, c.CastBallot(f"own-{room}", ["b"]))
        meeting.may("lea", c.ClosePoll(poll=f"own-{room}"))

    meeting.may("lea", c.TakeTop("own-r1", 1, "approval", id="all", polls=("own-r2",)))

    drafted = meeting.session.polls[PollId("all")]
    assert drafted.sources == {"r1-b": ("r1/b",), "r2-b": ("r2/b",)}
    assert meeting.ask("lea", c.TakeTop("own-r1", 1, "approval", polls=("none",))) == Refusal(Why.NO_SUCH_POLL)


def test_all_who_share_the_last_place_come_along() -> None:
    meeting = voting()
    meeting.may("ana", c.CastBallot("q-r1", {"a": 3, "b": 1, "c": 1}))
    meeting.may("lea", c.ClosePoll(poll="q"))

    meeting.may("lea", c.TakeTop("q", 2, "yes-no-abstain", id="plenary"))

    texts = [text.id for text in meeting.session.polls[PollId("plenary")].texts]
    assert texts == ["a", "b", "c", "d"], "in the room that did not vote all are equal"


def test_what_no_room_voted_on_cannot_be_merged() -> None:
    meeting = voting()
    meeting.may("lea", c.ClosePoll(poll="q"))

    assert meeting.ask("lea", c.TakeTop("q", 2, "approval", same=(("a", "x"),))) == Refusal(Why.NO_SUCH_TEXT)
    assert meeting.ask("lea", c.TakeTop("vote", 2, "approval")) == Refusal(Why.NO_SUCH_ROOM)


def test_scales_over_texts_are_ranked_by_their_mean() -> None:
    texts = tuple(c.AskedText(name, name) for name in "tuv")
    meeting = voting("scale", options=(), texts=texts, lowest=1, highest=6)
    for voter, room, marks in (("ana", "r1", (6, 1, 2)), ("ben", "r2", (1, 2, 6))):
        meeting.may(voter, c.CastBallot(f"q-{room}", dict(zip("tuv", marks, strict=True))))
    meeting.may("lea", c.ClosePoll(poll="q"))

    meeting.may("lea", c.TakeTop("q", 1, "scale", id="plenary"))

    drafted = meeting.session.polls[PollId("plenary")]
    assert ([text.id for text in drafted.texts], drafted.scheme.highest) == (["t", "v"], 6)


def test_nobody_votes_in_two_rooms_because_a_list_or_a_role_puts_them_into_each() -> None:
    meeting = in_rooms()
    for whom in (c.AskedElectorate(people=("ana", "ben")), c.AskedElectorate(roles=("citizen", "expert"))):
        ask = c.AddPoll("?", "approval", options=OPTIONS, each_room=True, electorate=whom)
        assert meeting.ask("lea", ask) == Refusal(Why.DOES_NOT_FIT)


def test_nobody_is_admitted_to_a_vote_that_each_room_takes_by_itself() -> None:
    meeting = in_rooms()
    meeting.may("lea", c.AddPoll("?", "approval", "q", OPTIONS, each_room=True))

    assert meeting.ask("lea", c.AdmitVoter("q", "ana")) == Refusal(Why.NOT_IN_ROOM)


def test_of_a_room_that_votes_again_only_the_newest_vote_counts() -> None:
    meeting = voting("approval")
    for voter in ("ana", "ben"):
        meeting.may(voter, c.CastBallot("q-r1" if voter == "ana" else "q-r2", ["a"]))
    meeting.may("lea", c.ClosePoll(poll="q"))
    meeting.may("lea", c.RepeatPoll(poll="q-r1", reason="somebody could not hear"))
    again = list(meeting.session.polls)[-1]
    meeting.may("sue", c.SecondPoll(again))
    meeting.may("lea", c.OpenPoll(poll=again))
    meeting.may("ana", c.CastBallot(again, ["b"]))
    meeting.may("lea", c.ClosePoll(poll=again))

    shown = meeting.view("lea")
    meeting.may("lea", c.TakeTop("q", 1, "approval", id="best"))

    assert (shown["polls.q"]["electorate"], shown["polls.q.turnout"]) == (6, 2)
    assert meeting.session.polls[PollId("best")].sources == {"a": ("r2/a",), "b": ("r1/b",)}


def test_more_time_for_one_room_is_more_time_for_all_so_that_none_is_closed_before_it() -> None:
    meeting = voting(seconds=60)

    meeting.may("lea", c.ExtendPoll(poll="q-r1", seconds=120))

    assert {poll.closes for poll in meeting.session.polls.values() if poll.state == "open"} == {180_000}


def test_the_result_of_a_small_room_is_not_for_everybody() -> None:
    meeting = voting("approval", secret=True)
    meeting.may("ana", c.CastBallot("q-r1", ["a"]))
    meeting.may("lea", c.ClosePoll(poll="q"))
    for room, ballots in (("r1", 1), ("r2", 0)):
        sums = Sums({"": ballots}, (Heap("", "", {"a": 1}),) if ballots else ())
        meeting.may(HOUSE, c.KeepTally(f"q-{room}", sums))
    meeting.may("lea", c.PublishPoll(poll="q"))

    assert meeting.view("lea")["polls.q-r1.result"]["cast"] == 1
    assert "polls.q-r1.result" not in meeting.view("ben")
    assert "polls.q-r1.result" not in meeting.seen(public())


def test_a_long_name_leaves_each_room_a_vote_that_can_be_named() -> None:
    meeting = in_rooms()
    meeting.may("lea", c.AddPoll("?", "approval", "x" * 63, OPTIONS, each_room=True))

    meeting.may("lea", c.OpenPoll(poll="x" * 63))

    assert all(len(poll) <= 64 for poll in meeting.session.polls)
