"""A meeting: a panel that fills the lobby, splits into rooms, raises hands, votes again and again, and returns."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Sequence
from typing import Any

from tests.faults.history import Fact
from tests.faults.people import Around, Notes, Someone

HELP_WORD = "zinnober"
NOTICE = "quittengelee"
PROGRAMME: dict[str, Any] = {
    "title": {"fr": "Essai", "de": "Probe"},
    "languages": ["fr", "de"],
    "sides": ["FR", "DE"],
    "items": [
        {"id": "door", "title": {"fr": "Accueil"}, "minutes": 30, "mode": "lobby"},
        {"id": "talk", "title": {"fr": "Échange"}, "minutes": 90, "mode": "breakout"},
    ],
}
LANGUAGES = ("fr", "de")
CHOICES = ("yes", "no", "abstain")
TWICE = 5
"""One of so many presses the button of a vote twice."""


def roster(citizens: int, rooms: int) -> list[dict[str, Any]]:
    """A lead, somebody for support, a facilitator for each room, an observer; then the citizens, each with secrets."""
    team = ["lead", "support", *["facilitator"] * rooms, "observer"]
    staff = [{"name": f"{role} {n}", "role": role, "languages": {"speaks": ["fr"]}} for n, role in enumerate(team)]
    return staff + [
        {
            "name": f"Citizen {n}",
            "role": "citizen",
            "side": "FR" if n % 2 else "DE",
            "languages": {"speaks": ["fr"]},
            "telephone": f"+33 1 55 00 {n // 100:02} {n % 100:02}",
            "needs": f"Besoin {n:04}.",
            "attributes": {"district": f"Quartier {n:04}."},
        }
        for n in range(citizens)
    ]


def canaries(people: Sequence[dict[str, Any]]) -> list[Fact]:
    """What only some may ever receive. `room` of the notice is filled in when it is known."""
    secrets = []
    for person in people:
        if "telephone" in person:
            secrets += [{"text": person[name], "roles": ["lead", "support"]} for name in ("telephone", "needs")]
            secrets.append({"text": person["attributes"]["district"], "roles": ["lead"]})
    team = ["lead", "support", "facilitator"]
    return [*secrets, {"text": HELP_WORD, "roles": team}, {"text": NOTICE, "roles": [], "room": None}]


class Meeting:
    """One session and its people, who come in at these doors."""

    def __init__(self, made: dict[str, Any], people: Sequence[dict[str, Any]], doors: Sequence[str], seed: int) -> None:
        self.notes = Notes()
        self.session: str = made["session"]
        self._chance = random.Random(seed)
        self._around = Around(self.notes, seed)
        self._rounds = self._votes = 0
        self._canaries = canaries(people)
        self._cast = [
            {"c": f"{link['role'][:4]}{n}", "person": link["person"], "role": link["role"], "lang": LANGUAGES[n % 2]}
            for n, link in enumerate(made["links"])
        ]
        codes = [link["url"].partition("#")[2] for link in made["links"]]
        self.everybody = [
            Someone(about, code, doors, self._around) for about, code in zip(self._cast, codes, strict=True)
        ]
        self.lead = self.everybody[0]
        self.staff = [each for each in self.everybody if each.role == "facilitator"]
        self.citizens = [each for each in self.everybody if each.role == "citizen"]
        self.observer = next(each for each in self.everybody if each.role == "observer")

    @property
    def about(self) -> Fact:
        return {"k": "about", "session": self.session, "people": self._cast, "canaries": self._canaries, "keeps": True}

    async def begin(self, rooms: int) -> None:
        """Everybody is here, and goes to the rooms; one room is told something, somebody calls for help."""
        await self.lead.until(lambda screen: self._all_present(screen.shown("people.present")), 30)
        await _ok(self.lead.ask("session.start"))
        await _ok(self.lead.ask("agenda.next", {"from": "door"}))
        await _ok(self.lead.ask("rooms.compose", {"count": rooms, "seed": 1}))
        await self.lead.until(lambda screen: screen.shown("rooms.proposal") is not None)
        await _ok(self.lead.ask("rooms.open"))
        caller = self.citizens[0]
        await caller.until(lambda screen: screen.shown("me")["room"] != "plenary")
        room = self._canaries[-1]["room"] = caller.screen.shown("me")["room"]
        await _ok(self.lead.ask("rooms.tell", {"text": NOTICE, "rooms": [room]}))
        await _ok(caller.ask("help.call", {"kind": "sound", "text": HELP_WORD}))

    def _all_present(self, present: Any) -> bool:
        return bool(present) and present["total"] == len(self.citizens)

    async def round(self, seconds: float) -> str:
        """A poll from drafted to published; everybody votes within so many seconds, a few twice, some in vain."""
        self._rounds += 1
        poll = f"p{self._rounds}"
        question = {"id": poll, "question": "?", "method": "yes-no-abstain", "rule": {"threshold": "1/2"}}
        await self._do("poll.add", question, "poll-exists")
        await self._do("poll.open", {"poll": poll})
        voting = [self._vote(each, poll, seconds) for each in self.citizens]
        hands = [self._speak(each, seconds) for each in self._chance.sample(self.citizens, len(self.citizens) // 5)]
        vain = self.observer.ask("ballot.cast", {"poll": poll, "choice": "yes"})
        await asyncio.gather(*voting, *hands, vain)
        await self._do("poll.close", {"poll": poll})
        await self._do("poll.publish", {"poll": poll})
        return poll

    async def _do(self, name: str, body: dict[str, Any], done: str | None = None) -> None:
        answer = await self.lead.ask(name, body)
        assert "ok" in answer or answer["refused"] == done, (name, answer)

    async def _vote(self, someone: Someone, poll: str, seconds: float) -> None:
        await asyncio.sleep(self._chance.uniform(0, seconds))
        ballot = {"poll": poll, "choice": self._chance.choice(CHOICES)}
        await someone.until(lambda screen: screen.shown(f"me.electorate.{poll}") is not None, 30)
        await someone.ask("ballot.cast", ballot)
        self._votes += 1
        if self._votes % TWICE == 0:
            await someone.press_again("ballot.cast", ballot)
        if self._chance.random() < 0.1:
            again = await someone.ask("ballot.cast", {"poll": poll, "choice": "abstain"})
            assert again.get("refused") == "already-voted", again

    async def _speak(self, someone: Someone, seconds: float) -> None:
        await asyncio.sleep(self._chance.uniform(0, seconds / 2))
        await someone.ask("hand.raise")
        await asyncio.sleep(self._chance.uniform(0, seconds / 2))
        await someone.ask("hand.lower")

    @property
    def busiest(self) -> int:
        """The door behind which most of them are."""
        return Counter(each.door for each in self.everybody).most_common(1)[0][0]

    async def all_connected(self, seconds: float) -> None:
        for each in self.everybody:
            await each.until(lambda screen: screen.connected, seconds)

    async def end(self) -> None:
        """Everybody is called back to the plenary."""
        await _ok(self.lead.ask("rooms.recall"))

    def note(self, fact: Fact) -> None:
        self.notes.add(fact)

    async def close(self) -> None:
        for each in self.everybody:
            await each.leave()
        await self._around.close()


async def _ok(answer: Awaitable[dict[str, Any]]) -> None:
    said = await answer
    assert "ok" in said, said
