"""Links: the one personal address of each person, and the line of the directory that it opens."""

from __future__ import annotations

import msgspec

from rooms.people import Person, PersonId, Role
from server.codes import Codes, new_code, new_id
from server.invited import Invited
from server.journal import Row


class MadeLink(msgspec.Struct, frozen=True):
    """One person's link. The code is known only now: the house keeps its hash."""

    person: str
    name: str
    role: str
    seat: str
    code: str
    url: str


class Created(msgspec.Struct, frozen=True):
    """A new session and its people's links, in the order of the roster."""

    session: str
    links: tuple[MadeLink, ...]


class Links:
    """Makes them. `address` is what they begin with."""

    def __init__(self, codes: Codes, address: str) -> None:
        self._codes = codes
        self._address = address

    def invite(self, invited: Invited) -> tuple[Person, Row, MadeLink]:
        """An invited person as the journal names them, their line in the directory, and their link."""
        code = new_code(staff=invited.role.is_staff)
        row = Row(
            person=new_id(),
            seat=new_id(),
            code=self._codes.hash(code),
            name=invited.name,
            email=invited.email,
            telephone=invited.telephone,
            needs=invited.needs,
            attributes=invited.attributes,
        )
        return _person(row.person, invited), row, self._link(row, invited.role, code)

    def renew(self, row: Row, role: Role) -> tuple[Row, MadeLink]:
        """A new code; the old one opens nothing once the row is kept."""
        code = new_code(staff=role.is_staff)
        renewed = msgspec.structs.replace(row, code=self._codes.hash(code), revoked=False)
        return renewed, self._link(renewed, role, code)

    def _link(self, row: Row, role: Role, code: str) -> MadeLink:
        return MadeLink(row.person, row.name, role, row.seat, code, f"{self._address}/j#{code}")


def _person(person: str, invited: Invited) -> Person:
    languages = invited.languages
    return Person(
        PersonId(person),
        invited.role,
        invited.side,
        languages.speaks,
        languages.understands or languages.speaks,
        invited.group,
    )
