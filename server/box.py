"""The boxes of a session's secret polls: what goes in is sealed, what comes out is counted, and then nothing is left.

Closing a secret poll has three steps, each taken up again at every start until it is done:
1. `PollClosed`: from then on no slip is taken.
2. Whoever has the key opens the box, beside the clerk, and asks to keep the sums. The first is kept.
3. Then box and key are destroyed, by everybody who can. A void poll's are destroyed unopened.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import structlog
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Asked
from facilitation.polls import Poll, Sums
from facilitation.session import Session
from facilitation.slip import counted, fold, unfold
from rooms.people import PersonId, PollId
from server.failpoints import here
from server.journal import Journal, JournalDown, SealedSlip
from server.keys import Keyring

OPENS = c.OpenPoll | c.NextItem | c.GoToItem | c.EndItem | c.StartSession
"""Asks under which a poll may open."""
AGAIN = 1.0
"""So many seconds later what could not be done is tried again."""
KEYLESS = 5.0
"""The same where another worker has the key, or an operator must act."""
LINGERS = 3.0
"""In a store that may lose its last seconds, a key stays so long (seconds) after the sums were kept."""
PUBLIC = 32
ENDED = ("closed", "published", "void")

Ask = Callable[[c.Command], Awaitable[bool]]

log = structlog.get_logger()


class TooLarge(Exception):
    """What somebody chose does not fit on the paper of that poll."""


class Sealer:
    """Seals what goes into the box of one poll, with a pair made for this worker and poll and kept nowhere."""

    def __init__(self, public: str) -> None:
        own = PrivateKey.generate()
        self._head = bytes(own.public_key)
        self._box = Box(own, PublicKey(bytes.fromhex(public)))

    def seal(self, folded: bytes) -> bytes:
        return self._head + bytes(self._box.encrypt(folded))


class Opener:
    """Opens what was sealed to one key. What one worker sealed has one head, and so one secret to work out."""

    def __init__(self, private: PrivateKey) -> None:
        self._private = private
        self._boxes: dict[bytes, Box] = {}

    def unseal(self, sealed: bytes) -> bytes | None:
        """None for what was not sealed to this key, or was changed since."""
        head = sealed[:PUBLIC]
        try:
            if head not in self._boxes:
                self._boxes[head] = Box(self._private, PublicKey(head))
            return bytes(self._boxes[head].decrypt(sealed[PUBLIC:]))
        except (CryptoError, ValueError, TypeError):
            return None


def opened(poll: Poll, slips: Mapping[str, bytes], private: PrivateKey) -> tuple[Sums, int]:
    """What is in the box, and how many papers that was; those of telephone ballots nobody confirmed are left out."""
    out = poll.struck | {each.slip for each in poll.dictated.values()}
    unseal = Opener(private).unseal
    folded = (unseal(sealed) for name, sealed in slips.items() if name not in out)
    papers = [unfold(poll, each) for each in folded if each is not None]
    good = [paper for paper in papers if paper is not None]
    return counted(poll, good), len(good)


class Boxes:
    """All boxes of one session, for one clerk. `ask` is an ask of the house; it says whether it is kept."""

    def __init__(self, journal: Journal, session: Callable[[], Session], ring: Keyring | None, ask: Ask) -> None:
        self._journal = journal
        self._session = session
        self._ring = ring
        self._ask = ask
        self._sealers: dict[str, Sealer] = {}
        self._seen: object = None
        self._ending: dict[PollId, asyncio.Task[None]] = {}
        self._ended: set[PollId] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._missed: set[PollId] = set()

    # Opening

    def key(self) -> str:
        """The public half of a key for a poll that opens now; "" where there is none."""
        session = self._session()
        if self._ring is None or not _waits(session):
            return ""
        spare = self._ring.spare(session.id)
        return "" if spare in _keys(session) else spare

    async def ready(self, command: c.Command) -> None:
        """Before an ask under which a secret poll may open: the key is there if one can be made."""
        if isinstance(command, OPENS) and self._ring is not None and not self.key():
            await self._provide()

    async def _provide(self) -> None:
        session = self._session()
        if self._ring is not None and _waits(session):
            await self._ring.provide(session.id, used=_keys(session))

    # Casting

    def slips(self, session: Session, asked: Asked, answer: list[e.Event]) -> tuple[SealedSlip, ...]:
        """What goes into a box with these events. Raises TooLarge."""
        command = asked.command
        if not isinstance(command, c.CastBallot | c.DictateBallot):
            return ()
        found = []
        for event in answer:
            poll = session.polls[PollId(command.poll)]
            match event:
                case e.BallotMarked():
                    name, voter = secrets.token_hex(16), PersonId(asked.who)
                case e.BallotDictated(_, person, str(name)):
                    voter = person
                case _:
                    continue
            receipt = command.receipt if isinstance(command, c.CastBallot) else None
            folded = fold(poll, poll.electorate.get(voter, ""), command.choice, receipt)
            if folded is None:
                raise TooLarge
            found.append(SealedSlip(poll.id, name, self._sealer(poll).seal(folded)))
        return tuple(found)

    def _sealer(self, poll: Poll) -> Sealer:
        public = poll.key or ""
        if public not in self._sealers:
            self._sealers[public] = Sealer(public)
        return self._sealers[public]

    # Closing

    def look(self) -> None:
        """The session has changed: takes up whatever is to be done now."""
        session = self._session()
        if session.polls is self._seen:
            return
        self._seen = session.polls
        for poll in session.polls.values():
            if poll.key is None or poll.state not in ENDED:
                continue
            self._sealers.pop(poll.key, None)
            done = poll.id in self._ended and _is_done(poll)
            if not done and poll.id not in self._ending:
                self._ending[poll.id] = self._begin(self._end(poll.id))
        if self._ring is not None and _waits(session) and not self.key():
            self._begin(self._provide())

    async def _end(self, poll_id: PollId) -> None:
        """Counts and destroys, as often as it takes."""
        try:
            while True:
                wait = AGAIN
                try:
                    poll = self._session().polls[poll_id]
                    if not _is_done(poll):
                        wait = await self._count(poll)
                    elif await self._destroy(poll):
                        self._ended.add(poll_id)
                        return
                    else:
                        wait = KEYLESS
                except JournalDown:
                    pass
                except Exception as fault:  # noqa: BLE001 - nothing of a ballot may come into the log with it
                    log.error("box-broke", session=self._session().id, poll=poll_id, fault=type(fault).__name__)  # noqa: TRY400
                await asyncio.sleep(wait)
        finally:
            self._ending.pop(poll_id, None)

    async def _count(self, poll: Poll) -> float:
        """Opens the box, if this worker has the key; returns how many seconds later to look again."""
        session, ring = self._session().id, self._ring
        private = None if ring is None else await asyncio.to_thread(ring.private, session, poll.key or "")
        if private is None:
            if poll.id not in self._missed:
                self._missed.add(poll.id)
                log.warning("box-without-key", session=session, poll=poll.id)
            return KEYLESS
        here("before-count")
        slips = await self._journal.slips(session, poll.id)
        sums, papers = await asyncio.to_thread(opened, poll, slips, private)
        marks = len(poll.ballots)
        if papers != marks:
            log.error("box-does-not-match", session=session, poll=poll.id, marks=marks, slips=len(slips), valid=papers)
        if papers > marks:
            return KEYLESS
        here("after-count")
        kept = await self._ask(c.KeepTally(poll.id, sums))
        return 0.0 if kept else AGAIN

    async def _destroy(self, poll: Poll) -> bool:
        """The box, then the key if no other poll needs it; whether both are gone."""
        session, ring = self._session().id, self._ring
        if self._journal.shared and poll.kept is not None:
            await asyncio.sleep(LINGERS)
            poll = self._session().polls[poll.id]
            if not _is_done(poll):
                return False
        here("before-destroy")
        await self._journal.destroy(session, poll.id)
        here("between-destroy")
        gone = True
        if ring is not None and poll.key is not None and poll.key not in _needed(self._session()):
            gone = await asyncio.to_thread(ring.destroy, session, poll.key)
        here("after-destroy")
        return gone

    # Keeping order

    async def tidy(self) -> None:
        """Destroys keys that no poll took: our spare when none waits, what dead workers left. Raises JournalDown."""
        session, ring = self._session(), self._ring
        if ring is not None and not _waits(session) and ring.spare(session.id) not in {"", *_keys(session)}:
            await asyncio.to_thread(ring.destroy, session.id, ring.spare(session.id))
        owners = set() if ring is None else await asyncio.to_thread(ring.strangers, session.id)
        if ring is None or not owners:
            return
        living = await self._journal.living(owners) if self._journal.shared else set()
        head = await self._journal.head(session.id)
        session = self._session()
        if head.version == session.version:
            alone = not self._journal.shared
            await asyncio.to_thread(ring.sweep, session.id, _needed(session), frozenset(living), alone=alone)

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _is_done(poll: Poll) -> bool:
    """Whether nobody needs what is in its box any more."""
    return poll.state == "void" or poll.kept is not None or poll.each_room


def _waits(session: Session) -> bool:
    """Whether a secret poll may still open."""
    return any(poll.secret and poll.state == "drafted" for poll in session.polls.values())


def _keys(session: Session) -> frozenset[str]:
    """Those that polls have taken."""
    return frozenset(poll.key for poll in session.polls.values() if poll.key is not None)


def _needed(session: Session) -> frozenset[str]:
    """Those that are still to open a box."""
    polls = session.polls.values()
    return frozenset(poll.key for poll in polls if poll.key is not None and not _is_done(poll))
