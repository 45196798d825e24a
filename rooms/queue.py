"""The order of the hands: five ways to decide who speaks next, each fair in its own sense.

Rules:
- Every hand has exactly one place, whatever the rule. Lowering or giving changes nothing about the others' order
  among themselves unless the rule says so. Ties are broken by the order of hands.
- Points of order come first, in the order of hands: what they are about is how to go on.
- `hands`: in the order in which they were raised.
- `least-time`: who has had least of the floor so far comes first; who speaks at this moment comes after all others.
- `alternate-sides`: the sides take turns. The next one is not the side that spoke last, where another waits; of several
  it is the one with fewest places so far, then the one that has had least time. Who has no side is a side of their own
  together. Within a side, the order of hands.
- `first-timers`: who has not had the floor yet comes before all others; in both halves the order of hands.
- `lot`: drawn from a seed; who speaks at this moment comes after all others. A person keeps their lot until they have
  spoken, so lowering a hand and raising it again draws no better one, and a new hand never changes how those who wait
  stand to each other.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence

from rooms.chance import Chance
from rooms.floor import Hand
from rooms.people import PersonId

RULES = ("hands", "least-time", "alternate-sides", "first-timers", "lot")
POINT_OF_ORDER = "point-of-order"


def queued(
    rule: str,
    hands: Sequence[Hand],
    heard: Callable[[PersonId], int | None],
    *,
    speaking: PersonId | None = None,
    side: Callable[[PersonId], str] = lambda _: "",
    spoken: Mapping[str, int] | None = None,
    last: str | None = None,
    seed: int = 0,
) -> list[Hand]:
    """The hands in the order in which they come.

    `heard` is how long (ms) somebody has had the floor, None for who never had it. For `alternate-sides`: `spoken` is
    how long each side has had, `last` the side that speaks now or spoke last.
    """
    order = [hand for hand in hands if hand.kind == POINT_OF_ORDER]
    others = [hand for hand in hands if hand.kind != POINT_OF_ORDER]
    match rule:
        case "least-time":
            others.sort(key=lambda hand: (hand.person == speaking, heard(hand.person) or 0))
        case "first-timers":
            others.sort(key=lambda hand: hand.person == speaking or heard(hand.person) is not None)
        case "lot":
            others.sort(key=lambda hand: (hand.person == speaking, lot(seed, hand.person, heard(hand.person))))
        case "alternate-sides":
            others = _alternating(others, side, spoken or {}, last)
        case _:
            pass
    return order + others


def lot(seed: int, person: PersonId, heard: int | None) -> int:
    """The number that somebody draws; another one once they have spoken. The lowest comes first."""
    number = seed if heard is None else seed + heard + 1
    for byte in person.encode():
        number = Chance(number ^ byte).next()
    return number


def _alternating(
    hands: Sequence[Hand], side: Callable[[PersonId], str], spoken: Mapping[str, int], last: str | None
) -> list[Hand]:
    waiting: dict[str, deque[tuple[int, Hand]]] = {}
    for position, hand in enumerate(hands):
        waiting.setdefault(side(hand.person), deque()).append((position, hand))
    places: Counter[str] = Counter()
    order: list[Hand] = []
    while waiting:
        others = [each for each in waiting if each != last] or [*waiting]
        last = min(others, key=lambda each: (places[each], spoken.get(each, 0), waiting[each][0][0]))
        order.append(waiting[last].popleft()[1])
        places[last] += 1
        if not waiting[last]:
            del waiting[last]
    return order
