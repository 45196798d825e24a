"""The page of a draw: whoever reads it can draw again with a pencil, and check the rest with a command."""

from __future__ import annotations

import asyncio
import io
import re
import sys
import zipfile
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from facilitation import commands as c
from facilitation.asked import Asked
from facilitation.draws import Draw
from rooms.lot import page as pages
from rooms.people import ItemId
from server.directory import change_row
from server.drawing import command
from server.house import House
from tests.pages.conftest import PROGRAMME, create
from tests.pages.test_incidents import as_seated, ask

NAMES = ["Ana", "Émile & Fils", "Jürgen", "Cleo", "Dirk", "Fadi", "Gül", "Hanna"]
PEOPLE: list[dict[str, Any]] = [
    {"name": "Lead 1", "role": "lead", "languages": {"speaks": ["en"]}},
    *(
        {
            "name": name,
            "role": "citizen",
            "side": "fr" if place % 2 else "de",
            "languages": {"speaks": ["fr"]},
            "attributes": {"Geschlecht": "Frau" if place % 3 else "Mann"},
        }
        for place, name in enumerate(NAMES)
    ),
]
PLAIN = {"seats": 2, "substitutes": 1, "groups": ["side"], "differ": "gender"}
PANEL = {"seats": 3, "substitutes": 2, "quotas": {"gender": {"woman": [1, 2]}}}


async def drawn(
    house: House, client: aiohttp.ClientSession, plan: dict[str, Any], number: str | None, *, public: bool = True
) -> dict[str, Any]:
    """All stand but the last; the number is entered, if there is one."""
    item = {"id": "d", "title": {"en": "Spokespersons"}, "minutes": 5, "mode": "draw", "draw": plan}
    consent = {"en": "We keep what you say."}
    programme = {**PROGRAMME, "consent": consent, "public": public, "items": [item, *PROGRAMME["items"]]}
    made = await create(client, programme=programme, people=PEOPLE)
    session: str = made["session"]
    await ask(house, session, "Lead 1", "session.start", {})
    await ask(house, session, "Lead 1", "draw.open", {"draw": "d"})
    for name in NAMES[:-1]:
        await ask(house, session, name, "draw.volunteer", {"draw": "d", "yes": True})
    await ask(house, session, "Lead 1", "draw.close", {"draw": "d"})
    clerk = await house.clerk(session)
    async with asyncio.timeout(60):
        while clerk.session.draws[ItemId("d")].state == "closed":
            await asyncio.sleep(0.05)
    if number is not None:
        await ask(house, session, "Lead 1", "draw.number", {"draw": "d", "number": number})
    return made


async def draw_of(house: House, made: dict[str, Any]) -> Draw:
    return (await house.clerk(made["session"])).session.draws[ItemId("d")]


async def fetched(client: aiohttp.ClientSession, address: str) -> bytes:
    async with client.get(address, params={"lang": "en"}) as answer:
        assert answer.status == 200, answer.status
        return await answer.read()


