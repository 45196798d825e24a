"""The organiser's pages in a browser: usable on a phone, and nothing for axe to find."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from server.house import House
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import LOOKED_FOR

ROSTER = """Nom;Rôle;Langue;Côté
Animation 1;animatrice principale;français;
Citoyenne 1;citoyenne;français;France
Bürger 2;Bürger;Deutsch;Deutschland
"""


async def clean(page: Page) -> None:
    found = await Axe().run(page, options=LOOKED_FOR)
    assert found.violations_count == 0, found.generate_report()
    assert await page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


async def opened(browser: Browser, house: House, width: int) -> Page:
    context = await browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB")
    page = await context.new_page()
    await page.goto(f"{house.addresses[0]}/o#{house.organiser_key}")
    await expect(page.get_by_role("link", name="New session").first).to_be_visible()
    return page


@pytest.mark.parametrize("width", [360, 1440])
async def test_from_the_key_to_the_links(browser: Browser, tmp_path: Path, width: int) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    async with running(Settings(port=0, data=tmp_path / "data")) as (house, _):
        page = await opened(browser, house, width)
        await clean(page)
        await page.get_by_role("link", name="New session").first.click()
        await clean(page)
        await page.locator("select").first.select_option("a240")
        await page.get_by_label("Date").fill("2027-01-15")
        await page.get_by_label("Start time").fill("18:00")
        await page.locator("input[name=roster]").set_input_files(roster)
        await page.get_by_role("button", name="Go on").click()
        await expect(page.get_by_text("Bürger 2").first).to_be_visible()
        await clean(page)
        for box in await page.locator("input[type=checkbox]").all():
            await box.check()
        await page.get_by_role("button", name="Create the session").click()
        await expect(page.get_by_text("/j#").first).to_be_visible()
        await clean(page)
        await page.context.close()
        assert len(await house.journal.sessions()) == 1
