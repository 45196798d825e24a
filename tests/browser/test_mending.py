"""While rooms run, in a real browser: somebody comes late and is let in, and rooms are mended by two taps."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from rooms.people import PersonId, Role
from server.house import House
from server.serving import running
from server.settings import Settings
from tests.browser.hall import Hall, hall
from tests.browser.test_session import DESK, PHONE, clean, opened

ROOMS, SIZE = 3, 5


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (it, _):
        yield it


def link_of(whole: Hall, person: str) -> str:
    """A lead first, then a facilitator and an interpreter for each room, then the citizens."""
    kind, number = whole.clerk.scene.name(person).split(" ")
    return whole.link(2 * int(number) - 1 if kind == "Facilitator" else 2 * ROOMS + int(number))


async def page_of(browser: Browser, whole: Hall, person: str) -> Page:
    size = PHONE if whole.clerk.session.is_citizen(PersonId(person)) else DESK
    return await opened(browser, link_of(whole, person), size)


def messages(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Messages")


async def test_a_latecomer_is_let_in_and_rooms_are_mended(browser: Browser, house: House) -> None:
    whole = await hall(house, ROOMS, SIZE)
    await whole.open()
    console = await opened(browser, whole.link(), DESK)

    # Somebody has left for good and comes again: they are expected in a room, and one tap lets them in.
    late = whole.people("r1")[0]
    await whole.ask(whole.lead, "people.out", person=late)
    await whole.go(late)
    await expect(console.locator("[data-room=r1]")).to_contain_text("1 has left for good")
    phone = await page_of(browser, whole, late)
    await expect(phone.get_by_role("heading", name=re.compile("^You are expected in room "))).to_be_visible()
    name = whole.clerk.scene.name(late)
    await expect(console.get_by_role("region", name="People who arrive")).to_contain_text(f"{name} arrives in room")
    await clean(phone, console)
    room = whole.clerk.session.compositions.arrivals[late].room
    facilitator = await page_of(browser, whole, whole.staff(room, Role.FACILITATOR))
    arrival = facilitator.get_by_role("region", name="People who arrive")
    await expect(arrival).to_contain_text("There is interpretation for them.")
    await expect(arrival).to_contain_text("We talk until")
    await clean(facilitator)
    await arrival.get_by_role("button", name=f"Let in {name}").click()
    await expect(arrival).to_have_count(0)
    await expect(messages(phone)).to_contain_text("You are now in room")
    await phone.get_by_role("button", name="I have read it").click()

    # Three leave a room. The lead sees three ways, each with how many would move and why, and takes the first.
    small = next(each for each in ("r2", "r3") if each != room)
    for person in whole.people(small)[:3]:
        await whole.ask(whole.lead, "people.out", person=person)
        await whole.go(person)
    await console.get_by_role("button", name="Mend the rooms …").click()
    dialog = console.get_by_role("dialog", name="Mend the rooms")
    fewest = dialog.get_by_role("region", name="As few as possible move")
    await expect(fewest).to_contain_text("1 person moves")
    await expect(fewest).to_contain_text("has too few people")
    await expect(dialog.get_by_role("region")).to_have_count(3)
    await clean(console)
    repairs = whole.clerk.session.compositions.repairs
    assert repairs is not None
    (move,) = repairs.offers[0].moves
    mover = await page_of(browser, whole, move.person)
    await fewest.get_by_role("button", name="Do this").click()
    await expect(console.get_by_text("1 person goes to another room")).to_be_visible()

    # Whoever moves is told when, where, and a sentence that is the same for everybody.
    await expect(mover.get_by_role("heading", name=re.compile("^You are about to go to room "))).to_be_visible()
    await expect(mover.get_by_role("main")).to_contain_text("It is to even out the groups.")
    await clean(mover)

    # It can be taken back as long as nobody has moved; taken again, they move.
    await console.get_by_role("button", name="Let them stay where they are").click()
    await expect(mover.get_by_role("heading", name=re.compile("^You are about to go to room "))).to_have_count(0)
    assert whole.clerk.session.where(PersonId(move.person)) == move.before
    await whole.ask(whole.lead, "rooms.mend", repair=repairs.id, rung="fewest", seconds=1)
    await expect(messages(mover)).to_contain_text("You are now in room")
    assert whole.clerk.session.where(PersonId(move.person)) == move.room
    await console.get_by_text(re.compile("^1 person was moved at ")).click()
    await expect(console.locator(".c-mended")).to_contain_text(whole.clerk.scene.name(move.person))
    await clean(console, mover)
