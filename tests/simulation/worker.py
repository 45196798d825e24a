"""A worker of the simulation: the server's own clerk, devices and watch over a handle of the simulated store."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from rooms.people import PersonId
from server.clerk import Clerk, open_clerk
from server.devices import Devices
from server.journal import Journal, JournalDown
from server.keys import Keyring
from server.outbox import viewpoint_of
from server.sockets.frames import Frame
from server.sockets.gate import Gate
from server.watch import Watch
from tests.simulation.loop import WORKER, SimLoop
from tests.simulation.store import SimJournal, SimStore

TRIES_AGAIN = 0.3


class Connection:
    """One browser's line to one worker, and what came over it, layer by layer."""

    def __init__(self, number: int, person: str, lang: str, worker: Worker) -> None:
        self.number = number
        self.person = PersonId(person)
        self.lang = lang
        self.worker = worker
        self.layers: dict[str, dict[str, Any]] = {}
        self.versions: dict[str, int] = {}
        self.epochs: dict[str, str] = {}
        self.faults: list[str] = []
        self.open = True

    def __hash__(self) -> int:
        return self.number  # so that a set of them has the same order in every run

    def __eq__(self, other: object) -> bool:
        return self is other

    def send_all(self, frames: Sequence[Frame]) -> None:
        for frame in frames:
            self.send(frame)

    def send(self, frame: Frame) -> None:
        if not self.open or frame.event != "patch":
            return
        body = frame.body
        layer, since, version = body["layer"], body["since"], body["version"]
        self.worker.seen(self, layer, version)
        if since == 0:
            self.layers[layer] = {}
            self.epochs[layer] = body["epoch"]
        elif since != self.versions.get(layer):
            self.faults.append(f"{layer}: {self.versions.get(layer)} was shown, the patch goes on from {since}")
        kept = self.layers.setdefault(layer, {})
        for path in body["drop"]:
            if kept.pop(path, None) is None:
                self.faults.append(f"{layer}: {path} was dropped but never shown")
        kept.update(body["put"])
        self.versions[layer] = version

    @property
    def reads(self) -> str:
        """The language that it is shown."""
        return "fr" if self.layers["session"]["session"]["title"].startswith("Essai") else "de"

    @property
    def view(self) -> dict[str, Any]:
        return {path: value for layer in self.layers.values() for path, value in layer.items()}


class Door:
    """Who is connected, as the watch asks for it."""

    def __init__(self) -> None:
        self.connections: list[Connection] = []


class Worker:
    """One process, as far as it concerns one session."""

    def __init__(self, name: str, store: SimStore) -> None:
        self.worker = name
        self.store = store
        self.line: SimJournal = store.journal(name)
        self.journal: Journal = self.line
        self.door = Door()
        self.gate = cast(Gate, self.door)
        self.devices = Devices(name, self._wait_for_clerk)
        self.keys = Keyring(Path("nowhere"), name)  # not opened: here nobody votes in secret
        self.clerk: Clerk | None = None
        self.too_early: list[str] = []
        self.frozen = False
        self.ended: asyncio.Future[None] = self._loop.create_future()
        self._context = contextvars.copy_context()
        self._context.run(WORKER.set, name)
        self._watch = Watch(self)

    @property
    def _loop(self) -> SimLoop:
        return cast(SimLoop, asyncio.get_running_loop())

    @property
    def alive(self) -> bool:
        return not self.ended.done()

    @property
    def serves(self) -> bool:
        return self.alive and self.clerk is not None

    def clerks(self) -> Iterator[Clerk]:
        if self.clerk is not None:
            yield self.clerk

    def start(self) -> None:
        self._do(self._open())

    def kill(self) -> None:
        """No goodbye: nothing of it ever runs again, and its connections break."""
        self._loop.stop_worker(self.worker)
        self._end()

    def freeze(self) -> None:
        self.frozen = True
        self._loop.stop_worker(self.worker)

    def thaw(self) -> None:
        if self.frozen and self.alive:
            self._loop.go_on(self.worker)
        self.frozen = False

    def leave(self) -> asyncio.Task[None]:
        """Ends as it should: answers what was asked, says goodbye."""
        return self._do(self._leave())

    def connect(self, connection: Connection) -> asyncio.Task[None]:
        return self._do(self._connect(connection))

    def hang_up(self, connection: Connection) -> None:
        connection.open = False
        if self.alive:
            self._do(self._hang_up(connection))

    def ask(self, connection: Connection, ticket: str, name: str, body: Mapping[str, Any]) -> asyncio.Task[Any]:
        return self._do(self._ask(connection, ticket, name, body))

    def seen(self, connection: Connection, layer: str, version: int) -> None:
        """What is shown must be kept already."""
        newest = max((batch.head.version for batch in (*self.store.batches[-1:], *self.store.lost)), default=0)
        if version > newest:
            self.too_early.append(f"{connection.person} was shown version {version} of {layer}, {newest} was kept")

    def _do(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        return self._context.run(self._loop.create_task, work)

    async def _open(self) -> None:
        while self.clerk is None:
            try:
                await self._watch.begin()
                self.clerk = await open_clerk(self.journal, self.store.session, self.worker)
            except JournalDown:
                await self._watch.end()
                await asyncio.sleep(TRIES_AGAIN)

    async def _leave(self) -> None:
        for connection in tuple(self.door.connections):
            connection.open = False
        clerk, self.clerk = self.clerk, None
        self.devices.close()
        await self._watch.end()
        if clerk is not None:
            await clerk.close()
        await self.journal.close()
        self._end()

    def _end(self) -> None:
        if self.alive:
            self.ended.set_result(None)

    async def _wait_for_clerk(self, _session: str) -> Clerk:
        while self.clerk is None:
            await asyncio.sleep(TRIES_AGAIN)
        return self.clerk

    async def _connect(self, connection: Connection) -> None:
        clerk = self.clerk
        if clerk is None or not connection.open:
            return
        at = viewpoint_of(clerk.scene, connection.person, connection.lang)
        for frame in clerk.outbox.listen(at, connection):
            connection.send(frame)
        self.door.connections.append(connection)
        self.devices.came(self.store.session, connection.person)

    async def _hang_up(self, connection: Connection) -> None:
        if self.clerk is None or connection not in self.door.connections:
            return
        self.clerk.outbox.unlisten(connection)
        self.door.connections.remove(connection)
        self.devices.went(self.store.session, connection.person)

    async def _ask(self, connection: Connection, ticket: str, name: str, body: Mapping[str, Any]) -> Any:
        clerk = self.clerk
        if clerk is None:
            return None
        at = await self.journal.now()
        return await clerk.ask(connection.person, ticket, name, body, at, connection.lang)
