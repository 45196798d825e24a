"""The protocol of a vote and its recount: for whom they are, in which language, and that they agree."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
from rpds import HashTrieMap
from typer.testing import CliRunner

from facilitation import commands as c
from facilitation.session import with_
from rooms.people import PersonId, PollId
from server.clerk import Clerk
from server.cli import app
from server.house import House
from server.recount import parse, recount
from tests.pages.conftest import KEY, PEOPLE, create
from tests.pages.test_incidents import as_seated, ask
from tests.secrecy.given import until

SUPPORT = {"name": "Support 4", "role": "support", "languages": {"speaks": ["de"]}}
QUESTION = {"fr": "Ouvrir le pont ?", "de": "Die Brücke öffnen?", "en": "Open the bridge? <b>&"}
RULE = {"threshold": "7/10", "compare": ">=", "base": "yes+no"}


async def voted(house: House, client: aiohttp.ClientSession, *, until: str = "published", trial: bool = False) -> str:
    """Two citizens say yes to the bridge; the session's id."""
    made = await create(client, people=[*PEOPLE, SUPPORT])
    session: str = made["session"]
    clerk = await house.clerk(session)
    people = [person for person in clerk.session.people if clerk.cards[person].name in ("Citizen 1", "Bürgerin 2")]
    body: dict[str, Any] = {"id": "v1", "question": QUESTION, "method": "yes-no-abstain", "rule": RULE, "trial": trial}
    await ask(house, session, "Lead 1", "poll.add", {**body, "electorate": {"people": people}})
    steps: list[tuple[str, str, Mapping[str, object]]] = [
        ("Lead 1", "poll.open", {"poll": "v1"}),
        ("Citizen 1", "ballot.cast", {"poll": "v1", "choice": "yes"}),
        ("Bürgerin 2", "ballot.cast", {"poll": "v1", "choice": "yes"}),
        ("Lead 1", "poll.close", {"poll": "v1"}),
        ("Lead 1", "poll.publish", {"poll": "v1"}),
    ]
    for who, name, what in steps[: {"open": 3, "closed": 4, "published": 5}[until]]:
        await ask(house, session, who, name, what)
    for link in made["links"]:
        seats[link["name"]] = await as_seated(client, made, link["name"])
    return session


seats: dict[str, str] = {}
"""The seat of each, in the session that was made last."""


async def status(client: aiohttp.ClientSession, who: str, poll: str = "v1") -> int:
    async with client.get(f"{seats[who]}/protocol/{poll}") as answer:
        return answer.status


