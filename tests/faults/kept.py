"""What must hold of asks, answers and the journal: H1 to H6 and H12."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.history import Attempt, Fact, History, Screen, Violation, last_screens


@dataclass
class Poll:
    """One poll as the journal tells it."""

    opened: list[Fact] = field(default_factory=list)
    closed: list[Fact] = field(default_factory=list)
    ballots: list[Fact] = field(default_factory=list)
    state: str = "drafted"


MOMENTARY = {"try-later", "too-fast"}
"""Refusals that say nothing of the ask itself: whoever could not look cannot know a ticket."""


def polls_of(told: History) -> dict[str, Poll]:
    polls: dict[str, Poll] = defaultdict(Poll)
    for entry in told.entries:
        poll = polls[entry["body"].get("id") or entry["body"]["poll"]] if entry["event"] in POLL_EVENTS else None
        match entry["event"], poll:
            case "PollOpened", Poll():
                poll.opened.append(entry)
                poll.state = "open"
            case "BallotCast", Poll():
                poll.ballots.append(entry)
            case "PollClosed", Poll():
                poll.closed.append(entry)
                poll.state = "closed"
            case "PollPublished", Poll():
                poll.state = "published"
            case "PollVoided", Poll():
                poll.state = "void"
    return dict(polls)


POLL_EVENTS = {"PollAdded", "PollOpened", "BallotCast", "PollClosed", "PollPublished", "PollVoided"}


def acknowledged_is_kept_once(told: History) -> Iterator[Violation]:
    """H1: who was told `ok` finds the ask in the journal, once, and not later than the version that they were told."""
    kept = _by_ticket(told)
    for (c, ticket), entries in kept.items():
        if len(entries) > 1:
            where = [entry["version"] for entry in entries]
            yield Violation("H1", f"{c}'s ticket {ticket} stands in the journal {len(entries)} times, at {where}")
    for (c, ticket), attempts in _by_ask(told).items():
        oks = sorted({attempt.ok for attempt in attempts if attempt.ok is not None})
        if not oks:
            continue
        entries = kept.get((c, ticket), [])
        if not entries:
            yield Violation("H1", f"{c} was told ok at {oks[0]} for {attempts[0].name} ({ticket}); it is not kept")
        elif entries[0]["version"] > oks[0]:
            yield Violation("H1", f"{c} was told ok at {oks[0]} for {ticket}, kept at {entries[0]['version']}")
        told_at = min(attempt.answer["m"] for attempt in attempts if attempt.answer and attempt.ok is not None)
        for attempt in attempts:
            if attempt.m > told_at and attempt.refused not in {None, *MOMENTARY}:
                yield Violation("H1", f"{c} was told ok for {ticket}, and later under it {attempt.refused}")
        if len(oks) > 1:
            yield Violation("H1", f"{c} was told different versions for {ticket}: {oks}")


def one_ballot_each(told: History) -> Iterator[Violation]:
    """H2: in each poll at most one ballot of a person, and one ask of theirs that was told `ok`."""
    for poll_id, poll in polls_of(told).items():
        seen: dict[str, int] = {}
        for ballot in poll.ballots:
            if ballot["who"] in seen:
                yield Violation("H2", f"two ballots of one voter in {poll_id}: {seen[ballot['who']]} {_at(ballot)}")
            seen[ballot["who"]] = ballot["version"]
    told_ok: dict[tuple[str, str], set[str]] = defaultdict(set)
    for attempt in told.attempts:
        if attempt.name == "ballot.cast" and attempt.ok is not None:
            told_ok[attempt.c, attempt.body["poll"]].add(attempt.ticket)
    for (c, poll_id), tickets in told_ok.items():
        if len(tickets) > 1:
            yield Violation("H2", f"{c} was told ok for two ballots in {poll_id}: {sorted(tickets)}")


def ballots_are_genuine(told: History) -> Iterator[Violation]:
    """H3: each ballot is one that an eligible voter asked for while the poll was open."""
    asked = _by_ask(told)
    client_of = told.client_of
    for poll_id, poll in polls_of(told).items():
        first = poll.opened[0] if poll.opened else None
        for ballot in poll.ballots:
            attempts = asked.get((client_of.get(ballot["who"], ""), ballot["ticket"]), [])
            if not any(_is_for(attempt, poll_id, ballot) for attempt in attempts):
                yield Violation("H3", f"nobody asked for the ballot in {poll_id} {_at(ballot)}")
            if first is None or ballot["version"] < first["version"]:
                yield Violation("H3", f"a ballot in {poll_id} before it was opened, {_at(ballot)}")
            elif ballot["who"] not in first["body"]["electorate"]:
                yield Violation("H3", f"a ballot in {poll_id} of somebody without a vote, {_at(ballot)}")
            elif first["body"].get("closes") is not None and ballot["at"] > first["body"]["closes"]:
                yield Violation("H3", f"a ballot in {poll_id} after its end, {_at(ballot)}")
            if poll.closed and ballot["version"] > poll.closed[0]["version"]:
                yield Violation("H3", f"a ballot in {poll_id} after it was closed, {_at(ballot)}")


def nothing_is_forged(told: History) -> Iterator[Violation]:
    """H3: whatever stands in the journal under a person's name is (a part of) something that they asked for."""
    asked = _by_ask(told)
    client_of = told.client_of
    part_of: str | None = None
    for entry in told.entries:
        who = entry["who"]
        if part_of is not None and who != part_of:
            yield Violation("H3", f"an entry of {part_of} that belongs to no ask, before {_at(entry)}")
            part_of = None
        if who not in client_of:
            continue
        if entry["ticket"] is None:
            part_of = who
            continue
        part_of = None
        if (client_of[who], entry["ticket"]) not in asked:
            yield Violation(
                "H3", f"{client_of[who]} never asked under {entry['ticket']}: {entry['event']} {_at(entry)}"
            )
    if part_of is not None:
        yield Violation("H3", f"an entry of {part_of} that belongs to no ask, at the end")


