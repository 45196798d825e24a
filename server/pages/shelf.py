"""The shelf: what an organiser put down for a moment, sealed, where every worker of the house finds it."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from server.codes import Codes
from server.journal import Journal

T = TypeVar("T")


class Shelf(Generic[T]):
    """Things of one kind, each for `seconds`. What lies there is sealed with the house's secret: links are in it."""

    def __init__(self, journal: Journal, codes: Codes, kind: type[T], seconds: float) -> None:
        self._journal = journal
        self._codes = codes
        self._kind = kind
        self._seconds = seconds

    async def put(self, name: str, thing: T) -> None:
        sealed = self._codes.seal(msgspec.msgpack.encode(thing))
        await self._journal.put_aside(self._place(name), sealed, self._seconds)

    async def get(self, name: str) -> T | None:
        return self._opened(await self._journal.set_aside(self._place(name)))

    async def take(self, name: str) -> T | None:
        """For the last time."""
        return self._opened(await self._journal.set_aside(self._place(name), take=True))

    def _opened(self, sealed: bytes | None) -> T | None:
        return None if sealed is None else msgspec.msgpack.decode(self._codes.unseal(sealed), type=self._kind)

    def _place(self, name: str) -> str:
        return f"{getattr(self._kind, '__name__', 'things')}:{name}"
