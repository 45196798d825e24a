"""The register: which link opens which seat, kept in memory so that thousands who come at once ask the store once.

Rules:
- The journal is asked about a link that is not known here, and then everybody of its session is.
- Whoever's line in the directory changes is forgotten, here at once, elsewhere when the news of it comes; until then
  another process may still let them in, and cuts them off when it hears.
- A link that opens nothing is never remembered.
"""

from __future__ import annotations

from server.journal import Journal, Row

Held = tuple[str, Row]


class Register:
    """The links of the sessions that this process serves."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._by_code: dict[str, Held] = {}
        self._by_seat: dict[str, Held] = {}
        self._rows: dict[str, dict[str, Row]] = {}

    async def holder(self, code_hash: str) -> Held | None:
        """The session and row of whoever holds the code with that hash. Raises JournalDown."""
        known = self._by_code.get(code_hash)
        return known or await self._read(await self._journal.holder(code_hash))

    async def seat(self, seat: str) -> Held | None:
        """The session and row of a link's public id. Raises JournalDown."""
        known = self._by_seat.get(seat)
        return known or await self._read(await self._journal.seat(seat))

    def forget(self, session: str, person: str | None = None) -> None:
        """Their line has changed; without a person, everybody's may have."""
        rows = self._rows.pop(session, {})
        if person is not None and rows:
            gone = rows.pop(person, None)
            self._rows[session] = rows
            rows = {} if gone is None else {person: gone}
        for row in rows.values():
            self._by_seat.pop(row.seat, None)
            self._by_code.pop(row.code or "", None)

    async def _read(self, found: Held | None) -> Held | None:
        if found is None:
            return None
        session, row = found
        rows = [row] if session in self._rows else await self._journal.rows(session)
        for each in rows:
            self._rows.setdefault(session, {})[each.person] = each
            self._by_seat[each.seat] = (session, each)
            if each.code is not None:
                self._by_code[each.code] = (session, each)
        return found
