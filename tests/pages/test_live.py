"""The observers' page: complete without JavaScript, and nothing in it that is not for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from server.house import House
from tests.pages.conftest import PEOPLE, PROGRAMME, create


async def ask(house: House, session: str, name: str, body: Mapping[str, object]) -> None:
    clerk = await house.clerk(session)
    lead = next(person.id for person in clerk.session.people.values() if person.role == "lead")
    ack = await clerk.ask(lead, None, name, dict(body), house.now(), "en")
    assert "ok" in ack, (name, ack)


async def test_the_page_says_it_all_without_javascript(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)
    path = f"/live/{made['session']}"

    async with browser_of_one.get(path, params={"lang": "de"}) as answer:
        lobby = await answer.text()
    await ask(house, made["session"], "session.start", {})
    await ask(house, made["session"], "agenda.next", {})
    async with browser_of_one.get(path, params={"lang": "fr"}) as answer:
        talk = await answer.text()

    assert "09:30\u00a0Uhr" in lobby
    assert "<h1>Débat</h1>" in talk
    assert "Vote" in talk
    assert "http-equiv" in talk
    assert not any(person["name"] in lobby + talk for person in PEOPLE)


async def test_a_published_result_is_number_bar_line_and_table(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await create(browser_of_one)
    session = made["session"]
    clerk = await house.clerk(session)
    citizens = [person.id for person in clerk.session.people.values() if person.role == "citizen"]
    await ask(house, session, "session.start", {})
    poll = {
        "id": "lunch",
        "question": {"fr": "À midi ?", "de": "Um zwölf?", "en": "At noon?"},
        "method": "yes-no-abstain",
        "rule": {"threshold": "7/10", "compare": ">=", "base": "yes+no"},
        "electorate": {"people": citizens},
    }
    await ask(house, session, "poll.add", poll)
    await ask(house, session, "poll.open", {"poll": "lunch"})
    for citizen in citizens:
        ack = await clerk.ask(citizen, None, "ballot.cast", {"poll": "lunch", "choice": "yes"}, house.now(), "fr")
        assert "ok" in ack, ack
    await ask(house, session, "poll.close", {"poll": "lunch"})

    async with browser_of_one.get(f"/live/{session}", params={"lang": "en"}) as answer:
        before = await answer.text()
    await ask(house, session, "poll.publish", {"poll": "lunch"})
    async with browser_of_one.get(f"/live/{session}", params={"lang": "en"}) as answer:
        after = await answer.text()

    assert "Adopted" not in before
    assert "At noon?" in after
    assert "Adopted" in after
    assert 'class="live-line" x="697"' in after
    assert '<td class="number">2</td>' in after
    assert "100%" in after


async def test_a_session_that_is_not_public_is_nowhere(browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one, programme={**PROGRAMME, "public": False})

    for path in ("/live/{}", "/api/live/{}", "/api/live/{}/events"):
        async with browser_of_one.get(path.format(made["session"])) as answer:
            assert answer.status == 404


async def test_the_json_has_an_etag(browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)
    path = f"/api/live/{made['session']}"

    async with browser_of_one.get(path) as answer:
        whole, tag = await answer.json(), answer.headers["ETag"]
    async with browser_of_one.get(path, headers={"If-None-Match": tag}) as answer:
        assert answer.status == 304

    assert whole["version"] >= 2
    assert "agenda.items" in whole["view"]


async def test_events_come_whole_then_as_patches(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)
    path = f"/api/live/{made['session']}/events"

    async with browser_of_one.get(path) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        first, whole = await read_event(answer)
        await ask(house, made["session"], "session.start", {})
        second, patch = await read_event(answer)
    async with browser_of_one.get(path, headers={"Last-Event-ID": second}) as again:
        await ask(house, made["session"], "agenda.next", {})
        _, following = await read_event(again)

    assert (whole["since"], whole["layer"]) == (0, "session")
    assert patch["since"] == whole["version"]
    assert patch["put"]["session"]["state"] == "live"
    assert second == f"{whole['epoch']}:{patch['version']}"
    assert first == f"{whole['epoch']}:{whole['version']}"
    assert following["since"] == patch["version"]


async def read_event(answer: aiohttp.ClientResponse) -> tuple[str, dict[str, Any]]:
    name, data = "", None
    async for raw in answer.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("id: "):
            name = line[4:]
        elif line.startswith("data: "):
            data = json.loads(line[6:])
        elif not line and data is not None:
            return name, data
    raise AssertionError("the stream ended")


async def test_the_operator_learns_how_it_is(browser_of_one: aiohttp.ClientSession) -> None:
    texts = []
    for path in ("/healthz", "/readyz", "/metrics"):
        async with browser_of_one.get(path, headers={"Host": "probe"}) as answer:
            assert answer.status == 200, path
            texts.append(await answer.text())
    assert "palabre_connections{worker=" in texts[-1]
