"""The house is killed in the middle of a ballot: nothing acknowledged is lost, and everybody comes back alone."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from tests.stories.houses import PlainClient, house_process

PROGRAMME = {
    "title": {"fr": "Essai", "de": "Probe"},
    "languages": ["fr", "de"],
    "sides": ["FR", "DE"],
    "items": [
        {"id": "door", "title": {"fr": "Accueil"}, "minutes": 5, "mode": "lobby"},
        {"id": "talk", "title": {"fr": "Échange"}, "minutes": 5, "mode": "breakout"},
    ],
}
PEOPLE = [{"name": "Lead", "role": "lead", "languages": {"speaks": ["fr"]}}] + [
    {"name": f"Citizen {n}", "role": "citizen", "side": "FR" if n % 2 else "DE", "languages": {"speaks": ["fr"]}}
    for n in range(12)
]


async def test_a_killed_house_keeps_what_it_acknowledged_and_plain_clients_come_back(tmp_path: Path) -> None:
    async with house_process(tmp_path) as house:
        status, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE})
        assert status == 201
        codes = [link["url"].partition("#")[2] for link in made["links"]]
        lead, *citizens = [await PlainClient(house.url, code).connect() for code in codes]
        await lead.until(lambda view: view.get("people.present", {}).get("total") == 12)
        await lead.ask("session.start")
        await lead.ask("agenda.next", {"from": "door"})
        await lead.ask("rooms.compose", {"count": 3})
        await lead.ask("rooms.open")
        poll = {"id": "p", "question": "?", "method": "yes-no-abstain", "rule": {"threshold": "1/2", "compare": ">"}}
        await lead.ask("poll.add", poll)
        await lead.ask("poll.open", {"poll": "p"})
        await citizens[0].ask("hand.raise")
        await citizens[0].until(
            lambda view: (
                view["floor.hands"] and view["agenda.now"] and "polls.p" in view and view["me"]["room"] != "plenary"
            )
        )
        room = citizens[0].view["me"]["room"]
        ends = citizens[0].view["agenda.now"]["ends"]
        cast = [asyncio.create_task(each.ask("ballot.cast", {"poll": "p", "choice": "yes"}, "v")) for each in citizens]
        await asyncio.wait(cast[:6])

        await house.kill()
        acknowledged = [
            task.done() and not task.cancelled() and task.exception() is None and "ok" in task.result() for task in cast
        ]
        for task in cast:
            task.cancel()
        await house.start()
        back = time.monotonic()
        for each in (lead, *citizens):
            await each.until(lambda _, each=each: each.io.connected)
        took = time.monotonic() - back
        again = [await each.ask("ballot.cast", {"poll": "p", "choice": "yes"}, "v") for each in citizens]

        assert took < 5
        assert sum(acknowledged) >= 6
        assert all("ok" in answer for answer in again)
        entries = await house.journal(made["session"])
        assert [entry["version"] for entry in entries] == list(range(1, len(entries) + 1))
        assert sum(entry["event"] == "BallotCast" for entry in entries) == 12
        await citizens[0].ask("hand.raise")
        assert citizens[0].view["me"]["room"] == room
        assert citizens[0].view["agenda.now"]["ends"] == ends
        assert [hand["person"] for hand in citizens[0].view["floor.hands"]] == [citizens[0].view["me"]["person"]]
        for each in (lead, *citizens):
            await each.close()


async def test_told_to_stop_the_house_ends_cleanly(tmp_path: Path) -> None:
    async with house_process(tmp_path) as house:
        _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE})
        code = made["links"][0]["url"].partition("#")[2]
        lead = await PlainClient(house.url, code).connect()
        await lead.ask("session.start")

        code = await house.stop()

        assert code == 0
        await lead.close()
