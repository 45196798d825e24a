"""A small session from its start to its end, run by clients that were made with stock libraries only."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from tests.sockets.plain import NODE, install_node_modules
from tests.stories.houses import HouseProcess, PlainClient, house_process

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("client.mjs")
PROGRAMME = {
    "title": {"fr": "Essai", "de": "Probe"},
    "languages": ["fr", "de"],
    "items": [
        {"id": "door", "title": {"fr": "Accueil"}, "minutes": 5, "mode": "lobby"},
        {"id": "talk", "title": {"fr": "Échange"}, "minutes": 5, "mode": "plenary"},
    ],
}
PEOPLE = [{"name": "Lead", "role": "lead"}, {"name": "Citizen 1", "role": "citizen"}]


async def two_codes(house: HouseProcess) -> tuple[str, str]:
    status, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE})
    assert status == 201, made
    lead, citizen = (str(link["url"]).partition("#")[2] for link in made["links"])
    return lead, citizen


async def test_npm_s_socket_io_client_runs_a_session(tmp_path: Path) -> None:
    install_node_modules()
    async with house_process(tmp_path) as house:
        codes = await two_codes(house)

        process = await asyncio.create_subprocess_exec(
            NODE, "node", SCRIPT, house.url, *codes, stdout=asyncio.subprocess.PIPE, cwd=ROOT
        )
        told, _ = await asyncio.wait_for(process.communicate(), 30)

        assert process.returncode == 0
        seen = json.loads(told)
        assert [name for name, ack in seen["acks"] if "ok" not in ack] == []
        assert seen["result"]["adopted"] is True
        assert seen["result"]["counts"] == {"yes": 1, "no": 0, "abstain": 0}


async def test_python_socketio_runs_a_session(tmp_path: Path) -> None:
    async with house_process(tmp_path) as house:
        lead, citizen = [await PlainClient(house.url, code).connect() for code in await two_codes(house)]
        acks: list[tuple[str, dict[str, Any]]] = []

        async def asks(who: PlainClient, name: str, **body: Any) -> None:
            acks.append((name, await who.ask(name, body)))

        await lead.until(lambda view: view.get("people.present", {}).get("total") == 1)
        await asks(lead, "session.start", **{"from": "lobby"})
        await asks(lead, "agenda.next", **{"from": "door"})
        await citizen.until(lambda view: view["agenda.now"] and view["agenda.now"]["item"] == "talk")
        await asks(citizen, "hand.raise")
        await lead.until(lambda view: view["floor.hands"])
        await asks(lead, "floor.give", person=lead.view["floor.hands"][0]["person"])
        await citizen.until(lambda view: view["floor.turn"])
        await asks(citizen, "floor.end")
        await asks(lead, "poll.add", id="p", question="?", method="yes-no-abstain", rule={"threshold": "1/2"})
        await asks(lead, "poll.open", poll="p")
        await citizen.until(lambda view: "me.electorate.p" in view)
        await asks(citizen, "ballot.cast", poll="p", choice="no")
        await asks(lead, "poll.close", poll="p")
        await asks(lead, "poll.publish", poll="p")
        await citizen.until(lambda view: "polls.p.result" in view)
        await asks(lead, "session.close", **{"from": "live"})
        await citizen.until(lambda view: view["session"]["state"] == "closed")

        assert [name for name, ack in acks if "ok" not in ack] == []
        assert citizen.view["polls.p.result"]["adopted"] is False
        for each in (lead, citizen):
            await each.close()
