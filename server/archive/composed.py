"""How rooms were composed by a search, and why people were moved, out of the journal. People by number.

A move is listed with the composition that was kept, or with the repair that was picked; whether somebody stopped the
countdown of a repair afterwards, the journal tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from facilitation import events as e
from facilitation.composition import RepairOffer, Wanted
from facilitation.programme import Programme
from rooms.composing.case import Reason
from rooms.composing.reasons import Move
from rooms.seating import Room
from server.draft import event_of
from server.journal import Entry
from web.composewords import Called, move_words, relaxed_words
from web.pages import text

KINDS = frozenset({
    e.CompositionAsked.__name__, e.RoomsComposed.__name__, e.RepairsOffered.__name__, e.MendingBegan.__name__
})  # fmt: skip


class Composed:
    """What the journal tells of it, as rows."""

    def __init__(self, programme: Programme, entries: Iterable[Entry], lang: str) -> None:
        self._programme, self._lang = programme, lang
        self._wanted: dict[str, Wanted] = {}
        self._offers: dict[str, tuple[RepairOffer, ...]] = {}
        self.compositions: list[tuple[int, Sequence[str]]] = []
        """When (ms), then: item, rooms, people, seed, tries, how far a plan could change, what gave way."""
        self.moves: list[tuple[int, Sequence[str]]] = []
        """When (ms), then: person, why."""
        for entry in entries:
            if entry.event in KINDS:
                self._tell(event_of(entry), entry.at)

    def _tell(self, event: e.Event, at: int) -> None:
        match event:
            case e.CompositionAsked(wanted):
                self._wanted[wanted.id] = wanted
            case e.RoomsComposed():
                self._composed(event, at)
            case e.RepairsOffered(repair, offers):
                self._offers[repair] = offers
            case e.MendingBegan(repair, rung):
                offer = next((each for each in self._offers.get(repair, ()) if each.rung == rung), None)
                if offer is not None:
                    self._moved(offer.moves, _names(offer.rooms), at)

    def _composed(self, event: e.RoomsComposed, at: int) -> None:
        found, wanted = event.found, self._wanted.get(event.id)
        called = Called(rooms=_names(event.rooms), rounds=tuple(self._rounds(wanted, event)))
        gave_way: tuple[str | Reason, ...] = (*event.relaxed, *found.relaxed)
        gave = [relaxed_words(each, self._lang, called) for each in gave_way]
        numbers = (len(event.rooms), sum(len(room.people) for room in event.rooms), event.seed, found.iterations)
        row = [called.rounds[0], *map(str, numbers), found.rung, " ".join(dict.fromkeys(gave))]
        self.compositions.append((at, row))
        self._moved([move for move in found.moves if not move.round], called.rooms, at)

    def _rounds(self, wanted: Wanted | None, event: e.RoomsComposed) -> Iterator[str]:
        """What the rounds of the case are called: by the titles of their items."""
        yield self._title(wanted.item or "" if wanted is not None else "")
        for item in event.later:
            yield self._title(item)

    def _title(self, item_id: str) -> str:
        item = self._programme.item(item_id)
        return item_id if item is None else text(self._lang, item.title)

    def _moved(self, moves: Iterable[Move], rooms: Mapping[str, str], at: int) -> None:
        for move in moves:
            self.moves.append((at, [move.person, move_words(move, self._lang, Called(rooms=rooms))]))


def _names(rooms: Iterable[Room]) -> dict[str, str]:
    return {room.id: room.name for room in rooms}
