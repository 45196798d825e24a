"""The observers' page and the stage tell results of every method, without JavaScript."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from server.clerk import Clerk
from server.house import House
from tests.pages.conftest import create
from tests.pages.test_live import ask

OPTIONS = [{"id": letter, "title": {"en": f"Option {letter}"}} for letter in "ab"]
TEXTS = [{"id": letter, "title": {"en": f"Text {letter}"}} for letter in "ab"]
RULE = {"threshold": "1/2", "compare": ">", "base": "yes+no"}


async def counted(house: House, session: str, poll: dict[str, Any], *choices: Any, publish: bool = True) -> Clerk:
    """A poll in which the two citizens chose so, published."""
    clerk = await house.clerk(session)
    citizens = [person.id for person in clerk.session.people.values() if person.role == "citizen"]
    await ask(house, session, "session.start", {})
    await ask(
        house, session, "poll.add", {"id": "p", "question": {"en": "What?"}, "electorate": {"people": citizens}, **poll}
    )
    await ask(house, session, "poll.open", {"poll": "p"})
    for citizen, choice in zip(citizens, choices, strict=False):
        ack = await clerk.ask(citizen, None, "ballot.cast", {"poll": "p", "choice": choice}, house.now(), "fr")
        assert "ok" in ack, ack
    if publish:
        await ask(house, session, "poll.close", {"poll": "p"})
        await ask(house, session, "poll.publish", {"poll": "p"})
    return clerk


@pytest.mark.parametrize(
    ("poll", "choices", "told"),
    [
        ({"method": "single", "options": OPTIONS}, ["b", "b"], ["Most votes: 2. Option b", "100%"]),
        ({"method": "approval", "options": OPTIONS}, [["a", "b"], ["b"]], ["2. Option b", "50%"]),
        ({"method": "scale", "from": 1, "to": 6}, [5, "no-opinion"], ["Mean 5.00", "1 has no opinion"]),
        ({"method": "points", "options": OPTIONS, "points": 3}, [{"a": 3}, {"b": 1}], ["Most points: 1. Option a"]),
        (
            {"method": "ranking", "options": OPTIONS, "count": "irv"},
            [["a", "b"], ["a", "b"]],
            ["Best placed", "Rounds"],
        ),
        ({"method": "ranking", "options": OPTIONS, "count": "schulze"}, [["a", "b"]], ["Each against each"]),
        ({"method": "consent"}, [{"choice": "against", "words": "Too <soon>."}], ["dissent", "Too &lt;soon&gt;."]),
        ({"method": "words"}, [["warm"], ["Warm", "clear"]], ["Warm", "clear"]),
        ({"method": "yes-no-abstain", "rule": RULE}, ["abstain"], ["Not decided", "There were no votes"]),
        (
            {"method": "yes-no-abstain", "texts": TEXTS, "rule": RULE},
            [{"b": "yes"}, {"a": "no", "b": "yes"}],
            ["1 of 2 is adopted", "2. Text b", "Yes: 2 (100%)"],
        ),
    ],
)
async def test_each_method(
    house: House,
    browser_of_one: aiohttp.ClientSession,
    poll: dict[str, Any],
    choices: list[Any],
    told: list[str],
) -> None:
    session = (await create(browser_of_one))["session"]
    await counted(house, session, poll, *choices)

    async with browser_of_one.get(f"/live/{session}", params={"lang": "en"}) as answer:
        page = await answer.text()

    assert answer.status == 200
    for words in told:
        assert words in page, words
    if "texts" in poll:
        assert page.index("2. Text b") < page.index("1. Text a"), "what is adopted comes first"


async def test_the_stage_shows_one_thing_at_a_time(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    session = (await create(browser_of_one))["session"]
    stage = f"/live/{session}?stage&lang=en"
    await counted(house, session, {"method": "single", "options": OPTIONS}, "b", publish=False)

    async with browser_of_one.get(stage) as answer:
        is_open = await answer.text()
    await ask(house, session, "poll.close", {"poll": "p"})
    await ask(house, session, "poll.publish", {"poll": "p"})
    async with browser_of_one.get(stage) as answer:
        published = await answer.text()

    assert 'data-theme="dark"' in is_open
    assert "1. Option a" in is_open
    assert "1 of 2 voted." in is_open
    assert "Most votes" not in is_open
    assert "Most votes: 2. Option b" in published


async def test_a_trial_is_no_result(house: House, browser_of_one: aiohttp.ClientSession) -> None:
    session = (await create(browser_of_one))["session"]
    await counted(house, session, {"method": "single", "options": OPTIONS, "trial": True}, "b")

    async with browser_of_one.get(f"/live/{session}", params={"lang": "en"}) as answer:
        assert "What?" not in await answer.text()
