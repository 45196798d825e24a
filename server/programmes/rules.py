"""Rules as a programme writes them: when something is adopted, and what happens on a tie."""

from __future__ import annotations

import re

from facilitation.programme import Rule
from server.plain import Value
from server.programmes.texts import Frame

BASES = ("yes+no", "cast", "present", "registered")
COMPARES = (">=", ">")
TIES = ("run-off", "lot")
MOST_PARTS = 10_000
MOST_COMPONENTS = 30
_FRACTION = re.compile(r"(0|[1-9][0-9]{0,4})/([1-9][0-9]{0,4})", re.ASCII)


def read_rule(value: Value, frame: Frame) -> Rule:
    fields = value.fields(("threshold", "compare", "base", "quorum", "each-side", "ties", "components"))
    each_side = fields["each-side"].flag() if "each-side" in fields else False
    if each_side and not frame.sides:
        fields["each-side"].blame("each-side-without-sides")
    ties = [each.choice(TIES) for each in fields["ties"].list(len(TIES))] if "ties" in fields else []
    rule = Rule()
    return Rule(
        threshold=read_fraction(fields.get("threshold")) or rule.threshold,
        compare=(fields["compare"].choice(COMPARES) if "compare" in fields else None) or rule.compare,
        base=(fields["base"].choice(BASES) if "base" in fields else None) or rule.base,
        quorum=read_fraction(fields.get("quorum")),
        each_side=each_side,
        ties=tuple(each for each in ties if each is not None),
        components=_components(fields["components"], frame) if "components" in fields else (),
    )


def _components(value: Value, frame: Frame) -> tuple[str, ...]:
    """The sides each of which must agree."""
    found: dict[str, None] = {}
    for each in value.list(MOST_COMPONENTS, least=1):
        side = each.id()
        if side is None:
            continue
        if side not in frame.sides:
            each.blame("no-such-side", value=side)
        elif side in found:
            each.blame("twice", value=side)
        else:
            found[side] = None
    return tuple(found)


def read_fraction(value: Value | None) -> str | None:
    """A share such as "7/10": more than nothing, at most all, in numbers up to 10,000."""
    if value is None:
        return None
    found = _FRACTION.fullmatch(value.raw) if isinstance(value.raw, str) else None
    if found is None or not 0 < int(found[1]) <= int(found[2]) <= MOST_PARTS:
        value.blame("bad-fraction")
        return None
    return found[0]
