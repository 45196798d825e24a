"""Audit: every composition by a search in an exported record, and every repair, made again, and whether it is the same.

Made to be read by whoever doubts it. A record holds of each the whole case (people by number, with what was mirrored),
the seed, the tries and the taste, and where people were to sit before if a plan was mended. Nothing else takes part:
no server, no store, no clock. For each that was found:
- made again, everybody sits where the record says;
- the rooms that were on offer, and those planned for later, are the ones that were found. Whoever left while it was
  searched has no seat in them; that is said.
Of a repair of open rooms the record holds the rooms as they stood, the seed and the tries: made again, all that was
offered is the same, who would move and why.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from facilitation import events as e
from facilitation.composition import Hurt, RepairOffer
from facilitation.mending import ladder
from rooms.composing.board import VERSION, Board
from rooms.composing.case import CannotCompose, Case, Seats
from rooms.composing.plan import Anneal, begin
from rooms.composing.rules import Rules
from rooms.seating import Found, Room
from server.composing.works import repaired
from server.draft import event_of
from server.journal import Entry

FILE = "journal.jsonl"
KINDS = frozenset({e.RoomsComposed.__name__, e.RepairAsked.__name__, e.RepairsOffered.__name__})
MANY = 400_000
"""With so many tries in all it is worth while to get the compiled search ready, which takes its time."""
REPAIR = "repair of open rooms"


class CannotRead(Exception):
    """The record cannot be read, for the reason that it says in one line."""


class Audit(msgspec.Struct, frozen=True):
    """What came of one composition or repair. `rung`: how far a plan was changed; of a repair, that it is one.
    `differs`: where it is not the same. `left`: so many had gone until it was kept. `other_version`: of the search, by
    which it was found; then it cannot be made again here."""

    id: str
    people: int
    rounds: int
    seed: int
    iterations: int
    rung: str = ""
    differs: tuple[str, ...] = ()
    left: int = 0
    other_version: int | None = None

    @property
    def line(self) -> str:
        """For a terminal."""
        how = f"{self.people} people, {self.rounds} rounds, seed {self.seed}, {self.iterations} tries"
        how += f", {self.rung}" if self.rung else ""
        how += f"; {self.left} had left" if self.left else ""
        if self.other_version is not None:
            return f"UNKNOWN  {self.id} ({how}): found by version {self.other_version} of the search, this is {VERSION}"
        if self.differs:
            return f"DIFFERS  {self.id} ({how}): {'; '.join(self.differs)}"
        return f"equal    {self.id} ({how})"


def load(path: Path) -> list[Entry]:
    """The journal in an archive (a ZIP file or the folder that it was unpacked to), or as a file of its own."""
    try:
        if path.is_dir():
            return parse((path / FILE).read_bytes())
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return parse(archive.read(FILE))
        return parse(path.read_bytes())
    except KeyError:
        raise CannotRead(f"{path} has no {FILE}: it is not an archive.") from None
    except msgspec.MsgspecError as error:
        raise CannotRead(f"{path} is not a journal: {error}.") from None
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:
        raise CannotRead(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def parse(written: bytes) -> list[Entry]:
    return [msgspec.json.decode(line, type=Entry) for line in written.splitlines() if line.strip()]


def audits(entries: Iterable[Entry], anneal: Anneal) -> list[Audit]:
    """Of every composition by a search and every repair, in their order."""
    found, seeds = [], dict[str, int]()
    for event in _searched(entries):
        match event:
            case e.RoomsComposed():
                found.append(audit(event, anneal))
            case e.RepairAsked(repair, seed):
                seeds[repair] = seed
            case e.RepairsOffered(repair, offers, hurt) if hurt is not None:
                found.append(audit_repair(repair, hurt, offers, seeds[repair], anneal))
    return found


def tries_in(entries: Iterable[Entry]) -> int:
    """How many tries it takes to make all of them again."""
    tries = 0
    for event in _searched(entries):
        match event:
            case e.RoomsComposed(found=found):
                tries += found.iterations
            case e.RepairsOffered(offers=offers):
                tries += sum(offer.iterations for offer in offers)
    return tries


def _searched(entries: Iterable[Entry]) -> Iterator[e.Event]:
    return (event_of(entry) for entry in entries if entry.event in KINDS)


def audit(event: e.RoomsComposed, anneal: Anneal) -> Audit:
    found = event.found
    people, rounds = len(found.case.people), len(found.case.rounds)
    told = Audit(event.id, people, rounds, event.seed, found.iterations, found.rung)
    if found.version != VERSION:
        return msgspec.structs.replace(told, other_version=found.version)
    differs, left = _on_offer([event.rooms, *event.later.values()], found)
    try:
        same = made_again(found, event.seed, anneal) == found.seats
    except CannotCompose as cannot:
        differs.append(f"cannot be made: {cannot}")
    else:
        if not same:
            differs.insert(0, "made again, people sit elsewhere")
    return msgspec.structs.replace(told, differs=tuple(differs), left=left)


def audit_repair(repair: str, hurt: Hurt, offers: Sequence[RepairOffer], seed: int, anneal: Anneal) -> Audit:
    tries = max((offer.iterations for offer in offers), default=0)
    told = Audit(repair, len(hurt.fills.case.people), 1, seed, tries, REPAIR)
    if hurt.version != VERSION:
        return msgspec.structs.replace(told, other_version=hurt.version)
    again = {offer.rung: offer for offer in ladder(hurt, seed, tries, anneal)}
    differs = [f"made again, {offer.rung} is another offer" for offer in offers if again.get(offer.rung) != offer]
    return msgspec.structs.replace(told, differs=tuple(differs))


def made_again(found: Found, seed: int, anneal: Anneal) -> Seats:
    """Where everybody sits, from what the record says. Raises `CannotCompose`."""
    tries, taste, announced = found.iterations, found.taste, found.announced
    if announced is None:
        kept, seats, _ = begin(found.case, seed)
        board = Board(kept, seats, Rules(kept), taste)
        anneal(board, seed, tries)
        return board.seats()
    return repaired(found.case, announced, found.rung, seed, budget=tries, taste=taste, anneal=anneal)[2]


def _on_offer(rounds: Sequence[Sequence[Room]], found: Found) -> tuple[list[str], int]:
    """Where the rooms that were offered or planned are others than those that were found; how many had left."""
    differs, left = [], 0
    for number, rooms in enumerate(rounds):
        seated = _named(found.case, found.seats, number)
        for room in rooms:
            there = seated.pop(room.id, frozenset())
            if not there.issuperset(room.people):
                differs.append(f"round {number + 1}, room {room.id}: other people than were found")
            elif not number:
                left += len(there) - len(room.people)
        if any(seated.values()):
            differs.append(f"round {number + 1}: a room is missing")
    return differs, left


def _named(case: Case, seats: Seats, number: int) -> dict[str, frozenset[str]]:
    tables = case.rounds[number].rooms
    return {
        table.id: frozenset(case.people[each].id for each in seated)
        for table, seated in zip(tables, seats[number], strict=True)
    }
