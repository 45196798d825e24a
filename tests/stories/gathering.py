"""Who takes part in a day of the programme a1b: a lead, eighty citizens, facilitators, teams of two interpreters."""

from __future__ import annotations

from rooms.people import Role
from server.demo.cast import cast
from server.house import House
from server.invited import Invited
from server.links import Created
from server.programmes import template

CITIZENS = 80
MANY = {Role.LEAD: 1, Role.FACILITATOR: 10, Role.INTERPRETER: 20, Role.CITIZEN: CITIZENS}
MISSING = 6
MORNING, LUNCH, AFTERNOON = "works-fails", "lunch", "candidates"


async def gathered(house: House) -> Created:
    """A session with the people whom the demo has too: of two sides and all ages; half understand both languages."""
    people: list[Invited] = []
    for person in cast(template("a1b"), CITIZENS):
        if sum(each.role is person.role for each in people) < MANY.get(person.role, 0):
            people.append(person)
    return await house.create(template("a1b"), people)
