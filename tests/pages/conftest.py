"""A whole house on a free port, and a programme with its people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from server.house import House
from server.serving import running
from server.settings import Settings

KEY = "the-organisers-key-for-tests"
PROGRAMME: dict[str, Any] = {
    "title": {"fr": "Dialogue", "de": "Gespräch", "en": "Dialogue of two sides"},
    "languages": ["fr", "de", "en"],
    "sides": ["fr", "de"],
    "public": True,
    "timezone": "Europe/Paris",
    "starts": "2027-01-15T09:30",
    "telephone": "+33 3 88 00 00 00",
    "items": [
        {"id": "door", "title": {"fr": "Accueil", "de": "Ankommen", "en": "Arrival"}, "minutes": 10, "mode": "lobby"},
        {"id": "talk", "title": {"fr": "Débat", "de": "Debatte", "en": "Debate"}, "minutes": 30, "mode": "plenary"},
        {"id": "end", "title": {"fr": "Vote", "de": "Abstimmung", "en": "Vote"}, "minutes": 10, "mode": "vote"},
    ],
}
PEOPLE: list[dict[str, Any]] = [
    {"name": "Lead 1", "role": "lead", "languages": {"speaks": ["en"]}},
    {"name": "Citizen 1", "role": "citizen", "side": "fr", "languages": {"speaks": ["fr"]}},
    {"name": "Bürgerin 2", "role": "citizen", "side": "de", "languages": {"speaks": ["de"]}},
    {"name": "Observer 3", "role": "observer"},
]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    settings = Settings(port=0, data=tmp_path, organiser_key=KEY)
    async with running(settings) as (opened, _port):
        yield opened


@pytest.fixture
async def browser_of_one(house: House) -> AsyncIterator[aiohttp.ClientSession]:
    """A client with cookies, whose addresses begin at the house."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(house.addresses[0], cookie_jar=jar) as client:
        yield client


async def create(client: aiohttp.ClientSession, **changes: Any) -> dict[str, Any]:
    body = {"programme": PROGRAMME, "people": PEOPLE, **changes}
    headers = {"Authorization": f"Bearer {KEY}"}
    async with client.post("/api/sessions", json=body, headers=headers) as answer:
        assert answer.status == 201, await answer.text()
        made: dict[str, Any] = await answer.json()
        return made


def code_of(made: dict[str, Any], name: str) -> str:
    return next(str(link["url"]).partition("#")[2] for link in made["links"] if link["name"] == name)
