"""A newcomer leads for the first time: they read the bottom bar, press its one large button, and do nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from rooms.people import Role
from server.crowd.client import Client
from server.crowd.tally import Tally
from server.house import House
from server.invited import Invited, Languages
from server.programmes import template
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, clean, opened

MOST = 8
"""So many presses at most, from the lobby to the open rooms."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (opened, _):
        yield opened


async def gathered(house: House) -> tuple[str, list[Client]]:
    """The lead's link, and sixteen citizens who have come."""
    people = [Invited("Lead 1", Role.LEAD, Languages(("fr", "de")))]
    people += [
        Invited(f"Citizen {n}", Role.CITIZEN, Languages(("fr" if n % 2 else "de",)), "FR" if n % 2 else "DE")
        for n in range(1, 17)
    ]
    made = await house.create(template("a1a"), people)
    tally = Tally(people=16)
    citizens = [Client(house.addresses[0], link.code, tally, link.person) for link in made.links[1:]]
    await asyncio.gather(*(citizen.connect() for citizen in citizens))
    return made.links[0].url, citizens


async def test_a_newcomer_runs_the_first_breakout_by_the_one_large_button(browser: Browser, house: House) -> None:
    link, citizens = await gathered(house)
    console = await opened(browser, link, DESK)
    await expect(console.locator(".c-present").get_by_text("8 sur 8")).to_have_count(2)

    read: list[str] = []
    while not in_rooms(citizens) and len(read) < MOST:
        read.append(await press_the_large_button(console))

    assert in_rooms(citizens), read
    assert read[-2:] == ["Cette étape se déroule en salles", "Les salles sont prêtes"]
    await clean(console)
    await asyncio.gather(*(citizen.leave() for citizen in citizens))


def in_rooms(citizens: list[Client]) -> bool:
    return all((citizen.shown("room") or {}).get("kind") == "breakout" for citizen in citizens)


async def press_the_large_button(console: Page) -> str:
    """Returns what the bar said would happen; waits until it says something else, through countdowns."""
    bar = console.get_by_role("contentinfo", name="Prochaine étape")
    title = bar.locator(".c-bar-title")
    said = await title.inner_text()
    await bar.locator(".c-main").click()
    await expect(title).not_to_have_text(said)
    await expect(bar.locator(".c-main")).to_be_visible(timeout=40_000)
    return said
