"""The house is killed and started again: the citizen's page is back within 5 s, in the same place."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.stories.houses import PlainClient, house_process
from tests.stories.test_kill import PEOPLE, PROGRAMME

PHONE = {"width": 390, "height": 844}


async def test_a_citizens_page_comes_back_by_itself(browser: Browser, tmp_path: Path) -> None:
    async with house_process(tmp_path) as house:
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE[:3]})
        lead_link, citizen_link, _ = [link["url"] for link in made["links"]]
        lead = await PlainClient(house.url, lead_link.partition("#")[2]).connect()
        context = await browser.new_context(viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]
        page = await context.new_page()
        await page.goto(citizen_link)
        await page.get_by_role("button", name="English").click()
        await lead.until(lambda view: view.get("people.present", {}).get("total") == 1)
        await lead.ask("session.start")
        await lead.ask("agenda.next")
        await lead.ask("rooms.compose", {"count": 1})
        await lead.ask("rooms.open")
        await expect(page.get_by_text(re.compile("^Your room"))).to_be_visible()
        await page.get_by_role("button", name="Raise hand").click()
        await expect(page.get_by_text("You are first.").first).to_be_visible()

        await house.kill()
        await house.start()
        await lead.until(lambda _: lead.io.connected)
        await lead.ask("agenda.extend", {"seconds": 3600})

        await expect(page.get_by_text(re.compile("1 h|6[0-9] min")).first).to_be_visible(timeout=5000)
        await expect(page.get_by_text(re.compile("^Your room"))).to_be_visible()
        await expect(page.get_by_text("You are first.").first).to_be_visible()
        await context.close()
        await lead.close()
