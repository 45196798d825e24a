"""What the operator is told about a store's settings, and how the store's time and its silence are known."""

from __future__ import annotations

import msgspec
import pytest

from server.journal import JournalDown
from server.journal.redis.reach import Reach, StoreClock
from server.journal.redis.settings import Settings, objection, promise, read_settings, weakest

SAFE = Settings(program="Redis", version="7.2.4", eviction="noeviction", appends=True, fsync="always", snapshots=True)


def settings(**changes: object) -> Settings:
    return msgspec.structs.replace(SAFE, **changes)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (SAFE, "a power cut loses nothing"),
        (settings(fsync="everysec"), "a power cut the last second or two"),
        (settings(fsync="no"), "perhaps the last half minute"),
        (settings(fsync=None), "does not tell how it keeps things"),
        (settings(appends=None, fsync=None), "does not tell how it keeps things"),
        (settings(appends=False), "any crash loses all that came after the last one. Set appendonly to yes"),
        (settings(appends=False, snapshots=None), "a crash may lose everything. Set appendonly to yes"),
        (settings(appends=False, snapshots=False), "when it stops, all sessions are gone. Set appendonly to yes"),
        (settings(replicas=1), "1 replica follows a moment later"),
        (settings(replicas=2), "2 replicas follow a moment later"),
        (settings(eviction=None), "could not be checked"),
    ],
)
def test_the_promise_is_one_line_and_says_what_is_lost(told: Settings, expected: str) -> None:
    line = promise(told)

    assert expected in line
    assert line.startswith("Redis 7.2.4 ")
    assert "\n" not in line


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (settings(version="6.2.14"), "is Redis 6.2.14, which is too old: Redis 7.0 or Valkey 8.0 or newer is needed"),
        (settings(program="Valkey", version="7.2.8"), "is Valkey 7.2.8, which is too old"),
        (settings(eviction="allkeys-lru"), "maxmemory-policy is allkeys-lru"),
        (settings(copy=True), "give the address of the primary"),
    ],
)
def test_a_server_on_which_the_house_cannot_live_is_refused(told: Settings, expected: str) -> None:
    assert expected in (objection(told) or "")


def test_a_server_that_is_new_enough_is_taken() -> None:
    assert objection(SAFE) is None
    assert objection(settings(version="8.0.1")) is None
    assert objection(settings(program="Valkey", version="8.0.0")) is None
    assert objection(settings(eviction=None)) is None


def test_settings_are_read_from_what_either_server_tells() -> None:
    info = {"redis_version": "7.2.4", "server_name": "valkey", "valkey_version": "9.1.2", "cluster_enabled": 1}

    told = read_settings({**info, "aof_enabled": 1, "role": "master"}, {"appendfsync": "always", "save": ""})

    assert told == Settings(
        program="Valkey", version="9.1.2", cluster=True, appends=True, fsync="always", snapshots=False
    )


def test_a_cluster_promises_what_its_weakest_server_does() -> None:
    servers = [SAFE, settings(fsync="everysec"), settings(fsync="no"), settings(appends=False)]

    assert weakest(servers) == servers[3]
    assert weakest(servers[:3]) == servers[2]
    assert weakest(servers[:2]) == servers[1]


class Hand:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_store_is_unreachable_since_its_last_answer_once_an_attempt_has_failed() -> None:
    hand = Hand()
    reach = Reach(hand)

    hand.at = 5
    assert reach.unreachable() == 0
    reach.failed()
    hand.at = 7
    assert (reach.unreachable(), reach.steady()) == (7, 0)
    reach.answered()
    hand.at = 10

    assert (reach.unreachable(), reach.steady()) == (0, 3)


def test_a_connection_that_broke_makes_the_reach_begin_again() -> None:
    hand = Hand()
    reach = Reach(hand)

    hand.at = 20
    reach.broke()
    hand.at = 21

    assert (reach.unreachable(), reach.steady()) == (0, 1)


def test_the_measurement_with_the_shortest_way_tells_the_time() -> None:
    hand = Hand()
    clock = StoreClock(Reach(hand), hand)

    clock.measured(10.0, 10.01, 1010.005)
    clock.measured(11.0, 11.4, 1011.39)
    hand.at = 12

    assert clock.now() == 1_012_000


def test_a_clock_that_was_set_is_believed_at_once() -> None:
    hand = Hand()
    clock = StoreClock(Reach(hand), hand)

    clock.measured(10.0, 10.01, 1010.005)
    clock.measured(11.0, 11.02, 2011.01)
    hand.at = 12

    assert clock.now() == 2_012_000


def test_time_is_not_known_before_it_was_measured_or_after_the_store_was_silent_for_two_seconds() -> None:
    hand = Hand()
    reach = Reach(hand)
    clock = StoreClock(reach, hand)

    with pytest.raises(JournalDown):
        clock.now()
    clock.measured(0, 0, 100)
    reach.failed()
    hand.at = 1.9
    assert clock.now() == 101_900
    hand.at = 2.1
    with pytest.raises(JournalDown):
        clock.now()
