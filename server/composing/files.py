"""The file of an instance, and the plan that is printed: JSON, people by their place in the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from rooms.composing.case import CannotCompose, Case, Host, Limit, Member, Round
from rooms.composing.plan import Plan
from web.composewords import breach_words, reason_words


class BadInstance(Exception):
    """The file is not an instance; the message is one line for whoever made it."""


class _Host(msgspec.Struct):
    """A facilitator as in a file: languages as a list, or with levels."""

    id: str
    langs: list[str] | dict[str, int] = []


class _Instance(msgspec.Struct):
    people: tuple[Member, ...]
    rounds: tuple[Round, ...]
    level: int = 3
    balance: dict[str, float] = {}
    together: tuple[tuple[int, ...], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    facilitators: list[_Host] = []
    history: tuple[tuple[tuple[int, ...], ...], ...] = ()
    limits: tuple[Limit, ...] = ()


def read_case(path: Path) -> Case:
    """The case in that file. Raises `BadInstance`."""
    try:
        given = msgspec.json.decode(path.read_bytes(), type=_Instance, strict=True)
    except OSError as error:
        raise BadInstance(f"cannot read {path}: {(error.strerror or 'unreadable').lower()}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInstance(f"{path} is not an instance: {error}") from error
    for number, plan in enumerate(given.rounds):
        if any(room.lo < 0 or room.lo > room.hi for room in plan.rooms):
            raise BadInstance(f"{path}: round {number + 1} has a room whose lo is not between 0 and hi")
    return Case(
        people=given.people,
        rounds=given.rounds,
        level=given.level,
        balance=given.balance,
        together=given.together,
        apart=given.apart,
        facilitators=tuple(Host(each.id, _languages(each.langs, given.level)) for each in given.facilitators),
        history=given.history,
        limits=given.limits,
    )


def _languages(langs: list[str] | dict[str, int], level: int) -> tuple[str, ...]:
    if isinstance(langs, dict):
        return tuple(code for code, reached in langs.items() if reached >= level)
    return tuple(langs)


def plan_as_data(plan: Plan, lang: str = "en") -> dict[str, Any]:
    """The plan as it is printed; rooms in the order of the instance, what is said in `lang`."""
    data: dict[str, Any] = {
        "rounds": [
            {"rooms": each.rooms, "langs": each.langs, "facilitators": each.facilitators} for each in plan.rounds
        ],
        "violations": [breach_words(each, lang) for each in plan.violations],
        "iterations": plan.iterations,
        "seed": plan.seed,
    }
    if plan.relaxed:
        data["relaxed"] = [reason_words(each, lang) for each in plan.relaxed]
    return data


def reasons_as_data(cannot: CannotCompose, lang: str = "en") -> dict[str, list[str]]:
    return {"infeasible": [reason_words(each, lang) for each in cannot.reasons]}
