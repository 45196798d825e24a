"""Rooms composed by what makes a good room, in a real browser: the wish, the proposal, moves by hand, and no rooms."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from facilitation import commands as c
from facilitation.programme import Item, Mode, Option, PollPlan, Programme, Recipe, RoomsPlan, Side
from rooms.people import ItemId, PersonId, Role
from server.clerk import Clerk
from server.house import House
from server.invited import Invited, Languages
from server.links import Created
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, PHONE, clean, opened

SMALL = {"width": 390, "height": 844}
ROOMS = ("Rhein", "Ill", "Saar", "Mosel")


def programme() -> Programme:
    recipe = Recipe(mirror={"side": 1.0, "gender": 1.0})
    return Programme(
        title={"en": "Trial dialogue", "fr": "Dialogue d'essai", "de": "Probegespräch"},
        languages=("en", "fr", "de"),
        sides=(Side("FR", {"en": "France"}), Side("DE", {"en": "Germany"})),
        items=(
            Item(ItemId("door"), {"en": "Arrival"}, 5, Mode.LOBBY),
            Item(
                ItemId("talk"),
                {"en": "Experience", "de": "Erfahrung"},
                40,
                Mode.BREAKOUT,
                rooms=RoomsPlan(rule="search", size=6, names=ROOMS, recipe=recipe),
            ),
            Item(
                ItemId("more"),
                {"en": "Proposals"},
                40,
                Mode.BREAKOUT,
                rooms=RoomsPlan(rule="search", size=6, names=ROOMS, recipe=recipe),
            ),
        ),
    )


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path)) as (opened, _):
        yield opened


async def session(house: House, reads: str = "en", plan: Programme | None = None) -> tuple[Created, Clerk]:
    """Eighteen citizens who are here and two who are not, all of whom speak English; and what the lead reads."""
    english = Languages(("en",))
    people = [Invited("Lead 1", Role.LEAD, Languages((reads,)))]
    people += [Invited(f"Facilitator {n}", Role.FACILITATOR, english) for n in range(1, 5)]
    people += [
        Invited(
            f"Citizen {n}",
            Role.CITIZEN,
            english,
            "FR" if n % 2 else "DE",
            attributes={"gender": "woman" if n % 3 else "man"},
        )
        for n in range(1, 21)
    ]
    made = await house.create(plan or programme(), people)
    clerk = await house.clerk(made.session)
    late = {"Citizen 19", "Citizen 20", "Lead 1"}
    for person in clerk.session.people:
        if clerk.scene.name(person) not in late:
            await clerk.house(c.Arrive(person, house.worker))
    lead = next(each.id for each in clerk.session.people.values() if each.role is Role.LEAD)
    for ask in ("session.start", "agenda.next"):
        assert "ok" in await clerk.ask(lead, ask, ask, {}, house.now(), "en")
    return made, clerk


def card(page: Page, room: str) -> Locator:
    return page.locator(".c-seat-cards > li").filter(has=page.get_by_role("heading", name=room, exact=True))


def seated(page: Page, room: str) -> Locator:
    """The buttons with the names of the citizens who sit there."""
    return card(page, room).locator(".c-names button.c-name:not(.c-name-staff)")


async def name(button: Locator) -> str:
    return await button.locator(".c-name-own").inner_text()


def proposal(page: Page, words: str) -> Locator:
    return page.get_by_role("heading", name=f"Proposal: {words}")


async def test_a_lead_says_what_a_good_room_is_and_sees_why_the_rooms_are_good(browser: Browser, house: House) -> None:
    made, clerk = await session(house)
    console = await opened(browser, made.links[0].url, DESK)
    compose = console.get_by_role("form", name="Compose rooms")

    # The form starts from the programme; the proposal says how its rooms stand.
    await expect(compose.get_by_label("Who sits with whom")).to_have_value("search")
    await compose.get_by_role("button", name="Compose rooms").click()
    await expect(proposal(console, "3 rooms for 18 people")).to_be_visible()
    await expect(console.get_by_text("Everybody meets new people only.")).to_be_visible()
    await expect(console.get_by_text("Rooms for later are planned as well: Proposals.")).to_be_visible()
    await card(console, "Rhein").locator(".c-mirror > summary").click()
    table = card(console, "Rhein").get_by_role("table", name=re.compile("Gender"))
    await expect(table.get_by_role("row", name=re.compile("^Women 4"))).to_be_visible()
    await clean(console)

    # By keyboard two people change places; what it did is said on both cards, and undone.
    moved = seated(console, "Rhein").first
    who = await name(moved)
    await moved.press("Enter")
    await console.get_by_label(f"Room for {who}").select_option(label="Ill")
    other = await name(seated(console, "Ill").first)
    await console.get_by_label(f"Who changes places with {who}").select_option(label=f"In exchange: {other}")
    await console.get_by_role("button", name=f"Place {who}").press("Enter")
    await expect(console.get_by_text(f"{who} and {other} have changed places.").locator("visible=true")).to_have_count(
        2
    )
    await expect(seated(console, "Ill").filter(has_text=re.compile(rf"^{who} "))).to_be_focused()
    await expect(seated(console, "Rhein").filter(has_text=re.compile(rf"^{other} "))).to_be_visible()
    await card(console, "Ill").get_by_role("button", name=f"Undo: {who} goes back to Rhein").click()
    await expect(seated(console, "Rhein").filter(has_text=re.compile(rf"^{who} "))).to_be_visible()
    await expect(console.locator(".c-changed")).to_have_count(0)

    await why_and_staff(console)

    # A name is dragged to another room, which is then too full, and says so.
    await drag(console, moved, card(console, "Saar").locator("header"))
    await expect(card(console, "Saar").get_by_text(f"{who} now sits in Saar.")).to_be_visible()
    await expect(card(console, "Saar").get_by_text("7 people", exact=True)).to_be_visible()
    await clean(console)

    # Who is expected counts as here; who is to sit together does.
    await compose.get_by_role("button", name="Together or apart …").click()
    dialog = console.get_by_role("dialog", name="Together or apart")
    for each in ("Citizen 7", "Citizen 16"):
        await dialog.get_by_label("Add somebody by name").fill(each)
        await dialog.get_by_role("button", name=each, exact=True).click()
    await clean(console)
    await dialog.get_by_role("button", name="Sit together").click()
    await expect(dialog.get_by_text("Together: Citizen 7 and Citizen 16")).to_be_visible()
    await console.keyboard.press("Escape")
    await compose.locator(".c-more-rules > summary").click()
    await compose.get_by_label("Gender").select_option(label="matters twice as much")
    await compose.get_by_label("All of them").check()
    await clean(console)
    await compose.get_by_role("button", name="Compose again").click()
    await expect(proposal(console, "4 rooms for 20 people")).to_be_visible()
    bonded = {await room_of(clerk, "Citizen 7"), await room_of(clerk, "Citizen 16")}
    assert len(bonded) == 1

    await console.get_by_role("button", name="Accept").click()
    await expect(console.get_by_role("region", name="Accepted rooms")).to_be_visible()


async def why_and_staff(console: Page) -> None:
    """Why somebody sits there is behind their name; staff move as well."""
    await seated(console, "Rhein").first.click()
    await expect(card(console, "Rhein").get_by_text("Meets everybody here for the first time.")).to_be_visible()
    await seated(console, "Rhein").first.click()
    leads = card(console, "Rhein").locator(".c-name-staff").first
    leader = await name(leads)
    await leads.click()
    await console.get_by_label(f"Room for {leader}").select_option(label="Ill")
    await console.get_by_role("button", name=f"Place {leader}").click()
    await expect(card(console, "Ill").locator(".c-name-staff").filter(has_text=leader)).to_be_visible()
    await card(console, "Ill").get_by_role("button", name=f"Undo: {leader} goes back to Rhein").click()
    await expect(card(console, "Rhein").locator(".c-name-staff").filter(has_text=leader)).to_be_visible()


async def test_while_rooms_are_open_the_next_are_composed_and_a_facilitator_gives_way_to_another(
    browser: Browser, house: House
) -> None:
    made, clerk = await session(house)
    lead = next(each.id for each in clerk.session.people.values() if each.role is Role.LEAD)
    console = await opened(browser, made.links[0].url, DESK)
    compose = console.get_by_role("form", name="Compose rooms")
    await compose.get_by_role("button", name="Compose rooms").click()
    await expect(proposal(console, "3 rooms for 18 people")).to_be_visible()
    assert "ok" in await clerk.ask(lead, "open", "rooms.open", {}, house.now(), "en")

    # The next rooms were planned with these: their languages, groups and topics are settled.
    following = console.locator("details.c-next-rooms")
    await following.locator("> summary", has_text="Next rooms: Proposals").click()
    await expect(compose.get_by_label("Start from")).to_have_value("fewest")
    await expect(compose.get_by_label("Languages in a room")).to_be_disabled()
    await expect(
        compose.get_by_text("The planned rooms keep their number, languages, groups and topics.")
    ).to_be_visible()
    await compose.get_by_label("Start from").select_option(label="New rooms")
    await expect(compose.get_by_label("Languages in a room")).to_be_enabled()
    await compose.get_by_role("button", name="Compose rooms").click()
    await expect(proposal(console, "3 rooms for 18 people")).to_be_visible()
    await expect(following.get_by_role("button", name="Accept")).to_have_count(0)
    await expect(console.locator(".c-wall .c-room")).to_have_count(3)
    await clean(console)

    # Another facilitator leads an open room; the one before is free, in the plenary.
    room = next(iter(clerk.session.seating.rooms.values()))
    [before] = [each for each in room.staff if clerk.session.people[each].role is Role.FACILITATOR]
    await console.locator(f'.c-wall [data-room="{room.id}"] .c-room-open').click()
    drawer = console.get_by_role("dialog", name=room.name)
    await drawer.get_by_role("button", name="Another facilitator …").click()
    await drawer.get_by_role("button", name=re.compile("leads this room from now on")).first.click()
    await expect(drawer.get_by_text(f"{clerk.scene.name(before)} leads this room", exact=True)).to_have_count(0)
    [leads] = [each for each in clerk.session.seating.rooms[room.id].staff if each != before]
    await expect(drawer.get_by_text(f"{clerk.scene.name(leads)} leads this room", exact=True)).to_be_visible()
    assert before not in clerk.session.seating.seats
    assert clerk.session.where(before) == "plenary"


async def room_of(clerk: Clerk, person: str) -> str:
    proposed = clerk.session.seating.proposal
    assert proposed is not None
    [room] = [each.id for each in proposed.rooms if person in map(clerk.scene.name, each.people)]
    return room


async def drag(page: Page, what: Locator, onto: Locator) -> None:
    await what.scroll_into_view_if_needed()
    start, end = await what.bounding_box(), await onto.bounding_box()
    assert start is not None
    assert end is not None
    await page.mouse.move(start["x"] + 30, start["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(end["x"] + 30, end["y"] + 10, steps=6)
    await page.mouse.up()


async def test_rooms_that_cannot_be_are_not_made_and_the_lead_reads_why(browser: Browser, house: House) -> None:
    made, clerk = await session(house, "de")
    lead = next(each.id for each in clerk.session.people.values() if each.role is Role.LEAD)
    names = {clerk.scene.name(each): each for each in clerk.session.people}
    bound: list[PersonId] = [names[f"Citizen {n}"] for n in range(1, 5)]
    body = {"people": bound, "kind": "together"}
    assert "ok" in await clerk.ask(lead, "bond", "rooms.bond", body, house.now(), "en")
    console = await opened(browser, made.links[0].url, SMALL)
    await console.get_by_role("tab", name="Sitzung").click()
    compose = console.get_by_role("form", name="Räume zusammenstellen")

    await compose.get_by_label("Gezählt nach").select_option(label="Zu dritt")
    await compose.get_by_role("button", name="Räume zusammenstellen").click()

    why = "Kein Raum hat genug Plätze und eine Sprache für diese Personen zusammen: Citizen 1, "
    await expect(console.get_by_text(why)).to_be_visible()
    await expect(console.get_by_text("Prüfen Sie, wer zusammen sein soll.")).to_be_visible()
    await expect(console.locator(".c-seat-cards")).to_have_count(0)
    await clean(console)


def by_topics() -> Programme:
    """People say what they would like to talk about, then talk about it."""
    plan = programme()
    door, talk, _ = plan.items
    options = (Option("buses", {"en": "Buses at night"}), Option("schools", {"en": "Schools"}))
    poll = PollPlan("single", {"en": "What would you like to talk about?"}, options=options)
    ask = Item(ItemId("ask"), {"en": "What about"}, 5, Mode.VOTE, poll=poll)
    rooms = RoomsPlan(rule="search", size=9, names=ROOMS, recipe=Recipe(topics=ask.id))
    return msgspec.structs.replace(plan, items=(door, ask, msgspec.structs.replace(talk, rooms=rooms)))


async def test_lead_and_citizen_read_in_words_what_a_room_talks_about(browser: Browser, house: House) -> None:
    made, clerk = await session(house, plan=by_topics())
    people = {clerk.scene.name(each): each for each in clerk.session.people}

    async def ask(who: str, name: str, body: dict[str, str]) -> None:
        answer = await clerk.ask(people[who], f"{who} {name}", name, body, house.now(), "en")
        assert "ok" in answer, answer

    [poll] = clerk.session.polls
    await ask("Lead 1", "poll.open", {"poll": poll})
    for number in range(1, 19):
        choice = "buses" if number % 2 else "schools"
        await ask(f"Citizen {number}", "ballot.cast", {"poll": poll, "choice": choice})
    await ask("Lead 1", "poll.close", {"poll": poll})
    await clerk.ask(people["Lead 1"], "next", "agenda.next", {}, house.now(), "en")
    console = await opened(browser, made.links[0].url, DESK)
    await console.get_by_role("button", name="Compose rooms").click()
    await expect(console.get_by_text("Topic: Buses at night")).to_be_visible()
    await expect(console.get_by_text("Topic: Schools")).to_be_visible()

    await ask("Lead 1", "rooms.open", {})
    link = next(each.url for each in made.links if each.name == "Citizen 1")
    citizen = await opened(browser, link, PHONE)
    await expect(citizen.get_by_text("This room talks about: Buses at night")).to_be_visible()
    await expect(console.locator(".c-wall").get_by_text("Buses at night")).to_be_visible()
    await clean(citizen, console)
