"""Rosters: the table of people that recruiters make, read in two steps so that somebody can look before it counts.

`open_table` reads the file, `recognise` says what each column was taken for, a person confirms or changes that, and
`read` gives the people or every fault. `people_from_json` reads the same people from a call. `sheets` writes links.
"""

from __future__ import annotations

from server.invited import Invited, Languages
from server.roster.headings import ATTRIBUTE, IGNORE, MEANINGS, Column, mapping_of, recognise
from server.roster.people import people_from_json
from server.roster.reading import Reading
from server.roster.rows import read
from server.roster.table import MOST_BYTES, Table, open_table

__all__ = [
    "ATTRIBUTE",
    "IGNORE",
    "MEANINGS",
    "MOST_BYTES",
    "Column",
    "Invited",
    "Languages",
    "Reading",
    "Table",
    "mapping_of",
    "open_table",
    "people_from_json",
    "read",
    "recognise",
]
