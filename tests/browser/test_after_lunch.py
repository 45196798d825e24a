"""After lunch a newcomer mends the rooms from the console: what they tap is counted, and the reasons are read."""

from __future__ import annotations

import asyncio
import re
import time
from itertools import count
from pathlib import Path

from playwright.async_api import Browser, Locator, expect

from facilitation import commands as c
from facilitation.interpreting import spoken
from rooms.people import ItemId, PersonId, Role
from rooms.seating import Room, Stage
from server.clerk import Clerk
from server.house import House
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, clean, opened
from tests.stories.gathering import AFTERNOON, LUNCH, MISSING, MORNING, gathered

WITHIN = 60.0
TAPS = 3
"""Compose, accept, open."""


class Afternoon:
    """The session at lunch: in the morning all sat in rooms that were composed; then some went for good."""

    def __init__(self, house: House, clerk: Clerk) -> None:
        self.house, self.clerk = house, clerk
        self._asked = 0

    def people(self, role: Role) -> list[PersonId]:
        return [each.id for each in self.clerk.session.people.values() if each.role is role]

    async def ask(self, name: str, **body: object) -> None:
        """As the lead does."""
        [lead] = self.people(Role.LEAD)
        self._asked += 1
        answer = await self.clerk.ask(lead, f"lunch-{self._asked}", name, body, self.house.now(), "fr")
        assert "ok" in answer, (name, answer)

    async def arrive(self) -> None:
        for role in (Role.FACILITATOR, Role.INTERPRETER, Role.CITIZEN):
            for person in self.people(role):
                await self.clerk.house(c.Arrive(person, self.house.worker))

    async def go(self, *people: PersonId) -> None:
        """These count as quiet at once."""
        for person in people:
            await self.clerk.house(c.Leave(person, self.house.worker))
            left_at = self.clerk.session.attendance.people[person].left_at or 0
            await self.clerk.house(c.Lapse(person, "quiet", left_at + self.clerk.session.quiet_after))

    async def morning(self) -> None:
        await self.arrive()
        await self.ask("session.start")
        await self.ask("agenda.go", item=MORNING)
        async with asyncio.timeout(WITHIN):
            for seed in count(1):
                await self.composed(seed)
                if all(self.needs_interpreters(room) for room in self.afternoon()):
                    break
        await self.ask("rooms.open")
        await self.ask("rooms.recall")
        await self.ask("agenda.go", item=LUNCH)

    async def composed(self, seed: int) -> None:
        await self.ask("rooms.compose", rule="search", size=8, seed=seed)
        while (proposal := self.clerk.session.seating.proposal) is None or proposal.seed != seed:
            await asyncio.sleep(0.05)

    def afternoon(self) -> tuple[Room, ...]:
        return self.clerk.session.compositions.later[ItemId(AFTERNOON)]

    def needs_interpreters(self, room: Room) -> bool:
        """Whether somebody has to move if it loses its team, also without those who go."""
        staying = [each for each in room.people if each not in self.people(Role.CITIZEN)[:MISSING]]
        return spoken([self.clerk.session.people[each] for each in staying]).needs_interpretation


async def test_a_newcomer_has_running_rooms_within_a_minute_and_reads_why_people_moved(
    browser: Browser, tmp_path: Path
) -> None:
    async with running(Settings(port=0, data=tmp_path)) as (house, _):
        made = await gathered(house)
        day = Afternoon(house, await house.clerk(made.session))
        await day.morning()
        team = [each for each in day.people(Role.INTERPRETER) if day.clerk.session.people[each].group == "team-1"]
        await day.go(*day.people(Role.CITIZEN)[:MISSING], *team)
        await day.ask("agenda.go", item=AFTERNOON)
        planned = {person: room.id for room in day.afternoon() for person in room.people}
        console = await opened(browser, made.links[0].url, DESK)
        bar = console.get_by_role("contentinfo", name="Prochaine étape")
        await expect(bar.locator(".c-bar-title")).to_have_text("Cette étape se déroule en salles")

        # Two taps to rooms that are accepted, and one that opens them for everybody after a countdown.
        began = time.monotonic()
        taps = [await tapped(bar.locator(".c-main"))]
        accept = console.get_by_role("button", name="Accepter")
        await expect(accept).to_be_visible(timeout=30_000)
        reasons = await console.locator(".c-moves li").all_inner_texts()
        proposed = day.clerk.session.seating.proposal
        assert proposed is not None
        seats = {person: room for room in proposed.rooms for person in room.people}
        taps.append(await tapped(accept))
        await expect(bar.locator(".c-bar-title")).to_have_text("Les salles sont prêtes")
        taps.append(await tapped(bar.locator(".c-main")))
        async with asyncio.timeout(WITHIN):
            while day.clerk.session.seating.stage is not Stage.OPEN:
                await asyncio.sleep(0.05)
        assert time.monotonic() - began < WITHIN
        assert len(taps) == TAPS, taps
        await clean(console)

        # Of each who sits elsewhere than planned, and of nobody else, the console said where they go and why.
        name = day.clerk.scene.name
        moved = {person: room for person, room in seats.items() if room.id != planned[person]}
        assert len(reasons) == len(moved) > 0
        for person, room in moved.items():
            [said] = [each for each in reasons if each.startswith(f"{name(person)} ")]
            assert room.name in said
            assert re.search(r"\b(parce que|pour|car)\b", said), said


async def tapped(button: Locator) -> str:
    words = await button.inner_text()
    await button.click()
    return words
