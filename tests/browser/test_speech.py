"""Fair speech in real browsers: the queue and its rule, one press for the next, slower speech, shares, nudges."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from facilitation.programme import Item, Mode, Programme, Side, Speech
from rooms.people import ItemId, Role
from server.crowd.client import Client
from server.crowd.tally import Tally
from server.house import House
from server.invited import Invited, Languages
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, PHONE, clean, opened


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (opened_house, _):
        yield opened_house


def programme() -> Programme:
    return Programme(
        title={"fr": "Dialogue d'essai", "de": "Probegespräch", "en": "Trial dialogue"},
        languages=("fr", "de", "en"),
        sides=(Side("FR", {"fr": "France"}), Side("DE", {"de": "Deutschland"})),
        items=(
            Item(ItemId("talk"), {"en": "Experience"}, 5, Mode.PLENARY, speech=Speech("first-timers", 12)),
            Item(ItemId("more"), {"en": "Proposals"}, 5, Mode.PLENARY),
        ),
    )


def roster() -> list[Invited]:
    people = [Invited("Lead 1", Role.LEAD, Languages(("en",)))]
    for n in range(1, 7):
        lang, side = ("fr", "FR") if n % 2 else ("de", "DE")
        gender = {"Gender": "women" if n <= 3 else "men"}
        people.append(Invited(f"Citizen {n}", Role.CITIZEN, Languages((lang,)), side, gender))
    return people


async def until(client: Client, path: str, wanted: dict[str, Any]) -> None:
    """Waits until that person is shown a value with these fields."""
    async with asyncio.timeout(15):
        while not wanted.items() <= (client.shown(path) or {}).items():
            await client.change(within=1)


async def test_fair_speech(browser: Browser, house: House) -> None:  # noqa: PLR0915 - one story
    made = await house.create(programme(), roster())
    address = house.addresses[0]
    console = await opened(browser, made.links[0].url, DESK)
    ana = await opened(browser, made.links[1].url, PHONE)
    others = [Client(address, link.code, Tally(), link.name) for link in made.links[2:]]
    try:
        await asyncio.gather(*(client.connect() for client in others))
        ben, cleo, dirk, *_ = others

        # Hands come as the item says, a point of order first; everybody reads their place and the rule.
        await console.get_by_role("button", name=re.compile("^Start")).first.click()
        await expect(ana.get_by_role("button", name="Raise hand")).to_be_visible()
        await ben.ask("hand.raise", {"kind": "build-on"})
        await ana.get_by_role("button", name="Raise hand").click()
        await cleo.ask("hand.raise", {"kind": "point-of-order"})
        await expect(ana.get_by_text("You are third.").first).to_be_visible()
        await expect(ana.get_by_text("Whoever has not spoken yet comes first.")).to_be_visible()
        hands = console.locator(".c-hand")
        await expect(hands).to_have_count(3)
        await expect(hands.nth(0)).to_contain_text("Citizen 3")
        await expect(hands.nth(0)).to_contain_text("point of order")
        await expect(hands.nth(1)).to_contain_text("builds on it")

        # One key gives the floor to the first; who cannot follow taps once, and only a number is told.
        await console.keyboard.press("g")
        await expect(ana.get_by_text("Citizen 3 is speaking")).to_be_visible()
        await ana.get_by_role("button", name="Slower, please").click()
        await expect(ana.get_by_role("button", name="You have asked for slower speech")).to_be_focused()
        await expect(console.get_by_text("1 person asks for slower speech")).to_be_visible()
        await until(cleo, "me.slower", {"asked": False, "count": 1})
        await clean(console, ana)

        # The lead chooses another rule by keyboard; it is said at once to who waits.
        await console.get_by_text("Who has not spoken yet first, 12 s").focus()
        await console.keyboard.press("Enter")
        await console.get_by_role("radio", name="Who has not spoken yet first").focus()
        await console.keyboard.press("ArrowUp")
        await expect(console.get_by_role("radio", name="The sides take turns")).to_be_checked()
        await expect(ana.get_by_text("The sides speak in turn.")).to_be_visible()
        await clean(console)

        # With the last hand gone the focus goes on to what can be pressed next.
        await ben.ask("hand.lower")
        await console.get_by_role("button", name="Next to speak: Citizen 1").focus()
        await console.keyboard.press("Enter")
        await expect(console.get_by_role("button", name="End the turn of Citizen 1")).to_be_focused()

        # A turn that nears its end says so calmly, to the speaker and on the console.
        await expect(ana.get_by_text("left for you. Please come to an end.")).to_be_visible()
        await expect(console.locator(".c-turn")).to_contain_text("s left")
        await console.get_by_role("button", name="30 s more for Citizen 1").click()
        await expect(console.locator(".c-turn")).to_contain_text("of 0:42")
        await clean(ana)
        await ana.get_by_role("button", name="I have finished").click()
        await expect(console.get_by_text("Nobody has the floor")).to_be_visible()

        # The team sees shares of groups; a nudge reaches one person alone.
        await console.get_by_text("Who has been heard").click()
        await expect(console.get_by_role("region", name="Sides")).to_contain_text("100% of the time, 50% of the people")
        await expect(console.get_by_role("region", name="Gender")).to_be_visible()
        await console.get_by_role("button", name="Invite Citizen 4 to speak").click()
        await console.get_by_role("button", name="Ask to be shorter: only Citizen 1 reads it").click()
        nudge = ana.get_by_label("Messages").get_by_text("Please leave some time for the others, too.")
        await expect(nudge).to_be_visible()
        await until(dirk, "me.nudge", {"kind": "invite"})
        assert ben.shown("me.nudge") is None
        await clean(console, ana)
        await ana.get_by_role("button", name="I have read it").click()
        await expect(nudge).to_have_count(0)
        assert not [path for path in ("floor.shares", "floor.heard", "shares") if ben.shown(path) is not None]
    finally:
        await asyncio.gather(*(client.leave() for client in others))
