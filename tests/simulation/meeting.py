"""A meeting of the simulation: a few workers, a few people and everything that can go wrong, all from one seed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from facilitation import events as e
from facilitation.programme import Item, Mode, PollPlan, Programme, RoomsPlan, Rule
from rooms.people import ItemId, Person, PersonId, Role
from server.draft import entry_of
from server.journal import Row
from server.journal.entries import pack, unpack
from tests.simulation.loop import run
from tests.simulation.people import Attempt, Citizen, Hall, Human, Lead
from tests.simulation.store import START, SimStore, Weather
from tests.simulation.worker import Worker

SESSION = "s"
CITIZENS = 6
LEADS = 2
STORM = 14.0
"""Seconds that faults may fall into."""
ASKS_ON = 3.0
"""Seconds after the last fault in which people still ask."""
ANSWERED_WITHIN = 20.0
SETTLES = 16.0
"""Seconds until a dead worker's lease has lapsed and everybody has heard of it."""


class Outcome(msgspec.Struct):
    """What is known of a meeting when it is over: the checker sees nothing else."""

    seed: int
    store: SimStore
    workers: list[Worker]
    people: list[Human]
    attempts: list[Attempt]
    given_up: set[tuple[str, str]]
    unanswered: list[str]
    late: bool
    history: list[str]
    faults: list[str]
    time: int


def programme() -> Programme:
    quick = PollPlan("yes-no-abstain", {"fr": "?"}, rule=Rule(), seconds=3)
    return Programme(
        title={"fr": "Essai", "de": "Probe"},
        languages=("fr", "de"),
        items=(
            Item(ItemId("door"), {"fr": "Accueil"}, 1, Mode.LOBBY),
            Item(ItemId("quick"), {"fr": "Rapide"}, 0.08, Mode.PLENARY, ends="by-time"),
            Item(ItemId("talk"), {"fr": "Discussion"}, 0.1, Mode.BREAKOUT, rooms=RoomsPlan(count=2), ends="by-time"),
            Item(ItemId("vote"), {"fr": "Vote"}, 0.1, Mode.VOTE, poll=quick, ends="by-time"),
            Item(ItemId("end"), {"fr": "Fin"}, 1, Mode.PLENARY),
        ),
    )


def people() -> tuple[Person, ...]:
    citizens = [Person(PersonId(f"c{n}"), Role.CITIZEN) for n in range(CITIZENS)]
    return (*citizens, *(Person(PersonId(f"lead{n}"), Role.LEAD) for n in range(LEADS)))


def play(seed: int) -> Outcome:
    """A whole meeting; the same seed gives the same one."""
    return run(seed, Meeting(seed).play())


