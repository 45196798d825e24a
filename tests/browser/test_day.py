"""A break with a bell, who is back from it, the end and its taking back, and the papers: in real browsers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from playwright.async_api import Browser, expect

from facilitation.programme import Item, Mode
from rooms.people import ItemId, Role
from server.house import House
from server.invited import Invited, Languages
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, PHONE, clean, opened, programme

COUNTS_TONES = """() => {
  window.tones = 0
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...all) { window.tones++; return start.apply(this, all) }
}"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (opened_house, _):
        yield opened_house


async def test_a_break_and_the_end(browser: Browser, house: House) -> None:  # noqa: PLR0915 - one story
    pause = Item(ItemId("pause"), {"en": "Coffee", "fr": "Pause café"}, 2.05, Mode.BREAK)
    door, *rest = programme().items
    plan = msgspec.structs.replace(programme(), items=(door, pause, *rest), afterwards={"en": "We send the report."})
    people = [Invited("Lead 1", Role.LEAD, Languages(("en",)))]
    people += [
        Invited("Citizen 1", Role.CITIZEN, Languages(("fr",)), "FR", telephone="+33 6 00 00 00 01"),
        Invited("Citizen 2", Role.CITIZEN, Languages(("de",)), "DE"),
        Invited("Citizen 3", Role.CITIZEN, Languages(("fr",)), "FR"),
    ]
    made = await house.create(plan, people)
    lead, first, second, third = [link.url for link in made.links]
    console = await opened(browser, lead, DESK)
    ana = await opened(browser, first, PHONE)
    ben = await opened(browser, second, PHONE)
    cleo = await opened(browser, third, PHONE)
    await ana.evaluate(COUNTS_TONES)
    await expect(ana.get_by_text("You are Citizen 1")).to_be_visible()
    await console.keyboard.press("Enter")
    await expect(console.get_by_role("button", name=re.compile("^Next"))).to_be_visible()
    await console.keyboard.press("n")

    # The bell is switched on, heard once, and rings two minutes before the end.
    await expect(ana.get_by_role("heading", name="Coffee")).to_be_visible()
    await ana.get_by_role("button", name="Switch the bell on").click()
    heard = int(await ana.evaluate("window.tones"))
    assert heard > 0
    await expect(ana.get_by_text("We go on in less than two minutes.")).to_be_visible()
    assert int(await ana.evaluate("window.tones")) > heard
    await clean(ana, console)

    # "I am back" stays down after a reload, and can be taken back.
    await expect(console.get_by_text(re.compile("0 of 3 are back"))).to_be_visible()
    back = ana.get_by_role("button", name="I am back")
    await back.click()
    await expect(back).to_have_attribute("aria-pressed", "true")
    await ana.reload()
    await expect(back).to_have_attribute("aria-pressed", "true")
    await expect(ana.get_by_text("The bell is on.")).to_be_visible()
    await expect(console.get_by_text(re.compile("1 of 3 are back"))).to_be_visible()
    await ana.get_by_role("button", name="I have to leave again").click()
    await expect(back).to_be_focused()
    await expect(console.get_by_text(re.compile("0 of 3 are back"))).to_be_visible()
    await expect(console.get_by_text("+33 6 00 00 00 01")).to_be_hidden()
    await back.click()
    await ana.evaluate(COUNTS_TONES)
    await ben.get_by_role("button", name="I am back").click()
    await expect(console.get_by_text(re.compile("2 of 3 are back"))).to_be_visible()
    await clean(ana, console)

    # The break runs out; the lead goes on without the third, who then says so or is placed by one tap.
    await console.keyboard.press("s")
    await expect(console.get_by_text("The break is over: 1 person is missing")).to_be_visible()
    await expect(ana.get_by_text("The break is over.").first).to_be_visible()
    assert int(await ana.evaluate("window.tones")) > 0
    await console.keyboard.press("n")
    await expect(ana.get_by_role("heading", name="Experience")).to_be_visible()
    await expect(cleo.get_by_text("so that you get a place in a room")).to_be_visible()
    await expect(console.get_by_label("Count everybody who is connected")).not_to_be_checked()
    await console.get_by_role("button", name="Compose rooms").click()
    await expect(console.get_by_text("1 room for 2 people")).to_be_visible()
    await expect(console.get_by_text("not back yet", exact=True)).to_be_visible()
    await clean(cleo, console)
    await console.get_by_role("button", name="Place Citizen 3 in Rhein").click()
    await expect(console.get_by_text("1 room for 3 people")).to_be_visible()

    # The end names what is open, is asked first, and can be taken back.
    await console.keyboard.press("n")
    await expect(ana.get_by_role("heading", name="Vote")).to_be_visible()
    await console.keyboard.press("Enter")
    dialog = console.get_by_role("dialog", name="Close the session?")
    await expect(dialog.get_by_text("Never opened: “One desk for both sides?”.")).to_be_visible()
    await clean(console)
    await dialog.get_by_role("button", name="Close the session").click()
    await expect(ana.get_by_role("heading", name="Thank you for taking part")).to_be_visible()
    await expect(ana.get_by_text("We send the report.")).to_be_visible()
    await clean(ana, console)
    await console.get_by_role("button", name=re.compile("Open the session again")).click()
    await expect(ana.get_by_role("heading", name="Vote")).to_be_visible()
    await console.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Close the session").click()
    async with console.expect_download() as archive:
        await console.get_by_role("link", name="Download the archive").last.click()
    assert (await archive.value).suggested_filename.endswith(".zip")

    # Plan B is one click away, opens beside the console, and is a page that axe finds nothing in.
    async with console.context.expect_page() as beside:
        await console.get_by_role("link", name="Plan B: print or save").first.click()
    sheet = await beside.value
    sheet.broken = []  # type: ignore[attr-defined]
    await expect(sheet.get_by_role("heading", name="Vote by roll-call")).to_be_visible()
    await clean(sheet)
    incidents = (await house.clerk(made.session)).session.incidents
    assert [(each.kind, each.about, each.outcome) for each in incidents] == [("break", "1", "went-on")]
    for page in (console, ana, ben, cleo):
        await page.context.close()
