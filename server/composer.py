"""The composer of a session: what is to be composed, mended or ranked is done in the back room, and asked as the house.

Whatever is wanted stands in the session, so it is taken up again at every start until it is settled. Where several
workers serve, the one that was asked does it at once; the others only if that takes too long, for it may have died.
The first answer is kept; that there is none is said only by the one whose turn it is.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import msgspec
import structlog

from facilitation import commands as c
from facilitation.arrivals import is_too_late, to_offer
from facilitation.composition import RUNGS, RepairOffer, Repairs, Wanted
from facilitation.reported import tell
from facilitation.rounds import searches
from facilitation.session import Session, State
from facilitation.views.viewpoint import Scene
from rooms.composing.case import Reason
from rooms.composing.case import Why as ReasonWhy
from rooms.people import Card, PersonId
from rooms.seating import Stage
from server.backroom import Backroom, BackroomDown, Broken
from server.composing.works import essence, nameless
from server.turns import is_mine

AGAIN = 1.0
"""So many seconds later what could not be asked is asked again."""
PATIENCE = 4.0
"""So many seconds, and a search as often, a worker waits for the one that was asked."""
LOOKS_AGAIN = 5.0
"""So many seconds later a room is sought again for whoever came and found none; twice as many the next time."""
AT_MOST = 40.0
"""It is never more seconds than these."""
ARRIVALS = "arrivals"
NOT_COMPUTED = (Reason(ReasonWhy.NOT_COMPUTED),)


class _Waits(msgspec.Struct, frozen=True):
    """When (of the loop) a room is sought next for somebody, and how many seconds after that if there is none."""

    until: float
    pause: float = LOOKS_AGAIN

    def longer(self, now: float) -> _Waits:
        return _Waits(now + self.pause, min(2 * self.pause, AT_MOST))


Ask = Callable[[c.Command], Awaitable[bool]]

log = structlog.get_logger()


class Composer:
    """For one clerk. `ask` is an ask of the house; it says whether it is kept. Without a back room nothing is done."""

    def __init__(self, scene: Callable[[], Scene], ask: Ask, worker: str, backroom: Backroom | None) -> None:
        self._scene = scene
        self._ask = ask
        self._worker = worker
        self._backroom = backroom
        self._seen: object = None
        self._waits: dict[PersonId, _Waits] = {}
        self._somebody_came = asyncio.Event()
        self._at_work: dict[str, asyncio.Task[None]] = {}

    @property
    def _session(self) -> Session:
        return self._scene().session

    def look(self) -> None:
        """The session has changed: takes up whatever is to be done now."""
        session, backroom = self._session, self._backroom
        if backroom is None or session.state is State.CLOSED:
            return
        compositions = session.compositions
        seen = (session.state, session.agenda.now, compositions.wanted, compositions.repairs)
        if seen != self._seen:
            self._seen = seen
            self._leave_off({each.id for each in (compositions.wanted, compositions.repairs) if each is not None})
            if compositions.wanted is not None:
                self._begin(compositions.wanted.id, self._compose(backroom, compositions.wanted))
            if compositions.repairs is not None and not compositions.repairs.offers:
                self._begin(compositions.repairs.id, self._mend(backroom, compositions.repairs))
            if session.state is State.LIVE and any(searches(item) for item in session.programme.items):
                backroom.prepare()
        if session.seating.stage is Stage.OPEN:
            waiting = to_offer(session)
            if any(person not in self._waits for person in waiting):
                self._somebody_came.set()
            if waiting:
                self._begin(ARRIVALS, self._usher(backroom))

    async def close(self) -> None:
        for task in tuple(self._at_work.values()):
            task.cancel()
        await asyncio.gather(*self._at_work.values(), return_exceptions=True)

    def _begin(self, what: str, work: Coroutine[Any, Any, None]) -> None:
        """Unless it is being done already."""
        if what in self._at_work:
            work.close()
            return
        task = asyncio.create_task(work)
        self._at_work[what] = task
        task.add_done_callback(lambda _: self._at_work.pop(what, None))

    def _leave_off(self, wanted: set[str]) -> None:
        """What was replaced, or is settled, need not be done any more."""
        for what, task in self._at_work.items():
            if what != ARRIVALS and what not in wanted:
                task.cancel()

    async def _compose(self, backroom: Backroom, wanted: Wanted) -> None:
        def is_wanted() -> bool:
            return self._session.compositions.wanted == wanted

        async def find() -> c.Command | None:
            done = await backroom.do("proposed", lambda: (*self._given(), wanted, backroom.seconds), is_wanted)
            if done is None:
                return None
            command, stands = done
            if isinstance(command, c.KeepComposition):
                tell(command.found, command.rooms, stands)
            assert isinstance(command, c.Command)  # noqa: S101 - one or the other
            return command

        await self._settle(wanted.by, is_wanted, find, c.FailComposition(wanted.id, NOT_COMPUTED), backroom.seconds)

    async def _mend(self, backroom: Backroom, repairs: Repairs) -> None:
        def is_wanted() -> bool:
            return self._session.compositions.repairs == repairs

        async def find() -> c.Command | None:
            done: c.Command | None
            done = await backroom.do("mended", lambda: (*self._given(), repairs, backroom.seconds), is_wanted)
            return done

        cannot = tuple(RepairOffer(rung, cannot=NOT_COMPUTED) for rung in RUNGS)
        await self._settle(repairs.by, is_wanted, find, c.KeepRepairs(repairs.id, cannot), backroom.seconds)

    def _given(self) -> tuple[Session, dict[PersonId, Card]]:
        """The session as the back room gets to see it."""
        return essence(self._session), nameless(self._scene().cards)

    async def _settle(
        self,
        by: str,
        is_wanted: Callable[[], bool],
        find: Callable[[], Awaitable[c.Command | None]],
        otherwise: c.Command,
        seconds: float,
    ) -> None:
        """Finds it and asks, until it is kept or nobody wants it any more."""
        if not self._is_mine(by):
            await asyncio.sleep(PATIENCE + seconds)
        answer: c.Command | None = None
        while is_wanted():
            try:
                answer = answer or await find()
            except (Broken, BackroomDown) as fault:
                self._tell(fault)
                if not self._is_mine(by):
                    await asyncio.sleep(PATIENCE + seconds)
                    continue
                answer = otherwise
            if answer is not None and is_wanted() and not await self._ask(answer):
                await asyncio.sleep(AGAIN)

    def _tell(self, fault: Exception) -> None:
        """Where it went wrong, without what it says: that may be somebody's attribute."""
        what = "composing-broke" if isinstance(fault, Broken) else "backroom-down"
        log.error(what, session=self._session.id, where=str(fault))

    async def _usher(self, backroom: Backroom) -> None:
        """Rooms for all who came while rooms are open, together, as long as any of them has none."""
        while waiting := to_offer(self._session):
            now = asyncio.get_running_loop().time()
            self._waits = {each: self._waits.get(each) or self._waits_from(now, each) for each in waiting}
            due = tuple(each for each, waits in self._waits.items() if waits.until <= now)
            if self._is_too_late():
                await asyncio.sleep(LOOKS_AGAIN)
            elif due:
                await self._rank(backroom, due)
            else:
                await self._anybody_else(min(waits.until for waits in self._waits.values()) - now)
        self._waits = {}

    async def _rank(self, backroom: Backroom, due: tuple[PersonId, ...]) -> None:
        """Offers each of these a room; whoever fits nowhere is looked at again later."""

        def is_wanted() -> bool:
            return not self._is_too_late() and not set(due).isdisjoint(to_offer(self._session))

        try:
            found = await backroom.do("ranked", lambda: (*self._given(), due), is_wanted) or {}
        except (Broken, BackroomDown) as fault:
            self._tell(fault)
            found = dict.fromkeys(due, ())
        waiting = set(to_offer(self._session))
        offers = [c.OfferSeat(person, rooms) for person, rooms in found.items() if rooms and person in waiting]
        await asyncio.gather(*(self._ask(offer) for offer in offers))
        now = asyncio.get_running_loop().time()
        self._waits |= {each: self._waits[each].longer(now) for each in found}

    def _waits_from(self, now: float, person: PersonId) -> _Waits:
        return _Waits(now if self._is_mine(person) else now + PATIENCE)

    async def _anybody_else(self, seconds: float) -> None:
        """So many seconds later, or as soon as somebody else has come."""
        self._somebody_came.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._somebody_came.wait()

    def _is_too_late(self) -> bool:
        """Whether all rooms were in their last minutes already when the newest entry was written."""
        session = self._session
        return all(is_too_late(session, room, session.time) for room in session.seating.rooms)

    def _is_mine(self, by: str) -> bool:
        return is_mine(self._session, by, self._worker)
