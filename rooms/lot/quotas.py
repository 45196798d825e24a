"""Quotas: of whom a drawn panel must have how many, as a programme says it, and who among the volunteers counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

ANY = "*"
"""Instead of a value: the same bounds for each value there is."""
SPAN = re.compile(r"(\d{1,4})-(\d{1,4})\Z")

Values = Mapping[str, str]
"""What is known of one volunteer, of the attributes that quotas look at."""


class Quota(msgspec.Struct, frozen=True):
    """From `least` to `most` of a panel have this value. `16-25` as a value: whole numbers from and to."""

    attribute: str
    value: str
    least: int
    most: int

    def counts(self, values: Values) -> bool:
        own = values.get(self.attribute, "").strip()
        span = SPAN.match(self.value)
        if span is not None and own.isdecimal():
            return int(span[1]) <= int(own) <= int(span[2])
        return own.casefold() == self.value.casefold()


def spelled_out(quotas: Sequence[Quota], people: Sequence[Values]) -> tuple[Quota, ...]:
    """The quotas with one for each value there is in place of `*`; those that bind first named keep their own."""
    found: list[Quota] = []
    for quota in quotas:
        if quota.value != ANY:
            found.append(quota)
            continue
        own = {each.value.casefold() for each in quotas if each.attribute == quota.attribute}
        there = {each.get(quota.attribute, "").strip() for each in people}
        seen: set[str] = set()
        for value in sorted(there - {""}):
            if value.casefold() not in own | seen:
                seen.add(value.casefold())
                found.append(msgspec.structs.replace(quota, value=value))
    return tuple(found)


def kept(quotas: Sequence[Quota], people: Sequence[Values]) -> bool:
    """Whether these people together keep every quota."""
    return all(quota.least <= sum(map(quota.counts, people)) <= quota.most for quota in quotas)
