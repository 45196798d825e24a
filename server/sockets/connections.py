"""Who is connected here, by session and person, in the order in which they came."""

from __future__ import annotations

from collections.abc import Iterator

from server.sockets.connection import Connection


class Connections:
    """The open connections of this process. The gate adds and drops them; the house reads."""

    def __init__(self) -> None:
        self._by_id: dict[str, Connection] = {}
        self._by_session: dict[str, dict[str, Connection]] = {}
        self._by_person: dict[tuple[str, str], dict[str, Connection]] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Connection]:
        return iter(tuple(self._by_id.values()))

    def of(self, session: str, person: str) -> tuple[Connection, ...]:
        """One person's, the oldest first; without those that are being closed."""
        return tuple(each for each in self._by_person.get((session, person), {}).values() if each.open)

    def in_session(self, session: str) -> tuple[Connection, ...]:
        return tuple(self._by_session.get(session, {}).values())

    def add(self, connection: Connection) -> None:
        self._by_id[connection.id] = connection
        self._by_session.setdefault(connection.session, {})[connection.id] = connection
        if connection.person is not None:
            self._by_person.setdefault((connection.session, connection.person), {})[connection.id] = connection

    def drop(self, connection: Connection) -> None:
        if self._by_id.pop(connection.id, None) is None:
            return
        self._by_session[connection.session].pop(connection.id)
        if not self._by_session[connection.session]:
            del self._by_session[connection.session]
        if connection.person is not None:
            theirs = self._by_person[connection.session, connection.person]
            del theirs[connection.id]
            if not theirs:
                del self._by_person[connection.session, connection.person]
