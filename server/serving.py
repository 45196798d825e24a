"""Serving: a house that listens, from its first line to its last."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from server.codes import Codes, open_codes, open_organiser_key
from server.house import House
from server.journal import Journal
from server.journal.sqlite import SqliteJournal
from server.pages import make_app
from server.settings import Settings

BACKLOG = 4096
STOP_WITHIN = 1.0


@asynccontextmanager
async def running(settings: Settings, *, shares_port: bool = False) -> AsyncIterator[tuple[House, int]]:
    """A house that listens; yields it and its port. `shares_port`: other processes listen on the same one."""
    codes = open_codes(settings.data)
    key = open_organiser_key(settings.data, settings.organiser_key)
    house = House(settings, await open_journal(settings, codes), codes, key)
    app = make_app(house)
    house.gate.attach(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_WITHIN)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port, backlog=BACKLOG, reuse_port=shares_port or None)
        await site.start()
        port = int(runner.addresses[0][1])
        house.listening(port)
        await house.open()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        yield house, port
    finally:
        await runner.cleanup()
        await house.close()


async def open_journal(settings: Settings, codes: Codes) -> Journal:
    """The store that the settings name. Raises CannotOpen."""
    if settings.redis is None:
        return SqliteJournal(settings.data)
    from server.journal.redis import open_redis

    return await open_redis(settings.redis, codes.mark())


async def serve(settings: Settings) -> int:
    """Serves until told to stop; returns the exit code."""
    stop = told_to_stop()
    async with running(settings) as (house, _):
        announce(house)
        await stop.wait()
    return 0


def announce(house: House) -> None:
    """The first line is what scripts wait for, the others are for the person."""
    print(f"palabre ready {house.addresses[0]}", flush=True)  # noqa: T201 - it is what the command says
    print(f"organiser     {house.addresses[0]}/o#{house.organiser_key}", flush=True)  # noqa: T201
    print(f"journal       {house.journal.promise()}", flush=True)  # noqa: T201


def told_to_stop() -> asyncio.Event:
    """Set when this process is told to stop, or interrupted."""
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    return stop
