"""Chance: the same numbers from the same seed, everywhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rooms.chance import Chance


def test_it_is_splitmix64() -> None:
    chance = Chance(0)

    numbers = [chance.next() for _ in range(3)]

    assert numbers == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


@given(st.integers(), st.integers(1, 1 << 64))
def test_a_number_stays_below_its_bound(seed: int, bound: int) -> None:
    assert 0 <= Chance(seed).below(bound) < bound


@given(st.integers(), st.lists(st.integers()))
def test_a_shuffled_deck_has_the_same_cards_and_the_same_order_again(seed: int, deck: list[int]) -> None:
    once = Chance(seed).shuffled(deck)

    assert sorted(once) == sorted(deck)
    assert Chance(seed).shuffled(deck) == once
