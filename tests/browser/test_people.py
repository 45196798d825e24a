"""People in real browsers: a disturbance settled by keyboard, a room and the day taken over, the team among itself."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from facilitation.programme import Item, Mode, Programme, RoomsPlan, Side, Task
from rooms.people import ItemId, Role
from server.house import House
from server.invited import Invited, Languages
from server.links import Created
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, PHONE, clean, opened

OWN = "You took the word from others three times."


def programme() -> Programme:
    return Programme(
        title={"en": "Trial dialogue", "fr": "Dialogue d'essai"},
        languages=("en", "fr"),
        sides=(Side("FR", {"fr": "France"}), Side("DE", {"de": "Deutschland"})),
        telephone="03 88 00 00 00",
        items=(
            Item(ItemId("door"), {"en": "Arrival"}, 5, Mode.LOBBY),
            Item(
                ItemId("talk"),
                {"en": "Experience"},
                5,
                Mode.BREAKOUT,
                Task({"en": "What would help most?"}),
                RoomsPlan(count=1, names=("Rhein",)),
            ),
        ),
    )


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (house, _):
        yield house


async def created(house: House) -> Created:
    english = Languages(("en",))
    people = [
        Invited("Lead 1", Role.LEAD, english),
        Invited("Facilitator 2", Role.FACILITATOR, english),
        Invited("Note-taker 3", Role.NOTE_TAKER, english),
        Invited("Support 4", Role.SUPPORT, english),
        *(Invited(f"Citizen {n}", Role.CITIZEN, english, "FR") for n in (1, 2)),
        Invited("Guest 7", Role.GUEST, english),
    ]
    return await house.create(programme(), people)


async def by_keyboard(page: Page, name: str, words: str) -> None:
    """Opens the menu of a person and chooses, without a mouse."""
    await page.get_by_role("button", name=f"More about {name}").first.focus()
    await page.keyboard.press("Enter")
    wanted = page.locator(".c-menu:popover-open").get_by_role("button", name=words)
    await expect(wanted).to_be_visible()
    for _ in range(8):
        if await wanted.evaluate("it => it === document.activeElement"):
            break
        await page.keyboard.press("Tab")
    await expect(wanted).to_be_focused()
    await page.keyboard.press("Enter")


async def in_rooms(lead: Page) -> None:
    await lead.get_by_role("button", name=re.compile("^Start")).first.click()
    await lead.get_by_role("button", name=re.compile("^Next")).first.click()
    await lead.get_by_role("button", name="Compose rooms").click()
    await lead.get_by_role("button", name="Open now").first.click()


async def test_a_day_on_which_somebody_disturbs_and_others_drop_out(browser: Browser, house: House) -> None:
    made = await created(house)
    lead_url, _, nic_url, sue_url, ana_url, _, gil_url = [link.url for link in made.links]
    lead, nic, sue = [await opened(browser, url, DESK) for url in (lead_url, nic_url, sue_url)]
    ana = await opened(browser, ana_url, PHONE)
    await in_rooms(lead)
    await expect(ana.get_by_text("Your room: Rhein")).to_be_visible()
    await ana.get_by_role("button", name="Raise hand").click()

    await the_note_taker_takes_the_room(nic)
    await somebody_waits_in_the_lobby_and_comes_back(nic, sue, ana)
    await all_rooms_are_told_and_answer(lead, nic)
    await the_team_talks(sue, lead)
    await two_exclude_and_one_takes_it_back(lead, sue)
    await a_removed_person_is_out_and_comes_in_again(lead, ana, ana_url)
    gil = await opened(browser, gil_url, PHONE)
    await a_guest_becomes_staff(lead, gil)
    await lead.context.close()
    await support_takes_the_session(sue)


async def the_note_taker_takes_the_room(nic: Page) -> None:
    await expect(nic.get_by_text("Facilitator 2, who leads this room, has no connection.")).to_be_visible()
    await nic.get_by_role("button", name="Lead this room").click()
    await expect(nic.get_by_text("You lead this room")).to_be_visible()
    await expect(nic.get_by_role("button", name="Next to speak: Citizen 1")).to_be_visible()


async def somebody_waits_in_the_lobby_and_comes_back(nic: Page, sue: Page, ana: Page) -> None:
    await by_keyboard(nic, "Citizen 1", "Send to the lobby …")
    await nic.get_by_role("radio", name="In my own words").check()
    await nic.get_by_role("textbox", name="Reason in my own words").fill(OWN)
    await clean(nic)
    await nic.get_by_role("button", name="Send to the lobby", exact=True).click()
    await expect(ana.get_by_role("heading", name="You are waiting outside the room")).to_be_visible()
    await expect(ana.get_by_text(OWN)).to_be_visible()
    await expect(ana.get_by_text("Your room: Rhein")).to_have_count(0)
    await expect(ana.get_by_role("button", name="Raise hand")).to_have_count(0)
    await expect(ana.get_by_role("button", name=re.compile("^Help"))).to_be_visible()
    await clean(ana)
    await expect(sue.get_by_text("Behaviour").first).to_be_visible()
    await sue.get_by_role("button", name="Let back in: Citizen 1").click()
    await expect(ana.get_by_text("Your room: Rhein")).to_be_visible()
    await expect(sue.get_by_text("Nobody needs help")).to_be_visible()


async def all_rooms_are_told_and_answer(lead: Page, nic: Page) -> None:
    await lead.get_by_role("button", name="Tell all rooms").click()
    await lead.get_by_label("Tell all rooms").fill("Are you ready to come back?")
    await lead.get_by_role("checkbox", name="Ask the staff of each room for an answer").check()
    await lead.get_by_role("button", name="Send").first.click()
    await expect(lead.get_by_text("0 of 1 room has answered")).to_be_visible()
    await expect(lead.get_by_text("Still missing: Rhein")).to_be_visible()
    await nic.get_by_role("button", name="We need 5 more minutes").click()
    await expect(lead.get_by_text("1 of 1 room has answered")).to_be_visible()
    await expect(lead.get_by_text("We need 5 more minutes")).to_be_visible()
    await clean(lead, nic)


async def the_team_talks(sue: Page, lead: Page) -> None:
    await sue.get_by_text("Team only").click()
    box = sue.get_by_role("textbox", name="Message to the team")
    await box.fill("Citizen 2 comes by telephone.")
    await box.press("Enter")
    await expect(box).to_have_value("")
    await expect(lead.get_by_text("1 new message")).to_be_visible()
    await lead.get_by_text("Team only").click()
    await expect(lead.get_by_text("Citizen 2 comes by telephone.")).to_be_visible()
    await expect(lead.get_by_text("1 new message")).to_have_count(0)


async def two_exclude_and_one_takes_it_back(lead: Page, sue: Page) -> None:
    await lead.locator("#c-middle-tab-people").click()
    await lead.locator(".c-person-row", has_text="Citizen 1").click()
    await by_keyboard(lead, "Citizen 1", "Exclude from voting …")
    await lead.get_by_role("button", name="Ask for the exclusion").click()
    await expect(lead.get_by_text("You ask to exclude Citizen 1 from voting.")).to_be_visible()
    await sue.get_by_role("button", name="Confirm the exclusion").click()
    await expect(lead.get_by_text("may not vote")).to_be_visible()
    await by_keyboard(lead, "Citizen 1", "Let this person vote again")
    await expect(lead.get_by_text("may not vote")).to_have_count(0)


async def a_removed_person_is_out_and_comes_in_again(lead: Page, ana: Page, url: str) -> None:
    await by_keyboard(lead, "Citizen 1", "Remove from the session …")
    await lead.get_by_role("button", name="Remove", exact=True).click()
    await expect(ana.get_by_role("heading", name="Your place in this session has been closed")).to_be_visible()
    await ana.reload()
    await expect(ana.get_by_text("If this is a mistake, please call us.")).to_be_visible()
    await lead.get_by_role("button", name="Undo").click()
    await expect(lead.locator(".c-toast")).to_have_count(0)
    await ana.goto(url)
    await expect(ana.get_by_text("Your room: Rhein")).to_be_visible()


async def a_guest_becomes_staff(lead: Page, gil: Page) -> None:
    await lead.locator(".c-person-row", has_text="Guest 7").click()
    await by_keyboard(lead, "Guest 7", "Give another role …")
    await lead.get_by_role("radio", name="Support").check()
    await lead.get_by_role("button", name="Give this role").click()
    await expect(gil.get_by_role("tab", name="Session", exact=True)).to_be_visible()  # the console, on a phone
    await expect(gil.get_by_text("Support").first).to_be_visible()


async def support_takes_the_session(sue: Page) -> None:
    await sue.locator("#c-middle-tab-people").click()
    await expect(sue.get_by_text("Lead 1, who leads the session, has no connection.").first).to_be_visible()
    await sue.get_by_role("button", name="Take over the session").first.click()
    await expect(sue.get_by_text("You lead the session")).to_be_visible()
    await expect(sue.get_by_role("button", name=re.compile("^Call back in 60 s"))).to_be_visible()
    await clean(sue)
