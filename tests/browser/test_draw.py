"""The lot in real browsers: the spokespersons of the built-in programme A4, from "Would you like to stand?" on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from playwright.async_api import Browser, expect

from facilitation import commands as c
from rooms.people import ItemId, Role
from server.house import House
from server.invited import Invited, Languages
from server.programmes.builtin import template
from server.serving import running
from server.settings import Settings
from tests.browser.booth import Booth, picture
from tests.browser.test_session import DESK, PHONE, clean, opened

DRAW = "spokespersons"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (opened_house, _):
        yield opened_house


def roster(sides: list[str]) -> list[Invited]:
    people = [Invited("Lead 1", Role.LEAD, Languages(("en",)))]
    for n in range(1, 13):
        gender = {"Gender": "woman" if n % 4 < 2 else "man"}
        people.append(Invited(f"Citizen {n}", Role.CITIZEN, Languages(("fr", "en")), sides[n % 2], gender))
    return people


async def test_spokespersons_are_drawn_by_lot(browser: Browser, house: House) -> None:  # noqa: PLR0915 - one story
    plan = msgspec.structs.replace(template("a4"), consent={}, public=True)
    made = await house.create(plan, roster([side.id for side in plan.sides]))
    room = Booth(house, made, await house.clerk(made.session))
    for citizen in room.citizens:
        await room.clerk.house(c.Arrive(citizen, house.worker))
    await room.ask(room.lead, "session.start")
    await room.ask(room.lead, "agenda.go", item=DRAW)
    console = await opened(browser, made.links[0].url, DESK)
    ana = await opened(browser, made.links[1].url, PHONE)
    stage = await room.public(browser, stage=True)

    # Nobody is asked before the lead asks; then one tap says yes, and it can be taken back.
    await expect(console.get_by_role("tab", name="The lot")).to_have_attribute("aria-selected", "true")
    await console.get_by_role("button", name="Ask who would like to stand").click()
    await expect(ana.get_by_role("heading", name="Would you like to stand?")).to_be_visible()
    yes = ana.get_by_role("button", name="Yes, I would like to stand")
    await yes.click()
    await expect(ana.get_by_text("You stand in this draw.")).to_be_visible()
    await ana.get_by_role("button", name="I would rather not stand").click()
    await expect(yes).to_have_attribute("aria-pressed", "false")
    await yes.click()
    await expect(yes).to_have_attribute("aria-pressed", "true")
    for citizen in room.citizens[1:]:
        await room.ask(citizen, "draw.volunteer", draw=DRAW, yes=True)
    await expect(console.get_by_text("12 people stand")).to_be_visible()
    await expect(stage.get_by_text("12 people stand")).to_be_visible()
    await clean(ana, console)
    await picture(ana, "draw-citizen-open")
    await picture(console, "draw-console-open")

    # The list is published with its hash, on the stage too, before there is any number.
    await console.get_by_role("button", name="Close the list").click()
    draw = room.clerk.session.draws[ItemId(DRAW)]
    async with asyncio.timeout(60):
        while draw.page is None:
            await asyncio.sleep(0.05)
            draw = room.clerk.session.draws[ItemId(DRAW)]
    await expect(stage.get_by_text(draw.page.hash)).to_be_visible()
    await expect(ana.get_by_text("You are on the list.")).to_be_visible()
    number = console.get_by_label("The number that was drawn")
    decides = console.get_by_role("button", name="This number decides")
    await number.fill("12")
    await expect(decides).to_be_disabled()
    await number.fill("314159")
    await decides.click()

    # Two of each side, a woman and a man; everybody reads the names, and the page says how to check them.
    drawn = [who for part in room.clerk.session.draws[ItemId(DRAW)].result for who, _ in part.seats]
    while len(drawn) < 4:
        await asyncio.sleep(0.05)
        drawn = [who for part in room.clerk.session.draws[ItemId(DRAW)].result for who, _ in part.seats]
    names = [room.clerk.scene.name(who) for who in drawn]
    for name in names:
        await expect(console.locator(".c-draw strong", has_text=re.compile(f"^{name}$"))).to_be_visible()
        await expect(ana.get_by_text(name, exact=True).first).to_be_visible()
        await expect(stage.get_by_text(name).first).to_be_visible()
    await clean(ana, console)
    await picture(ana, "draw-citizen-drawn")
    await picture(console, "draw-console-drawn")
    await picture(stage, "draw-stage-drawn")

    # Somebody says no: the next moves up, and the page of the draw tells it.
    await console.get_by_role("button", name=f"{names[0]} says no").click()
    await console.get_by_role("button", name=f"{names[0]} says no").click()
    await expect(console.get_by_text(f"instead of {names[0]}")).to_be_visible()
    async with ana.expect_popup() as opening:
        await ana.get_by_role("link", name="How everybody can check this draw").first.click()
    page = await opening.value
    await expect(page.get_by_text("You can check this whole draw with a pencil.")).to_be_visible()
    await expect(page.get_by_text(f"instead of {names[0]}")).to_be_visible()
    await expect(page.locator("#number")).to_have_text("314159")
    await picture(page, "draw-page")
