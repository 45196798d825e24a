"""Seats and codes, of which there must be no two in all sessions, though sessions lie apart.

A step of the store can only reach one session (in a cluster they lie on different machines). So whoever adds a row
first *claims* its seat and its code under keys of their own, then appends. Three rules make that safe:

- A claim says who (session and person) and until when their row may still be written; the append carries that time
  as its latest. Until then the claim holds, whatever there is.
- After that, it holds if that person's row has that seat or code. If not, it leads nowhere (the append failed, the
  person has another code now), and whoever comes next takes it over, if it is still the same claim.
- A look-up follows the claim to the row and believes only the row.

So a claim left behind by somebody who died does no harm, and none is ever taken back. At most it keeps a seat from
somebody else for a few seconds; seats and codes are random, and nobody wants the same one except by mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from redis.exceptions import NoScriptError, ResponseError

from server.journal import JournalDown, Row, Taken
from server.journal.entries import unpack_row
from server.journal.redis import keys
from server.journal.redis.scripts import CLAIM
from server.journal.redis.wire import Wire

HOLDS = 5_000
"""ms from now until which a row may be written under its claims."""
TOGETHER = 500


class Claim(NamedTuple):
    """A seat or code, and who wants it."""

    key: str
    who: str


async def claim(wire: Wire, session: str, rows: Sequence[Row], until: int, now: int) -> None:
    """Claims the seats and codes of these rows. Raises Taken."""
    wanted = [wish for row in rows for wish in _wishes(session, row)]
    for start in range(0, len(wanted), TOGETHER):
        part = wanted[start : start + TOGETHER]
        held = await _ask(wire, part, [""] * len(part), until)
        others = [(wish, theirs) for wish, theirs in zip(part, held, strict=True) if theirs]
        for wish, theirs in others:
            if int(theirs.partition("\n")[0]) >= now or await _leads(wire, wish.key, theirs):
                raise Taken(session)
        if any(await _ask(wire, [wish for wish, _ in others], [theirs for _, theirs in others], until)):
            raise Taken(session)


async def follow(wire: Wire, key: str) -> tuple[str, Row] | None:
    """The session and row to which a seat or code leads."""
    held = await wire.ask("GET", key)
    return None if held is None else await _row(wire, key, held.decode())


async def _ask(wire: Wire, wishes: Sequence[Claim], dead: Sequence[str], until: int) -> list[str]:
    """For each, whose it is if it is somebody else's, and not one of these dead claims."""
    asked = list(zip(wishes, dead, strict=True))
    answers = await wire.ask_all([("EVALSHA", CLAIM.sha, 1, wish.key, wish.who, until, old) for wish, old in asked])
    unknown = [at for at, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
    again = [("EVAL", CLAIM.text, 1, asked[at][0].key, asked[at][0].who, until, asked[at][1]) for at in unknown]
    for at, answer in zip(unknown, await wire.ask_all(again), strict=True):
        answers[at] = answer
    for answer in answers:
        if isinstance(answer, ResponseError):
            raise JournalDown(str(answer))
    return [answer.decode() for answer in answers]


async def _leads(wire: Wire, key: str, held: str) -> bool:
    return await _row(wire, key, held) is not None


async def _row(wire: Wire, key: str, held: str) -> tuple[str, Row] | None:
    _, session, person = held.split("\n", 2)
    kept = await wire.ask("HGET", keys.people(session), person)
    if kept is None:
        return None
    row = unpack_row(kept.partition(b":")[2])
    return (session, row) if key in {wish.key for wish in _wishes(session, row)} else None


def _wishes(session: str, row: Row) -> list[Claim]:
    who = f"{session}\n{row.person}"
    seat = Claim(keys.seat(row.seat), who)
    return [seat] if row.code is None else [seat, Claim(keys.code(row.code), who)]
