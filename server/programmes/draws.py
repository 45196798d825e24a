"""Draws by lot as a programme foresees them."""

from __future__ import annotations

from facilitation.draws import EVERYBODY, VOLUNTEERS
from facilitation.programme import DrawPlan
from server.plain import Value

FIELDS = ("seats", "substitutes", "among", "groups", "differ", "quotas")
MOST_SEATS = 500
MOST_ATTRIBUTES = 10
MOST_VALUES = 100
NAME = 64
BOUNDS = 2


def read_draw(value: Value) -> DrawPlan:
    fields = value.fields(FIELDS, required=("seats",))
    seats = fields["seats"].whole(1, MOST_SEATS) if "seats" in fields else None
    quotas = _quotas(fields["quotas"]) if "quotas" in fields else {}
    groups = [each.text(NAME) for each in fields["groups"].list(5)] if "groups" in fields else []
    plan = DrawPlan(
        seats=seats or 1,
        substitutes=(fields["substitutes"].whole(0, MOST_SEATS) if "substitutes" in fields else None) or 0,
        among=(fields["among"].choice((VOLUNTEERS, EVERYBODY)) if "among" in fields else None) or VOLUNTEERS,
        groups=tuple(each for each in groups if each is not None),
        differ=(fields["differ"].text(NAME) if "differ" in fields else None) or "",
        quotas=quotas,
    )
    for name in ("groups", "differ"):
        if plan.quotas and name in fields:
            fields[name].blame("pencil-or-quotas")
    _look_for_misfits(fields, plan)
    return plan


def _quotas(value: Value) -> dict[str, dict[str, tuple[int, int]]]:
    """`{attribute: {value: [least, most]}}`."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for attribute, own in value.entries(MOST_ATTRIBUTES).items():
        found[attribute] = {}
        for word, bounds in own.entries(MOST_VALUES).items():
            pair = [each.whole(0, MOST_SEATS) for each in bounds.list(BOUNDS, least=BOUNDS)]
            if len(pair) != BOUNDS or pair[0] is None or pair[1] is None:
                continue
            if pair[0] > pair[1]:
                bounds.blame("least-over-most")
            found[attribute][word] = (pair[0], pair[1])
    return found


def _look_for_misfits(fields: dict[str, Value], plan: DrawPlan) -> None:
    """Quotas of one attribute that no panel of that size can keep."""
    for attribute, values in plan.quotas.items():
        if sum(least for least, _ in values.values()) > plan.seats and "*" not in values and not _overlap(values):
            fields["quotas"].blame("quotas-over-seats", attribute=attribute, seats=plan.seats)


def _overlap(values: dict[str, tuple[int, int]]) -> bool:
    """Spans of numbers may share people, so their bounds do not simply add up."""
    return any("-" in value for value in values)
