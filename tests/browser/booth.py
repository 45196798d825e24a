"""A voting booth for the browser: a live session whose lead and other citizens act without a browser of their own."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from facilitation import commands as c
from facilitation.programme import Item, Mode, Programme, Side
from rooms.people import ItemId, PersonId, Role
from server.clerk import Clerk
from server.house import House
from server.invited import Invited, Languages
from server.links import Created

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
PICTURES = Path(__file__).parent / "pictures"


def programme() -> Programme:
    return Programme(
        title={"fr": "Dialogue d'essai", "de": "Probegespräch", "en": "Trial dialogue"},
        languages=("fr", "de", "en"),
        sides=(Side("FR", {"fr": "France", "de": "Frankreich"}), Side("DE", {"de": "Deutschland", "fr": "Allemagne"})),
        public=True,
        telephone="03 88 00 00 00",
        items=(
            Item(ItemId("door"), {"en": "Arrival", "fr": "Accueil", "de": "Ankommen"}, 5, Mode.LOBBY),
            Item(ItemId("vote"), {"en": "Vote", "fr": "Vote", "de": "Abstimmung"}, 30, Mode.VOTE),
        ),
    )


class Booth:
    """The vote is on the table; `citizens` are in the order of their links, the lead's is the first."""

    def __init__(self, house: House, made: Created, clerk: Clerk) -> None:
        self.house, self.made, self.clerk = house, made, clerk
        self._asked = 0
        people = {clerk.scene.name(each): each for each in clerk.session.people}
        self.lead = people["Lead 1"]
        self.citizens = [people[f"Citizen {n}"] for n in range(1, len(people))]

    async def ask(self, who: str, name: str, **body: Any) -> None:
        self._asked += 1
        answer = await self.clerk.ask(who, f"booth-{self._asked}", name, body, self.house.now(), "en")
        assert "ok" in answer, answer

    async def open(self, poll: str, question: str | dict[str, str], method: str, **fields: Any) -> None:
        """Drafts a poll and opens it."""
        texts = question if isinstance(question, dict) else {"en": question}
        await self.ask(self.lead, "poll.add", id=poll, question=texts, method=method, **fields)
        await self.ask(self.lead, "poll.open", poll=poll, warned=True)

    async def vote(self, poll: str, *choices: Any) -> None:
        """The last citizens vote: those have no browser."""
        for citizen, choice in zip(reversed(self.citizens), choices, strict=False):
            await self.ask(citizen, "ballot.cast", poll=poll, choice=choice)

    async def publish(self, poll: str) -> None:
        """Closes it, waits until it is counted, and shows it to everybody."""
        await self.ask(self.lead, "poll.close", poll=poll)
        while not self.clerk.session.polls[poll].is_counted:  # type: ignore[index]
            await asyncio.sleep(0.02)
        await self.ask(self.lead, "poll.publish", poll=poll)

    def ballot(self, poll: str, number: int = 0) -> Any:
        return self.clerk.session.polls[poll].ballots.get(PersonId(self.citizens[number]))  # type: ignore[index]

    async def page(self, browser: Browser, number: int = 0, lang: str = "en", size: dict[str, int] = PHONE) -> Page:
        """The page of a citizen, in a browser of its own."""
        context = await browser.new_context(viewport=size, locale="en-GB")  # type: ignore[arg-type]
        page = await context.new_page()
        broken: list[str] = []
        page.on("pageerror", lambda fault: broken.append(str(fault)))
        page.broken = broken  # type: ignore[attr-defined]
        await self.ask(self.citizens[number], "me.language", language=lang)
        await page.goto(self.made.links[number + 1].url)
        await page.locator(".who").wait_for()
        return page

    async def public(self, browser: Browser, lang: str = "en", stage: bool = False, script: bool = True) -> Page:
        """The page of the observers, or the stage."""
        size = {"width": 1920, "height": 1080} if stage else DESK
        context = await browser.new_context(viewport=size, java_script_enabled=script)  # type: ignore[arg-type]
        page = await context.new_page()
        page.broken = []  # type: ignore[attr-defined]
        where = f"{self.house.addresses[0]}/live/{self.made.session}?lang={lang}"
        await page.goto(where + ("&stage" if stage else ""))
        return page


async def booth(house: House, citizens: int = 12) -> Booth:
    people = [Invited("Lead 1", Role.LEAD, Languages(("en",)))]
    people += [
        Invited(f"Citizen {n}", Role.CITIZEN, Languages(("fr" if n % 2 else "de", "en")), "FR" if n % 2 else "DE")
        for n in range(1, citizens + 1)
    ]
    made = await house.create(programme(), people)
    whole = Booth(house, made, await house.clerk(made.session))
    for citizen in whole.citizens:
        await whole.clerk.house(c.Arrive(citizen, house.worker))
    await whole.ask(whole.lead, "session.start")
    await whole.ask(whole.lead, "agenda.next")
    return whole


async def picture(page: Page, name: str) -> None:
    """Kept only where somebody wants to look at it: `PALABRE_PICTURES=1`."""
    if os.environ.get("PALABRE_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        await page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
