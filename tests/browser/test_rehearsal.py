"""A rehearsal with eighty simulated people: what goes wrong on such a day is settled in three taps at most."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from facilitation.programme import Item, Mode, Programme, RoomsPlan, Side
from facilitation.session import Session
from rooms.people import ItemId, PersonId, Role, RoomId
from server.crowd.character import draw
from server.crowd.citizen import Citizen
from server.crowd.client import Client
from server.crowd.pace import Pace
from server.crowd.staff import Staff
from server.crowd.tally import Tally
from server.house import House
from server.invited import Invited, Languages
from server.links import Created
from server.serving import running
from server.settings import Settings
from tests.browser.test_session import DESK, clean, opened

CITIZENS, ROOMS = 80, 10
MOST_TAPS = 3
PATIENT = 20_000
"""Milliseconds: who is quiet after two seconds is told a few seconds after their last line closed."""


def programme() -> Programme:
    return Programme(
        title={"fr": "Répétition", "de": "Probe", "en": "Rehearsal"},
        languages=("fr", "de", "en"),
        sides=(Side("FR", {"fr": "France"}), Side("DE", {"de": "Deutschland"})),
        telephone="03 88 00 00 00",
        items=(
            Item(ItemId("door"), {"en": "Arrival"}, 5, Mode.LOBBY),
            Item(ItemId("talk"), {"en": "Experience"}, 40, Mode.BREAKOUT, rooms=RoomsPlan(size=8)),
            Item(ItemId("pause"), {"en": "Break"}, 0.1, Mode.BREAK),
            Item(ItemId("end"), {"en": "Harvest"}, 20, Mode.PLENARY),
        ),
    )


def cast() -> list[Invited]:
    everything = Languages(("en", "fr", "de"))
    staff = {
        Role.LEAD: 1,
        Role.SUPPORT: 1,
        Role.FACILITATOR: ROOMS,
        Role.NOTE_TAKER: ROOMS,
        Role.INTERPRETER: ROOMS + 1,
    }
    people = [
        Invited(f"{role.title()} {n}", role, everything) for role, count in staff.items() for n in range(1, count + 1)
    ]
    for n in range(1, CITIZENS + 2):
        lang, side = ("fr", "FR") if n % 2 else ("de", "DE")
        people.append(Invited(f"Citizen {n}", Role.CITIZEN, Languages((lang,)), side))
    return people


class Crowd:
    """Everybody but the lead, the first of support and the last citizen, each with a real line of their own."""

    def __init__(self, url: str, made: Created) -> None:
        self._clients: dict[str, Client] = {}
        self._living: dict[str, asyncio.Task[None]] = {}
        tally, pace = Tally(), Pace(10)
        for number, link in enumerate(made.links[2:-1]):
            client = Client(url, link.code, tally, link.person)
            chance = random.Random(number)
            one = (
                Citizen(client, draw(chance), pace, chance)
                if link.role == "citizen"
                else Staff(client, link.role, pace)
            )
            self._clients[link.person] = client
            self._living[link.person] = asyncio.create_task(one.live(number * 0.01))

    def client(self, person: str) -> Client:
        return self._clients[person]

    async def sit_still(self, *people: str) -> None:
        """They keep their line and do nothing more by themselves."""
        for person in people:
            self._living[person].cancel()
        await asyncio.gather(*(self._living[person] for person in people), return_exceptions=True)

    async def drop_out(self, *people: str) -> None:
        await self.sit_still(*people)
        await asyncio.gather(*(self._clients[person].leave() for person in people))

    async def __aenter__(self) -> Crowd:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.drop_out(*self._living)


class Hand:
    """The lead's hand: counts its taps."""

    def __init__(self) -> None:
        self.taps = 0

    async def tap(self, what: Locator) -> None:
        self.taps += 1
        await what.click()

    @asynccontextmanager
    async def settling(self) -> AsyncIterator[None]:
        self.taps = 0
        yield
        assert 0 < self.taps <= MOST_TAPS, self.taps


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with running(Settings(port=0, data=tmp_path, quiet_after=2)) as (opened, _):
        yield opened


async def test_a_day_on_which_everything_goes_wrong(browser: Browser, house: House) -> None:
    made = await house.create(programme(), cast())
    async with Crowd(house.addresses[0], made) as crowd:
        await a_whole_day(browser, house, made, crowd, Hand())


