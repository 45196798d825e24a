"""The organiser's forms, without JavaScript: from the key to the printed links, and what a faulty file does."""

from __future__ import annotations

import html
import re

import aiohttp

from server.house import House
from tests.pages.conftest import KEY

ROSTER = "Rolle;Name;Seite;Spricht\nlead;Lead 1;;fr\nBürger;Bürgerin 2;de;de\ncitizen;Citizen 3;fr;fr\n"
FAULTY = "Rolle;Name;Seite;Spricht\nlead;Lead 1;;fr\nzauberer;Bürgerin 2;de;de\ncitizen;;fr;klingonisch\n"
PROGRAMME = """
title: {fr: Dialogue, de: Gespräch}
languages: [fr, de]
sides: [fr, de]
items:
  - {id: door, title: {fr: Accueil, de: Ankommen}, minutes: 10, mode: lobby}
"""


async def come_in(client: aiohttp.ClientSession) -> None:
    async with client.post("/o", data={"key": KEY}) as answer:
        assert answer.status == 200
        assert "/o/new" in await answer.text()


async def bring(
    client: aiohttp.ClientSession, roster: str, lang: str = "de", history: tuple[str, ...] = (), **changes: str
) -> tuple[str, str]:
    """Sends the first form; returns where it leads to and what stands there."""
    form = aiohttp.FormData()
    for each in history:
        form.add_field("history", each.encode(), filename="history.json")
    fields = {"template": "", "date": "2027-01-15", "time": "18:00", "timezone": "Europe/Berlin", **changes}
    programme = fields.pop("file", PROGRAMME)
    for name, value in fields.items():
        form.add_field(name, value)
    form.add_field("file", programme.encode(), filename="p.yaml")
    form.add_field("roster", roster.encode("cp1252"), filename="liste.csv")
    async with client.post(f"/o/new?lang={lang}", data=form) as answer:
        return answer.url.path, await answer.text()


def chosen(page: str) -> dict[str, str]:
    """What the selects of the second form say."""
    selects = re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page, re.DOTALL)
    return {name: re.search(r'value="([^"]+)" selected', options)[1] for name, options in selects}  # type: ignore[index]


async def test_from_the_key_to_the_links(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    await come_in(browser_of_one)

    path, confirm = await bring(browser_of_one, ROSTER)
    mapping = chosen(confirm)
    async with browser_of_one.post(path, data=mapping) as answer:
        made, page = answer.url.path, await answer.text()

    assert list(mapping.values()) == ["role", "name", "side", "speaks"]
    assert "Bürgerin 2" in confirm
    assert made.startswith("/o/sessions/")
    assert "/j#" in page
    session = made.rpartition("/")[2]
    assert await house.journal.sessions() == [session]
    held = (await house.clerk(session)).session
    assert (held.programme.starts, held.programme.timezone) == ("2027-01-15T18:00", "Europe/Berlin")
    async with browser_of_one.get(f"{made}/sheet") as answer:
        assert (await answer.text()).count("<svg") == 3
    async with browser_of_one.get(f"{made}/links.csv") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert (await answer.text("utf-8-sig")).count("/j#") == 3
    async with browser_of_one.get("/o") as answer:
        assert session in await answer.text()


async def test_a_faulty_roster_names_row_and_column_and_creates_nothing(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    await come_in(browser_of_one)
    path, confirm = await bring(browser_of_one, FAULTY)

    async with browser_of_one.post(path, params={"lang": "de"}, data=chosen(confirm)) as answer:
        page = html.unescape(await answer.text())

    assert answer.status == 422
    assert "Zeile 3, Spalte „Rolle“" in page
    assert "Zeile 4, Spalte „Name“" in page
    assert "Zeile 4, Spalte „Spricht“" in page
    assert await house.journal.sessions() == []


async def test_a_warning_must_be_looked_at_first(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    await come_in(browser_of_one)
    path, confirm = await bring(browser_of_one, ROSTER.replace("lead;Lead 1;;fr\n", ""))
    mapping = chosen(confirm)

    async with browser_of_one.post(path, data=mapping) as answer:
        assert 'name="anyway"' in await answer.text()
    assert await house.journal.sessions() == []

    async with browser_of_one.post(path, data={**mapping, "anyway": "yes"}) as answer:
        assert answer.url.path.startswith("/o/sessions/")
    assert len(await house.journal.sessions()) == 1


async def test_history_files_are_brought_and_whoever_is_not_on_the_list_is_counted(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    def past(session: str, *names: str) -> str:
        people = ", ".join(f'{{"name": "{name}"}}' for name in names)
        rounds = f'[{{"session": "{session}", "number": 1, "rooms": [[0, 1]]}}]'
        return f'{{"format": "palabre-history", "version": 1, "people": [{people}], "rounds": {rounds}}}'

    await come_in(browser_of_one)
    history = (past("s1", "Bürgerin 2", "Citizen 3"), past("s2", "Citizen 3", "Gone"))
    path, confirm = await bring(browser_of_one, ROSTER, history=history)
    mapping = chosen(confirm)
    async with browser_of_one.post(path, params={"lang": "de"}, data=mapping) as answer:
        warned = html.unescape(await answer.text())
    async with browser_of_one.post(path, data={**mapping, "anyway": "yes"}) as answer:
        session = answer.url.path.rpartition("/")[2]

    assert "2 rounds of earlier sessions are known." in confirm
    assert "Von den Personen im Verlauf stehen 1 nicht auf dieser Liste; 2 stehen darauf." in warned
    assert (await house.clerk(session)).session.compositions.marks == ("s1/1",)


async def test_a_file_that_is_no_history_is_told_in_the_first_form(browser_of_one: aiohttp.ClientSession) -> None:
    await come_in(browser_of_one)

    path, page = await bring(browser_of_one, ROSTER, history=("{}",))

    assert path == "/o/new"
    assert "history[0]" in page


async def test_faults_of_the_programme_are_told_in_the_first_form(browser_of_one: aiohttp.ClientSession) -> None:
    await come_in(browser_of_one)

    path, page = await bring(browser_of_one, ROSTER, file="title: {fr: Dialogue}\nitems: []\n", timezone="Mars/Base")

    assert path == "/o/new"
    assert "programme.languages" in page
    assert 'value="2027-01-15"' in page


async def test_a_new_link_replaces_the_old_one(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    await come_in(browser_of_one)
    path, confirm = await bring(browser_of_one, ROSTER)
    async with browser_of_one.post(path, data=chosen(confirm)) as answer:
        made, before = answer.url.path, await answer.text()

    async with browser_of_one.post(f"{made}/links", data={"person": "everybody"}) as answer:
        after = await answer.text()

    codes = [set(re.findall(r"/j#(\w+)", page)) for page in (before, after)]
    assert len(codes[0]) == len(codes[1]) == 3
    assert not codes[0] & codes[1]


async def test_without_the_key_every_page_asks_for_it(browser_of_one: aiohttp.ClientSession) -> None:
    for path in ("/o", "/o/new", "/o/new/x", "/o/sessions/x", "/o/sessions/x/sheet", "/o/sessions/x/links.csv"):
        async with browser_of_one.get(path) as answer:
            assert 'name="key"' in await answer.text(), path
    async with browser_of_one.post("/o", data={"key": "wrong"}) as answer:
        assert answer.status == 401
