"""People out of the rows of a roster, by what each column means, or every fault by its row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from facilitation.programme import Side
from rooms.people import Role
from server.faults import Fault
from server.invited import Invited, Languages
from server.roster.contacts import is_email, is_telephone
from server.roster.headings import ATTRIBUTE, MEANINGS, SEVERAL, by_meaning
from server.roster.languages import UnknownLanguage, find_languages
from server.roster.reading import (
    MOST_LETTERS,
    MOST_LETTERS_OF_NEEDS,
    Place,
    Reading,
    companions,
    emails_twice,
    warnings,
)
from server.roster.roles import find_role
from server.roster.sides import Sides
from server.roster.table import Line, Table
from server.roster.words import clean, is_broken

NAMES = ("name", "first-name", "last-name")


def read(table: Table, mapping: Mapping[int, str], sides: Sequence[Side], languages: Sequence[str]) -> Reading:
    """The people of a table. `mapping` gives each column (from 0) a meaning; columns not in it are ignored.

    `sides` and `languages` are the programme's. With any fault there are no people.
    """
    faults = _mapping_faults(table, mapping)
    if faults:
        return Reading(faults=tuple(faults))
    book = Sides(sides)
    rows = [_Row(table, by_meaning(mapping), line) for line in table.lines]
    people = [(row.person(book), row.place()) for row in rows]
    faults = [fault for row in rows for fault in row.faults] + emails_twice(people) + companions(people)
    found = tuple(warnings(people, languages))
    if faults:
        return Reading(faults=tuple(sorted(faults, key=lambda fault: fault.row or 0)), warnings=found)
    return Reading(people=tuple(person for person, _ in people), warnings=found)


def _mapping_faults(table: Table, mapping: Mapping[int, str]) -> list[Fault]:
    row, faults = table.heading_row, []
    for index, meaning in sorted(mapping.items()):
        if index not in range(len(table.headings)):
            faults.append(Fault("no-such-column", row=row, params={"number": index + 1}))
        elif meaning not in MEANINGS:
            faults.append(Fault("unknown-meaning", row=row, column=table.headings[index], params={"meaning": meaning}))
    if faults:
        return faults
    columns = by_meaning(mapping)
    faults = [
        Fault("meaning-twice", row=row, column=table.headings[index], params={"other": table.headings[indexes[0]]})
        for meaning, indexes in columns.items()
        if meaning not in SEVERAL
        for index in indexes[1:]
    ]
    if not any(name in columns for name in NAMES):
        faults.append(Fault("no-name-column", row=row))
    return faults


class _Row:
    """One row being read; what is wrong in it gathers in `faults`."""

    def __init__(self, table: Table, columns: Mapping[str, list[int]], line: Line) -> None:
        self.table = table
        self.columns = columns
        self.line = line
        self.faults: list[Fault] = []

    def person(self, sides: Sides) -> Invited:
        self._beyond_the_headings()
        role = self._role()
        speaks = self._languages("speaks")
        return Invited(
            name=self._name(),
            role=role,
            languages=Languages(speaks, self._languages("understands") or speaks),
            side=self._side(sides, role),
            group=self._text("group"),
            attributes=self._attributes(),
            email=self._email(),
            telephone=self._telephone(),
            needs="; ".join(self._texts("needs", MOST_LETTERS_OF_NEEDS)) or None,
            accompanies=self._text("accompanies"),
        )

    def place(self) -> Place:
        name = next(meaning for meaning in NAMES if meaning in self.columns)
        return Place(self._fault("", name), self._fault("", "email"), self._fault("", "accompanies"))

    def _fault(self, reason: str, meaning: str, nth: int = 0, **params: str | int) -> Fault:
        indexes = self.columns.get(meaning)
        column = self.table.headings[indexes[nth]] if indexes else None
        return Fault(reason, row=self.line.number, column=column, params=params)

    def _blame(self, reason: str, meaning: str, nth: int = 0, **params: str | int) -> None:
        self.faults.append(self._fault(reason, meaning, nth, **params))

    def _name(self) -> str:
        """The whole name, or first and last name; one of them is enough."""
        parts = self._texts("name", MOST_LETTERS)
        parts = parts or [part for meaning in NAMES[1:] for part in self._texts(meaning, MOST_LETTERS)]
        name = " ".join(parts)
        meaning = next(meaning for meaning in NAMES if meaning in self.columns)
        if not name and not any(map(self._was_blamed, NAMES)):
            self._blame("empty-name", meaning)
        elif len(name) > MOST_LETTERS:
            self._blame("too-long", meaning, most=MOST_LETTERS)
        return name

    def _role(self) -> Role:
        text = self._text("role")
        role = find_role(text) if text else Role.CITIZEN
        if role is None:
            self._blame("unknown-role", "role", value=text or "")
        return role or Role.CITIZEN

    def _side(self, sides: Sides, role: Role) -> str | None:
        text = self._text("side")
        side = sides.find(text) if text else None
        if text and side is None:
            self._blame("unknown-side" if sides else "no-sides", "side", value=text, sides=sides.shown)
        if not text and sides and role is Role.CITIZEN and not self._was_blamed("side"):
            self._blame("side-missing", "side", sides=sides.shown)
        return side

    def _languages(self, meaning: str) -> tuple[str, ...]:
        codes: dict[str, None] = {}
        for nth, text in self._cells(meaning, MOST_LETTERS):
            try:
                codes.update(dict.fromkeys(find_languages(text)))
            except UnknownLanguage as unknown:
                self._blame("unknown-language", meaning, nth, value=str(unknown))
        return tuple(codes)

    def _email(self) -> str | None:
        text = self._text("email")
        if text and not is_email(text):
            self._blame("bad-email", "email", value=text)
            return None
        return text

    def _telephone(self) -> str | None:
        text = self._text("telephone")
        if text and not is_telephone(text):
            self._blame("bad-telephone", "telephone", value=text)
            return None
        return text

    def _attributes(self) -> dict[str, str]:
        cells = dict(self._cells(ATTRIBUTE, MOST_LETTERS))
        indexes = self.columns.get(ATTRIBUTE, [])
        return {self.table.headings[index]: cells[nth] for nth, index in enumerate(indexes) if nth in cells}

    def _text(self, meaning: str) -> str | None:
        return next(iter(self._texts(meaning, MOST_LETTERS)), None)

    def _texts(self, meaning: str, most: int) -> list[str]:
        return [text for _, text in self._cells(meaning, most)]

    def _cells(self, meaning: str, most: int) -> list[tuple[int, str]]:
        """The filled cells of a meaning that can be shown and are not too long, with their number among them."""
        found = []
        for nth, index in enumerate(self.columns.get(meaning, [])):
            raw = self.line.cells[index] if index < len(self.line.cells) else ""
            text = clean(raw)
            if is_broken(text):
                self._blame("control-character", meaning, nth)
            elif len(text) > most:
                self._blame("too-long", meaning, nth, most=most)
            elif text:
                found.append((nth, text))
        return found

    def _was_blamed(self, meaning: str) -> bool:
        column = self._fault("", meaning).column
        return column is not None and any(fault.column == column for fault in self.faults)

    def _beyond_the_headings(self) -> None:
        for cell in self.line.cells[len(self.table.headings) :]:
            if clean(cell):
                value = clean(cell)[:40]
                self.faults.append(Fault("cell-without-heading", row=self.line.number, params={"value": value}))
                return
