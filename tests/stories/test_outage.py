"""A timed vote during which nobody could vote: it closes so much later, and never before everybody had a minute."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from tests.stores import store
from tests.stories.houses import HouseProcess, PlainClient, house_process
from tests.stories.test_kill import PEOPLE, PROGRAMME
from tests.stories.test_secret import insist

SECONDS = 5


async def timed_poll(house: HouseProcess) -> tuple[PlainClient, PlainClient, dict[str, Any], str]:
    """A lead, a citizen, the poll as the lead sees it, and the session."""
    _, made = await house.post("/api/sessions", {"programme": PROGRAMME, "people": PEOPLE[:3]})
    lead, citizen = [
        await PlainClient(house.url, link["url"].partition("#")[2]).connect() for link in made["links"][:2]
    ]
    await lead.until(lambda view: view.get("people.present", {}).get("total") == 1)
    await citizen.until(lambda view: "me" in view)
    poll = {"id": "p", "question": "?", "method": "yes-no-abstain", "seconds": SECONDS}
    await lead.ask("poll.add", {**poll, "electorate": {"people": [citizen.view["me"]["person"]]}})
    await lead.ask("poll.open", {"poll": "p"})
    await lead.until(lambda view: view.get("polls.p", {}).get("state") == "open")
    return lead, citizen, dict(lead.view["polls.p"]), made["session"]


async def check(house: HouseProcess, lead: PlainClient, citizen: PlainClient, poll: dict[str, Any]) -> None:
    back = time.time() * 1000
    await lead.until(lambda view: view["polls.p"]["closes"] not in (None, poll["closes"]), 20)
    voted = await insist(citizen, "ballot.cast", {"poll": "p", "choice": "yes"}, "v")

    assert lead.view["polls.p"]["state"] == "open"
    assert lead.view["polls.p"]["closes"] >= back - 1_000 + 60_000 - 5_000
    assert lead.view["polls.p"]["moved"] > 0
    assert "ok" in voted, voted


async def test_a_house_that_was_away_as_a_vote_should_have_closed_keeps_it_open(tmp_path: Path) -> None:
    async with house_process(tmp_path) as house:
        lead, citizen, poll, session = await timed_poll(house)

        await house.kill()
        await asyncio.sleep(max(0.0, poll["closes"] / 1000 - time.time()) + 1)
        await house.start()

        await check(house, lead, citizen, poll)
        events = [entry["event"] for entry in await house.journal(session)]
        assert "PollClosed" not in events
        assert "OutageSeen" in events
        for each in (lead, citizen):
            await each.close()


async def test_a_store_that_was_away_as_a_vote_should_have_closed_keeps_it_open(tmp_path: Path) -> None:
    async with (
        store(tmp_path / "store") as redis,
        house_process(tmp_path / "data", PALABRE_REDIS=redis.url, PALABRE_WORKERS="2") as house,
    ):
        lead, citizen, poll, session = await timed_poll(house)

        redis.pause()
        await asyncio.sleep(max(0.0, poll["closes"] / 1000 - time.time()) + 1)
        redis.resume()

        await check(house, lead, citizen, poll)
        events = [entry["event"] for entry in await house.journal(session)]
        assert "PollClosed" not in events
        assert "OutageSeen" in events  # by each worker, from its own last second
        for each in (lead, citizen):
            await each.close()
