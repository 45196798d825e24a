"""Opens a store: is it there, can the house live on it, does it belong to this house, and what does it promise?"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio import ConnectionPool, Redis, RedisCluster
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, ConnectionError, RedisError, ResponseError  # noqa: A004 - theirs

from server.folder import CannotOpen
from server.journal import JournalDown
from server.journal.redis import keys
from server.journal.redis.ear import Address, Ear
from server.journal.redis.reach import Reach
from server.journal.redis.settings import Settings, objection, promise, read_settings, weakest
from server.journal.redis.store import RedisJournal
from server.journal.redis.wire import AT_ONCE, Wire

OPENS_WITHIN = 3.0
CONNECTS_WITHIN = 1.0
SPARE = 8
"""Connections that are being given back while others are taken."""


async def open_redis(url: str, secret_mark: str) -> RedisJournal:
    """The store at `url` (redis://, rediss://, unix://) for the house whose secret has this fingerprint.

    Raises CannotOpen with one sentence.
    """
    where = f"The store {_spoken(url)}"
    try:
        async with asyncio.timeout(OPENS_WITHIN):
            client, told = await _reach(url, where)
            try:
                await _belongs(client, where, secret_mark)
                journal = _make(url, client, told)
            except BaseException:
                await client.aclose()
                raise
        try:
            await journal.measure()
        except BaseException:
            await journal.close()
            raise
    except TimeoutError as error:
        raise CannotOpen(f"{where} does not answer within {OPENS_WITHIN:.0f} seconds: is it running?") from error
    except AuthenticationError as error:
        raise CannotOpen(f"{where} does not let us in: {str(error).rstrip('.')}.") from error
    except ConnectionError as error:
        raise CannotOpen(f"{where} cannot be reached: {str(error).rstrip('.')}.") from error
    except (RedisError, OSError, JournalDown) as error:
        raise CannotOpen(f"{where} cannot be used: {str(error).rstrip('.')}.") from error
    except ValueError as error:
        raise CannotOpen(f"{where} is no address of a store: {str(error).rstrip('.')}.") from error
    return journal


async def _reach(url: str, where: str) -> tuple[Redis | RedisCluster, Settings]:
    client = Redis.from_url(url, max_connections=AT_ONCE + SPARE, **_options())
    try:
        settings = await _settings(client)
        if not settings.cluster:
            _check(where, settings)
            return client, settings
        nodes = await _primaries(client, url)
    except BaseException:
        await client.aclose()
        raise
    await client.aclose()
    for each in nodes:
        _check(where, each)
    cluster = RedisCluster.from_url(url, **_options())
    await cluster.initialize()
    return cluster, weakest(nodes)


def _make(url: str, client: Redis | RedisCluster, told: Settings) -> RedisJournal:
    pool = ConnectionPool.from_url(url, **_options())

    def dial(address: Address) -> AbstractConnection:
        place = {} if address is None else {"host": address[0], "port": address[1]}
        return pool.connection_class(**{**pool.connection_kwargs, **place})

    wire = Wire(client, Reach())
    return RedisJournal(wire, Ear(wire, dial), promise(told))


async def _belongs(client: Redis | RedisCluster, where: str, secret_mark: str) -> None:
    """The first house writes down what it is; every other must match."""
    await client.execute_command("HSETNX", keys.HOUSE, "layout", keys.LAYOUT)
    await client.execute_command("HSETNX", keys.HOUSE, "secret", secret_mark)
    layout, secret = await client.execute_command("HMGET", keys.HOUSE, "layout", "secret")
    if int(layout) > keys.LAYOUT:
        raise CannotOpen(f"{where} comes from a newer Palabre (layout {int(layout)}, known here: {keys.LAYOUT}).")
    if secret.decode() != secret_mark:
        raise CannotOpen(
            f"{where} belongs to a house with another secret, and no link made there would work here: "
            "copy the file `secret` from the data folder of the others into this one."
        )


async def _settings(client: Redis) -> Settings:
    info = await client.execute_command("INFO", "everything")  # type: ignore[no-untyped-call]
    try:
        config = await client.execute_command("CONFIG GET", "appendfsync", "save")  # type: ignore[no-untyped-call]
    except ResponseError:  # forbidden, or not known under this name: a server that somebody else runs
        config = None
    return read_settings(info, None if config is None else _words(config))


async def _primaries(client: Redis, url: str) -> list[Settings]:
    """The settings of all servers of the cluster that take writes."""
    pool = ConnectionPool.from_url(url, **_options())
    found = []
    for host, port in _addresses(await client.execute_command("CLUSTER", "SLOTS")):  # type: ignore[no-untyped-call]
        kwargs = {**pool.connection_kwargs, "host": host or pool.connection_kwargs.get("host"), "port": port}
        node = Redis(connection_pool=ConnectionPool(connection_class=pool.connection_class, **kwargs))
        try:
            found.append(await _settings(node))
        finally:
            await node.aclose()
            await node.connection_pool.disconnect()
    if not found:
        raise JournalDown("its cluster serves no slots yet")
    return found


def _addresses(slots: Sequence[Any]) -> set[tuple[str, int]]:
    """For each range of slots: its first, its last, its primary, its copies."""
    return {(_word(primary[0]), int(primary[1])) for _, _, primary, *_ in slots}


def _check(where: str, settings: Settings) -> None:
    against = objection(settings)
    if against is not None:
        raise CannotOpen(f"{where} {against}.")


def _options() -> dict[str, Any]:
    """No tries of the library's own: an append that was tried twice in secret could not be told from two."""
    return {
        "socket_connect_timeout": CONNECTS_WITHIN,
        "socket_timeout": None,  # every call has its own time
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
        "decode_responses": False,
    }


def _words(config: dict[Any, Any]) -> dict[str, str]:
    return {_word(name): _word(value) for name, value in config.items()}


def _word(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _spoken(url: str) -> str:
    """The address without the password in it."""
    parts = urlsplit(url)
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    return f"{parts.scheme}://{parts.hostname or parts.path}{port}"