async def test_the_divisions_on_the_page_are_right_and_draw_those_names(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await drawn(house, browser_of_one, PLAIN, "31415")
    home = f"/live/{made['session']}/draw/d"

    page = (await fetched(browser_of_one, home)).decode()
    text = await fetched(browser_of_one, f"{home}/list.txt")

    assert sha256(text).hexdigest() in page
    assert "You can check this whole draw with a pencil." in page
    tables = re.findall(r'<table class="divisions">(.*?)</table>', page, re.DOTALL)
    lists = [group.splitlines()[1:] for group in text.decode().replace("\n[", "\n\n[").split("\n\n")]
    assert len(tables) == len(lists) == 2
    for table, names in zip(tables, lists, strict=True):
        _with_a_pencil(table, names, "31415")


def _with_a_pencil(table: str, lines: list[str], digits: str) -> None:
    """Does what the page tells to do, with nothing but the list and the number."""
    left = dict(line.rsplit(", ", 1) for line in lines)
    number, seen = int(digits), set[str]()
    rows = [re.findall(r"<td.*?>(.*?)</td>", row) for row in re.findall(r"<tr>(<td.*?)</tr>", table)]
    assert len(rows) == min(3, len(lines))
    for turn, (before, many, quotient, rest, name) in enumerate(rows):
        open_to = [each for each, gender in left.items() if turn >= 2 or gender not in seen] or list(left)
        assert int(before) == number
        assert int(many) == len(open_to)
        assert (int(quotient), int(rest)) == divmod(number, len(open_to))
        assert unescape(name) == open_to[int(rest)]
        seen.add(left.pop(unescape(name)))
        number = int(quotient)


async def test_a_panel_is_read_off_the_list_and_the_rest_is_checked_by_the_command(
    house: House, browser_of_one: aiohttp.ClientSession, tmp_path: Path
) -> None:
    made = await drawn(house, browser_of_one, PANEL, "417")
    draw, home = await draw_of(house, made), f"/live/{made['session']}/draw/d"
    citizen = await as_seated(browser_of_one, made, "Ana")
    seat = await as_seated(browser_of_one, made, "Lead 1")
    public, whole = tmp_path / "page.json", tmp_path / "whole.json"

    page = (await fetched(browser_of_one, home)).decode()
    text = (await fetched(browser_of_one, f"{home}/list.txt")).decode()
    public.write_bytes(await fetched(browser_of_one, f"{home}/page.json"))
    whole.write_bytes(await fetched(browser_of_one, f"{seat}/draw/d/page.json"))

    assert draw.page is not None
    line = next(line for line in text.splitlines() if line.startswith("417 "))
    places = [int(each) for each in line.split()[1:]]
    assert line in page
    assert places == [place + 1 for place in draw.page.panels[417]]
    assert "the last step with a pencil, the rest with a command" in page
    assert "python -m server lot --check page.json" in page
    code, said = command.checked(public)
    assert (code, said.count("not told by this page")) == (0, 3)
    assert "chances" not in public.read_text()
    assert "chances" not in (await fetched(browser_of_one, f"{citizen}/draw/d/page.json")).decode()
    assert '"woman"},' not in public.read_text()
    code, said = command.checked(whole)
    assert (code, said.count("right: ")) == (0, 6)


async def test_a_page_is_there_once_its_list_is_published_for_those_who_may_see_the_session(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await drawn(house, browser_of_one, PLAIN, None, public=False)
    home = f"/live/{made['session']}/draw"

    async with browser_of_one.get(f"{home}/d") as answer:
        assert answer.status == 404
    seat = await as_seated(browser_of_one, made, "Ana")
    before = (await fetched(browser_of_one, f"{seat}/draw/d")).decode()
    async with browser_of_one.get(f"{seat}/draw/x") as answer:
        assert answer.status == 404

    assert "It is not drawn yet." in before
    assert "<script" not in before


async def test_a_void_draw_stays_to_be_read_with_its_list_number_and_result(
    house: House, browser_of_one: aiohttp.ClientSession, tmp_path: Path
) -> None:
    made = await drawn(house, browser_of_one, PLAIN, "31415")
    home, session = f"/live/{made['session']}", made["session"]
    text = await fetched(browser_of_one, f"{home}/draw/d/list.txt")
    result = (await fetched(browser_of_one, f"{home}/draw/d")).decode().split("<h2>Result</h2>")[1].split("<h2>")[0]
    names = re.findall(r"<strong>(.*?)</strong>", result)

    await ask(house, session, "Lead 1", "draw.void", {"draw": "d", "reason": "The wrong number was read."})
    void = (await fetched(browser_of_one, f"{home}/draw/d")).decode()
    await ask(house, session, "Lead 1", "draw.open", {"draw": "d"})
    open_again = (await fetched(browser_of_one, f"{home}/draw/d")).decode()
    link = re.findall(r'href="([^"]*/draw/d\?void=0)"', open_again)[0]
    live = (await fetched(browser_of_one, home)).decode()

    assert len(names) == 4
    for page in (void, open_again, (await fetched(browser_of_one, link)).decode()):
        assert '<p id="void"><strong>This draw does not count: The wrong number was read.' in page
        assert 'id="number">31415<' in page
        assert re.findall(r"<strong>(.*?)</strong>", page.split("<h2>Result</h2>")[1]) == names
    assert f"{home}/draw/d" in live
    assert await fetched(browser_of_one, f"{home}/draw/d/list.txt?void=0") == text
    sheet = tmp_path / "page.json"
    sheet.write_bytes(await fetched(browser_of_one, f"{home}/draw/d/page.json?void=0"))
    assert command.checked(sheet)[0] == 0
    for wrong in ("1", "99999999"):
        async with browser_of_one.get(f"{home}/draw/d?void={wrong}") as answer:
            assert answer.status == 404


async def test_a_draw_of_many_seats_says_how_each_step_is_done_with_a_command(
    house: House, browser_of_one: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_DIGITS", 4)
    made = await drawn(house, browser_of_one, PLAIN, "3141")
    page = unescape((await fetched(browser_of_one, f"/live/{made['session']}/draw/d")).decode())

    told = re.findall(r'<code id="step">python3 -c "(.*?)"</code>', page)[0]
    rows = re.findall(r"<tr>(<td.*?)</tr>", page)
    first = re.findall(r"<td.*?>(.*?)</td>", rows[0])
    run = told.replace("STEP", first[0]).replace("LEFT", first[2])
    done = await asyncio.create_subprocess_exec(sys.executable, "-c", run, stdout=asyncio.subprocess.PIPE)
    said, _ = await done.communicate()

    assert "You can check this draw with a command, step by step or all at once." in page
    assert "Result of the division" not in page
    assert said.decode().strip() == first[3]


async def test_who_said_no_and_who_moved_up_stands_on_the_page(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await drawn(house, browser_of_one, PLAIN, "31415")
    clerk = await house.clerk(made["session"])
    home = f"/live/{made['session']}"
    first = (await fetched(browser_of_one, f"{home}/draw/d")).decode().split("<h2>Result</h2>")[1]
    name = unescape(re.findall(r"<strong>(.*?)</strong>", first)[0])

    await ask(house, made["session"], name, "draw.decline", {"draw": "d"})

    after = (await fetched(browser_of_one, f"{home}/draw/d")).decode().split("<h2>Result</h2>")[1]
    assert f"instead of {name}" in unescape(after)
    live = unescape((await fetched(browser_of_one, home)).decode())
    stage = unescape((await fetched(browser_of_one, f"{home}?stage=")).decode())
    for shown in (live, stage):
        assert clerk.session.draws[ItemId("d")].page.hash in shown  # type: ignore[union-attr]
        assert "31415".zfill(5) in shown
        assert re.search(r"The number drawn: \d+", shown)


async def test_whoever_is_in_a_list_keeps_the_name_under_which_they_are_in_it(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await drawn(house, browser_of_one, PLAIN, "31415")
    home = f"/live/{made['session']}/draw/d"
    seats = {name: await as_seated(browser_of_one, made, name) for name in (NAMES[0], NAMES[-1])}
    answers: dict[str, Any] = {}

    for name, seat in seats.items():
        body = {"seat": seat.rpartition("/")[2], "name": f"{name} B"}
        async with browser_of_one.post("/api/name", json=body) as answer:
            answers[name] = await answer.json()

    assert answers[NAMES[0]]["refused"] == "too-late"
    assert "ok" in answers[NAMES[-1]]  # does not stand
    assert "A name was corrected" not in (await fetched(browser_of_one, home)).decode()


async def test_a_name_corrected_afterwards_is_told_instead_of_a_wrong_hash(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await drawn(house, browser_of_one, PLAIN, "31415")
    clerk = await house.clerk(made["session"])
    home = f"/live/{made['session']}/draw/d"
    assert "A name was corrected" not in (await fetched(browser_of_one, home)).decode()
    draw = await draw_of(house, made)

    by = Asked("house", c.ChooseLanguage("en"), house.now())
    await change_row(house.journal, clerk, by, draw.people[0], lambda row: msgspec.structs.replace(row, name="Anna"))

    assert "A name was corrected" in (await fetched(browser_of_one, home)).decode()


async def test_impossible_quotas_are_said_and_nothing_is_published(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await drawn(house, browser_of_one, {"seats": 5, "quotas": {"gender": {"man": [4, 5]}}}, None)
    home = f"/live/{made['session']}"

    draw = await draw_of(house, made)
    live = (await fetched(browser_of_one, home)).decode()

    assert [(lack.why, lack.here) for lack in draw.lacks] == [("few", 3)]
    assert "With those who stand, the quotas cannot be kept." in live
    async with browser_of_one.get(f"{home}/draw/d") as answer:
        assert answer.status == 404


async def test_the_record_tells_of_the_draw_with_people_by_number(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await drawn(house, browser_of_one, PLAIN, "31415")
    draw = await draw_of(house, made)
    seat = await as_seated(browser_of_one, made, "Lead 1")

    pack = zipfile.ZipFile(io.BytesIO(await fetched(browser_of_one, f"{seat}/archive")))

    record = next(pack.read(name).decode() for name in pack.namelist() if name.endswith("record.html"))
    first = draw.result[0].seats[0][0]
    assert draw.page is not None
    assert draw.page.hash in record
    assert "The number drawn: 31415" in record
    assert f"<li>{first}</li>" in record
    assert "Jürgen" not in record
