"""Planted defects: what somebody could easily get wrong in the clerk. The checker must see each of them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from unittest import mock

from server import clerk as clerks
from server.clerk import KEPT_WITHIN, Clerk
from server.draft import Draft, Waiting
from server.journal import Appended, Conflict, News
from tests.simulation.store import SimJournal

Planting = Callable[[], AbstractContextManager[Any]]


def answers_before_the_append() -> AbstractContextManager[Any]:
    attempt = Clerk._attempt

    async def hasty(self: Clerk, batch: list[Waiting], before: int) -> Draft | None:
        draft = Draft(self.scene)
        for waiting in batch:
            draft.decide(waiting)
        for waiting, ack in draft.acks:
            clerks._answer(waiting, ack)
        return await attempt(self, batch, before)

    return mock.patch.object(Clerk, "_attempt", hasty)


def shows_before_the_append() -> AbstractContextManager[Any]:
    attempt = Clerk._attempt

    async def hasty(self: Clerk, batch: list[Waiting], before: int) -> Draft | None:
        draft = Draft(self.scene)
        for waiting in batch:
            draft.decide(waiting)
        self.outbox.show(draft.scene())
        return await attempt(self, batch, before)

    return mock.patch.object(Clerk, "_attempt", hasty)


def takes_a_conflict_for_kept() -> AbstractContextManager[Any]:
    append = SimJournal.append

    async def deaf(self: SimJournal, *said: Any, **more: Any) -> Appended | Conflict:
        answer = await append(self, *said, **more)
        return answer if isinstance(answer, Appended) else Appended(answer.version, answer.mark)

    return mock.patch.object(SimJournal, "append", deaf)


def takes_news_without_looking_for_a_hole() -> AbstractContextManager[Any]:
    hear = Clerk._hear

    async def careless(self: Clerk, news: News) -> None:
        if news.entries and news.head.version > self.version:
            await self._take_in(news.entries, news.head)
        else:
            await hear(self, news)

    return mock.patch.object(Clerk, "_hear", careless)


def takes_in_again_what_it_hears_twice() -> AbstractContextManager[Any]:
    hear = Clerk._hear

    async def careless(self: Clerk, news: News) -> None:
        if news.entries and news.head.version <= self.version:
            await self._take_in(news.entries, self._head)
        else:
            await hear(self, news)

    return mock.patch.object(Clerk, "_hear", careless)


def refuses_what_had_no_answer() -> AbstractContextManager[Any]:
    async def hasty(self: Clerk, batch: list[Waiting]) -> None:
        before = await self._journal.now() + KEPT_WITHIN
        draft = None
        while draft is None:
            draft = await self._attempt(batch, before)
        for waiting, ack in draft.acks:
            clerks._answer(waiting, ack)

    return mock.patch.object(Clerk, "_keep", hasty)


@contextlib.contextmanager
def knows_no_ticket() -> Iterator[None]:
    with mock.patch.object(clerks, "ticket_key", _no_key), decides_again_though_the_ticket_is_there():
        yield


def decides_again_though_the_ticket_is_there() -> AbstractContextManager[Any]:
    return mock.patch("server.draft.ticket_key", _no_key)


def goes_on_though_the_tail_is_lost() -> AbstractContextManager[Any]:
    async def unmoved(self: Clerk) -> None:
        self._head = await self._journal.head(self.session.id)

    return mock.patch.object(Clerk, "_begin_again", unmoved)


def tells_nobody_that_the_tail_is_lost() -> AbstractContextManager[Any]:
    async def silent(self: Clerk) -> None:
        await self._journal.begin_epoch(self.session.id, self.epoch)
        self._scene, self._head = await clerks._read_whole(self._journal, self.session.id)

    return mock.patch.object(Clerk, "_begin_again", silent)


def never_meets_a_deadline() -> AbstractContextManager[Any]:
    async def asleep(self: Clerk) -> None:
        return None

    return mock.patch.object(Clerk, "_set_timer", asleep)


def _no_key(who: str, ticket: str) -> str:
    return f"no {who} {ticket}"


DEFECTS: dict[str, tuple[Planting, str]] = {
    planting.__name__: (planting, sign)
    for planting, sign in (
        (answers_before_the_append, "H1"),
        (shows_before_the_append, "H7"),
        (takes_a_conflict_for_kept, "H1"),
        (takes_news_without_looking_for_a_hole, "H8"),
        (takes_in_again_what_it_hears_twice, "H8"),
        (refuses_what_had_no_answer, "H4"),
        (knows_no_ticket, "H6"),
        (decides_again_though_the_ticket_is_there, "H6"),
        (goes_on_though_the_tail_is_lost, "H8"),
        (tells_nobody_that_the_tail_is_lost, "H8"),
        (never_meets_a_deadline, "H12"),
    )
}
"""Each with the invariant that it breaks."""