class Meeting:
    """Everything that one seed decides."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._chance = random.Random(f"meeting {seed}")
        self._history: list[str] = []
        self._faults: list[str] = []
        self._hall = Hall(self._write)
        self._started = 0
        self._workers: list[Worker] = []

    async def play(self) -> Outcome:
        self._store = SimStore(SESSION, random.Random(f"store {self.seed}"))
        self._begin()
        for _ in range(self._chance.choice((2, 2, 3))):
            self._start_worker()
        humans = [
            *(Citizen(f"c{n}", self._hall, self._person(n), calm=1.4) for n in range(CITIZENS)),
            *(Lead(f"lead{n}", self._hall, self._person(100 + n), calm=0.9) for n in range(LEADS)),
        ]
        lives = [asyncio.create_task(human.live()) for human in humans]
        await self._storm()
        self._calm()
        await asyncio.sleep(ASKS_ON)
        self._hall.open = False
        await asyncio.wait(lives, timeout=ANSWERED_WITHIN)
        unanswered = [human.person for human in humans if human.waits]
        for life in lives:
            if life.done():
                life.result()
            life.cancel()
        stays = [asyncio.create_task(human.stay()) for human in humans]
        await asyncio.sleep(SETTLES)
        late = not await self._agreed()
        self._write_ends(humans)
        outcome = Outcome(
            self.seed,
            self._store,
            [worker for worker in self._workers if worker.alive],
            list(humans),
            self._hall.attempts,
            self._hall.given_up,
            unanswered,
            late,
            self._history,
            self._faults,
            self._store.now(),
        )
        for stay in stays:
            stay.cancel()
        return outcome

    async def _agreed(self) -> bool:
        """Until all clerks are as far as the journal, and all that they show is shown; but not for ever."""
        for _ in range(30):
            heads = {worker.clerk._head for worker in self._workers if worker.alive and worker.clerk is not None}
            if heads == {self._store.head}:
                before = self._store.head
                await asyncio.sleep(1.5)
                if self._store.head == before:
                    return True
            await asyncio.sleep(0.1)
        return False

    def _write_ends(self, humans: Sequence[Human]) -> None:
        """What was kept, and what everybody sees in the end: so that two histories are alike only if all is."""
        for batch in (*self._store.lost, *self._store.batches):
            self._write("kept", batch.at, batch.worker, batch.head, [unpack(each) for each in batch.entries])
        for human in humans:
            self._write("sees", human.person, human.connection.view if human.connection else {})

    # How it goes

    def _begin(self) -> None:
        created = e.SessionCreated(programme(), START, (), 4_000, 9_000)
        everybody = people()
        entries = [
            entry_of(event, number, "organiser", START, None)
            for number, event in enumerate((created, e.PeopleInvited(everybody)), 1)
        ]
        rows = [Row(person=each.id, seat=f"seat-{each.id}", code=None, name=f"Name {each.id}") for each in everybody]
        self._store.create([pack(entry) for entry in entries], rows)

    def _start_worker(self) -> None:
        self._started += 1
        worker = Worker(f"w{self._started}", self._store)
        worker.line.skew = self._chance.randint(-150, 150)
        self._workers.append(worker)
        self._hall.workers.append(worker)
        worker.start()

    def _person(self, number: int) -> random.Random:
        return random.Random(f"person {number} {self.seed}")

    def _write(self, *facts: Any) -> None:
        now = asyncio.get_running_loop().time()
        self._history.append(f"{now:.6f} {msgspec.json.encode(facts, order='sorted').decode()}")

    # What goes wrong

    async def _storm(self) -> None:
        chance = self._chance
        until = STORM
        self._store.weather = self._bad_weather()
        self._write("weather", msgspec.to_builtins(self._store.weather))
        often = chance.choice((0.7, 1.5, 3.0, 1_000.0))
        kinds = chance.sample(self._kinds(), chance.randint(1, len(self._kinds())))
        while True:
            pause = chance.expovariate(1 / often)
            left = until - asyncio.get_running_loop().time()
            await asyncio.sleep(min(pause, left))
            if pause >= left:
                return
            chance.choice(kinds)()

    def _bad_weather(self) -> Weather:
        def perhaps(most: float) -> float:
            return self._chance.uniform(0, most) if self._chance.random() < 0.5 else 0.0

        return Weather(
            slow=self._chance.choice((0.002, 0.02, 0.2)),
            request_lost=perhaps(0.05),
            reply_lost=perhaps(0.1),
            request_late=perhaps(0.1),
            doubled=perhaps(0.1),
            news_lost=perhaps(0.6),
            news_late=perhaps(0.6),
            news_doubled=perhaps(0.6),
            news_short=perhaps(0.3),
        )

    def _kinds(self) -> list[Callable[[], None]]:
        return [self._outage, self._cut, self._deafen, self._freeze, self._kill, self._leave, self._lose]

    def _fault(self, kind: str, *facts: Any) -> None:
        self._faults.append(kind)
        self._write("fault", kind, *facts)

    def _outage(self) -> None:
        self._store.up = False
        seconds = self._long()
        self._fault("outage", seconds)
        self._store.later(seconds, self._up)

    def _up(self) -> None:
        self._store.up = True

    def _cut(self) -> None:
        worker = self._some_worker()
        if worker is not None:
            seconds = self._long()
            self._fault("cut", worker.worker, seconds)
            worker.line.reaches = False
            self._store.later(seconds, lambda: self._mend(worker))

    def _deafen(self) -> None:
        worker = self._some_worker()
        if worker is not None:
            seconds = self._long()
            self._fault("deaf", worker.worker, seconds)
            worker.line.deaf = True
            self._store.later(seconds, lambda: self._mend(worker))

    def _mend(self, worker: Worker) -> None:
        worker.line.reaches, worker.line.deaf = True, False

    def _freeze(self) -> None:
        worker = self._some_worker()
        if worker is not None and not worker.frozen:
            seconds = self._long()
            self._fault("frozen", worker.worker, seconds)
            worker.freeze()
            self._store.later(seconds, worker.thaw)

    def _kill(self) -> None:
        worker = self._some_worker()
        if worker is not None:
            self._fault("killed", worker.worker)
            worker.kill()
            self._store.later(self._chance.uniform(0.2, 2.0), self._start_worker)

    def _leave(self) -> None:
        worker = self._some_worker()
        if worker is not None and not worker.frozen and worker.serves:
            self._fault("left", worker.worker)
            worker.leave()
            self._store.later(self._chance.uniform(0.2, 2.0), self._start_worker)

    def _lose(self) -> None:
        """The store falls and comes back without its newest batches."""
        if self._chance.random() < 0.5:
            return
        self._store.up = False
        gone = self._store.lose(self._chance.randint(1, 8))
        self._fault("lost", gone)
        self._store.later(self._chance.uniform(0.001, 1.5), self._up)

    def _some_worker(self) -> Worker | None:
        alive = [worker for worker in self._workers if worker.alive]
        return self._chance.choice(alive) if alive else None

    def _long(self) -> float:
        return self._chance.choice((0.3, 1.0, 2.5, 4.5)) * self._chance.uniform(0.5, 1.5)

    def _calm(self) -> None:
        self._write("calm")
        self._store.weather = Weather()
        self._store.up = True
        for worker in self._workers:
            self._mend(worker)
            worker.thaw()
