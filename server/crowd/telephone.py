"""Ballots told on the telephone: support enters them, somebody else of the staff listens to the read-back.

Whoever only has a telephone is no client; the crowd knows them by id, and support hears from them what they choose.
"""

from __future__ import annotations

import random
from typing import Any

from server.crowd.choosing import choose
from server.crowd.client import Client
from server.crowd.pace import Pace

CALL, LISTEN = 10.0, 6.0
"""So long it takes to read a ballot aloud, and to read it back."""


class Operator:
    """Support: notes who is here by telephone, then takes their ballots one after the other."""

    def __init__(self, client: Client, callers: tuple[str, ...], pace: Pace, chance: random.Random) -> None:
        self._client, self._callers, self._pace, self._chance = client, callers, pace, chance
        self._marked: set[str] = set()

    async def work(self) -> None:
        for person in self._callers:
            if person not in self._marked and "ok" in await self._client.ask("people.telephone", {"person": person}):
                self._marked.add(person)
        for poll_id, poll in open_polls(self._client):
            out = self._client.shown(f"polls.{poll_id}.telephone") or {}
            waiting = {each["person"] for each in out.get("waiting", ())}
            since = (self._client.now() - poll["opened"]) / 1000
            for person in out.get("people", ()):
                if person in self._callers and person not in waiting and since > self._pace.of(CALL):
                    await self._enter(poll_id, poll, person)

    async def _enter(self, poll_id: str, poll: dict[str, Any], person: str) -> None:
        choice = choose(poll, self._chance)
        await self._client.ask("ballot.dictate", {"poll": poll_id, "person": person, "choice": choice, "told": True})


async def listen(client: Client, callers: tuple[str, ...], pace: Pace) -> None:
    """As the second: confirms what the crowd's own support has entered, once it was read back."""
    for poll_id, _ in open_polls(client):
        out = client.shown(f"polls.{poll_id}.telephone") or {}
        for each in out.get("waiting", ()):
            if each["person"] in callers and client.now() - each["at"] > pace.of(LISTEN) * 1000:
                await client.ask("ballot.confirm", {"poll": poll_id, "person": each["person"], "at": each["at"]})


def open_polls(client: Client) -> list[tuple[str, dict[str, Any]]]:
    return [(poll_id, poll) for poll_id, poll in client.under("polls").items() if poll["state"] == "open"]
