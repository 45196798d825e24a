"""The crowd together: everybody arrives, lives, and is told on every second."""

from __future__ import annotations

import asyncio
import random
import sys

import msgspec

from server.crowd.character import draw
from server.crowd.citizen import Citizen
from server.crowd.client import Client
from server.crowd.instructions import Instructions, Member
from server.crowd.lead import Lead
from server.crowd.pace import Pace
from server.crowd.staff import Staff
from server.crowd.tally import Tally


class Crowd:
    def __init__(self, instructions: Instructions) -> None:
        self._instructions = instructions
        self._pace = Pace(instructions.speed)
        self._tally = Tally(people=sum(member.telephone is None for member in instructions.members))
        self._people = {
            number: self._person(number, member)
            for number, member in enumerate(instructions.members)
            if member.telephone is None
        }

    async def live(self) -> None:
        """Until cancelled; then everybody leaves."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._tell())
                for number, person in self._people.items():
                    group.create_task(person.live(self._arrival(number)))
        finally:
            async with asyncio.timeout(3):
                await asyncio.gather(*(person.client.leave() for person in self._people.values()))

    def _person(self, number: int, member: Member) -> Citizen | Lead | Staff:
        given = self._instructions
        client = Client(given.url, member.code, self._tally, f"crowd-{number}")
        chance = random.Random(f"{given.seed}:{number}")
        if member.role == "citizen":
            return Citizen(client, draw(chance), self._pace, chance)
        if member.drives:
            return Lead(client, self._pace, given.goes_wrong)
        return Staff(client, member.role, self._pace, given.callers, f"{given.seed}:{number}")

    def _arrival(self, number: int) -> float:
        """Staff comes first, then people one by one within the lobby's time."""
        if self._instructions.members[number].role != "citizen":
            return 0.01 * number
        return random.Random(f"{self._instructions.seed}:{number}:arrival").uniform(0.1, 0.8) * self._instructions.lobby

    async def _tell(self) -> None:
        while True:
            sys.stdout.buffer.write(msgspec.json.encode(self._tally) + b"\n")
            sys.stdout.buffer.flush()
            await asyncio.sleep(1)
