"""Rooms are searched beside a real house: for eighty people, after a fall in the middle of it, and with two workers."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

from tests.stores import store
from tests.stories.houses import PlainClient, house_process
from tests.stories.test_workers import runs, until, workers_of

PLAN = {
    "mode": "breakout",
    "minutes": 30,
    "rooms": {"rule": "search", "size": 8, "recipe": {"mirror": {"side": 1, "gender": 1}}},
}
PROGRAMME = {
    "title": {"fr": "Essai", "de": "Probe"},
    "languages": ["fr", "de"],
    "sides": ["FR", "DE"],
    "items": [
        {"id": "door", "title": {"fr": "Accueil"}, "minutes": 5, "mode": "lobby"},
        {"id": "morning", "title": {"fr": "Matin"}, **PLAN},
        {"id": "noon", "title": {"fr": "Midi"}, **PLAN},
    ],
}


def people(citizens: int) -> list[dict[str, Any]]:
    """A lead, facilitators for rooms of eight, two teams of interpreters; citizens of both sides and genders."""
    rooms, both = -(-citizens // 8), {"speaks": ["fr", "de"]}
    return [
        {"name": "Lead", "role": "lead", "languages": {"speaks": ["fr"]}},
        *(
            {"name": f"Facilitator {n}", "role": "facilitator", "languages": both}
            for n in range(rooms)
        ),
        *(
            {"name": f"Interpreter {n}", "role": "interpreter", "group": "ab"[n // 2], "languages": both}
            for n in range(4)
        ),
        *(
            {
                "name": f"Citizen {n}",
                "role": "citizen",
                "side": "FR" if n % 2 else "DE",
                "attributes": {"gender": "fm"[n // 2 % 2]},
                "languages": {"speaks": ["fr" if n % 2 else "de"]},
            }
            for n in range(citizens)
        ),
    ]  # fmt: skip


async def gathered(url: str, made: dict[str, Any]) -> list[PlainClient]:
    codes = [link["url"].partition("#")[2] for link in made["links"]]
    return list(await asyncio.gather(*(PlainClient(url, code).connect() for code in codes)))


def is_ready(view: dict[str, Any]) -> bool:
    return (view.get("rooms.proposal") or {}).get("state") == "ready"


async def test_a_house_killed_while_eighty_people_are_composed_finds_their_rooms_after_it(tmp_path: Path) -> None:
    async with house_process(tmp_path, PALABRE_COMPOSE_SECONDS="3") as house:
        status, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": people(80)})
        assert status == 201, made
        everybody = await gathered(house.url, made)
        lead, citizens = everybody[0], everybody[-80:]
        await lead.until(lambda view: view.get("people.present", {}).get("total") == 80, 30)
        await lead.ask("session.start")
        asked = await lead.ask("rooms.compose", {"rule": "search"})
        assert "ok" in asked
        await until(lambda: workers_of(house.pid))
        helpers = workers_of(house.pid)

        await house.kill()
        await until(lambda: not any(map(runs, helpers)), 30)
        await house.start()
        await lead.until(is_ready, 60)

        rooms = lead.view["rooms.proposal"]["rooms"]
        assert sorted(len(room["people"]) for room in rooms) == [8] * 10
        assert sum(len(room["languages"]) > 1 for room in rooms) == 2
        assert all(len(room["team"]) == 2 for room in rooms if len(room["languages"]) > 1)
        await lead.ask("agenda.next", {"from": "door"})
        assert "ok" in await lead.ask("rooms.open")
        for each in citizens:
            await each.until(lambda view: view.get("me", {}).get("room", "plenary") != "plenary", 30)
        entries = await house.journal(made["session"])
        assert [entry["event"] for entry in entries].count("RoomsComposed") == 1
        await asyncio.gather(*(each.close() for each in everybody))


async def test_when_the_worker_that_was_asked_dies_the_other_finds_the_rooms_and_one_answer_is_kept(
    tmp_path: Path,
) -> None:
    async with (
        store(tmp_path / "store", appendfsync="always") as redis,
        house_process(
            tmp_path / "data", PALABRE_REDIS=redis.url, PALABRE_WORKERS="2", PALABRE_COMPOSE_SECONDS="0.5"
        ) as house,
    ):
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": people(16)})
        everybody = await gathered(house.url, made)
        lead = everybody[0]
        await lead.until(lambda view: view.get("people.present", {}).get("total") == 16, 30)
        await lead.ask("session.start")
        for seed in (1, 2, 3):
            await lead.ask("rooms.compose", {"rule": "search", "seed": seed})
            await lead.until(lambda view, seed=seed: is_ready(view) and view["rooms.proposal"]["seed"] == seed, 30)

        await lead.ask("rooms.compose", {"rule": "search", "seed": 4})
        for worker in workers_of(house.pid)[:1]:
            os.kill(worker, signal.SIGKILL)
        await lead.until(lambda view: is_ready(view) and view["rooms.proposal"]["seed"] == 4, 60)

        entries = await house.journal(made["session"])
        assert [entry["body"]["seed"] for entry in entries if entry["event"] == "RoomsComposed"] == [1, 2, 3, 4]
        await asyncio.gather(*(each.close() for each in everybody))


def bilingual(view: dict[str, Any]) -> int:
    return sum(len(room["languages"]) > 1 for room in view["rooms.proposal"]["rooms"])


def handovers(view: dict[str, Any]) -> list[int]:
    """How often interpreters change in the open rooms where they do."""
    rooms = (value for path, value in view.items() if path.startswith("rooms.") and isinstance(value, dict))
    return [len(room["handover"]) for room in rooms if room.get("handover")]


async def composed(lead: PlainClient, seed: int) -> int:
    """Of the rooms that are then on offer, how many are of two languages."""
    assert "ok" in await lead.ask("rooms.compose", {"rule": "search", "seed": seed})
    await lead.until(lambda view: is_ready(view) and view["rooms.proposal"]["seed"] == seed, 30)
    return bilingual(lead.view)


async def test_two_teams_that_a_lead_puts_into_one_booth_serve_one_room_also_after_a_fall(tmp_path: Path) -> None:
    async with house_process(tmp_path, PALABRE_COMPOSE_SECONDS="0.5") as house:
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": people(32)})
        everybody = await gathered(house.url, made)
        lead, interpreter, citizens = everybody[0], everybody[5], everybody[-32:]
        await lead.until(lambda view: view.get("people.present", {}).get("total") == 32, 30)
        await lead.ask("session.start")
        before = await composed(lead, 1)

        said = {"languages": ["fr", "de"], "booth": "1", "turn": 10}
        for team in ("a", "b"):
            assert "ok" in await lead.ask("rooms.team", {"team": team, **said})
        unknown = await lead.ask("rooms.team", {"team": "a", "languages": ["fr", "fi"]})
        forbidden = await citizens[0].ask("rooms.team", {"team": "a"})
        await house.kill()
        seen = lead.patches
        await house.start()
        await lead.until(lambda view: lead.patches > seen and is_ready(view), 30)
        shown = [(each["id"], each["booth"], each["said"]) for each in lead.view["rooms.teams"]]
        after = await composed(lead, 2)

        assert shown == [("a", "1", True), ("b", "1", True)]
        assert (before, after) == (2, 1)
        assert unknown == {"refused": "no-such-language", "say": "Nobody in this session speaks this language."}
        assert forbidden["refused"] == "not-permitted"
        assert not any("rooms.teams" in each.view for each in (interpreter, *citizens))

        # In open rooms the turns of a team change at once.
        await lead.ask("agenda.next", {"from": "door"})
        assert "ok" in await lead.ask("rooms.open")
        await lead.until(lambda view: handovers(view) == [2], 30)
        for team in ("a", "b"):
            assert "ok" in await lead.ask("rooms.team", {"team": team, **said, "turn": 20})
        await lead.until(lambda view: handovers(view) == [1], 30)
        await asyncio.gather(*(each.close() for each in everybody))
