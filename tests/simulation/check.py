"""The checker: what must hold of every meeting, whatever went wrong in it. Returns what does not, in words.

It rests on what people were told and on what the store kept, never on what a clerk says of itself.

- H1  What was answered `ok` is in the journal once, and was so before the answer; unless the store lost it.
- H2  One ballot of each person in each poll.
- H4  What was refused has not happened before, and what was told `try-later` does not happen after.
- H6  Versions without a hole, times in order, no ticket twice.
- H7  Each patch goes on from what was shown, and shows nothing that is not kept.
- H8  In the end every clerk has the journal's session, and every browser the view of it, under the journal's epoch.
- H12 A deadline is met once, not early, and none is left over.
- H14 In the end everybody has an answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from facilitation import events as e
from facilitation.deadlines import deadlines
from facilitation.evolve import begin, told
from facilitation.refusals import Why
from facilitation.session import HOUSE, Session
from facilitation.views.layers import layers_of, view
from facilitation.views.viewpoint import Scene
from rooms.people import SessionId
from server.draft import cards_of, event_of
from server.journal.entries import Entry, unpack
from server.outbox import viewpoint_of
from tests.simulation.meeting import Outcome
from tests.simulation.people import Attempt
from tests.simulation.store import Batch
from tests.simulation.worker import Connection
from web.words import dress

OVERDUE = 2_000
"""So many ms after its time a deadline must have been met when nothing goes wrong any more."""
Ticket = tuple[str, str]


class Kept:
    """When (s) each ticket was written: what is there now, and what the store lost."""

    def __init__(self, outcome: Outcome) -> None:
        self.entries = outcome.store.entries()
        self.now = _written(outcome.store.batches)
        self.lost = _written(outcome.store.lost)


def _written(batches: list[Batch]) -> dict[Ticket, list[float]]:
    written: dict[Ticket, list[float]] = defaultdict(list)
    for batch in batches:
        for entry in map(unpack, batch.entries):
            if entry.ticket is not None:
                written[entry.who, entry.ticket].append(batch.at)
    return written


def check(outcome: Outcome) -> list[str]:
    """All that does not hold; empty if all is well."""
    kept = Kept(outcome)
    try:
        fold(kept.entries)
    except (AssertionError, LookupError) as fault:
        return [f"H6 the journal gives no session: {fault!r}", *_acknowledged(outcome, kept)]
    return [
        *_acknowledged(outcome, kept),
        *_refused(outcome, kept),
        *_journal(kept.entries),
        *_ballots(kept.entries),
        *_deadlines_met(outcome, kept.entries),
        *_shown(outcome),
        *_ends_alike(outcome, kept.entries),
        *(f"H14 {person} still waits for an answer" for person in outcome.unanswered),
    ]


def _acknowledged(outcome: Outcome, kept: Kept) -> Iterator[str]:
    for attempt in outcome.attempts:
        if attempt.ack is None or attempt.answered is None or "ok" not in attempt.ack:
            continue
        key = (attempt.who, attempt.ticket)
        now, lost = kept.now.get(key, []), kept.lost.get(key, [])
        if not any(at <= attempt.answered for at in (*now, *lost)):
            yield f"H1 {_named(attempt)} was acknowledged at {attempt.answered:.3f}, but not kept by then"
        elif len(now) > 1 or not (now or lost):
            yield f"H1 {_named(attempt)} was acknowledged and is in the journal {len(now)} times"


def _refused(outcome: Outcome, kept: Kept) -> Iterator[str]:
    of_ticket: dict[Ticket, list[Attempt]] = defaultdict(list)
    for attempt in outcome.attempts:
        of_ticket[attempt.who, attempt.ticket].append(attempt)
    for key, attempts in of_ticket.items():
        for index, attempt in enumerate(attempts):
            if attempt.refused is not None:
                yield from _refusal_holds(attempt, attempts[:index], attempts[index + 1 :], kept.now.get(key, []))


def _refusal_holds(
    attempt: Attempt, before: list[Attempt], after: list[Attempt], written: list[float]
) -> Iterator[str]:
    """An earlier attempt of which nothing was heard may still be on its way elsewhere, and happen at any time."""
    under_way = any(each.ack is None for each in before)
    asked_again = after[0].sent if after else float("inf")
    named = f"{_named(attempt)} was refused ({attempt.refused})"
    if attempt.refused == Why.BROKEN:
        yield f"H4 {named}: the clerk broke"
    elif not under_way and any(at < asked_again for at in written):
        yield f"H4 {named}, and happened all the same"
    elif attempt.refused != Why.TRY_LATER and any(at <= attempt.sent for at in written):
        yield f"H4 {named} after it had happened"


def _journal(entries: list[Entry]) -> Iterator[str]:
    if [entry.version for entry in entries] != list(range(1, len(entries) + 1)):
        yield "H6 versions have a hole"
    if any(later.at < earlier.at for earlier, later in pairwise(entries)):
        yield "H6 times go backwards"
    tickets = Counter((entry.who, entry.ticket) for entry in entries if entry.ticket is not None)
    yield from (f"H6 ticket {ticket} is there {times} times" for ticket, times in tickets.items() if times > 1)


def _ballots(entries: list[Entry]) -> Iterator[str]:
    ballots = Counter((entry.body["poll"], entry.who) for entry in entries if entry.event == e.BallotCast.__name__)
    yield from (f"H2 {who} has {times} ballots in {poll}" for (poll, who), times in ballots.items() if times > 1)


def _deadlines_met(outcome: Outcome, entries: list[Entry]) -> Iterator[str]:
    closes: dict[str, int | None] = {}
    closed: Counter[str] = Counter()
    for entry in entries:
        if entry.event == e.PollOpened.__name__:
            closes[entry.body["poll"]] = entry.body.get("closes")
        elif entry.event == e.PollClosed.__name__:
            closed[entry.body["poll"]] += 1
            due = closes.get(entry.body["poll"])
            if entry.who == HOUSE and (due is None or entry.at < due):
                yield f"H12 {entry.body['poll']} was closed by the house at {entry.at}, due {due}"
    yield from (f"H12 {poll} was closed {times} times" for poll, times in closed.items() if times > 1)
    left = [command for due, command in deadlines(fold(entries)) if due < outcome.time - OVERDUE]
    yield from (f"H12 {command} is overdue" for command in left)


def _shown(outcome: Outcome) -> Iterator[str]:
    for worker in outcome.workers:
        yield from (f"H7 {fault}" for fault in worker.too_early)
    for human in outcome.people:
        if human.connection is not None:
            yield from (f"H7 {human.person}: {fault}" for fault in human.connection.faults)


def _ends_alike(outcome: Outcome, entries: list[Entry]) -> Iterator[str]:
    if outcome.late:
        yield "H8 the clerks have not caught up with the journal"
        return
    session = fold(entries)
    scene = Scene(session, cards_of(list(outcome.store.directory.values())))
    for worker in outcome.workers:
        if worker.clerk is None:
            yield f"H8 {worker.worker} has not begun to serve"
        elif worker.clerk.session != session:
            yield f"H8 {worker.worker} has another session than the journal gives"
    for human in outcome.people:
        connection = human.connection
        if connection is None or not connection.open:
            yield f"H8 {human.person} is not connected"
            continue
        at = viewpoint_of(scene, connection.person, _language(outcome, scene, connection))
        for layer in layers_of(at):
            apart = _apart(connection.layers.get(layer, {}), dress(view(layer, scene, at), at.lang))
            if apart:
                yield f"H8 {human.person} at {connection.worker.worker} sees another {layer}: {apart}"
            if connection.epochs.get(layer) != outcome.store.epoch:
                yield f"H8 {human.person} at {connection.worker.worker} was not told of the new epoch of {layer}"


def _language(outcome: Outcome, scene: Scene, connection: Connection) -> str:
    """Whoever chose a language in what was lost goes on reading it until they come back."""
    person = connection.person
    lost = (entry for batch in outcome.store.lost for entry in map(unpack, batch.entries))
    chose = any(entry.who == person and entry.event == e.LanguageChosen.__name__ for entry in lost)
    if chose and scene.session.people[person].language is None:
        return str(connection.reads)
    return connection.lang


def _apart(shown: dict[str, Any], fresh: dict[str, Any]) -> str:
    paths = sorted(path for path in shown.keys() | fresh.keys() if shown.get(path) != fresh.get(path))
    return "; ".join(f"{path} is {shown.get(path)}, not {fresh.get(path)}" for path in paths)


def fold(entries: list[Entry]) -> Session:
    first = event_of(entries[0])
    assert isinstance(first, e.SessionCreated)
    session = begin(SessionId("s"), first, entries[0].at)
    for entry in entries[1:]:
        session = told(session, event_of(entry), entry.who, entry.at, entry.ticket)
    return session


def _named(attempt: Attempt) -> str:
    return f"{attempt.name} of {attempt.who} under {attempt.ticket} at {attempt.worker}"
