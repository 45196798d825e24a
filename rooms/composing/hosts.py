"""Facilitators and note-takers for the rooms of a round: one each, in a language of the room, by augmenting paths."""

from __future__ import annotations

from collections.abc import Sequence

from rooms.composing.case import ANY, CannotCompose, Case, Host, Reason, Why


def languages_used(case: Case, number: int, rooms: Sequence[Sequence[int]], uses: dict[int, str]) -> list[list[str]]:
    """The languages of each room: those given, or where they are open those that its people use."""
    found: list[list[str]] = []
    for table, seated in zip(case.rounds[number].rooms, rooms, strict=True):
        if ANY in table.langs:
            found.append([])
        elif table.langs:
            found.append(list(table.langs))
        else:
            found.append(sorted({uses[person] for person in seated} - {""}))
    return found


def place(case: Case, number: int, languages: Sequence[Sequence[str]], taken: Sequence[bool]) -> list[str]:
    """A facilitator for each room with people (`taken`), "" for the others. Raises where languages do not allow it."""
    hosts = case.facilitators
    if not hosts:
        return []
    found = matched(hosts, number, languages, taken)
    for room, here in enumerate(taken):
        if here and not found[room]:
            speaking = sum(_fits(host, languages[room]) for host in hosts)
            table = case.rounds[number].rooms[room]
            raise CannotCompose(
                Reason(
                    Why.FACILITATOR_LANGUAGE, number, languages=tuple(languages[room]), rooms=(table.id,),
                    seats=speaking,
                )
            )  # fmt: skip
    return found


def matched(
    hosts: Sequence[Host], number: int, languages: Sequence[Sequence[str]], wanted: Sequence[bool]
) -> list[str]:
    """For as many of the rooms that want one as can be somebody who has a language of the room, "" for the others."""
    host_of: dict[int, int] = {}
    room_of: dict[int, int] = {}

    def seek(room: int, seen: set[int]) -> bool:
        # Who speaks most of the room's languages is asked first, and round by round somebody else.
        order = sorted(
            (host for host in range(len(hosts)) if _fits(hosts[host], languages[room])),
            key=lambda host: (-len(set(hosts[host].langs) & set(languages[room])), (host + room + number) % len(hosts)),
        )
        for host in order:
            if host in seen:
                continue
            seen.add(host)
            if host not in room_of or seek(room_of[host], seen):
                room_of[host], host_of[room] = room, host
                return True
        return False

    for room, wants in enumerate(wanted):
        if wants:
            seek(room, set())
    return [hosts[host_of[room]].id if room in host_of else "" for room in range(len(wanted))]


def _fits(host: Host, languages: Sequence[str]) -> bool:
    return not languages or not set(host.langs).isdisjoint(languages)
