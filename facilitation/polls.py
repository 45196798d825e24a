"""Polls: a question put to an electorate, open for a while, closed with a tally.

Rules:
- A poll is drafted, open, closed, then published; or void, with a reason. Who may vote is frozen when it opens.
- One ballot each, never changed. A ballot counts if it was asked by `closes`.
- In a secret poll the journal holds only that somebody voted; what they chose lies sealed in the box, and after the
  close only the slips that were in it, shuffled, without names (`Sums`).
- Both are counted from the same `Sums`; `facilitation/counting/` says how.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from rpds import HashTrieMap

from facilitation.programme import Option, Rule, Scheme, VotedText
from rooms.people import PersonId, PollId, RoomId, Text

GRACE = 500
"""So long (ms) after `closes` the house asks to close, so that ballots on their way are kept."""
NEAR = 2_000
"""So long (ms) before `closes` the house looks whether they are connected who have not voted."""
AFTER_AN_OUTAGE = 60_000
"""A poll stays open at least so long (ms) after ballots can be taken again."""
CALL = 300_000
"""So long (ms) a ballot told on the telephone waits for a second member of staff."""
WHOLE = ""
"""The question of a poll that asks only one; of one over texts, a question is the text's id."""


class Heap(msgspec.Struct, frozen=True):
    """All slips that answer one question, of one side ("" where sides are not told apart): each kind, how often.

    What is on a slip depends on the method; `facilitation/ballots.py` says it.
    """

    question: str
    side: str
    slips: dict[str, int]


class Said(msgspec.Struct, frozen=True):
    """Words that somebody gave with their choice, apart from everything else they chose.

    `choice` is empty in a secret poll: whoever knows how somebody writes would know what they chose.
    """

    question: str
    choice: str
    words: str


class Sums(msgspec.Struct, frozen=True):
    """What was in the box, and all that a count needs: nothing here belongs to anybody.

    `ballots`: how many ballots, by side. `receipts`: where the poll has them, each with its slip, sorted.
    """

    ballots: dict[str, int]
    heaps: tuple[Heap, ...]
    words: tuple[Said, ...] = ()
    receipts: tuple[tuple[str, str, str], ...] = ()
    """Receipt, question, slip."""


class Dictated(msgspec.Struct, frozen=True):
    """A ballot that somebody told an operator on the telephone, until a second one has listened to the read-back.

    `slip` is its name in the box of a secret poll; `choice` is only there where the poll is not secret. `heard_by`: who
    listened and confirmed.
    """

    by: PersonId
    at: int
    slip: str | None = None
    choice: Any = None
    heard_by: PersonId | None = None


class Lot(msgspec.Struct, frozen=True):
    """Who of those that were tied were drawn, in this order, and from which seed."""

    drawn: tuple[str, ...]
    seed: int


class Poll(msgspec.Struct, frozen=True):
    """One poll. `electorate` maps each voter to the side they had; `by` is who changed its state last. Times are ms.

    `ballots` maps who voted to their choice; in a secret poll to None.
    """

    id: PollId
    question: Text
    method: str
    order: int
    options: tuple[Option, ...] = ()
    rule: Rule | None = None
    seconds: int | None = None
    item: str | None = None
    sides: tuple[str, ...] | None = None
    people: tuple[PersonId, ...] | None = None
    again_of: str | None = None
    admitted: tuple[PersonId, ...] = ()
    state: str = "drafted"
    by: str | None = None
    opened: int | None = None
    closes: int | None = None
    electorate: dict[PersonId, str] = {}
    ballots: HashTrieMap[PersonId, Any] = HashTrieMap()
    reason: str | None = None
    scheme: Scheme = Scheme()
    texts: tuple[VotedText, ...] = ()
    secret: bool = False
    by_side: bool = False
    each_room: bool = False
    receipts: bool = False
    patterns: bool = False
    trial: bool = False
    late: int | None = None
    """So many seconds after the close whoever has not voted may still do so."""
    split: str | None = None
    roles: tuple[str, ...] | None = None
    rooms: tuple[RoomId, ...] | None = None
    room: RoomId | None = None
    """The room whose own poll this is, of those that `part_of` is asked in."""
    part_of: str | None = None
    registered: dict[str, int] = {}
    """How many could have been in the electorate, by side, when it was frozen."""
    digest: str | None = None
    """The hash of what is voted on, in all its languages, as it was when the poll opened."""
    key: str | None = None
    """The public key (hex) to which slips are sealed."""
    closed: int | None = None
    late_until: int | None = None
    held: int | None = None
    """Since when it waits for the lead, because many of the electorate are not connected."""
    missing: int = 0
    moved: int = 0
    """By how much (ms) the close was moved, because ballots could not be taken."""
    checked: int | None = None
    """The close (ms) before which it was seen that enough are connected."""
    dictated: dict[PersonId, Dictated] = {}
    """Ballots told on the telephone that wait for a second member of staff."""
    confirmed: dict[PersonId, Dictated] = {}
    """Those that count."""
    struck: frozenset[str] = frozenset()
    """The names of slips in the box that do not count: withdrawn, or never confirmed."""
    splits: dict[str, frozenset[PersonId]] = {}
    """Who asked for a measure to be voted on by itself, by "text/measure"."""
    sources: dict[str, tuple[str, ...]] = {}
    """In a poll on the best of the rooms: from which "room/option" each option comes, those that were merged too."""
    why: str | None = None
    """Why a question that was counted already is put again."""
    needs_second: bool = False
    """It asks again what was counted: it opens only with a reason to which a second member of staff has agreed."""
    asked_by: PersonId | None = None
    seconded_by: PersonId | None = None
    kept: Sums | None = None
    lot: Lot | None = None

    def parts(self, polls: Iterable[Poll]) -> list[Poll]:
        """Of a poll that every room takes by itself: those of its rooms, for each the newest that was opened."""
        if not self.each_room:
            return []
        parts = [each for each in polls if each.part_of == self.id and each.state != "drafted"]
        again = {each.again_of for each in parts if each.state != "void"}
        return [each for each in parts if each.id not in again]

    @property
    def is_counted(self) -> bool:
        """Whether there is something to see: closed, and a secret box opened."""
        return self.state in ("closed", "published") and (not self.secret or self.each_room or self.kept is not None)

    @property
    def until(self) -> int | None:
        """When (ms) the last ballot may be cast, as far as is known."""
        return self.closes if self.late_until is None else self.late_until

    def takes(self, at: int) -> bool:
        """Whether a ballot asked for at that time (ms) counts; a late window begins at once, whoever is slow to say."""
        late = 0 if self.late is None or self.late_until is not None else self.late * 1000
        return self.state == "open" and (self.until is None or at <= self.until + late)

    @property
    def blocks(self) -> tuple[VotedText, ...]:
        """Its texts of which a measure may be split out."""
        return tuple(text for text in self.texts if text.measures)

    @property
    def tells_sides_apart(self) -> bool:
        """Whether a slip says of which side it is."""
        rule = self.rule
        return not self.secret or self.by_side or (rule is not None and (rule.each_side or bool(rule.components)))
