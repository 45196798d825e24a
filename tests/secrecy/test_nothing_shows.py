"""Secrecy: from all that is kept and said, nobody can tell who chose what.

The strongest and simplest test is to let the voters swap their choices: everything that is kept must stay as it was,
but for what is random. What stays the same under every swap cannot tell one swap from another.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from facilitation.counting.method import Answer, Counted
from facilitation.counting.methods import METHODS
from facilitation.polls import Poll
from facilitation.slip import unfold
from server.box import Opener
from server.clock import HandClock
from server.journal import Entry, Journal
from server.journal.memory import MemoryJournal
from server.journal.redis import open_redis
from server.journal.sqlite import SqliteJournal
from server.logs import start_logs
from tests.secrecy.given import START, Meeting, key_files, meeting, until
from tests.stores import store

VOTERS = 24
ORDER = [f"c{number}" for number in range(VOTERS)]


class AnyWord:
    """A way of voting whose choices stand nowhere before somebody makes them."""

    def read(self, _: Poll, choice: Any) -> Answer | None:
        return Answer((choice,)) if isinstance(choice, str) else None

    def count(self, _: Poll, slips: Mapping[str, int], __: int) -> Counted:
        return Counted(dict(slips), ())


@pytest.fixture(autouse=True)
def any_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(METHODS, "yes-no-abstain", AnyWord())


def canary(number: int) -> str:
    return f"CANARY{number:04d}"


async def vote(house: Meeting, order: Sequence[str], choices: Sequence[str], together: int) -> None:
    """So many at a time, each under a ticket as browsers make them."""
    pairs = list(zip(order, choices, strict=True))
    for start in range(0, len(pairs), together):
        said = await asyncio.gather(
            *(
                house.clerk.ask(who, f"ticket-{who}", "ballot.cast", {"poll": "p", "choice": choice}, START, "en")
                for who, choice in pairs[start : start + together]
            )
        )
        assert all("ok" in answer for answer in said)


async def kept(folder: Path, order: Sequence[str], choices: Sequence[str], together: int) -> list[Entry]:
    """The whole journal of a session that votes so, but for the random key."""
    journal = MemoryJournal(clock=HandClock(START))
    house = await meeting(journal, folder, VOTERS)
    await house.open()
    await vote(house, order, choices, together)
    await house.close()
    await house.counted()
    entries = await journal.read("s")
    await house.leave()
    return [_without_key(entry) for entry in entries]


def _without_key(entry: Entry) -> Entry:
    if entry.event != "PollOpened":
        return entry
    assert len(entry.body["key"]) == 64
    return msgspec.structs.replace(entry, body={**entry.body, "key": "random"})


@pytest.mark.parametrize("seed", range(6))
async def test_voters_who_swap_their_choices_leave_the_same_journal(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    order = chance.sample(ORDER, VOTERS)
    choices = [chance.choice(("yes", "no", "a much longer answer")) for _ in order]
    swapped = chance.sample(choices, VOTERS)
    together = chance.choice((1, 5, VOTERS))

    first = await kept(tmp_path / "one", order, choices, together)
    second = await kept(tmp_path / "two", order, swapped, together)

    assert choices != swapped
    assert msgspec.msgpack.encode(first) == msgspec.msgpack.encode(second)


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[Journal]:
    journal = SqliteJournal(folder / "data", HandClock(START))
    yield journal
    await journal.close()


@asynccontextmanager
async def redis(folder: Path) -> AsyncIterator[Journal]:
    async with store(folder / "data", appendfsync="always", save="3600 1") as server:
        journal = await open_redis(server.url, "mark")
        journal.dump = lambda: server.ask("SAVE")  # type: ignore[attr-defined]
        yield journal
        await journal.close()


def everything(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("kind", [sqlite, redis])
async def test_no_choice_is_in_any_file_or_line_before_the_count_nor_the_key_after_it(
    tmp_path: Path, kind: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    start_logs("debug")
    keys = tmp_path / "keys"
    async with kind(tmp_path) as journal:
        house = await meeting(journal, keys, VOTERS)
        at = await journal.now()
        await house.open()
        private = (keys / key_files(keys)[0]).read_bytes()
        for number, who in enumerate(ORDER):
            said = await house.clerk.ask(who, f"t{number}", "ballot.cast", _ballot(number), at, "en")
            assert "ok" in said
        await house.clerk.ask("c0", "twice", "ballot.cast", _ballot(999), at, "en")
        await house.clerk.ask("lead", "late", "ballot.cast", _ballot(998), at, "en")
        await house.clerk.ask("c1", "odd", "ballot.cast", {**_ballot(997), canary(996): 1}, at, "en")
        if hasattr(journal, "dump"):
            await journal.dump()
        before = await asyncio.to_thread(everything, tmp_path)
        shutil.copytree(tmp_path / "data", tmp_path / "copy")  # somebody has a copy of it all, but for the key
        sealed = await journal.slips("s", "p")
        await house.close()
        await house.counted()
        await until(lambda: not key_files(keys))
        await house.leave()

        assert b"BallotMarked" in before
        assert b"CANARY" not in before
        assert len(sealed) == VOTERS
        assert await journal.slips("s", "p") == {}
    after = await asyncio.to_thread(everything, tmp_path)
    assert private in before
    assert private not in after
    said_out = capfd.readouterr()
    assert "CANARY" not in said_out.err + said_out.out


def _ballot(number: int) -> dict[str, Any]:
    return {"poll": "p", "choice": canary(number)}


@pytest.mark.parametrize("kind", [sqlite, redis])
async def test_how_slips_lie_says_nothing_of_the_order_in_which_they_came(tmp_path: Path, kind: Any) -> None:
    """Even to whoever has the key: one vote at a time, the box read as it lies."""
    many = 200
    async with kind(tmp_path) as journal:
        house = await meeting(journal, tmp_path / "keys", many)
        at = await journal.now()
        await house.open()
        for number in range(many):
            await house.clerk.ask(f"c{number}", None, "ballot.cast", _ballot(number), at, "en")
        private = house.ring.private("s", house.poll().key or "")
        assert private is not None
        unseal = Opener(private).unseal
        lying = [unfold(house.poll(), unseal(each) or b"") for each in await _as_they_lie(journal, tmp_path)]
        await house.leave()

    came = [int(slip.paper.slips[0][1].removeprefix("CANARY")) for slip in lying if slip is not None]
    assert sorted(came) == list(range(many))
    assert abs(_correlation(came)) < 0.35  # five times what chance alone would give


async def _as_they_lie(journal: Journal, folder: Path) -> list[bytes]:
    if isinstance(journal, SqliteJournal):
        found = await journal._readers.do(lambda each: each.execute("SELECT sealed FROM slips").fetchall())
        return [sealed for (sealed,) in found]
    raw = await journal._wire.ask("HVALS", "palabre:{s}:box:p")  # type: ignore[attr-defined]
    return list(raw)


def _correlation(came: Sequence[int]) -> float:
    """Spearman's: 1 where they lie in the order in which they came, -1 in the opposite one, near 0 in none."""
    n = len(came)
    return 1 - 6 * sum((place - number) ** 2 for place, number in enumerate(came)) / (n * (n * n - 1))


async def test_a_slip_stands_behind_all_marks_of_its_batch_and_not_beside_its_own(tmp_path: Path) -> None:
    """What a batch writes: its entries in order, then the slips by their random names."""
    async with redis(tmp_path) as journal:
        house = await meeting(journal, tmp_path / "keys", VOTERS)
        at = await journal.now()
        await house.open()
        await asyncio.gather(
            *(house.clerk.ask(who, None, "ballot.cast", _ballot(n), at, "en") for n, who in enumerate(ORDER))
        )
        names = list(await journal.slips("s", "p"))
        await house.leave()
    written = await asyncio.to_thread(everything, tmp_path / "data")

    places = [written.index(name.encode()) for name in names]
    assert places == sorted(places)
    assert min(places) > written.rindex(b"BallotMarked")
