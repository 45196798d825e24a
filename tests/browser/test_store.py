"""The store goes away, or comes back without its last moments: what a citizen and the lead see of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Browser, Locator, Page, expect

from tests.stores import Store, store
from tests.stories.houses import PlainClient, house_process
from tests.stories.test_kill import PEOPLE, PROGRAMME

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
TOLD_WITHIN = 5_000
"""Two seconds until the house says so, and what two busy cores add."""


class Hall(NamedTuple):
    """A live session, its item on the table, on a store that can be stopped."""

    store: Store
    lead: PlainClient
    citizen: Page
    console: Page


@asynccontextmanager
async def hall(browser: Browser, folder: Path, **config: str) -> AsyncIterator[Hall]:
    async with (
        store(folder / "store", **config) as kept,
        house_process(folder / "house", PALABRE_REDIS=kept.url) as house,
    ):
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE[:3]})
        lead_link, citizen_link, _ = [link["url"] for link in made["links"]]
        lead = await PlainClient(house.url, lead_link.partition("#")[2]).connect()
        phone = await browser.new_context(viewport=PHONE, locale="en-GB")  # type: ignore[arg-type]
        desk = await browser.new_context(viewport=DESK, locale="en-GB")  # type: ignore[arg-type]
        citizen, console = await phone.new_page(), await desk.new_page()
        await citizen.goto(citizen_link)
        await citizen.get_by_role("button", name="English").click()
        await lead.ask("me.language", {"language": "en"})
        await console.goto(lead_link)
        await expect(console.get_by_text("All well")).to_be_visible()
        await lead.ask("session.start")
        await lead.ask("agenda.next")
        await expect(citizen.get_by_role("button", name="Raise hand")).to_be_visible()
        yield Hall(kept, lead, citizen, console)
        await phone.close()
        await desk.close()
        await lead.close()


def away(page: Page) -> Locator:
    return page.get_by_text("The server cannot save anything new at the moment.")


def lost(page: Page) -> Locator:
    return page.locator(".band", has_text="The server has lost its last moments.")


async def test_while_nothing_can_be_kept_the_pages_say_so_and_send_it_later(browser: Browser, tmp_path: Path) -> None:
    async with hall(browser, tmp_path) as here:
        here.store.pause()
        await expect(away(here.citizen)).to_be_visible(timeout=TOLD_WITHIN)
        await expect(away(here.console)).to_be_visible()
        await expect(here.console.get_by_text("Nothing can be saved")).to_be_visible()
        await here.citizen.get_by_role("button", name="Raise hand").click()
        await expect(here.citizen.get_by_text("Will be sent as soon as it can be saved")).to_be_visible()

        here.store.resume()

        await expect(away(here.citizen)).to_be_hidden(timeout=TOLD_WITHIN)
        await expect(away(here.console)).to_be_hidden()
        await expect(here.citizen.get_by_text("You are first.").first).to_be_visible()
        await expect(here.console.get_by_text("All well")).to_be_visible()
        await expect(lost(here.citizen)).to_have_count(0)


async def test_moments_that_were_lost_are_told_until_it_was_read(browser: Browser, tmp_path: Path) -> None:
    async with hall(browser, tmp_path, appendonly="no") as here:
        await here.store.ask("SAVE")
        await here.citizen.get_by_role("button", name="Raise hand").click()
        await expect(here.citizen.get_by_text("You are first.").first).to_be_visible()

        await here.store.kill()
        await here.store.start()

        await expect(lost(here.citizen)).to_be_visible()
        await expect(lost(here.citizen)).to_contain_text("Please check what you did last: your hand, your vote.")
        await expect(lost(here.console)).to_contain_text("Please check your last step.")
        await expect(here.citizen.get_by_text("You are first.")).to_have_count(0)
        await here.citizen.get_by_role("button", name="I have read it").click()
        await expect(lost(here.citizen)).to_have_count(0)
        await expect(lost(here.console)).to_be_visible()
        await here.citizen.get_by_role("button", name="Raise hand").click()
        await expect(here.citizen.get_by_text("You are first.").first).to_be_visible()