async def a_whole_day(browser: Browser, house: House, made: Created, crowd: Crowd, hand: Hand) -> None:
    clerk = await house.clerk(made.session)
    console = await opened(browser, made.links[0].url, DESK)
    support = await opened(browser, made.links[1].url, DESK)
    await expect(console.locator(".c-present").get_by_text("40 of 41")).to_be_visible(timeout=PATIENT)
    await open_the_rooms(console)

    await an_interpreter_is_missing(console, hand, crowd, clerk.session)
    await a_room_is_empty(console, hand, crowd, clerk.session)
    await somebody_is_on_the_telephone(console, hand)
    await somebody_was_sent_to_the_lobby(console, hand, crowd, clerk.session)
    await clean(console, support)
    await a_break_overruns(console, hand, crowd, clerk.session)
    await the_lead_drops_out(console, support, hand)

    kinds = {each.kind: each for each in clerk.session.incidents if not each.is_open}
    assert {"interpreters", "room", "telephone", "conduct-lobby", "break", "lead"} <= kinds.keys()
    await they_stand_in_the_report(support)


async def open_the_rooms(console: Page) -> None:
    large = console.locator(".c-bar .c-main")
    for words in ("Start", "Next", "Compose the rooms"):
        await expect(large).to_contain_text(words)
        await large.click()
    await console.get_by_role("button", name="Open now").first.click()
    await expect(console.locator(".c-wall .c-room")).to_have_count(ROOMS)


def alarm(page: Page, words: str) -> Locator:
    return page.locator(".c-alarm-list > li").filter(has_text=words)


def seated(session: Session, room: str, role: Role) -> list[PersonId]:
    held = session.seating.rooms[RoomId(room)]
    return [each for each in (*held.people, *held.staff) if session.people[each].role is role]


async def an_interpreter_is_missing(console: Page, hand: Hand, crowd: Crowd, session: Session) -> None:
    await crowd.drop_out(*seated(session, "r1", Role.INTERPRETER))
    needs = alarm(console, "needs interpretation")

    async with hand.settling():
        await expect(needs).to_be_visible(timeout=PATIENT)
        await hand.tap(needs.get_by_role("button").first)
    await expect(needs).to_have_count(0)


async def a_room_is_empty(console: Page, hand: Hand, crowd: Crowd, session: Session) -> None:
    await crowd.drop_out(*seated(session, "r2", Role.CITIZEN))
    empty = alarm(console, "nobody is here")

    async with hand.settling():
        await expect(empty).to_be_visible(timeout=PATIENT)
        await hand.tap(empty.get_by_role("button").first)
    await expect(empty).to_have_count(0)


async def somebody_is_on_the_telephone(console: Page, hand: Hand) -> None:
    last = console.get_by_role("button", name=f"Citizen {CITIZENS + 1}")

    async with hand.settling():
        await hand.tap(console.get_by_role("tab", name="Plenary"))
        await hand.tap(last.first)
        await hand.tap(console.get_by_role("button", name=f"Citizen {CITIZENS + 1} is here by telephone"))
    await expect(console.locator(".c-present").get_by_text("By telephone")).to_be_attached()

    async with hand.settling():
        await hand.tap(console.get_by_role("button", name=f"Citizen {CITIZENS + 1} has hung up"))
    await expect(console.locator(".c-present").get_by_text("By telephone")).to_have_count(0)


async def somebody_was_sent_to_the_lobby(console: Page, hand: Hand, crowd: Crowd, session: Session) -> None:
    (facilitator,), whom = seated(session, "r3", Role.FACILITATOR), seated(session, "r3", Role.CITIZEN)[0]
    reason = {"person": whom, "reason": "Please let the others finish."}
    assert "ok" in await crowd.client(facilitator).ask("people.lobby", reason)

    async with hand.settling():
        await hand.tap(console.get_by_role("button", name="Let back in"))
    await expect(console.get_by_role("button", name="Let back in")).to_have_count(0)


async def a_break_overruns(console: Page, hand: Hand, crowd: Crowd, session: Session) -> None:
    await crowd.sit_still(*seated(session, "r4", Role.CITIZEN))
    await console.keyboard.press("n")
    await console.get_by_role("dialog").get_by_role("button", name="Go on now").click()
    over = alarm(console, "The break is over")

    async with hand.settling():
        await expect(over).to_be_visible(timeout=PATIENT)
        await hand.tap(over.get_by_role("button", name="Extend by 5 minutes"))
    await expect(over).to_have_count(0)


async def the_lead_drops_out(console: Page, support: Page, hand: Hand) -> None:
    await console.context.close()
    nobody_leads = alarm(support, "has no connection")

    async with hand.settling():
        await expect(nobody_leads).to_be_visible(timeout=PATIENT)
        await hand.tap(nobody_leads.get_by_role("button", name="Take over the session"))
    await expect(support.get_by_role("button", name="Extend by 5 minutes")).to_be_visible()


async def they_stand_in_the_report(support: Page) -> None:
    await support.goto(f"{support.url.partition('?')[0]}/incidents")
    for kind in ("Interpreters lost", "Room", "By telephone", "Sent to the lobby", "Break", "Lead absent"):
        await expect(support.get_by_role("cell", name=kind).first).to_be_visible()
