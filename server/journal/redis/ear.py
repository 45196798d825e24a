"""The ear: hears what other processes append, over connections that do nothing but listen.

One connection to the store; in a cluster one to each of its servers, since there a channel is only heard where its
session lies. A connection that breaks is made again, after a pause of at most a second. What was missed meanwhile, and
what a connection that looks well does not bring, shows in the heads, which are read whenever a channel is (again)
listened to and once a second: whoever hears of a head that it does not have reads the journal.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol

import structlog
from redis.asyncio import RedisCluster
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import RedisError

from server.journal import Head, Hear, News
from server.journal.redis import keys
from server.journal.redis.wire import Wire

LONGEST_PAUSE = 1.0
CONNECTS_WITHIN = 2.0
SILENT = 3.0
"""A connection is asked for a sign of life every second; after so many seconds without any it is given up."""
SENDS_WITHIN = 0.5

Address = tuple[str, int] | None
"""Of a server of a cluster; None for the one store."""

log = structlog.get_logger()


class Dial(Protocol):
    """Makes a connection that is not connected yet."""

    def __call__(self, address: Address) -> AbstractConnection: ...


class Ear:
    """Follows sessions. Whoever owns it calls `check` once a second, and `check_fresh` when `woken` returns."""

    def __init__(self, wire: Wire, dial: Dial) -> None:
        self._wire = wire
        self._dial = dial
        self._hears: dict[str, Hear] = {}
        self._lines: dict[Address, _Line] = {}
        self._fresh: set[str] = set()
        self._wake = asyncio.Event()

    async def follow(self, session: str, hear: Hear) -> None:
        self._hears[session] = hear
        await self._place([session])

    async def unfollow(self, session: str) -> None:
        self._hears.pop(session, None)
        for line in self._lines.values():
            await line.drop(keys.news(session))

    async def woken(self, within: float) -> None:
        """Returns when a channel is newly listened to, or after so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, within)):
                await self._wake.wait()

    async def check(self) -> None:
        """Tells everybody how far their sessions go. Raises JournalDown."""
        for line in self._lines.values():
            await line.ping()
        await self._check(list(self._hears))
        await self._place(self._hears)

    async def check_fresh(self) -> None:
        """The same for those whose channel was not listened to before."""
        self._wake.clear()
        fresh, self._fresh = self._fresh, set()
        await self._check([session for session in fresh if session in self._hears])

    async def close(self) -> None:
        self._hears.clear()
        await asyncio.gather(*(line.close() for line in self._lines.values()))

    async def _check(self, sessions: list[str]) -> None:
        answers = await self._wire.ask_all(
            [("HMGET", keys.head(session), "epoch", "version", "mark") for session in sessions]
        )
        for session, found in zip(sessions, answers, strict=True):
            if isinstance(found, list) and found[0] is not None:
                self._tell(session, partial(_read_head, found))

    async def _place(self, sessions: Iterable[str]) -> None:
        """Each session on the connection to the server where it lies now."""
        for session in list(sessions):
            with contextlib.suppress(RedisError):  # a cluster that does not know yet; asked again in a second
                address, channel = self._address(session), keys.news(session)
                line = self._lines.get(address)
                if line is None:
                    line = self._lines[address] = _Line(self._dial, address, self._hear, self._wire.reach.broke)
                for other in self._lines.values():
                    if other is not line:
                        await other.drop(channel)
                await line.want(channel)

    def _address(self, session: str) -> Address:
        client = self._wire.client
        if not isinstance(client, RedisCluster):
            return None
        node = client.get_node_from_key(keys.news(session))
        return None if node is None else (node.host, int(node.port))

    def _hear(self, channel: str, message: bytes | None) -> None:
        session = channel.removeprefix("palabre:{").removesuffix("}:news")
        if message is not None:
            self._tell(session, partial(keys.read_news, message))
        else:
            self._fresh.add(session)
            self._wake.set()

    def _tell(self, session: str, news: Callable[[], News]) -> None:
        hear = self._hears.get(session)
        if hear is None:
            return
        try:
            hear(news())
        except Exception:  # a fault of one listener must not make the others deaf
            log.exception("ear-broke", session=session)


class _Line:
    """One connection, and the channels that are to be listened to on it."""

    def __init__(
        self, dial: Dial, address: Address, hear: Callable[[str, bytes | None], None], broke: Callable[[], None]
    ) -> None:
        self._dial = dial
        self._address = address
        self._hear = hear
        self._broke = broke
        self._verb = "SUBSCRIBE" if address is None else "SSUBSCRIBE"
        self._wanted: set[str] = set()
        self._connection: AbstractConnection | None = None
        self._task = asyncio.create_task(self._listen())

    async def want(self, channel: str) -> None:
        if channel not in self._wanted:
            self._wanted.add(channel)
            await self._send(self._verb, channel)

    async def drop(self, channel: str) -> None:
        if channel in self._wanted:
            self._wanted.discard(channel)
            await self._send("UNSUBSCRIBE" if self._address is None else "SUNSUBSCRIBE", channel)

    async def ping(self) -> None:
        await self._send("PING")

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _send(self, *command: str) -> None:
        """If there is no connection, or it fails now, the next one will ask for all that is wanted."""
        connection = self._connection
        if connection is None:
            return
        try:
            async with asyncio.timeout(SENDS_WITHIN):
                await connection.send_command(*command, check_health=False)
        except (RedisError, OSError):
            await connection.disconnect(nowait=True)

    async def _listen(self) -> None:
        pause = 0.0
        while True:
            began = time.monotonic()
            try:
                await self._listen_once()
            except (RedisError, OSError) as error:
                log.warning("ear-line-broke", fault=type(error).__name__)
            self._broke()
            long_ago = time.monotonic() - began > SILENT
            pause = 0.05 if long_ago else min(LONGEST_PAUSE, pause * 2 or 0.05)
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # so that the workers do not come back as one

    async def _listen_once(self) -> None:
        connection = self._dial(self._address)
        try:
            async with asyncio.timeout(CONNECTS_WITHIN):
                await connection.connect()  # type: ignore[no-untyped-call]
                self._connection = connection
                for channel in list(self._wanted):
                    await connection.send_command(self._verb, channel, check_health=False)
            while True:
                async with asyncio.timeout(SILENT):
                    message = await connection.read_response()
                self._take(message)
        finally:
            self._connection = None
            await connection.disconnect(nowait=True)

    def _take(self, message: Any) -> None:
        """A confirmation, something said on a channel, or a sign of life."""
        if not isinstance(message, list):
            return
        match message:
            case [b"message" | b"smessage", bytes(channel), bytes(said)]:
                self._hear(channel.decode(), said)
            case [b"subscribe" | b"ssubscribe", bytes(channel), _]:
                self._hear(channel.decode(), None)
            case [b"sunsubscribe", bytes(channel), _] if channel.decode() in self._wanted:
                raise ConnectionError("the session has moved to another server of the cluster")
            case _:
                pass


def _read_head(found: list[bytes]) -> News:
    epoch, version, mark = (each.decode() for each in found)
    return News(Head(epoch, int(version), mark))
