"""The register: thousands who come at once ask the store once, and a link that was taken back opens nothing."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from server.journal import JournalDown, Row
from server.journal.memory import MemoryJournal
from server.register import Register
from tests.journal.given import LATE, entries, entry, row


class Counted(MemoryJournal):
    """The memory journal, counting how often everybody was read. While `gate` is closed, answers are under way."""

    def __init__(self) -> None:
        super().__init__()
        self.read_whole = 0
        self.away = 0.0
        self.gate = asyncio.Event()
        self.gate.set()

    async def rows(self, session: str) -> list[Row]:
        self.read_whole += 1
        found = await super().rows(session)
        await self.gate.wait()
        return found

    async def holder(self, code_hash: str) -> tuple[str, Row] | None:
        found = await super().holder(code_hash)
        await self.gate.wait()
        return found

    def unreachable(self) -> float:
        return self.away


@pytest.fixture
async def journal() -> Counted:
    made = Counted()
    await made.create("lyon", entries(1, 1), [row(f"p{number}") for number in range(50)])
    return made


async def relink(journal: Counted, register: Register) -> None:
    renewed = msgspec.structs.replace(row("p7"), code="hash-new")
    await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[renewed])
    register.forget("lyon", "p7")


async def test_many_who_come_at_once_are_read_once(journal: Counted) -> None:
    register = Register(journal)

    found = await asyncio.gather(*(register.holder(f"hash-p{number}") for number in range(50)))
    again = await register.seat("seat-p3")

    assert [each[1].person for each in found if each] == [f"p{number}" for number in range(50)]
    assert again == ("lyon", row("p3"))
    assert journal.read_whole == 1


async def test_a_link_made_anew_replaces_the_old_one(journal: Counted) -> None:
    register = Register(journal)
    await register.holder("hash-p7")

    await relink(journal, register)

    assert await register.holder("hash-p7") is None
    assert await register.holder("hash-new") == ("lyon", msgspec.structs.replace(row("p7"), code="hash-new"))
    assert await register.holder("hash-p8") == ("lyon", row("p8"))


async def test_what_was_read_while_a_link_changed_is_not_remembered(journal: Counted) -> None:
    register = Register(journal)
    journal.gate.clear()
    asking = [asyncio.create_task(register.holder(f"hash-{person}")) for person in ("p7", "p8")]
    await asyncio.sleep(0.01)

    await relink(journal, register)
    journal.gate.set()

    assert await asking[0] is None
    assert await asking[1] == ("lyon", row("p8"))
    assert await register.holder("hash-p7") is None


async def test_after_a_lost_tail_everybody_is_read_again(journal: Counted) -> None:
    register = Register(journal)
    await register.holder("hash-p1")

    register.forget("lyon")

    assert await register.holder("hash-p1") == ("lyon", row("p1"))
    assert journal.read_whole == 2


async def test_nobody_comes_in_by_memory_while_the_store_is_away(journal: Counted) -> None:
    register = Register(journal)
    await register.holder("hash-p1")

    journal.away = 2.5

    with pytest.raises(JournalDown):
        await register.holder("hash-p1")
