"""Teams of interpreters on the console: a lead says how they work, and the rooms follow; whose rooms are kept."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from facilitation import commands as c
from facilitation.programme import Item, Mode, Programme, RoomsPlan, TeamPlan
from rooms.people import ItemId, Role
from server.clerk import Clerk
from server.house import House
from server.invited import Invited, Languages
from server.links import Created
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, clean, opened

SMALL = {"width": 390, "height": 844}
BOTH = Languages(("fr", "de"))


def talk(name: str, title: str) -> Item:
    rooms = RoomsPlan(rule="search", count=4, names=("Rhein", "Ill", "Saar", "Mosel"))
    return Item(ItemId(name), {"en": title}, 40, Mode.BREAKOUT, rooms=rooms)


def programme() -> Programme:
    return Programme(
        title={"en": "Trial dialogue", "fr": "Dialogue d'essai", "de": "Probegespräch"},
        languages=("en", "fr", "de"),
        teams=(TeamPlan("North", ("fr", "de"), "A", 20), TeamPlan("South", ("fr", "de"), "B", 20)),
        items=(
            Item(ItemId("door"), {"en": "Arrival"}, 5, Mode.LOBBY),
            talk("talk", "Experience"),
            talk("more", "Proposals"),
            talk("last", "Conclusions"),
        ),
    )


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path, compose_seconds=1)) as (opened, _):
        yield opened


async def session(house: House, reads: str) -> tuple[Created, Clerk]:
    """Eight who speak French and eight who speak German, two teams of interpreters; all but the lead are here."""
    people = [Invited("Lead 1", Role.LEAD, Languages((reads,)))]
    people += [Invited(f"Facilitator {n}", Role.FACILITATOR, BOTH) for n in range(1, 5)]
    people += [
        Invited(f"{team} {n}", Role.INTERPRETER, BOTH, group=team) for team in ("North", "South") for n in (1, 2)
    ]
    people += [Invited(f"Citizen {n}", Role.CITIZEN, Languages(("fr" if n % 2 else "de",))) for n in range(1, 17)]
    made = await house.create(programme(), people)
    clerk = await house.clerk(made.session)
    for person in clerk.session.people.values():
        if person.role is not Role.LEAD:
            await clerk.house(c.Arrive(person.id, house.worker))
    for ask in ("session.start", "agenda.next"):
        await led(house, clerk, ask)
    return made, clerk


async def led(house: House, clerk: Clerk, ask: str, **body: object) -> None:
    lead = next(each.id for each in clerk.session.people.values() if each.role is Role.LEAD)
    answer = await clerk.ask(lead, f"{ask} {clerk.session.version}", ask, body, house.now(), "en")
    assert "ok" in answer, answer


def team(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog").get_by_role("listitem", name=name)


async def press(page: Page, button: Locator) -> None:
    """By keyboard."""
    await button.focus()
    await page.keyboard.press("Enter")


async def test_a_lead_changes_what_a_team_speaks_and_fewer_rooms_are_interpreted(
    browser: Browser, house: House
) -> None:
    made, clerk = await session(house, "en")
    console = await opened(browser, made.links[0].url, DESK)
    compose = console.get_by_role("form", name="Compose rooms")
    bilingual = console.locator(".c-room-languages", has_text="interpreted by")
    await compose.get_by_role("button", name="Compose rooms").click()
    await expect(bilingual).to_have_count(2)

    # By keyboard: the team interprets between others, from another booth, and its row says so.
    await press(console, compose.get_by_role("button", name="Interpreters: 2 teams …"))
    south = team(console, "South")
    await expect(south.get_by_text("Français and Deutsch")).to_be_visible()
    await expect(south.get_by_text("Booth: B")).to_be_visible()
    await press(console, south.locator("summary"))
    await south.get_by_role("checkbox", name="Deutsch").press("Space")
    await expect(south.get_by_role("button", name="Save")).to_be_disabled()
    await south.get_by_role("checkbox", name="English").press("Space")
    await south.get_by_label("Hears other booths through").select_option(label="Français")
    await south.get_by_label("Minutes until they change").fill("15")
    await clean(console)
    await south.get_by_role("textbox", name=re.compile("Booth")).fill("C")
    await console.keyboard.press("Enter")
    await expect(south.get_by_text("changed here")).to_be_visible()
    await expect(south.get_by_text("Français and English")).to_be_visible()
    await expect(south.get_by_text("Turns of 15 minutes")).to_be_visible()
    await expect(south.get_by_text("Booth: C")).to_be_visible()
    await expect(south.locator("summary")).to_be_focused()
    await clean(console)
    await console.keyboard.press("Escape")
    await compose.get_by_role("button", name="Compose again").click()
    await expect(bilingual).to_have_count(1)
    await expect(bilingual.get_by_text(re.compile("North . and North ."))).to_be_visible()

    # Taken back, it is as the programme says.
    await compose.get_by_role("button", name="Interpreters: 2 teams …").click()
    await south.locator("summary").click()
    await south.get_by_role("button", name="Back to what was planned: South").click()
    await expect(south.get_by_text("Booth: B")).to_be_visible()
    await expect(south.get_by_text("changed here")).to_have_count(0)
    assert clerk.session.compositions.teams == ()
    await console.keyboard.press("Escape")
    await compose.get_by_role("button", name="Compose again").click()
    await expect(bilingual).to_have_count(2)


async def test_from_an_open_room_a_lead_changes_when_its_team_changes_hands(browser: Browser, house: House) -> None:
    made, clerk = await session(house, "en")
    console = await opened(browser, made.links[0].url, DESK)
    await console.get_by_role("form", name="Compose rooms").get_by_role("button", name="Compose rooms").click()
    await expect(console.locator(".c-room-languages", has_text="interpreted by")).to_have_count(2)
    await led(house, clerk, "rooms.open")
    room = next(each for each in clerk.session.seating.rooms.values() if len(each.languages) > 1)
    [interpreter] = {clerk.session.people[each].group for each in room.staff} - {None}

    await console.locator(f'.c-wall [data-room="{room.id}"] .c-room-open').click()
    drawer = console.get_by_role("dialog", name=room.name)
    await drawer.get_by_role("button", name="Interpreters: 2 teams …").click()
    served = team(console, interpreter or "")
    await served.locator("summary").click()
    await served.get_by_label("Minutes until they change").fill("10")
    await served.get_by_role("button", name="Save").click()
    await expect(served.get_by_text("Turns of 10 minutes")).to_be_visible()
    await clean(console)
    await console.keyboard.press("Escape")

    await expect(drawer.get_by_text(re.compile("Interpreters change at .+, .+ and "))).to_be_visible()


@pytest.mark.parametrize(
    ("reads", "words"),
    [
        ("fr", ("Séance", "Interprètes : 2 équipes …", "Modifier", "Enregistrer", "modifié ici")),
        ("de", ("Sitzung", "Dolmetschen: 2 Teams …", "Ändern", "Speichern", "hier geändert")),
    ],
)
async def test_a_lead_changes_a_team_from_a_phone(
    browser: Browser, house: House, reads: str, words: tuple[str, ...]
) -> None:
    middle, opener, change, save, changed = words
    made, clerk = await session(house, reads)
    console = await opened(browser, made.links[0].url, SMALL)
    await console.get_by_role("tab", name=middle).click()

    await console.get_by_role("button", name=opener).click()
    north = team(console, "North")
    await north.get_by_text(change, exact=True).click()
    await clean(console)
    await north.get_by_role("checkbox", name="English").check()
    await north.get_by_role("button", name=save).click()

    await expect(north.get_by_text(changed)).to_be_visible()
    [said] = clerk.session.compositions.teams
    assert (said.id, {*said.languages}, said.booth, said.turn) == ("North", {"fr", "de", "en"}, "A", 20)
    await clean(console)


async def test_a_lead_keeps_the_rooms_of_an_earlier_item(browser: Browser, house: House) -> None:
    made, clerk = await session(house, "en")
    people = sorted(each.id for each in clerk.session.people.values() if each.role is Role.CITIZEN)
    for cut, following in ((4, "more"), (12, "last")):
        await led(house, clerk, "rooms.compose", rule="list", rooms=[people[:cut], people[cut:]])
        await led(house, clerk, "rooms.open")
        await led(house, clerk, "agenda.go", item=following)
    console = await opened(browser, made.links[0].url, DESK)
    compose = console.get_by_role("form", name="Compose rooms")

    await compose.get_by_label("Keep the same rooms as before").check()
    await compose.get_by_label("Which rooms are kept").select_option(label="Experience")
    await clean(console)
    await compose.get_by_role("button", name="Compose rooms").click()

    await expect(console.get_by_role("heading", name="Proposal: 2 rooms for 16 people")).to_be_visible()
    proposal = clerk.session.seating.proposal
    assert proposal is not None
    assert {frozenset(room.people) for room in proposal.rooms} == {frozenset(people[:4]), frozenset(people[4:])}
