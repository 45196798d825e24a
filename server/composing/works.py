"""What is done in the back room: rooms searched, repairs found, late arrivals ranked. Runs as a process of its own.

It reads what it is asked from its standard input and writes what it found to its standard output; what is given and
what comes back are plain values. It never sees a name: of the directory it is given attributes only.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from rpds import HashTrieMap

from facilitation import arrivals, casebook, mending
from facilitation import commands as c
from facilitation.casemaker import Book
from facilitation.composition import ANEW, FEWEST, Made, Repairs, Wanted
from facilitation.reported import Standing, standing
from facilitation.session import Session, with_
from rooms.composing import repair, search
from rooms.composing.board import VERSION
from rooms.composing.case import ANY, CannotCompose, Case, Member, Reason, Round, Seats, Table, Taste, Why
from rooms.composing.plan import Anneal, Plan, begin, giving_way, plan_of
from rooms.composing.reasons import Move, explain
from rooms.composing.rules import Rules
from rooms.people import Card, PersonId, RoomId
from rooms.seating import Found
from rooms.trail import Trail
from server.composing.command import fastest, searched, tries_within

HEAD = struct.Struct(">Q")
WARM = "warm"
"""Told so, it gets the compiled search ready first, and says when it is."""
PAIRS = 4
"""A search among so many rooms of two makes the compiled search ready."""
NICER = 10
"""So much less right to the machine than whoever started it."""
FEW_OF = 20
"""One of so many people may move where few are to, or as many as must."""
MANY = 50_000
"""More tries than so many are as many as fit into a few searches, if that is fewer."""
LONGEST = 4
"""So many searches long (in seconds) takes a search with many tries at most."""
RANKS = 2.0
"""Whoever of those who came late is not ranked after so many seconds is asked about again: others wait too."""
LOOKS = 0.5
"""So often (seconds) it looks whether whoever started it is still there."""
NOTHING = Found(Case((), ()), (), 0, 0.0)

_anneal: Anneal = search.anneal


def essence(session: Session) -> Session:
    """A session in a form that travels, without what only its clerk needs and what earlier searches rested on."""
    attendance = msgspec.structs.replace(session.attendance, trail=Trail())
    open_polls = {poll.id: poll for poll in session.polls.values() if not poll.secret}
    known, offered = session.compositions, session.seating.proposal
    compositions = msgspec.structs.replace(known, offered=_light(known.offered), accepted=_light(known.accepted))
    proposal = None if offered is None else msgspec.structs.replace(offered, found=None)
    seating = msgspec.structs.replace(session.seating, proposal=proposal)
    return with_(
        session, attendance=attendance, polls=open_polls, compositions=compositions, seating=seating,
        tickets=HashTrieMap(), changed=HashTrieMap(), checks=HashTrieMap(), consents=HashTrieMap(), before=None,
        incidents=(),
    )  # fmt: skip


def _light(made: Made | None) -> Made | None:
    return None if made is None else msgspec.structs.replace(made, found=NOTHING)


def nameless(cards: Mapping[PersonId, Card]) -> dict[PersonId, Card]:
    """Of the directory only what rooms may rest on."""
    return {person: Card("", attributes=card.attributes) for person, card in cards.items() if card.attributes}


# Compositions


def composed(session: Session, cards: Mapping[PersonId, Card], wanted: Wanted, seconds: float) -> c.Command:
    """The rooms that were asked for, or why there are none."""
    try:
        book = casebook.book(session, cards, wanted)
        if not book.people:
            return c.FailComposition(wanted.id, ())
        if book.announced is not None:
            return _mended(book, book.announced, wanted, seconds)
        return _anew(book, wanted, seconds)
    except CannotCompose as cannot:
        return c.FailComposition(wanted.id, cannot.reasons)


def proposed(
    session: Session, cards: Mapping[PersonId, Card], wanted: Wanted, seconds: float
) -> tuple[c.Command, Standing | None]:
    """The same, and how the rooms will stand when they are on offer."""
    found = composed(session, cards, wanted, seconds)
    if not isinstance(found, c.KeepComposition):
        return found, None
    return found, standing(session, cards, found.found, found.rooms)


def _anew(book: Book, wanted: Wanted, seconds: float) -> c.KeepComposition:
    seed, taste = wanted.seed, _taste(wanted)
    kept, seats, relaxed = begin(book.case, seed)
    book, kept = _hosted(book, kept, seats)

    def search_for(budget: float) -> tuple[int, Seats]:
        return searched(kept, Rules(kept), seats, seed=seed, budget=budget, anneal=_anneal, taste=taste)

    tries, seats = search_for(_budget(wanted.iterations, seconds, search_for))
    return _kept(book, wanted, plan_of(kept, Rules(kept), seats, seed=seed, iterations=tries, relaxed=relaxed), ())


def _mended(book: Book, announced: Seats, wanted: Wanted, seconds: float) -> c.KeepComposition:
    """The plan with as few people moved as the rung says."""

    def repair_for(budget: float) -> tuple[Case, int, Seats, tuple[Reason, ...]]:
        return repaired(
            book.case, announced, wanted.rung, wanted.seed, budget=budget, taste=_taste(wanted), anneal=_anneal
        )

    kept, tries, seats, relaxed = repair_for(_budget(wanted.iterations, seconds, repair_for))
    book, kept = _hosted(book, kept, seats)
    plan = plan_of(kept, Rules(kept), seats, seed=wanted.seed, iterations=tries, relaxed=relaxed)
    return _kept(book, wanted, plan, explain(kept, announced, seats))


def _budget(asked: int, seconds: float, attempt: Callable[[int], object]) -> float:
    """So many tries (an int) as were asked for, fewer where they would take long; or so many seconds (a float)."""
    if not asked:
        return seconds
    return asked if asked <= MANY else min(asked, tries_within(seconds * LONGEST, attempt))


def repaired(
    case: Case, announced: Seats, rung: str, seed: int, *, budget: float, taste: float, anneal: Anneal
) -> tuple[Case, int, Seats, tuple[Reason, ...]]:
    """So many tries (an int) or seconds (a float) later: the case as it could be kept, the tries, the seating, and what
    gave way. Raises `CannotCompose`."""
    start: Seats
    if rung == ANEW:
        kept, start, relaxed = begin(case, seed)
    else:
        kept, start, relaxed = giving_way(case, lambda kept: repair.fewest(kept, announced, seed).seats)
    if rung == FEWEST:
        return kept, 0, start, relaxed
    most = len(repair.moved(announced, start)) + max(2, len(kept.people) // FEW_OF)

    def attempt(tries: int) -> Seats:
        if rung == ANEW:
            return repair.anew(kept, announced, seed, tries, taste=taste, anneal=anneal).seats
        return repair.few(kept, announced, seed, tries, most=most, start=start, taste=taste, anneal=anneal).seats

    tries = budget if isinstance(budget, int) else tries_within(budget, attempt)
    return kept, tries, attempt(tries), relaxed


def _hosted(book: Book, kept: Case, seats: Seats) -> tuple[Book, Case]:
    """The same; where facilitators do not speak the languages of all rooms, they go as far as they do, and that is
    said."""
    try:
        plan_of(kept, Rules(kept), seats, seed=0)
    except CannotCompose as cannot:
        if any(reason.why is not Why.FACILITATOR_LANGUAGE for reason in cannot.reasons):
            raise
        case = msgspec.structs.replace(book.case, facilitators=())
        book = msgspec.structs.replace(book, case=case, relaxed=(*book.relaxed, *cannot.reasons))
        return book, msgspec.structs.replace(kept, facilitators=())
    return book, kept


def _kept(book: Book, wanted: Wanted, plan: Plan, moves: Sequence[Move]) -> c.KeepComposition:
    rooms = casebook.rooms_of(book, plan.rounds)
    found = Found(
        book.case,
        plan.seats(),
        plan.iterations,
        _taste(wanted),
        rung=wanted.rung if book.announced is not None else "",
        relaxed=(*book.relaxed, *plan.relaxed, *casebook.warnings(book, rooms)),
        moves=tuple(moves),
        announced=book.announced,
        version=VERSION,
    )
    later = {item: made for item, made in zip(book.items[1:], rooms[1:], strict=True) if item is not None}
    return c.KeepComposition(wanted.id, rooms[0], wanted.seed, found, later)


def _taste(wanted: Wanted) -> float:
    known = {taste.value: taste for taste in Taste}
    return known.get(wanted.recipe.taste, Taste.EVEN).repeat


# While rooms are open


def mended(session: Session, cards: Mapping[PersonId, Card], repairs: Repairs, seconds: float) -> c.KeepRepairs:
    """The three ways to mend the open rooms."""
    hurt = mending.hurt(session, cards)
    tries = tries_within(seconds / 2, lambda tries: mending.ladder(hurt, repairs.seed, tries, _anneal))
    return c.KeepRepairs(repairs.id, mending.ladder(hurt, repairs.seed, tries, _anneal), hurt)


def ranked(
    session: Session, cards: Mapping[PersonId, Card], people: Sequence[PersonId]
) -> dict[PersonId, tuple[RoomId, ...]]:
    """The rooms that could take each of those who came late, the best first; of as many as can be ranked soon."""
    until = time.perf_counter() + RANKS
    found = {}
    for person, rooms in arrivals.rooms_for_each(session, cards, people):
        found[person] = rooms
        if time.perf_counter() > until:
            break
    return found


WORKS: dict[str, Callable[..., Any]] = {"proposed": proposed, "mended": mended, "ranked": ranked}


# The process


def warm() -> None:
    """The compiled search is ready after this."""
    global _anneal  # noqa: PLW0603 - the process has one search
    anneal = fastest()
    everybody = tuple(range(PAIRS * 2))
    tables = tuple(Table(f"r{place}", (ANY,), 1, 2, 2) for place in range(PAIRS))
    people = tuple(Member(f"p{number}", {"side": number % 2}, {"en": 5}) for number in everybody)
    kept, seats, _ = begin(Case(people, (Round(everybody, tables),), balance={"side": 1.0}), 1)
    searched(kept, Rules(kept), seats, seed=1, budget=200, anneal=anneal)
    _anneal = anneal


def work(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answers until there is nobody who asks."""
    while len(head := questions.read(HEAD.size)) == HEAD.size:
        body = questions.read(HEAD.unpack(head)[0])
        try:
            name, given = pickle.loads(body)  # noqa: S301 - our own clerk wrote it
            done, result = True, WORKS[name](*given)
        except Exception as fault:  # noqa: BLE001 - a defect in one must not end the others; it is told to whoever asked
            done, result = False, where(fault)
        _say(answers, (done, result))


def where(fault: BaseException) -> str:
    """What kind of fault it is and where it happened; never what it says, for that may be somebody's attribute."""
    lines = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(fault.__traceback__)]
    return " ".join((type(fault).__name__, *lines))


def _say(answers: BinaryIO, what: object) -> None:
    body = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    answers.write(HEAD.pack(len(body)) + body)
    answers.flush()


def _end_with(parent: int) -> None:
    """Ends this process within a moment of whoever started it, also in the middle of something."""
    while os.getppid() == parent:
        time.sleep(LOOKS)
    os._exit(1)


def main(arguments: Sequence[str]) -> None:
    """`arguments`: the number of the process that started it; "warm" for the compiled search."""
    os.nice(NICER)
    threading.Thread(target=_end_with, args=(int(arguments[0]),), daemon=True).start()
    if WARM in arguments:
        warm()
        _say(sys.stdout.buffer, True)
    work(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main(sys.argv[1:])
