"""A whole shortened session in real browsers: a facilitator, three citizens and an observer."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from facilitation.programme import Item, Link, Mode, PollPlan, Programme, RoomsPlan, Rule, Side, Task
from rooms.people import ItemId, Role
from server.house import House
from server.invited import Invited, Languages
from server.links import Created
from server.serving import running
from server.settings import Settings

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKED_FOR = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
"""Only what is wrong is told of each element: axe takes half as long so."""
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


def programme() -> Programme:
    title = {"fr": "Dialogue d'essai", "de": "Probegespräch", "en": "Trial dialogue"}
    return Programme(
        title=title,
        languages=("fr", "de", "en"),
        sides=(Side("FR", {"fr": "France"}), Side("DE", {"de": "Deutschland"})),
        public=True,
        telephone="03 88 00 00 00",
        links={"plenary": {"": Link("https://meet.example.org/all", "03 88 11 11 11", "1234")}},
        items=(
            Item(ItemId("door"), {"en": "Arrival", "fr": "Accueil"}, 5, Mode.LOBBY),
            Item(
                ItemId("talk"),
                {"en": "Experience", "fr": "Expérience"},
                5,
                Mode.BREAKOUT,
                Task({"en": "What would help most?", "fr": "Qu'est-ce qui aiderait le plus ?"}),
                RoomsPlan(size=8, names=("Rhein",)),
            ),
            Item(
                ItemId("vote"),
                {"en": "Vote", "fr": "Vote"},
                5,
                Mode.VOTE,
                poll=PollPlan(
                    "yes-no-abstain",
                    {"en": "One desk for both sides?", "fr": "Un guichet commun ?"},
                    rule=Rule("2/3", ">="),
                ),
            ),
        ),
    )


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (opened, _):
        yield opened


async def created(house: House) -> Created:
    people = [Invited("Lead 1", Role.LEAD, Languages(("en",)))]
    people += [
        Invited(f"Citizen {n}", Role.CITIZEN, Languages(("fr" if n % 2 else "de",)), "FR" if n % 2 else "DE")
        for n in range(1, 4)
    ]
    return await house.create(programme(), people)


async def opened(browser: Browser, url: str, size: dict[str, int], language: str = "English") -> Page:
    context = await browser.new_context(viewport=size, locale="en-GB")  # type: ignore[arg-type]
    page = await context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda fault: broken.append(str(fault)))
    page.broken = broken  # type: ignore[attr-defined]
    await page.goto(url)
    if size is PHONE:
        await page.get_by_role("button", name=language, exact=True).click()
    return page


AT_REST = """Promise.race([
  new Promise((wake) => setTimeout(wake, 1000)),
  Promise.allSettled(
    document.getAnimations()
      .filter((it) => Number.isFinite(it.effect.getComputedTiming().endTime))
      .map((it) => it.finished)
  ),
]).then(() => null)"""
"""Colours that are just changing are between two, and have the contrast of neither. Out of sight they never end."""


async def clean(*pages: Page) -> None:
    """axe finds nothing, nothing is wider than the window, and no script broke."""
    for page in pages:
        await page.evaluate(AT_REST)
        found = await Axe().run(page, options=LOOKED_FOR)
        assert found.violations_count == 0, found.generate_report()
        overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0
        assert page.broken == []  # type: ignore[attr-defined]


async def test_a_whole_session(browser: Browser, house: House) -> None:  # noqa: PLR0915 - one story
    made = await created(house)
    lead, first, second, third = [link.url for link in made.links]

    console = await opened(browser, lead, DESK)
    ana = await opened(browser, first, PHONE)
    ben = await opened(browser, second, PHONE, "Français")
    cleo = await opened(browser, third, PHONE)
    observer = await opened(browser, f"{house.addresses[0]}/live/{made.session}?lang=en", DESK)
    await expect(ana.get_by_text("You are Citizen 1")).to_be_visible()
    await expect(ana.get_by_text("Not me")).to_be_visible()
    await clean(console, ana, ben, observer)

    # The lobby ends; everybody sees the first item, and the next.
    await console.get_by_role("button", name=re.compile("^Start")).first.click()
    await expect(console.get_by_role("button", name=re.compile("^Next")).first).to_be_visible()
    await expect(ana.get_by_text("03 88 11 11 11").first).to_be_visible()
    await console.keyboard.press("n")
    await expect(ana.get_by_role("heading", name="Experience")).to_be_visible()
    await expect(ben.get_by_role("heading", name="Expérience")).to_be_visible()
    await expect(observer.get_by_role("heading", name="Experience")).to_be_visible()

    # Rooms are composed, opened with a countdown, and called back.
    await console.get_by_role("button", name="Compose rooms").click()
    await console.get_by_role("button", name="Open now").first.click()
    for citizen, room in ((ana, "Your room: Rhein"), (cleo, "Your room: Rhein")):
        await expect(citizen.get_by_text(room)).to_be_visible()
    await expect(ana.get_by_text("Citizen 2")).to_be_visible()
    await expect(observer.get_by_text("Rhein")).to_have_count(0)
    await ana.get_by_role("button", name="Raise hand").click()
    await expect(ana.get_by_text("You are first.").first).to_be_visible()
    await ana.reload()
    await expect(ana.get_by_text("You are first.").first).to_be_visible()
    await clean(console, ana, ben, observer)
    await console.get_by_label("Countdown before everybody comes back").select_option("0")
    await console.get_by_role("button", name=re.compile("^Call back$")).click()
    await expect(ana.get_by_text("Your room: Rhein")).to_have_count(0)
    await expect(console.get_by_role("button", name="Compose rooms")).to_be_visible()

    # A ballot: frozen electorate, one vote each, hidden until published.
    await console.keyboard.press("n")
    await expect(ana.get_by_role("heading", name="Vote")).to_be_visible()
    await console.get_by_role("tab", name=re.compile("Votes")).click()
    await console.get_by_role("button", name=re.compile("Open the ballot …")).click()
    await expect(console.get_by_text("3").first).to_be_visible()
    await console.get_by_role("button", name=re.compile("^Open the ballot(?! …)")).click()
    for citizen in (ana, ben, cleo):
        await expect(citizen.locator(".choice").first).to_be_visible()
    await clean(console, ana, ben)
    await ana.get_by_role("button", name="Yes").click()
    await ana.get_by_role("button", name="Put my ballot in the box").click()
    await expect(ana.get_by_text("Your ballot is in the box").first).to_be_visible()
    await ana.reload()
    await expect(ana.get_by_text("Your ballot is in the box").first).to_be_visible()
    for citizen in (ben, cleo):
        await citizen.locator(".choice").first.click()
        await citizen.locator(".button.main").first.click()
    await expect(console.get_by_text("3 of 3 have voted")).to_be_visible()
    await console.get_by_role("button", name=re.compile("Close the ballot")).click()
    await expect(observer.get_by_text("Adopted")).to_have_count(0)
    await console.get_by_role("button", name=re.compile("Publish the result")).click()
    for page in (ana, cleo, observer):
        await expect(page.get_by_text("Adopted").first).to_be_visible()
    await expect(ben.get_by_text("Adopté").first).to_be_visible()
    await clean(console, ana, ben, observer)

    clerk = await house.clerk(made.session)
    assert len(clerk.session.polls["vote"].ballots) == 3  # type: ignore[index]
    for page in (console, ana, ben, cleo, observer):
        await page.context.close()


async def test_the_observers_page_is_complete_without_javascript(browser: Browser, house: House) -> None:
    made = await created(house)
    context = await browser.new_context(java_script_enabled=False, locale="de-DE")
    page = await context.new_page()

    await page.goto(f"{house.addresses[0]}/live/{made.session}")

    await expect(page.get_by_text("Probegespräch").first).to_be_visible()
    await context.close()


async def test_a_wrong_code_gets_an_answer_in_words(browser: Browser, house: House) -> None:
    await created(house)
    page = await opened(browser, f"{house.addresses[0]}/j#3333-3333-3333", DESK)

    await expect(page.get_by_text("We do not know this code")).to_be_visible()

    await clean(page)
    await page.context.close()
