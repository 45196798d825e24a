"""What comes out of a roster: people or faults, and what holds between people: no two with one address."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rooms.people import NOT_HELPERS, Role
from server.faults import Fault, Faults
from server.invited import Invited

MOST_PEOPLE = 10_000
MOST_LETTERS = 200
MOST_LETTERS_OF_NEEDS = 1_000
MOST_ATTRIBUTES = 200


class Reading(msgspec.Struct, frozen=True):
    """What came out of a roster: people, or faults and nobody. Warnings stand beside either."""

    people: tuple[Invited, ...] = ()
    faults: Faults = ()
    warnings: Faults = ()


class Place(msgspec.Struct, frozen=True):
    """Where a person stands in the file or call: a fault of their name or address would be there."""

    name: Fault
    email: Fault
    accompanies: Fault = Fault("")


def at(place: Fault, reason: str, **params: str | int) -> Fault:
    """A fault of this reason in that place."""
    return msgspec.structs.replace(place, reason=reason, params=params)


def emails_twice(people: Sequence[tuple[Invited, Place]]) -> list[Fault]:
    first: dict[str, str] = {}
    faults = []
    for person, place in people:
        if person.email is None:
            continue
        email = person.email.casefold()
        if email in first:
            faults.append(at(place.email, "email-twice", other=first[email]))
        first.setdefault(email, person.name)
    return faults


def companions(people: Sequence[tuple[Invited, Place]]) -> list[Fault]:
    """Whoever accompanies somebody must name one person of the list, who accompanies nobody."""
    by_name: dict[str, list[Invited]] = {}
    for person, _ in people:
        by_name.setdefault(person.name.casefold(), []).append(person)
    faults = []
    for person, place in people:
        if person.accompanies is None:
            continue
        others = by_name.get(person.accompanies.casefold(), [])
        if len(others) != 1:
            reason = "accompanies-several" if others else "accompanies-nobody"
            faults.append(at(place.accompanies, reason, other=person.accompanies))
        elif person.role in NOT_HELPERS or others[0].accompanies is not None:
            faults.append(at(place.accompanies, "cannot-accompany"))
    return faults


def warnings(people: Sequence[tuple[Invited, Place]], languages: Sequence[str]) -> list[Fault]:
    """What somebody should look at: the same name twice, people whom no language reaches, no lead facilitator."""
    found = []
    names: set[str] = set()
    for person, place in people:
        name = person.name.casefold()
        if name in names:
            found.append(at(place.name, "name-twice", name=person.name))
        names.add(name)
        if _is_out_of_reach(person, languages):
            found.append(at(place.name, "no-shared-language", name=person.name))
    if people and not any(person.role is Role.LEAD for person, _ in people):
        found.append(Fault("no-lead"))
    return found


def _is_out_of_reach(person: Invited, languages: Sequence[str]) -> bool:
    known = {*person.languages.speaks, *person.languages.understands}
    return bool(known and languages) and known.isdisjoint(languages)
