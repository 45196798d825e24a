"""A history: what people asked, were answered and were shown, what was broken meanwhile, and the journal at the end.

One JSON object a line; this file, like all of the checker, knows the protocol and none of the house's code.

    {"k": "about", "session", "people": [{"c", "person", "role", "lang"}], "canaries": [...], "keeps": true}
    {"k": "entry", "version", "at", "who", "ticket", "event", "body"}     the journal, in order
    {"k": "fault", "m", "id", "what", "on"}   {"k": "healed", "m", "id"}   what the nemesis did, and until when
    {"k": "calm", "m"}   {"k": "end", "m"}    nothing is broken any more and everybody is back; the last fact
    {"k": "stuck", "m", "why"}                what the people wanted to do could not be done
    {"c", "m", "k": "conn"}   {"c", "m", "k": "disc"}                      a client came in, was cut off
    {"c", "m", "k": "inv", "ticket", "n", "name", "body"}                  asked, for the n-th time under that ticket
    {"c", "m", "k": "ret", "ticket", "n", "ok" | "refused" | "none"}       answered, or no answer came
    {"c", "m", "k": "patch", "layer", "since", "version", "epoch"?, "put", "drop"}
    {"c", "m", "k": "state" | "bye", ...}

`c` is a client (one for each person), `m` the monotonic clock of the machine in seconds. A canary is a text that only
some may ever receive: `{"text", "roles": [...]}`, or `{"text", "room": ID}` for who had a seat there or visited it.
`keeps`: the store was set to lose nothing, so there can be only one epoch.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Fact = dict[str, Any]
View = dict[str, Any]
PLENARY = "plenary"


@dataclass(frozen=True)
class Violation:
    """An invariant that does not hold, and the counter-example in one line."""

    id: str
    what: str

    def __str__(self) -> str:
        return f"{self.id}  {self.what}"


@dataclass(frozen=True)
class Attempt:
    """One sending of an ask. `answer` is its `ret`; None if the history ends before."""

    c: str
    m: float
    ticket: str
    name: str
    body: Fact
    answer: Fact | None

    @property
    def ok(self) -> int | None:
        return None if self.answer is None else self.answer.get("ok")

    @property
    def refused(self) -> str | None:
        return None if self.answer is None else self.answer.get("refused")


@dataclass(frozen=True)
class History:
    """All facts, sorted by whose they are."""

    about: Fact
    entries: list[Fact]
    nemesis: list[Fact]
    clients: dict[str, list[Fact]]
    attempts: list[Attempt]

    @property
    def people(self) -> dict[str, Fact]:
        """Who is who, by client."""
        return {each["c"]: each for each in self.about["people"]}

    @property
    def client_of(self) -> dict[str, str]:
        return {each["person"]: each["c"] for each in self.about["people"]}

    def moment(self, kind: str) -> float:
        """When it was calm, or the end."""
        return next((float(fact["m"]) for fact in self.nemesis if fact["k"] == kind), float("inf"))


def read(path: Path) -> list[Fact]:
    """The lines of a history, packed or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.splitlines()]


def write(path: Path, facts: Iterable[Fact]) -> None:
    lines = "".join(json.dumps(fact, separators=(",", ":"), ensure_ascii=False) + "\n" for fact in facts).encode()
    path.write_bytes(gzip.compress(lines, 9, mtime=0) if path.suffix == ".gz" else lines)


def history(facts: Iterable[Fact]) -> History:
    about: Fact = {}
    entries, nemesis = [], []
    clients: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        match fact["k"]:
            case "about":
                about = fact
            case "entry":
                entries.append(fact)
            case "fault" | "healed" | "calm" | "stuck" | "end":
                nemesis.append(fact)
            case _:
                clients[fact["c"]].append(fact)
    return History(about, entries, nemesis, dict(clients), list(_attempts(clients)))


def _attempts(clients: dict[str, list[Fact]]) -> Iterator[Attempt]:
    for c, facts in clients.items():
        answers = {(fact["ticket"], fact["n"]): fact for fact in facts if fact["k"] == "ret"}
        for fact in facts:
            if fact["k"] == "inv":
                answer = answers.get((fact["ticket"], fact["n"]))
                yield Attempt(c, fact["m"], fact["ticket"], fact["name"], fact["body"], answer)


@dataclass
class Screen:
    """What one client is shown: its layers, each with its version and epoch. A lost line loses all of it."""

    layers: dict[str, View] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    epochs: dict[str, str] = field(default_factory=dict)
    connected: bool = False

    def take(self, fact: Fact) -> None:
        match fact["k"]:
            case "conn":
                self.layers, self.versions, self.epochs = {}, {}, {}
                self.connected = True
            case "disc":
                self.connected = False
            case "patch":
                self._patch(fact)

    def _patch(self, patch: Fact) -> None:
        name = patch["layer"]
        layer = self.layers.setdefault(name, {})
        if patch["since"] == 0:
            layer.clear()
        for path in patch["drop"]:
            layer.pop(path, None)
        layer.update(patch["put"])
        self.versions[name] = patch["version"]
        if "epoch" in patch:
            self.epochs[name] = patch["epoch"]

    def shown(self, path: str) -> Any:
        return next((layer[path] for layer in self.layers.values() if path in layer), None)


def last_screens(told: History) -> dict[str, Screen]:
    """What everybody is shown at the end."""
    screens = {}
    for c, facts in told.clients.items():
        screens[c] = screen = Screen()
        for fact in facts:
            screen.take(fact)
    return screens
