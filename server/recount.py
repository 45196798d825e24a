"""Recount: every vote of an exported record counted again from its ballots, and whatever differs from what it prints.

Made to be read by whoever doubts it. Here stands what a record says of a vote (`Vote`), how it becomes a poll again
(`poll_of`) and what is checked (`recount`). The counting is that of `facilitation/counting/`, and what a ballot may
say that of `facilitation/ballots.py`; nothing else takes part: no server, no store, no clock.

For each vote that was counted:
- what is voted on still has the hash that stood on the ballot;
- nobody voted twice, and of no side are there more ballots than people who could vote;
- no slip is there more often than ballots; in a vote that was not secret, the slips are those of its ballots;
- counted again, every field of the printed result is the same, and so is a lot drawn again from its seed.
Where the slips of a secret vote stand together for several sides, because so few people would be known by them, only
the whole can be counted again, and it is said.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from rpds import HashTrieMap

from facilitation.ballots import sums_of
from facilitation.counting.lot import drawn
from facilitation.counting.tally import result
from facilitation.digest import digest
from facilitation.polls import WHOLE, Lot, Poll, Sums
from facilitation.programme import Option, Rule, Scheme, VotedText
from rooms.people import PersonId, PollId, Text

FORMAT, VERSION = "palabre-votes", 1
FILE = "votes.json"
ONE_SLIP = ("single", "yes-no-abstain", "consent")
"""The methods that have one slip for each answer, and a number for each kind of slip."""
OF_SIDES = ("sides", "adopted", "decided", "tie", "winners")
"""What of a result cannot be known from slips of which several sides stand together."""


class Ballot(msgspec.Struct, frozen=True):
    """One ballot of a vote that was not secret: whose (by number), of which side, and what it said."""

    person: str
    side: str
    choice: Any


class Vote(msgspec.Struct, frozen=True, kw_only=True):
    """What a recount needs of one vote; a record says more about each, which is not looked at.

    `electorate`, `registered`: how many, by side. `sums`: the slips, nobody's; None where nothing was counted.
    `ballots`: only of a vote that was not secret. `joined`: by question, the sides whose slips stand together, under
    their names joined by "+". `result`: as it was shown; `facilitation/counting/tally.py` says its fields.
    """

    id: str
    question: Text
    method: str
    state: str
    secret: bool
    electorate: dict[str, int]
    registered: dict[str, int]
    options: tuple[Option, ...] = ()
    texts: tuple[VotedText, ...] = ()
    scheme: Scheme = Scheme()
    rule: Rule | None = None
    by_side: bool = False
    patterns: bool = False
    each_room: bool = False
    digest: str | None = None
    reason: str | None = None
    sums: Sums | None = None
    ballots: tuple[Ballot, ...] | None = None
    joined: dict[str, tuple[str, ...]] = {}
    lot: Lot | None = None
    result: dict[str, Any] | None = None


class Record(msgspec.Struct, frozen=True):
    """All votes of a session. Other versions than 1 are not read."""

    format: str
    version: int
    polls: tuple[Vote, ...]


class Recount(msgspec.Struct, frozen=True):
    """What came of one vote. `outcome`: "equal", "differs", "void" or "not-counted".

    `differs`: what, where, in words for a technician. `whole_only`: sides could not be told apart. `why`: of a vote
    that was not counted again.
    """

    poll: str
    outcome: str
    ballots: int = 0
    differs: tuple[str, ...] = ()
    whole_only: bool = False
    why: str = ""

    @property
    def line(self) -> str:
        """For a terminal."""
        match self.outcome:
            case "equal":
                aside = "; only the whole: small numbers of sides stand together" if self.whole_only else ""
                return f"equal        {self.poll} ({self.ballots} ballots{aside})"
            case "differs":
                return f"DIFFERS      {self.poll}: " + "; ".join(self.differs)
            case "void":
                return f"void         {self.poll}: {self.why}"
            case _:
                return f"not counted  {self.poll}: {self.why}"


class CannotRead(Exception):
    """The record cannot be read, for the reason that it says in one line."""


def load(path: Path) -> Record:
    """The votes of an archive (a ZIP file or the folder that it was unpacked to), or of its file `votes.json`."""
    try:
        if path.is_dir():
            return parse((path / FILE).read_bytes())
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return parse(archive.read(FILE))
        return parse(path.read_bytes())
    except KeyError:
        raise CannotRead(f"{path} has no {FILE}: it is not an archive, or older than recounts.") from None
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:
        raise CannotRead(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def parse(written: bytes) -> Record:
    """A record from its JSON. Raises CannotRead."""
    try:
        record = msgspec.json.decode(written.removeprefix(b"\xef\xbb\xbf"), type=Record)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
        raise CannotRead(f"The record is not one of ours: {error}.") from None
    if record.format != FORMAT or record.version != VERSION:
        raise CannotRead(f"The record is {record.format} {record.version}; this house reads {FORMAT} {VERSION}.")
    return record


def recount(vote: Vote) -> Recount:
    """One vote counted again. Never raises: what cannot be counted differs."""
    if vote.state == "void":
        held = [name for name in ("sums", "ballots", "result") if getattr(vote, name)]
        wrong = tuple(f"{name} of a void vote" for name in held)
        return Recount(vote.id, "differs" if wrong else "void", differs=wrong, why=vote.reason or "")
    if vote.result is None and vote.sums is None and not vote.ballots:
        return Recount(vote.id, "not-counted", why=_why_not(vote))
    try:
        differs = tuple(_differences(vote))
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        differs = (f"cannot be counted ({type(error).__name__})",)
    ballots = sum(vote.sums.ballots.values()) if vote.sums is not None else 0
    return Recount(vote.id, "differs" if differs else "equal", ballots, differs, whole_only=bool(vote.joined))


def _why_not(vote: Vote) -> str:
    if vote.state not in ("closed", "published"):
        return f"it is {vote.state}"
    return "each room has its own vote" if vote.each_room else "its box was not opened yet"


def poll_of(vote: Vote) -> Poll:
    """The poll that the record tells of, closed; whoever is not named in it gets a number instead."""
    named = {ballot.person: ballot.side for ballot in vote.ballots or ()}
    unnamed = Counter(vote.electorate) - Counter(named.values())
    rest = {f"{side}#{number}": side for side, many in unnamed.items() for number in range(many)}
    return Poll(
        PollId(vote.id),
        vote.question,
        vote.method,
        0,
        vote.options,
        vote.rule,
        state="closed",
        scheme=vote.scheme,
        texts=vote.texts,
        secret=vote.secret,
        by_side=vote.by_side,
        patterns=vote.patterns,
        electorate={PersonId(person): side for person, side in (named | rest).items()},
        registered=vote.registered,
        digest=vote.digest,
        ballots=HashTrieMap({PersonId(ballot.person): ballot.choice for ballot in vote.ballots or ()}),
        kept=vote.sums if vote.secret else None,
        lot=vote.lot,
    )


def _differences(vote: Vote) -> Iterator[str]:
    if vote.sums is None or vote.result is None:
        yield "there is no result" if vote.result is None else "there are no slips"
        return
    poll = poll_of(vote)
    if vote.digest is not None and vote.digest != digest(poll):
        yield f"what is voted on has the hash {digest(poll)}, on the ballot stood {vote.digest}"
    yield from _ballots(vote)
    yield from _slips(vote, vote.sums)
    yield from _receipts(vote.sums)
    if not vote.secret:
        yield from _named(vote, poll, vote.sums)
    counted = _plain(result(poll))
    yield from compare("result", _trimmed(vote, vote.result), _trimmed(vote, counted))
    yield from _lot(vote, counted.get("tie"))


def _ballots(vote: Vote) -> Iterator[str]:
    """More ballots than people."""
    cast = vote.sums.ballots if vote.sums is not None else {}
    if sum(cast.values()) > sum(vote.electorate.values()):
        yield f"{sum(cast.values())} ballots of {sum(vote.electorate.values())} who could vote"
    for side, number in cast.items():
        if number < 0 or (side and number > vote.electorate.get(side, 0)):
            yield f"{number} ballots of side {side}, in which {vote.electorate.get(side, 0)} could vote"


def _slips(vote: Vote, sums: Sums) -> Iterator[str]:
    """Slips that nobody can have cast."""
    questions = {text.id for text in vote.texts} or {WHOLE}
    for heap in sums.heaps:
        together = vote.joined.get(heap.question, ())
        sides = together if together and heap.side == "+".join(together) else (heap.side,)
        cast = sum(sums.ballots.get(side, 0) for side in sides)
        where = f"question {heap.question or '-'} side {heap.side or '-'}"
        if heap.question not in questions:
            yield f"slips for a question that was not asked ({where})"
        wrong = any(number < 1 or number > cast for number in heap.slips.values())
        if wrong or (vote.method in ONE_SLIP and sum(heap.slips.values()) > cast):
            yield f"more slips than ballots ({where})"


def _receipts(sums: Sums) -> Iterator[str]:
    """Receipts of slips that are not there."""
    slips: Counter[tuple[str, str]] = Counter()
    for heap in sums.heaps:
        slips.update({(heap.question, slip): number for slip, number in heap.slips.items()})
    kept = Counter((question, slip) for _, question, slip in sums.receipts)
    if any(number > slips[slip] for slip, number in kept.items()):
        yield "a receipt of a slip that is not there"


def _lot(vote: Vote, tie: dict[str, Any] | None) -> Iterator[str]:
    """A lot that its seed does not draw again."""
    if vote.lot is None:
        return
    if tie is None:
        yield "a lot was drawn, but there is no tie"
    elif drawn(tie["options"], tie["places"], vote.lot.seed) != vote.lot.drawn:
        yield "the lot drawn again from its seed gives others"


def _named(vote: Vote, poll: Poll, sums: Sums) -> Iterator[str]:
    """Ballots with names: each counts once, and together they are the slips."""
    ballots = vote.ballots or ()
    twice = [person for person, number in Counter(ballot.person for ballot in ballots).items() if number > 1]
    if twice:
        yield f"more than one ballot of {', '.join(twice)}"
        return
    again = sums_of(poll)
    if sum(again.ballots.values()) != len(ballots):
        yield "a ballot with a choice that was not offered"
    yield from compare("slips", _plain(sums), _plain(again))


def _trimmed(vote: Vote, found: dict[str, Any], question: str = WHOLE) -> dict[str, Any]:
    """A result without what cannot be told where sides stand together."""
    needs_sides = vote.rule is not None and (vote.rule.each_side or bool(vote.rule.components))
    texts = found.get("texts")
    if isinstance(texts, dict):
        kept = {name: _trimmed(vote, each, name) for name, each in texts.items()}
        drop = ("winners",) if needs_sides and vote.joined else ()
        return {name: value for name, value in found.items() if name not in drop} | {"texts": kept}
    if question not in vote.joined:
        return found
    unknown = OF_SIDES if needs_sides else OF_SIDES[:1]
    return {name: value for name, value in found.items() if name not in unknown}


def compare(where: str, printed: Any, counted: Any) -> Iterator[str]:
    """Every place where two values of plain data differ."""
    if isinstance(printed, dict) and isinstance(counted, dict):
        for name in [*printed, *(name for name in counted if name not in printed)]:
            yield from compare(f"{where}.{name}", printed.get(name), counted.get(name))
    elif printed != counted or isinstance(printed, bool) != isinstance(counted, bool):
        yield f"{where} is printed as {_short(printed)}, counted as {_short(counted)}"


def _short(value: Any) -> str:
    written = msgspec.json.encode(value).decode()
    return written if len(written) <= 120 else f"{written[:117]}..."  # noqa: PLR2004 - a line that can be read


def _plain(value: Any) -> Any:
    """As it is after it was written and read again."""
    return msgspec.json.decode(msgspec.json.encode(value))
