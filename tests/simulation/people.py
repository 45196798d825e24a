"""Simulated people: they look, ask, lose patience, ask again elsewhere; and write it all down."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from tests.simulation.worker import Connection, Worker

LOSES_PATIENCE = 6.0
"""Seconds without an answer after which a browser tries another worker."""
Wish = tuple[str, dict[str, Any]]


class Attempt(msgspec.Struct):
    """One ask on its way to one worker, and the answer; `None` if none came in time."""

    who: str
    ticket: str
    name: str
    worker: str
    sent: float
    answered: float | None = None
    ack: dict[str, Any] | None = None

    @property
    def refused(self) -> str | None:
        return None if self.ack is None else self.ack.get("refused")


class Hall:
    """What the people share: the workers that they may go to, and the book of what they asked."""

    def __init__(self, write: Callable[..., None]) -> None:
        self.workers: list[Worker] = []
        self.attempts: list[Attempt] = []
        self.given_up: set[tuple[str, str]] = set()
        self.connections = 0
        self.open = True
        self.write = write


class Human:
    """One person with one browser."""

    def __init__(self, person: str, hall: Hall, chance: random.Random, *, calm: float) -> None:
        self.person = person
        self.connection: Connection | None = None
        self.waits = False
        self._hall = hall
        self._chance = chance
        self._calm = calm
        self._lang = chance.choice(("fr", "de"))
        self._tickets = 0

    async def live(self) -> None:
        await asyncio.sleep(self._chance.uniform(0, 1.5))
        await self._connect()
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / self._calm))
            if not self._hall.open:
                return
            if self.connection is None or not self.connection.open or not self.connection.worker.alive:
                await self._connect()
            wish = self.wish(self.connection.view if self.connection else {})
            if wish is not None:
                await self._ask(*wish)

    def wish(self, view: Mapping[str, Any]) -> Wish | None:
        raise NotImplementedError

    async def stay(self) -> None:
        """Until the very end: comes back whenever the line breaks."""
        while True:
            if self.connection is None or not self.connection.open or not self.connection.worker.alive:
                await self._connect()
            await asyncio.sleep(0.5)

    async def _connect(self) -> None:
        before = self.connection
        if before is not None:
            before.worker.hang_up(before)
        while True:
            free = [worker for worker in self._hall.workers if worker.serves]
            others = [worker for worker in free if before is None or worker is not before.worker] or free
            if others:
                break
            await asyncio.sleep(self._chance.uniform(0.1, 0.5))
        self._hall.connections += 1
        connection = Connection(self._hall.connections, self.person, self._lang, self._chance.choice(others))
        self.connection = connection
        self._hall.write("connect", self.person, connection.worker.worker)
        await self._wait(connection.worker.connect(connection), connection.worker, 2.0)

    async def _ask(self, name: str, body: dict[str, Any]) -> None:
        self._tickets += 1
        ticket = f"t{self._tickets}"
        self.waits = True
        while True:
            attempt = await self._attempt(ticket, name, body)
            if attempt.ack is None:
                await self._connect()
            elif attempt.refused == "try-later":
                if self._chance.random() < 0.3:
                    self._hall.given_up.add((self.person, ticket))
                    break
                await asyncio.sleep(attempt.ack["again"] / 1000)
                if self.connection is None or not self.connection.worker.serves or self._chance.random() < 0.3:
                    await self._connect()
            else:
                break
        self.waits = False

    async def _attempt(self, ticket: str, name: str, body: dict[str, Any]) -> Attempt:
        connection = self.connection
        assert connection is not None
        worker = connection.worker
        attempt = Attempt(self.person, ticket, name, worker.worker, asyncio.get_running_loop().time())
        self._hall.attempts.append(attempt)
        self._hall.write("ask", self.person, ticket, name, body, worker.worker)
        if worker.serves and connection.open:
            patience = self._chance.uniform(0.001, 0.3) if self._chance.random() < 0.1 else LOSES_PATIENCE
            attempt.ack = await self._wait(worker.ask(connection, ticket, name, body), worker, patience)
        if attempt.ack is not None:
            attempt.answered = asyncio.get_running_loop().time()
        told = {key: value for key, value in (attempt.ack or {}).items() if key != "say"}
        self._hall.write("answer", self.person, ticket, told)
        return attempt

    async def _wait(self, work: asyncio.Task[Any], worker: Worker, seconds: float) -> Any:
        """What comes of it, or None if the line breaks or patience ends; the work goes on all the same."""
        await asyncio.wait({work, worker.ended}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() and not work.cancelled() and worker.alive else None


class Citizen(Human):
    """Votes when there is a poll, else raises and lowers a hand, or chooses a language."""

    def wish(self, view: Mapping[str, Any]) -> Wish | None:
        chance = self._chance
        polls = sorted(path for path, value in view.items() if _is_poll(path) and value["state"] == "open")
        unvoted = [path for path in polls if f"me.ballots.{path.removeprefix('polls.')}" not in view]
        if polls and chance.random() < 0.8:
            poll = chance.choice(unvoted or polls).removeprefix("polls.")
            return "ballot.cast", {"poll": poll, "choice": chance.choice(("yes", "no", "abstain"))}
        return chance.choice(
            [
                ("hand.raise", {}),
                ("hand.lower", {}),
                ("hand.raise", {}),
                ("me.language", {"language": chance.choice(("fr", "de"))}),
                ("help.call", {"kind": "sound"}),
            ]
        )


class Lead(Human):
    """Presses what the console offers, in no sensible order but often."""

    def wish(self, view: Mapping[str, Any]) -> Wish | None:
        session = view.get("session")
        if session is None:
            return None
        if session["state"] == "lobby":
            return "session.start", {}
        if session["state"] == "paused" and self._chance.random() < 0.7:
            return "session.resume", {}
        return self._chance.choice([*self._for_polls(view), *self._for_all(view)])

    def _for_polls(self, view: Mapping[str, Any]) -> list[Wish]:
        wishes: list[Wish] = []
        following = {"drafted": "poll.open", "open": "poll.close", "closed": "poll.publish"}
        for path in sorted(filter(_is_poll, view)):
            ask = following.get(view[path]["state"])
            if ask is not None:
                wishes += [(ask, {"poll": path.removeprefix("polls.")})] * (3 if ask == "poll.open" else 1)
        if sum(map(_is_poll, view)) < 5:
            seconds = self._chance.choice((None, 2, 4))
            body = {"question": "?", "method": "yes-no-abstain"}
            wishes += [("poll.add", body if seconds is None else {**body, "seconds": seconds})] * 2
        return wishes

    def _for_all(self, view: Mapping[str, Any]) -> list[Wish]:
        chance = self._chance
        now = view.get("agenda.now")
        return [
            ("agenda.next", {} if now is None else {"from": now["item"]}),
            ("agenda.go", {"item": chance.choice(("quick", "talk", "vote"))}),
            ("agenda.undo", {}),
            ("agenda.extend", {"seconds": chance.choice((-2, 3))}),
            ("rooms.compose", {"count": 2}),
            ("rooms.open", {"seconds": chance.choice((0, 2))}),
            ("rooms.recall", {"seconds": chance.choice((0, 2))}),
            ("session.pause", {}),
            ("floor.give", {"person": f"c{chance.randrange(4)}", "seconds": 2}),
        ]


def _is_poll(path: str) -> bool:
    return path.startswith("polls.") and path.count(".") == 1