async def test_staff_read_the_protocol_in_their_language(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    await voted(house, browser_of_one)

    async with browser_of_one.get(f"{seats['Support 4']}/protocol/v1", params={"lang": "de"}) as answer:
        german = await answer.text()
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert "script-src" not in answer.headers["Content-Security-Policy"]
    async with browser_of_one.get(f"{seats['Lead 1']}/protocol/v1", params={"lang": "en"}) as answer:
        english = await answer.text()

    assert "Die Brücke öffnen?" in german
    assert "Angenommen" in german
    assert "2 Ja von 2 Ja und Nein zusammen. Nötig: mindestens 1,4, also 2. Erreicht." in german
    assert "2 yes of 2 yes and no together. Needed: at least 1.4, so 2. Reached." in english
    assert "&lt;b&gt;&amp;" in english
    assert "Lead 1" in english
    assert "Citizen 1" not in english
    assert "<script" not in english


async def test_nobody_reads_a_result_before_they_may(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    await voted(house, browser_of_one, until="open")
    assert await status(browser_of_one, "Lead 1") == 404

    await voted(house, browser_of_one, until="closed")
    assert await status(browser_of_one, "Lead 1") == 200
    assert await status(browser_of_one, "Support 4") == 200


async def test_citizens_observers_and_strangers_have_no_protocol(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    await voted(house, browser_of_one)

    assert [await status(browser_of_one, who) for who in ("Citizen 1", "Observer 3")] == [404, 404]
    assert await status(browser_of_one, "Lead 1", "nothing") == 404
    async with browser_of_one.get("/s/nowhere/protocol/v1") as answer:
        assert answer.status == 404


async def test_a_trial_vote_has_no_protocol(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    await voted(house, browser_of_one, trial=True)

    assert await status(browser_of_one, "Lead 1") == 404


async def test_staff_and_the_organiser_have_it_counted_again(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    session = await voted(house, browser_of_one)
    address = f"/api/sessions/{session}/polls/v1/recount"

    async with browser_of_one.post(address, params={"lang": "fr"}) as answer:
        as_staff = await answer.json()
    key = {"Authorization": f"Bearer {KEY}"}
    async with aiohttp.ClientSession(house.addresses[0]) as organiser, organiser.post(address, headers=key) as answer:
        as_organiser = await answer.json()

    assert as_staff == {
        "equal": True,
        "say": "Recompté à partir de 2 bulletins\u00a0: le résultat est le même.",
        "differs": [],
    }
    assert as_organiser["equal"] is True


async def test_nobody_else_has_anything_counted(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    session = await voted(house, browser_of_one)
    address = f"/api/sessions/{session}/polls/v1/recount"

    async with aiohttp.ClientSession(house.addresses[0]) as stranger:
        async with stranger.post(address) as answer:
            assert answer.status == 401
        async with stranger.post(address, headers={"Authorization": "Bearer wrong"}) as answer:
            assert answer.status == 401
        async with stranger.post(address, headers={"Origin": "http://elsewhere.example"}) as answer:
            assert answer.status == 403
        for name in ("Citizen 1", "Observer 3"):
            seat = seats[name].rpartition("/")[2]
            cookie = next(each for each in browser_of_one.cookie_jar if each.key == f"palabre-{seat}")
            async with stranger.post(address, headers={"Cookie": f"{cookie.key}={cookie.value}"}) as answer:
                assert answer.status == 401, name
    other = await create(browser_of_one)
    async with browser_of_one.post(f"/api/sessions/{other['session']}/polls/v1/recount") as answer:
        assert answer.status == 401


async def test_what_the_session_shows_is_compared_with_the_journal(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    """A worker whose memory is wrong would show a wrong result; the recount does not rest on it."""
    session = await voted(house, browser_of_one)
    clerk = await house.clerk(session)
    poll = clerk.session.polls[PollId("v1")]
    forged = dict.fromkeys(poll.ballots, "no")
    wrong = msgspec.structs.replace(poll, ballots=HashTrieMap(forged))
    mistaken = with_(clerk.session, polls={PollId("v1"): wrong})
    clerk._scene = msgspec.structs.replace(clerk.scene, session=mistaken)

    async with browser_of_one.post(f"/api/sessions/{session}/polls/v1/recount", params={"lang": "en"}) as answer:
        told = await answer.json()

    assert told["equal"] is False
    assert "result.counts.yes is printed as 0, counted as 2" in told["differs"]


async def test_an_archive_that_was_downloaded_is_counted_again_on_the_command_line(
    house: House, browser_of_one: aiohttp.ClientSession, tmp_path: Path
) -> None:
    await voted(house, browser_of_one)
    async with browser_of_one.get(f"{seats['Lead 1']}/archive") as answer:
        packed = await answer.read()
    (tmp_path / "a.zip").write_bytes(packed)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        votes = archive.read("votes.json")
    (tmp_path / "wrong.json").write_bytes(votes.replace(b'"yes": 2', b'"yes": 1'))
    (tmp_path / "nothing.json").write_bytes(b"{}")

    def run(name: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["recount", str(tmp_path / name)])
        return done.exit_code, done.output

    assert run("a.zip") == (0, "equal        v1 (2 ballots)\n")
    assert run("wrong.json")[0] == 1
    assert "DIFFERS" in run("wrong.json")[1]
    code, said = run("nothing.json")
    assert code == 2
    assert said.count("\n") == 1


@pytest.mark.parametrize("who", ["Lead 1", "Support 4"])
async def test_a_void_vote_has_a_protocol_with_its_reason(
    house: House, browser_of_one: aiohttp.ClientSession, who: str
) -> None:
    session = await voted(house, browser_of_one, until="open")
    await ask(house, session, "Lead 1", "poll.void", {"poll": "v1", "reason": "The wrong text."})

    async with browser_of_one.get(f"{seats[who]}/protocol/v1", params={"lang": "en"}) as answer:
        written = await answer.text()

    assert "This vote does not count: The wrong text." in written
    assert 'class="decision"' not in written


SIX = [{"name": f"Voter {number}", "role": "citizen", "side": ("fr", "de")[number % 2]} for number in range(6)]


async def test_a_secret_vote_from_the_box_to_the_recount_of_its_archive(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    """One ballot by telephone, one voter who says something that no other file may say."""
    made = await create(browser_of_one, people=[*PEOPLE, SUPPORT, *SIX])
    session = made["session"]
    clerk = await house.clerk(session)
    ids = {clerk.cards[person].name: person for person in clerk.session.people}
    voters = [ids[each["name"]] for each in SIX]
    poll = {"id": "v1", "question": QUESTION, "method": "consent", "secret": True, "rule": RULE}
    await ask(house, session, "Lead 1", "poll.add", {**poll, "electorate": {"people": voters}})
    await ask(house, session, "Lead 1", "poll.open", {"poll": "v1", "warned": True})
    for number in range(4):
        choice = {"choice": "consent"} if number else {"choice": "against", "words": "canary"}
        await ask(house, session, f"Voter {number}", "ballot.cast", {"poll": "v1", "choice": choice})
    told = {"poll": "v1", "person": ids["Voter 4"], "choice": {"choice": "reservation"}, "told": True}
    await ask(house, session, "Support 4", "ballot.dictate", told)
    await ask(house, session, "Lead 1", "ballot.confirm", {"poll": "v1", "person": ids["Voter 4"]})
    await ask(house, session, "Lead 1", "poll.close", {"poll": "v1"})
    await until(lambda: clerk.session.polls[PollId("v1")].is_counted)
    seat = await as_seated(browser_of_one, made, "Lead 1")

    async with browser_of_one.post(f"/api/sessions/{session}/polls/v1/recount") as answer:
        assert (await answer.json())["equal"] is True
    async with browser_of_one.get(f"{seat}/protocol/v1", params={"lang": "en"}) as answer:
        protocol = await answer.text()
    async with browser_of_one.get(f"{seat}/archive") as answer:
        archive = zipfile.ZipFile(io.BytesIO(await answer.read()))

    assert "1 ballot on the telephone, entered by Support 4, heard again by Lead 1." in protocol
    assert "5 of 6 voted." in protocol
    files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert [recount(vote).outcome for vote in parse(files["votes.json"].encode()).polls] == ["equal"]
    assert [name for name, written in files.items() if "canary" in written] == [
        "polls.json",
        "votes.json",
        "protocols/v1.en.html",
        "protocols/v1.fr.html",
        "protocols/v1.de.html",
    ]
    for name in ("polls.json", "votes.json", "protocols/v1.en.html"):
        assert not [voter for voter in voters if voter in files[name]], name


async def test_a_question_put_to_each_room_is_counted_again_in_all_of_them(
    house: House, browser_of_one: aiohttp.ClientSession
) -> None:
    made = await create(browser_of_one, people=[*PEOPLE, SUPPORT, *SIX])
    session = made["session"]
    clerk = await house.clerk(session)
    for person in clerk.session.people:
        await clerk.house(c.Arrive(person, "w"))
    await ask(house, session, "Lead 1", "session.start", {})
    await ask(house, session, "Lead 1", "rooms.compose", {"count": 2})
    await until(lambda: clerk.session.seating.proposal is not None)
    await ask(house, session, "Lead 1", "rooms.open", {})
    poll = {"id": "v1", "question": QUESTION, "method": "yes-no-abstain", "each-room": True}
    await ask(house, session, "Lead 1", "poll.add", poll)
    await ask(house, session, "Lead 1", "poll.open", {"poll": "v1"})
    rooms = [each.id for each in clerk.session.polls.values() if each.part_of == "v1"]
    for voter in SIX:
        mine = next(room for room in rooms if _person(clerk, voter["name"]) in clerk.session.polls[room].electorate)
        await ask(house, session, voter["name"], "ballot.cast", {"poll": mine, "choice": "yes"})
    await ask(house, session, "Lead 1", "poll.close", {"poll": "v1"})
    await as_seated(browser_of_one, made, "Lead 1")

    async with browser_of_one.post(f"/api/sessions/{session}/polls/v1/recount", params={"lang": "en"}) as answer:
        told = await answer.json()

    assert (told["equal"], told["say"]) == (True, "Counted again from 6 ballots: the result is the same.")


def _person(clerk: Clerk, name: str) -> PersonId:
    return next(person for person in clerk.session.people if clerk.cards[person].name == name)
