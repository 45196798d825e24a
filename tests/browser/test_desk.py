"""The help desk in real browsers: nobody hears, an alarm, a lost team, the lead's choice, and the report of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from facilitation import commands as c
from facilitation.asked import Asked
from facilitation.programme import Item, Link, Mode, Programme, Side
from facilitation.session import HOUSE
from rooms.people import ItemId, PersonId, Role
from server.house import House
from server.invited import Invited, Languages
from server.links import Created
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, PHONE, clean, opened


def programme() -> Programme:
    return Programme(
        title={"fr": "Dialogue d'essai", "de": "Probegespräch", "en": "Trial dialogue"},
        languages=("fr", "de"),
        sides=(Side("FR", {"fr": "France"}), Side("DE", {"de": "Deutschland"})),
        telephone="03 88 00 00 00",
        links={"Rhein": {"": Link("https://meet.example.org/rhein", "03 88 11 11 11", "1234")}},
        items=(
            Item(ItemId("door"), {"en": "Arrival", "fr": "Accueil", "de": "Ankommen"}, 5, Mode.LOBBY),
            Item(ItemId("talk"), {"en": "Experience", "fr": "Expérience", "de": "Erfahrung"}, 30, Mode.BREAKOUT),
        ),
    )


class Story:
    """A house with one session: citizens who speak French or German, and their team."""

    def __init__(self, house: House, made: Created) -> None:
        self.house, self.made = house, made
        self.urls = {link.name: link.url for link in made.links}
        self.ids = {link.name: link.person for link in made.links}

    async def ask(self, name: str, ask: str, body: Mapping[str, object] | None = None) -> None:
        clerk = await self.house.clerk(self.made.session)
        ack = await clerk.ask(PersonId(self.ids[name]), None, ask, dict(body or {}), self.house.now(), "en")
        assert "ok" in ack, (ask, ack)

    async def rooms(self) -> None:
        """Open, with one interpreter each; in the second everybody speaks French."""
        clerk = await self.house.clerk(self.made.session)
        for number in range(1, 7):
            arrive = c.Arrive(self.ids[f"Citizen {number}"], self.house.worker)
            await clerk.put(Asked(HOUSE, arrive, self.house.now()), None)
        await self.ask("Lead 1", "session.start")
        await self.ask("Lead 1", "agenda.next")
        tables = [[self.ids[f"Citizen {n}"] for n in each] for each in ((1, 2, 3, 6), (4, 5))]
        await self.ask("Lead 1", "rooms.compose", {"rule": "list", "rooms": tables})
        await self.ask("Lead 1", "rooms.open")
        for number in (1, 2):
            person = self.ids[f"Interpreter {number}"]
            if (await self.house.clerk(self.made.session)).session.where(PersonId(person)) != f"r{number}":
                await self.ask("Lead 1", "rooms.place", {"person": person, "room": f"r{number}"})
        await self.ask("Lead 1", "rooms.link", {"room": "r1", "links": {"": {"url": "https://meet.example.org/r"}}})


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    both = Languages(("fr", "de"))
    people = [Invited("Lead 1", Role.LEAD, Languages(("en",)))]
    people += [Invited("Support 1", Role.SUPPORT, Languages(("de",)))]
    people += [Invited("Facilitator 1", Role.FACILITATOR, both), Invited("Note-taker 1", Role.NOTE_TAKER, both)]
    people += [Invited(f"Interpreter {n}", Role.INTERPRETER, both) for n in (1, 2)]
    people += [
        Invited(f"Citizen {n}", Role.CITIZEN, Languages(("de" if n % 3 == 0 else "fr",)), "DE" if n % 3 == 0 else "FR")
        for n in range(1, 7)
    ]
    async with running(Settings(port=0, data=tmp_path)) as (house, _):
        yield Story(house, await house.create(programme(), people))


async def here(browser: Browser, story: Story, *names: str) -> list[Page]:
    """Those who only have to be there."""
    return [await opened(browser, story.urls[name], DESK) for name in names]


async def test_nobody_hears_then_the_team_is_lost(browser: Browser, story: Story) -> None:
    console = await opened(browser, story.urls["Lead 1"], DESK)
    ana = await opened(browser, story.urls["Citizen 1"], PHONE)
    (spare,) = await here(browser, story, "Interpreter 2")
    await story.rooms()

    # The room's interpreter never came: the console says so, and names who could.
    alarms = console.get_by_role("region", name="Alarms")
    await expect(alarms.get_by_text("Interpreter 1")).to_be_visible()
    await expect(alarms.get_by_role("button", name="Send Interpreter 2 to Room 1")).to_be_visible()

    # Beside the sound of their room, one tap; with a second of the same language it is an alarm.
    await ana.get_by_role("button", name="I cannot hear the interpretation").click()
    await expect(ana.get_by_text("We know that you cannot hear")).to_be_visible()
    await expect(ana.get_by_text("The team is looking after the interpretation").first).to_be_visible()
    await story.ask("Citizen 2", "help.call", {"kind": "interpretation"})
    words = alarms.get_by_text("2 people who speak Français cannot hear the interpretation")
    await expect(words).to_be_visible()
    assert await console.evaluate("document.activeElement === document.body")

    # Only that room's clock stands still; its people read why.
    await alarms.get_by_role("button", name=re.compile("Only the clock of")).focus()
    await console.keyboard.press("Enter")
    await expect(ana.get_by_text("The clock of your room stands still").first).to_be_visible()
    await expect(alarms.get_by_text("Its clock stands still until you choose")).to_be_visible()
    await expect(words).to_have_count(0)
    assert await console.evaluate("document.activeElement?.className") == "c-alarms"
    await clean(console, ana)

    # The lead splits the room by language, with one tap: who speaks French goes where French is understood.
    lost = alarms.get_by_role("listitem").filter(has_text="Its clock stands still")
    await lost.get_by_role("button", name=re.compile("Split by language")).click()
    await expect(lost).to_have_count(0)
    await expect(ana.get_by_text("The clock of your room stands still")).to_have_count(0)
    await expect(ana.get_by_text("Your room: 2")).to_be_visible()
    await expect(ana.get_by_text("so that everybody understands each other").first).to_be_visible()
    await clean(ana)
    await ana.get_by_role("button", name="I have read it").click()
    await expect(ana.locator(".notice").get_by_text("so that everybody")).to_have_count(0)

    # It is all in the report.
    await console.get_by_text(re.compile(r"^\d+ incidents so far")).click()
    await expect(console.get_by_text("The room was split by language").first).to_be_visible()
    await clean(console)
    async with console.context.expect_page() as opening:
        await console.get_by_role("link", name="Report to read and print").click()
    report = await opening.value
    await expect(report.get_by_role("cell", name="The room was split by language")).to_have_count(3)
    await expect(report.get_by_role("cell", name="Interpretation not heard")).to_have_count(2)
    report.broken = []  # type: ignore[attr-defined]
    await clean(report)
    for page in (console, ana, spare):
        await page.context.close()


async def test_a_call_is_taken_and_settled_by_whom_it_is_for(browser: Browser, story: Story) -> None:
    support = await opened(browser, story.urls["Support 1"], DESK)
    ana = await opened(browser, story.urls["Citizen 1"], PHONE)
    await story.rooms()

    await ana.get_by_role("button", name=re.compile("^Help")).click()
    await clean(ana)
    await ana.get_by_role("button", name="I have trouble with the sound").click()
    await expect(ana.get_by_role("heading", name="Help is on its way: the team knows.")).to_be_visible()
    await story.ask("Citizen 4", "help.call", {"kind": "content", "text": "Was ist ein Quorum?"})

    await expect(support.get_by_text("1 Anfrage ist für andere")).to_be_visible()
    await support.get_by_role("button", name="Anfrage von Citizen 1 übernehmen").focus()
    await support.keyboard.press("Enter")
    await expect(ana.get_by_role("heading", name="Support 1 is helping you")).to_be_visible()
    assert await support.evaluate("document.activeElement !== document.body")
    await support.get_by_role("button", name="Anfrage von Citizen 1 erledigen").click()
    await clean(support)
    await support.get_by_role("button", name="Gelöst").click()
    await expect(ana.get_by_role("heading", name="What is the matter?")).to_be_visible()
    await expect(support.get_by_text("Keine Anfrage ist für Sie")).to_be_visible()

    await support.get_by_text(re.compile(r"^\d+ Vorfälle bisher")).click()
    await expect(support.get_by_text(re.compile(r"^Gelöst \("))).to_be_visible()
    for page in (support, ana):
        await page.context.close()


async def test_a_room_facilitator_reports_the_loss_from_their_own_room(browser: Browser, story: Story) -> None:
    facilitator = await opened(browser, story.urls["Facilitator 1"], DESK)
    ana = await opened(browser, story.urls["Citizen 1"], PHONE)
    await story.rooms()
    await facilitator.get_by_role("combobox", name=re.compile("^Lang|^Sprache")).select_option("en")

    await facilitator.get_by_role("button", name="Report that the interpretation is lost").click()

    await expect(facilitator.get_by_text("The clock of this room stands still")).to_be_visible()
    await expect(ana.get_by_text("The clock of your room stands still").first).to_be_visible()
    await clean(facilitator, ana)
    await facilitator.get_by_role("button", name="The interpreters are back").click()
    await expect(ana.get_by_text("The clock of your room stands still")).to_have_count(0)
    for page in (facilitator, ana):
        await page.context.close()
