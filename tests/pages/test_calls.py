"""The organiser's calls: a session is created whole or not at all."""

from __future__ import annotations

import copy
import json

import aiohttp

from server.house import House
from tests.pages.conftest import KEY, PEOPLE, PROGRAMME, create

ORGANISER = {"Authorization": f"Bearer {KEY}"}


async def test_a_session_is_created_with_a_link_for_each(browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)

    assert [link["name"] for link in made["links"]] == [person["name"] for person in PEOPLE]
    assert all("/j#" in link["url"] and len(link["person"]) >= 10 for link in made["links"])


async def test_every_fault_is_told_and_nothing_is_created(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    programme = copy.deepcopy(PROGRAMME)
    programme["items"][0]["mode"] = "dance"
    programme["items"][1]["minutes"] = -3
    people = [*PEOPLE, {"name": "Citizen 9", "role": "wizard"}]
    body = {"programme": programme, "people": people, "colour": "red"}

    async with browser_of_one.post("/api/sessions", json=body, headers=ORGANISER) as answer:
        faults = (await answer.json())["faults"]

    assert answer.status == 422
    paths = {fault["path"] for fault in faults}
    assert {"colour", "programme.items[0].mode", "programme.items[1].minutes", "people[4].role"} <= paths
    assert all(fault["reason"] and fault["say"] for fault in faults)
    assert await house.journal.sessions() == []


PAST = {
    "format": "palabre-history",
    "version": 1,
    "people": [{"name": PEOPLE[1]["name"]}, {"name": PEOPLE[2]["name"]}, {"name": "Nobody here"}],
    "rounds": [{"session": "earlier", "number": 1, "rooms": [[0, 1, 2]]}],
}


async def test_what_earlier_sessions_left_is_brought_and_who_was_found_is_said(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    body = {"programme": PROGRAMME, "people": PEOPLE, "history": [PAST]}

    async with browser_of_one.post("/api/sessions", json=body, headers=ORGANISER) as answer:
        made = await answer.json()

    assert made["history"] == {"rounds": 1, "matched": 2, "unmatched": 1}
    session = (await house.clerk(made["session"])).session
    two = tuple(link["person"] for link in made["links"][1:3])
    assert session.compositions.earlier == ((two,),)


async def test_a_faulty_history_is_told_and_nothing_is_created(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    body = {"programme": PROGRAMME, "people": PEOPLE, "history": {**PAST, "people": []}}

    async with browser_of_one.post("/api/sessions", json=body, headers=ORGANISER) as answer:
        faults = (await answer.json())["faults"]

    assert answer.status == 422
    assert {fault["path"] for fault in faults} == {f"history.rounds[0].rooms[0][{n}]" for n in range(3)}
    assert await house.journal.sessions() == []


async def test_only_a_lead_and_the_organiser_take_the_history_away(browser_of_one: aiohttp.ClientSession) -> None:
    body = {"programme": PROGRAMME, "people": PEOPLE, "history": PAST}
    async with browser_of_one.post("/api/sessions", json=body, headers=ORGANISER) as answer:
        made = await answer.json()

    seen: dict[str, set[int]] = {}
    files: dict[str, str] = {}
    for link in made["links"]:
        code = link["url"].partition("#")[2]
        async with browser_of_one.post("/api/enter", json={"code": code}) as entered:
            page = (await entered.json())["url"]
        async with browser_of_one.get(f"{page}/history") as answer:
            seen.setdefault(link["role"], set()).add(answer.status)
            files[link["role"]] = await answer.text()
    async with browser_of_one.get(f"/o/sessions/{made['session']}/history", headers=ORGANISER) as answer:
        door = await answer.text()

    assert seen.pop("lead") == {200}
    assert set().union(*seen.values()) == {404}
    assert [each["name"] for each in json.loads(files["lead"])["people"]] == [each["name"] for each in PEOPLE[1:3]]
    assert PEOPLE[2]["name"] not in door


async def test_without_the_key_nothing_is_told(browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)
    session = made["session"]

    for path in ("/api/templates", f"/api/sessions/{session}", f"/api/sessions/{session}/journal"):
        async with browser_of_one.get(path, headers={"Authorization": "Bearer wrong"}) as answer:
            assert answer.status == 401, path
    async with browser_of_one.post("/api/sessions", json={"people": []}) as answer:
        assert answer.status == 401


async def test_the_journal_is_read_line_by_line(browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)

    async with browser_of_one.get(f"/api/sessions/{made['session']}/journal", headers=ORGANISER) as answer:
        entries = [json.loads(line) for line in (await answer.text()).splitlines()]

    assert [entry["version"] for entry in entries[:2]] == [1, 2]
    assert set(entries[0]) == {"version", "at", "who", "ticket", "event", "body"}
    assert not any(person["name"] in json.dumps(entries, ensure_ascii=False) for person in PEOPLE)


async def test_the_leads_view_and_the_templates(browser_of_one: aiohttp.ClientSession) -> None:
    made = await create(browser_of_one)

    async with browser_of_one.get(f"/api/sessions/{made['session']}", headers=ORGANISER) as answer:
        whole = await answer.json()
    async with browser_of_one.get("/api/templates", headers=ORGANISER) as answer:
        templates = (await answer.json())["templates"]

    assert whole["view"]["session"]["state"] == "lobby"
    assert whole["version"] >= 2
    assert {"a1a", "a1b"} <= {template["name"] for template in templates}


async def test_what_is_not_there_is_404(browser_of_one: aiohttp.ClientSession) -> None:
    for path in ("/api/sessions/nowhere", "/api/sessions/nowhere/journal"):
        async with browser_of_one.get(path, headers=ORGANISER) as answer:
            assert answer.status == 404, path
    for path in ("/live/nowhere", "/api/live/nowhere", "/nowhere"):
        async with browser_of_one.get(path, headers={"Accept-Language": "de"}) as answer:
            assert answer.status == 404, path
            assert "Adresse" in await answer.text()