def refused_never_happens(told: History) -> Iterator[Violation]:
    """H4: what was refused every time that it was asked is not in the journal. Without an answer, both may be."""
    kept = _by_ticket(told)
    for (c, ticket), attempts in _by_ask(told).items():
        if all(attempt.refused is not None for attempt in attempts):
            for entry in kept.get((c, ticket), []):
                why = attempts[-1].refused
                yield Violation("H4", f"{c} was refused {attempts[0].name} ({ticket}, {why}); kept {_at(entry)}")


def tallies_are_the_ballots(told: History) -> Iterator[Violation]:
    """H5: turnout only grows and never tells of more than the journal has; at the end, and in results, it is exact."""
    polls = polls_of(told)
    for c, facts in told.clients.items():
        yield from _turnouts(c, facts, polls)
    for c, screen in last_screens(told).items():
        for poll_id, poll in polls.items():
            turnout, result = screen.shown(f"polls.{poll_id}.turnout"), screen.shown(f"polls.{poll_id}.result")
            if screen.connected and turnout is not None and turnout != len(poll.ballots):
                yield Violation("H5", f"{c} ends with turnout {turnout} of {poll_id}, ballots are {len(poll.ballots)}")
            if result is not None:
                yield from _result(c, poll_id, poll, result)


def _turnouts(c: str, facts: list[Fact], polls: dict[str, Poll]) -> Iterator[Violation]:
    """Within one connection: another worker may be a moment behind."""
    screen = Screen()
    before: dict[str, int] = {}
    for fact in facts:
        screen.take(fact)
        if fact["k"] == "conn":
            before = {}
        if fact["k"] != "patch":
            continue
        for path, value in fact["put"].items():
            if path.startswith("polls.") and path.endswith(".turnout"):
                poll = polls.get(path.split(".")[1], Poll())
                known = sum(ballot["version"] <= fact["version"] for ballot in poll.ballots)
                if value < before.get(path, 0):
                    yield Violation("H5", f"{c}: {path} fell from {before[path]} to {value}")
                if value != known:
                    yield Violation("H5", f"{c}: {path} is {value} at version {fact['version']}, ballots are {known}")
                before[path] = value


def _result(c: str, poll_id: str, poll: Poll, result: Fact) -> Iterator[Violation]:
    if result["cast"] != len(poll.ballots):
        yield Violation("H5", f"{c}: {poll_id} counts {result['cast']} ballots, there are {len(poll.ballots)}")
    counted = {choice: number for choice, number in result["counts"].items() if number}
    votes: dict[str, int] = defaultdict(int)
    for ballot in poll.ballots:
        votes[ballot["body"]["choice"]] += 1
    if counted != votes:
        yield Violation("H5", f"{c}: {poll_id} counts {counted}, the ballots say {dict(votes)}")


def journal_is_whole(told: History) -> Iterator[Violation]:
    """H6: versions 1, 2, 3 ... without a hole, times that never go back; one epoch, if the store keeps everything."""
    if not told.entries or told.entries[0]["event"] != "SessionCreated":
        yield Violation("H6", "the journal does not begin with the session")
    before = 0
    for number, entry in enumerate(told.entries, start=1):
        if entry["version"] != number:
            yield Violation("H6", f"version {entry['version']} stands where {number} belongs")
            break
    for entry in told.entries:
        if entry["at"] < before:
            yield Violation("H6", f"time goes back from {before} {_at(entry)}")
        before = entry["at"]
    epochs = {fact["epoch"] for facts in told.clients.values() for fact in facts if "epoch" in fact}
    if told.about.get("keeps") and len(epochs) > 1:
        yield Violation("H6", f"a store that loses nothing had several epochs: {sorted(epochs)}")


def each_poll_closes_once(told: History) -> Iterator[Violation]:
    """H12: a poll is opened once and closed once, by the house not before its end."""
    people = told.client_of
    for poll_id, poll in polls_of(told).items():
        for what, entries in (("opened", poll.opened), ("closed", poll.closed)):
            if len(entries) > 1:
                where = [entry["version"] for entry in entries]
                yield Violation("H12", f"{poll_id} was {what} {len(entries)} times, at {where}")
        closes = poll.opened[0]["body"].get("closes") if poll.opened else None
        if poll.closed and not poll.opened:
            yield Violation("H12", f"{poll_id} was closed and never opened")
        if poll.closed and closes is not None and poll.closed[0]["who"] not in people:
            early = closes - poll.closed[0]["at"]
            if early > 0:
                yield Violation("H12", f"the house closed {poll_id} {early} ms before its end")


def _by_ticket(told: History) -> dict[tuple[str, str], list[Fact]]:
    """People's entries by who asked for them, and under which ticket."""
    client_of = told.client_of
    kept: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for entry in told.entries:
        if entry["ticket"] is not None and entry["who"] in client_of:
            kept[client_of[entry["who"]], entry["ticket"]].append(entry)
    return kept


def _by_ask(told: History) -> dict[tuple[str, str], list[Attempt]]:
    asked: dict[tuple[str, str], list[Attempt]] = defaultdict(list)
    for attempt in told.attempts:
        asked[attempt.c, attempt.ticket].append(attempt)
    return asked


def _is_for(attempt: Attempt, poll_id: str, ballot: Fact) -> bool:
    body = attempt.body
    return attempt.name == "ballot.cast" and body["poll"] == poll_id and body["choice"] == ballot["body"]["choice"]


def _at(entry: Fact) -> str:
    return f"at version {entry['version']}"
