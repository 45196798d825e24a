"""The door in real browsers: consent and name once, the guided check, a new code in two taps, and the telephone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from playwright.async_api import Browser, Page, expect

from facilitation import commands as c
from facilitation.asked import Asked
from rooms.people import Role
from server.house import House
from server.invited import Invited, Languages
from server.links import Created
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, PHONE, clean, programme

CONSENT = {"en": "You take part freely.", "fr": "Vous participez librement.", "de": "Sie nehmen freiwillig teil."}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (opened, _):
        yield opened


async def created(house: House) -> Created:
    people = [
        Invited("Support 1", Role.SUPPORT, Languages(("en",))),
        Invited("Citizen 1", Role.CITIZEN, Languages(("en",)), "FR", telephone="03 88 22 22 22"),
        Invited("Citoyén 2", Role.CITIZEN, Languages(("en",)), "DE", telephone="07 61 33 33 33"),
        Invited("Helper 3", Role.GUEST, Languages(("en",))),
        Invited("Lead 1", Role.LEAD, Languages(("en",))),
    ]
    return await house.create(msgspec.structs.replace(programme(), consent=CONSENT), people)


async def opened(browser: Browser, url: str, size: dict[str, int]) -> Page:
    """A page at rest: no colour is looked at on its way to another."""
    context = await browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        locale="en-GB",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda fault: broken.append(str(fault)))
    page.broken = broken  # type: ignore[attr-defined]
    await page.goto(url)
    return page


async def test_from_the_first_arrival_to_a_place_on_the_telephone(browser: Browser, house: House) -> None:  # noqa: PLR0915 - one story
    made = await created(house)
    support, first, *_ = [link.url for link in made.links]
    desk = await opened(browser, support, DESK)
    ana = await opened(browser, first, PHONE)

    # The language, then the name and the consent, once.
    await expect(ana.get_by_text("03 88 00 00 00").first).to_be_visible()
    await ana.get_by_role("button", name="English", exact=True).click()
    await expect(ana.get_by_text("This is the name that others see:")).to_be_visible()
    await ana.get_by_role("button", name="Correct my name").click()
    await ana.get_by_label("The name that others see").fill("Citizen Une")
    await ana.get_by_role("button", name="Use this name").click()
    await expect(ana.get_by_text("You are Citizen Une")).to_be_visible()
    await ana.get_by_role("button", name="Go on").click()
    await expect(ana.get_by_text("please tick the first box")).to_be_visible()
    await clean(ana)
    await ana.get_by_label("I take part of my own free will").check()
    await ana.get_by_label("What I say may be quoted").check()
    await ana.get_by_role("button", name="Go on").click()
    await expect(ana.get_by_role("heading", name="You need do nothing")).to_be_focused()
    await ana.reload()
    await expect(ana.get_by_text("You need do nothing")).to_be_visible()

    # The check: the connection works, the sound does not, whatever is tried; the desk sees it.
    await ana.get_by_role("button", name="Check now").click()
    await expect(ana.get_by_text("Your connection")).to_be_visible()
    await ana.get_by_role("button", name="Go on").click()
    await ana.get_by_role("button", name="Play the tones").click()
    await clean(ana)
    await ana.get_by_role("button", name="No", exact=True).click()
    await expect(ana.get_by_text("Turn the volume up")).to_be_visible()
    for _ in range(3):
        await ana.get_by_role("button", name="No, still not").click()
    await expect(ana.get_by_text("Our team now sees")).to_be_visible()
    await expect(desk.get_by_role("button", name=re.compile("Stuck 1"))).to_be_visible()
    await expect(desk.get_by_text("Sound: nothing is heard")).to_be_visible()
    await ana.get_by_role("button", name="Go on with the next step").click()
    await ana.get_by_role("button", name="Skip this step").click()
    await expect(ana.get_by_role("heading", name="Camera")).to_be_visible()
    await ana.get_by_role("button", name="Skip this step").click()
    await expect(ana.get_by_text("Sound: does not work")).to_be_visible()
    await clean(ana, desk)

    # A new code in two taps, by keyboard; the old link is out at once, the new code opens the same seat.
    await desk.get_by_label("Search by name").fill("citizen u")
    await desk.get_by_role("button", name=re.compile("Citizen Une")).press("Enter")
    await expect(desk.get_by_text("May be quoted, but not seen")).to_be_visible()
    await desk.get_by_role("button", name="New code for Citizen Une").press("Enter")
    await expect(desk.get_by_role("button", name="Make it; the old one ends")).to_be_focused()
    await desk.keyboard.press("Enter")
    await expect(desk.locator(".c-code-groups")).to_be_visible()
    groups = await desk.locator(".c-code-groups b").all_text_contents()
    await clean(desk)
    await desk.keyboard.press("Escape")
    await expect(desk.get_by_role("button", name="New code for Citizen Une")).to_be_focused()
    await expect(ana.get_by_text("This link has been replaced")).to_be_visible()
    await ana.get_by_role("link", name="Type my own code").click()
    await expect(ana.get_by_role("link", name="Call 03 88 00 00 00")).to_be_visible()
    await ana.get_by_label(re.compile("Type the code")).fill(" ".join(groups).lower())
    await ana.context.set_offline(True)
    await ana.get_by_role("button", name="Come in").click()
    await expect(ana.get_by_text("There is no connection just now")).to_be_visible()
    await ana.context.set_offline(False)
    await ana.get_by_role("button", name="Come in").click()
    await expect(ana.get_by_text("You are Citizen Une")).to_be_visible()

    # Somebody without a browser is here by telephone, and a helper goes along.
    await desk.get_by_label("Search by name").fill("citoyen")
    await desk.get_by_role("button", name=re.compile("Citoyén 2 DE")).click()
    await desk.get_by_role("button", name="Citoyén 2 is here by telephone").click()
    await expect(desk.get_by_role("button", name="Citoyén 2 has hung up")).to_be_visible()
    await desk.get_by_role("button", name="Raise the hand of Citoyén 2").click()
    await expect(desk.get_by_role("button", name="Lower the hand of Citoyén 2").first).to_be_visible()
    await desk.get_by_role("button", name="A helper for Citoyén 2").click()
    await desk.get_by_label("Helper or interpreter who goes with Citoyén 2").select_option("Helper 3")
    await desk.get_by_role("button", name="Let this helper go with Citoyén 2").click()
    await expect(desk.get_by_text("Accompanied by Helper 3")).to_be_visible()
    await clean(desk)

    # The number stays in sight through the session, and after its end.
    clerk = await house.clerk(made.session)
    for command in (c.StartSession(), c.NextItem()):
        await clerk.put(Asked(made.links[-1].person, command, house.now()), None)
    await expect(ana.get_by_role("heading", name="Experience")).to_be_visible()
    await expect(ana.get_by_role("button", name=re.compile("Help 03 88 00 00 00"))).to_be_visible()
    await expect(desk.get_by_label("Search by name")).to_have_value("citoyen")
    await clerk.put(Asked(made.links[-1].person, c.CloseSession(), house.now()), None)
    await expect(ana.get_by_text("The session is over")).to_be_visible()
    await expect(ana.get_by_role("link", name="Call 03 88 00 00 00")).to_be_visible()
    await clean(ana, desk)

    assert len("".join(groups)) == 12
    assert [incident.kind for incident in clerk.session.incidents] == ["telephone"]
    for page in (desk, ana):
        await page.context.close()
