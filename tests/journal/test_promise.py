"""The promise of the journal, which every store must keep."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import msgspec
import pytest

from server.clock import HandClock
from server.journal import (
    Appended,
    Conflict,
    Entry,
    Journal,
    JournalDown,
    NoSuchSession,
    Row,
    SessionExists,
    Taken,
    TooLate,
)
from tests.journal.given import HAND_CLOCKED, LATE, STORES, entries, entry, row, slip


@pytest.fixture
def clock() -> HandClock:
    return HandClock(now=60)


@pytest.fixture(params=STORES)
async def journal(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> AsyncIterator[Journal]:
    async with STORES[request.param](tmp_path, clock) as store:
        yield store


async def test_what_was_appended_is_read_in_order(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 2), [])

    assert await _append(journal, 2, entries(3, 5)) == Appended(5)

    assert await journal.read("lyon") == entries(1, 5)


async def test_reading_from_a_version_brings_what_came_after(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 5), [])

    assert await journal.read("lyon", after=3) == entries(4, 5)
    assert await journal.read("lyon", after=5) == []


async def test_an_entry_comes_back_as_it_was(journal: Journal) -> None:
    body: dict[str, object] = {
        "text": "Ça va, Zoë? 🙂",
        "nothing": None,
        "list": [1, -2, 2.5, True],
        "deep": {"a": {"b": [{}]}},
    }
    kept = Entry(1, 1_764_000_000_000, "house", None, "SessionCreated", {**body, "seed": 2**64 - 1})

    await journal.create("lyon", [kept], [])

    assert await journal.read("lyon") == [kept]


async def test_what_the_caller_changes_later_is_not_changed_in_the_journal(journal: Journal) -> None:
    body = {"rooms": ["r1"]}
    await journal.create("lyon", [Entry(1, 1, "house", None, "RoomsOpened", body)], [])

    body["rooms"].append("r2")

    assert (await journal.read("lyon"))[0].body == {"rooms": ["r1"]}


async def test_a_conflict_brings_the_missed_entries_and_keeps_nothing(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 2), [])
    await journal.append("lyon", 2, entries(3, 4), before=LATE)

    answer = await journal.append("lyon", 2, [entry(3, "too slow")], before=LATE, rows=[row("new")])

    assert _unmarked(answer) == Conflict(tuple(entries(3, 4)), 4)
    assert await journal.read("lyon") == entries(1, 4)
    assert await journal.rows("lyon") == []


async def test_expecting_more_than_there_is_conflicts_and_says_how_much_there_is(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 2), [])

    answer = await journal.append("lyon", 7, [entry(8)], before=LATE)

    assert isinstance(answer, Conflict)
    assert (answer.missed, answer.version) == ((), 2)
    assert await journal.read("lyon") == entries(1, 2)


async def test_entries_with_a_hole_are_a_defect_of_the_caller(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 2), [])

    with pytest.raises(ValueError, match="entry 4 stands where 3 belongs"):
        await journal.append("lyon", 2, [entry(4)], before=LATE)

    assert await _head(journal, "lyon") == (await _epoch(journal), 2)


async def test_fifty_who_race_are_all_kept_once_without_a_hole(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [])

    async def append_until_kept(who: str) -> int:
        version = 1
        while True:
            answer = await journal.append("lyon", version, [entry(version + 1, who=who)], before=LATE)
            if isinstance(answer, Appended):
                return answer.version
            assert [missed.version for missed in answer.missed] == list(range(version + 1, answer.version + 1))
            version = answer.version

    versions = await asyncio.gather(*(append_until_kept(f"p{number}") for number in range(50)))

    kept = await journal.read("lyon")
    assert [each.version for each in kept] == list(range(1, 52))
    assert sorted(versions) == list(range(2, 52))
    assert {each.who for each in kept[1:]} == {f"p{number}" for number in range(50)}


async def test_of_many_appends_that_expect_the_same_version_exactly_one_is_kept(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [])

    answers = await asyncio.gather(*(_append(journal, 1, [entry(2)]) for _ in range(50)))

    assert answers.count(Appended(2)) == 1
    assert answers.count(Conflict((entry(2),), 2)) == 49


async def test_a_failure_beside_it_does_not_harm_an_append(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana")])
    await journal.create("ulm", entries(1, 1), [])
    await journal.create("bonn", entries(1, 1), [])
    past = await journal.now() - 60_000

    *answers, late = await asyncio.gather(
        journal.append("lyon", 0, [entry(1)], before=LATE),
        journal.append("ulm", 1, [entry(2)], before=LATE, rows=[row("other", code="hash-ana")]),
        journal.append("nowhere", 1, [entry(2)], before=LATE),
        journal.append("bonn", 1, [entry(2)], before=past),
        journal.append("lyon", 1, [entry(2)], before=LATE),
        journal.append("lyon", 1, [entry(2, "late")], before=past),
        return_exceptions=True,
    )

    assert [type(answer) for answer in answers] == [Conflict, Taken, NoSuchSession, TooLate, Appended]
    # Two appends to one session may reach the store in either order: late is then also behind.
    assert type(late) in {TooLate, Conflict}
    assert await journal.read("lyon") == entries(1, 2)
    assert await journal.read("bonn") == entries(1, 1)
    assert await journal.read("ulm") == entries(1, 1)
    assert await journal.rows("ulm") == []


async def test_a_session_is_created_once_however_many_try(journal: Journal) -> None:
    async def create(number: int) -> str | SessionExists:
        try:
            return await journal.create("lyon", [entry(1, str(number))], [row(f"p{number}")])
        except SessionExists as exists:
            return exists

    answers = await asyncio.gather(*(create(number) for number in range(20)))

    [made] = [answer for answer in answers if isinstance(answer, str)]
    winner = answers.index(made)
    assert await _head(journal, "lyon") == (made, 1)
    assert await journal.read("lyon") == [entry(1, str(winner))]
    assert await journal.rows("lyon") == [row(f"p{winner}")]


async def test_a_session_whose_people_cannot_be_kept_is_not_created(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana")])

    with pytest.raises(Taken):
        await journal.create("ulm", entries(1, 1), [row("ben"), row("ana")])

    assert await journal.sessions() == ["lyon"]
    assert await journal.seat("seat-ben") is None


async def test_two_people_cannot_share_a_code(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana")])

    with pytest.raises(Taken):
        await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[row("ben", code="hash-ana")])

    assert await journal.rows("lyon") == [row("ana")]
    assert (await journal.head("lyon")).version == 1


async def test_nothing_is_written_after_its_time(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    now = await journal.now()  # of a store elsewhere a guess, which a busy machine may put some ms ahead

    assert _unmarked(await journal.append("lyon", 1, [entry(2)], before=now + 60_000)) == Appended(2)
    with pytest.raises(TooLate):
        await journal.append("lyon", 2, [entry(3)], before=now - 1_000, rows=[row("ana")])

    assert await journal.read("lyon") == entries(1, 2)
    assert await journal.rows("lyon") == []


@pytest.mark.parametrize("name", HAND_CLOCKED)
async def test_its_time_is_exact_to_the_millisecond(name: str, tmp_path: Path, clock: HandClock) -> None:
    async with STORES[name](tmp_path, clock) as journal:
        await journal.create("lyon", entries(1, 1), [])

        assert await journal.append("lyon", 1, [entry(2)], before=60) == Appended(2)
        clock.move(1)
        with pytest.raises(TooLate):
            await journal.append("lyon", 2, [entry(3)], before=60)

        assert await journal.now() == 61


async def test_each_session_has_its_own_versions_and_its_own_epoch(journal: Journal) -> None:
    lyon = await journal.create("lyon", entries(1, 3), [])
    ulm = await journal.create("ulm", entries(1, 1), [])
    await journal.append("ulm", 1, [entry(2)], before=LATE)

    assert lyon != ulm
    assert await _head(journal, "lyon") == (lyon, 3)
    assert await _head(journal, "ulm") == (ulm, 2)
    assert await journal.sessions() == ["lyon", "ulm"]


async def test_a_session_that_never_was_is_not_empty_but_unknown(journal: Journal) -> None:
    with pytest.raises(NoSuchSession):
        await journal.read("lyon")
    with pytest.raises(NoSuchSession):
        await journal.head("lyon")
    with pytest.raises(NoSuchSession):
        await journal.rows("lyon")
    with pytest.raises(NoSuchSession):
        await journal.append("lyon", 0, [entry(1)], before=LATE)
    assert await journal.sessions() == []


async def test_rows_are_added_and_replaced_in_the_step_of_an_append(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana"), row("ben")])
    renamed = msgspec.structs.replace(row("ana"), name="Citizen 12", attributes={"town": "Lyon"})

    await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[renamed, row("cem")])

    assert await journal.rows("lyon") == [renamed, row("ben"), row("cem")]


async def test_a_row_can_change_without_an_entry(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana")])
    erased = msgspec.structs.replace(row("ana"), name="", needs=None, code=None, revoked=True)

    assert await _append(journal, 1, [], rows=[erased]) == Appended(1)

    assert await journal.rows("lyon") == [erased]


async def test_a_person_is_found_by_seat_and_by_code(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana")])
    await journal.create("ulm", entries(1, 1), [row("ben")])

    assert await journal.seat("seat-ben") == ("ulm", row("ben"))
    assert await journal.holder("hash-ana") == ("lyon", row("ana"))
    assert await journal.seat("seat-of-nobody") is None
    assert await journal.holder("hash-of-nothing") is None


async def test_a_revoked_link_is_found_and_says_so(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana")])

    await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[row("ana", revoked=True)])

    assert await journal.holder("hash-ana") == ("lyon", row("ana", revoked=True))
    assert await journal.seat("seat-ana") == ("lyon", row("ana", revoked=True))


async def test_a_new_code_takes_the_place_of_the_old(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana"), row("ben")])

    await journal.append("lyon", 1, [entry(2)], before=LATE, rows=[row("ana", code="fresh")])

    assert await journal.holder("hash-ana") is None
    assert await journal.holder("fresh") == ("lyon", row("ana", code="fresh"))


async def test_people_without_a_code_do_not_clash(journal: Journal) -> None:
    nobodies = [msgspec.structs.replace(row(person), code=None) for person in ("ana", "ben")]

    await journal.create("lyon", entries(1, 1), nobodies)

    assert await journal.rows("lyon") == nobodies


async def test_what_was_put_aside_is_there_for_a_while_and_taken_once(journal: Journal) -> None:
    await journal.put_aside("form", b"half filled in", 60)
    await journal.put_aside("form", b"nearly done", 60)
    await journal.put_aside("note", b"gone at once", 0.001)
    await asyncio.sleep(0.01)

    assert await journal.set_aside("form") == b"nearly done"
    assert await journal.set_aside("form", take=True) == b"nearly done"
    assert await journal.set_aside("form", take=True) is None
    assert await journal.set_aside("note") is None


async def test_slips_go_into_the_box_of_their_poll_and_come_out_in_the_order_of_their_names(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    await journal.create("ulm", entries(1, 1), [])

    await journal.append("lyon", 1, entries(2, 4), before=LATE, slips=[slip("cc"), slip("aa"), slip("bb", poll="q")])
    await journal.append("lyon", 4, [entry(5)], before=LATE, rows=[row("ana")], slips=[slip("b0")])
    await journal.append("ulm", 1, [entry(2)], before=LATE, slips=[slip("zz")])

    assert list((await journal.slips("lyon", "p")).items()) == [
        (each, slip(each).sealed) for each in ("aa", "b0", "cc")
    ]
    assert await journal.slips("lyon", "q") == {"bb": slip("bb").sealed}
    assert await journal.slips("lyon", "r") == {}
    assert await journal.slips("ulm", "p") == {"zz": slip("zz").sealed}
    assert await journal.rows("lyon") == [row("ana")]


async def test_an_append_that_is_not_kept_leaves_no_slip(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [row("ana")])
    await journal.create("ulm", entries(1, 1), [])

    conflict = await journal.append("lyon", 0, [entry(1)], before=LATE, slips=[slip("early")])
    with pytest.raises(TooLate):
        await journal.append("lyon", 1, [entry(2)], before=await journal.now() - 1_000, slips=[slip("late")])
    taken = [row("ben", code="hash-ana")]
    with pytest.raises(Taken):
        await journal.append("ulm", 1, [entry(2)], before=LATE, rows=taken, slips=[slip("taken")])

    assert isinstance(conflict, Conflict)
    assert await journal.slips("lyon", "p") == await journal.slips("ulm", "p") == {}


async def test_a_box_that_was_destroyed_is_empty_and_the_others_are_as_they_were(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [])
    await journal.append("lyon", 1, [entry(2)], before=LATE, slips=[slip("aa"), slip("bb", poll="q")])

    await journal.destroy("lyon", "p")
    await journal.destroy("lyon", "p")

    assert await journal.slips("lyon", "p") == {}
    assert await journal.slips("lyon", "q") == {"bb": slip("bb").sealed}
    assert await journal.read("lyon") == entries(1, 2)


async def test_there_is_no_box_where_there_is_no_session(journal: Journal) -> None:
    with pytest.raises(NoSuchSession):
        await journal.slips("lyon", "p")
    with pytest.raises(NoSuchSession):
        await journal.destroy("lyon", "p")


async def test_it_knows_until_when_somebody_served(journal: Journal) -> None:
    assert await journal.last_alive() is None

    await journal.mark_alive()

    alive = await journal.last_alive()
    assert alive is not None
    assert abs(alive - await journal.now()) < 1_000


async def test_a_closed_journal_is_down_and_can_be_closed_again(journal: Journal) -> None:
    await journal.create("lyon", entries(1, 1), [])

    await journal.close()
    await journal.close()

    with pytest.raises(JournalDown):
        await journal.append("lyon", 1, [entry(2)], before=LATE)
    with pytest.raises(JournalDown):
        await journal.read("lyon")


async def _epoch(journal: Journal) -> str:
    return (await journal.head("lyon")).epoch


async def _head(journal: Journal, session: str) -> tuple[str, int]:
    head = await journal.head(session)
    return head.epoch, head.version


async def _append(
    journal: Journal, expected: int, new: Sequence[Entry], rows: Sequence[Row] = ()
) -> Appended | Conflict:
    return _unmarked(await journal.append("lyon", expected, new, before=LATE, rows=rows))


def _unmarked(answer: Appended | Conflict) -> Appended | Conflict:
    """Some stores mark their appends with random words."""
    return msgspec.structs.replace(answer, mark="")
