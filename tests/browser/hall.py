"""A hall of open rooms for the browser: many people who are here without a browser of their own."""

from __future__ import annotations

import asyncio
from typing import Any

from facilitation import commands as c
from facilitation.programme import Item, Mode, Programme, RoomsPlan, Side
from rooms.people import ItemId, PersonId, Role
from server.clerk import Clerk
from server.house import House
from server.invited import Invited, Languages
from server.links import Created


def programme() -> Programme:
    return Programme(
        title={"fr": "Dialogue d'essai", "de": "Probegespräch", "en": "Trial dialogue"},
        languages=("fr", "de", "en"),
        sides=(Side("FR", {"fr": "France"}), Side("DE", {"de": "Deutschland"})),
        items=(
            Item(ItemId("door"), {"en": "Arrival", "fr": "Accueil"}, 5, Mode.LOBBY),
            Item(ItemId("talk"), {"en": "Experience", "fr": "Expérience"}, 40, Mode.BREAKOUT, rooms=RoomsPlan()),
        ),
    )


class Hall:
    """A session with a lead, a facilitator and an interpreter for each room, and citizens of two sides."""

    def __init__(self, house: House, made: Created, clerk: Clerk, rooms: int) -> None:
        self.house, self.made, self.clerk, self.rooms = house, made, clerk, rooms
        self._asked = 0
        self.by_role: dict[Role, list[PersonId]] = {}
        for person in clerk.session.people.values():
            self.by_role.setdefault(person.role, []).append(person.id)
        for ids in self.by_role.values():
            ids.sort(key=lambda each: (len(self.clerk.scene.name(each)), self.clerk.scene.name(each)))

    @property
    def lead(self) -> str:
        return self.by_role[Role.LEAD][0]

    def link(self, number: int = 0) -> str:
        return self.made.links[number].url

    async def ask(self, who: str, name: str, **body: Any) -> None:
        self._asked += 1
        answer = await self.clerk.ask(who, f"hall-{self._asked}", name, body, self.house.now(), "en")
        assert "ok" in answer, answer

    async def arrive(self, *people: str) -> None:
        await asyncio.gather(*(self.clerk.house(c.Arrive(person, self.house.worker)) for person in people))

    async def go(self, *people: str) -> None:
        """These have no line any more, and are counted as quiet at once."""
        for person in people:
            await self.clerk.house(c.Leave(person, self.house.worker))
            where = self.clerk.session.attendance.people[PersonId(person)]
            due = (where.left_at or 0) + self.clerk.session.quiet_after
            await self.clerk.house(c.Lapse(person, "quiet", due))

    async def open(self) -> None:
        await self.ask(self.lead, "session.start")
        await self.ask(self.lead, "agenda.next")
        await self.ask(self.lead, "rooms.compose", count=self.rooms)
        await self.ask(self.lead, "rooms.open")

    def people(self, room: str) -> tuple[PersonId, ...]:
        return next(each for each in self.clerk.session.seating.rooms.values() if each.id == room).people

    def staff(self, room: str, role: Role) -> PersonId:
        seated = next(each for each in self.clerk.session.seating.rooms.values() if each.id == room).staff
        return next(each for each in seated if self.clerk.session.people[each].role is role)


async def hall(house: House, rooms: int, size: int = 8) -> Hall:
    people = [Invited("Lead 1", Role.LEAD, Languages(("en", "fr")))]
    for n in range(1, rooms + 1):
        people.append(Invited(f"Facilitator {n}", Role.FACILITATOR, Languages(("en", "fr", "de"))))
        people.append(Invited(f"Interpreter {n}", Role.INTERPRETER, Languages(("fr", "de"))))
    people += [
        Invited(f"Citizen {n}", Role.CITIZEN, Languages(("fr" if n % 2 else "de",)), "FR" if n % 2 else "DE")
        for n in range(1, rooms * size + 1)
    ]
    made = await house.create(programme(), people)
    whole = Hall(house, made, await house.clerk(made.session), rooms)
    await whole.arrive(*(each for role, ids in whole.by_role.items() if role is not Role.LEAD for each in ids))
    return whole
