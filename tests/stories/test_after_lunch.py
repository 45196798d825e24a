"""After lunch six people and a team of interpreters are missing: the planned rooms are mended within a minute."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rooms.people import ItemId, PersonId, Role
from server.crowd.client import Client
from server.crowd.tally import Tally
from server.serving import running
from server.settings import Settings
from tests.stories.gathering import AFTERNOON, CITIZENS, LUNCH, MISSING, MORNING, gathered

WITHIN = 60.0
MOST_MOVED = 12
"""Of 74 who are here; as a rule it is five."""
WHY = {
    "room-closed",
    "no-longer-their-language",
    "room-too-full",
    "other-room-too-small",
    "stays-with-somebody",
    "kept-apart",
    "evens-out",
}
"""All reasons to sit elsewhere than planned. Nobody is new here."""


async def until(client: Client, seen: Callable[[Client], Any], within: float = WITHIN) -> Any:
    """What is seen, as soon as there is something."""
    async with asyncio.timeout(within):
        while not (found := seen(client)):
            await client.change(within=1)
    return found


async def asks(client: Client, name: str, **body: Any) -> None:
    answer = await client.ask(name, body)
    assert "ok" in answer, (name, answer)


def proposal(lead: Client) -> dict[str, Any] | None:
    shown: dict[str, Any] | None = lead.shown("rooms.proposal")
    assert shown is None or shown["state"] != "failed", shown
    return shown if shown is not None and shown["state"] == "ready" else None


async def in_rooms(lead: Client, **wish: Any) -> dict[str, Any]:
    """Composes, accepts and opens; returns what was proposed."""
    await asks(lead, "rooms.compose", rule="search", **wish)
    found: dict[str, Any] = await until(lead, proposal)
    await asks(lead, "rooms.accept", proposal=found["id"])
    await asks(lead, "rooms.open")
    await until(lead, lambda it: it.shown("rooms.state") == "open")
    return found


def room_of(client: Client) -> str | None:
    room = client.shown("room") or {}
    return str(room["id"]) if room.get("kind") == "breakout" else None


async def test_six_people_and_a_team_are_missing_and_hardly_anybody_moves(tmp_path: Path) -> None:
    async with running(Settings(port=0, data=tmp_path, quiet_after=1)) as (house, _):
        made = await gathered(house)
        clerk = await house.clerk(made.session)
        tally = Tally(people=len(made.links))
        of: dict[str, list[Client]] = {}
        for link in made.links:
            of.setdefault(link.role, []).append(Client(house.addresses[0], link.code, tally, link.person))
        everybody = [each for clients in of.values() for each in clients]
        await asyncio.gather(*(each.connect() for each in everybody))
        [lead], citizens, interpreters = of[Role.LEAD], of[Role.CITIZEN], of[Role.INTERPRETER]
        await asks(lead, "session.start")

        # In the morning rooms are composed, and those of the afternoon are planned with them.
        await asks(lead, "agenda.go", item=MORNING)
        morning = await in_rooms(lead, size=8)
        assert sum(len(room["people"]) for room in morning["rooms"]) == CITIZENS
        assert all(len(room["languages"]) == 2 for room in morning["rooms"])
        assert AFTERNOON in {each["item"] for each in morning["later"]}
        await asks(lead, "rooms.recall")
        await asks(lead, "agenda.go", item=LUNCH)

        # Six do not come back, and the two interpreters of one team.
        gone = [*citizens[5 : 5 + MISSING], *interpreters[:2]]
        await asyncio.gather(*(each.leave() for each in gone))
        async with asyncio.timeout(WITHIN):
            while any(clerk.session.attendance.is_here(PersonId(each.me)) for each in gone):
                await asyncio.sleep(0.05)
        here = [each for each in citizens if each not in gone]
        await asks(lead, "agenda.go", item=AFTERNOON)

        planned = {who: room.id for room in clerk.session.compositions.later[ItemId(AFTERNOON)] for who in room.people}
        began = time.monotonic()
        mended = await in_rooms(lead, rung="few")
        taken = time.monotonic() - began

        # Rooms run within a minute, and nobody sits where they would understand nobody.
        assert taken < WITHIN
        await asyncio.gather(*(until(each, room_of) for each in here))
        sits = Counter(room_of(each) for each in here)
        assert sits == {room["id"]: len(room["people"]) for room in mended["rooms"]}
        assert sum(len(room["languages"]) == 2 for room in mended["rooms"]) == len(interpreters) // 2 - 1
        people = clerk.session.people
        for room in mended["rooms"]:
            for person in room["people"]:
                assert {*people[person].speaks, *people[person].understands} & {*room["languages"]}, room["name"]

        # The lead can say of everybody who sits elsewhere than planned why; the others sit where they were to sit.
        moved = {each["person"]: each for each in mended["moves"]}
        assert len(moved) == len(mended["moves"]) <= MOST_MOVED
        assert {each["why"] for each in mended["moves"]} <= WHY
        assert {each.me for each in here if room_of(each) != planned[PersonId(each.me)]} == {*moved}
        await asyncio.gather(*(each.leave() for each in everybody if each not in gone))
