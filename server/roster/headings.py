"""The headings of a roster: what each column is taken for, shown with samples so that a person can confirm it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from server.roster.table import Table
from server.roster.words import clean, squeeze

ATTRIBUTE = "attribute"
IGNORE = "ignore"
FIELDS = (
    "name",
    "first-name",
    "last-name",
    "role",
    "side",
    "speaks",
    "understands",
    "group",
    "email",
    "telephone",
    "needs",
    "accompanies",
)
MEANINGS = (*FIELDS, ATTRIBUTE, IGNORE)
"""All that a column can mean; an attribute is kept under its heading."""
SEVERAL = frozenset({"speaks", "understands", "needs", ATTRIBUTE, IGNORE})
"""What several columns may give together."""
SAMPLES = 3

_NAMES: dict[str, str] = {
    "name": """name | full name | nom complet | nom et prénom | prénom et nom | nom prénom | prénom nom | nom / prénom
        vollständiger name | vor- und nachname | vorname nachname | name, vorname | vorname und nachname | person
        participant | teilnehmer | teilnehmer/in | nom et prénoms | display name | nom affiché | anzeigename""",
    "first-name": """first name | firstname | given name | forename | christian name | prénom | prénoms | prénom(s)
        vorname | vornamen | vorname(n) | rufname | prénom usuel""",
    "last-name": """last name | lastname | surname | family name | nom de famille | nom d'usage | nachname
        familienname | zuname""",
    "role": """role | rôle | rolle | function | fonction | funktion | qualité | statut | type de participant
        participant type""",
    "speaks": """languages spoken | language spoken | spoken languages | spoken language | speaks | language
        languages | mother tongue | native language | first language | main language | preferred language
        langue parlée | langues parlées | langue(s) parlée(s) | parle | langue | langues | langue(s)
        langue maternelle | langue principale | langue de travail
        sprache | sprachen | sprache(n) | gesprochene sprache | gesprochene sprachen | gesprochene sprache(n)
        spricht | muttersprache | erstsprache | hauptsprache | arbeitssprache | sprachkenntnisse""",
    "understands": """understands | languages understood | language understood | understood languages | also understands
        comprend | langue comprise | langues comprises | langue(s) comprise(s) | comprend aussi | comprend également
        versteht | verstandene sprache | verstandene sprachen | verstandene sprache(n) | versteht auch
        versteht außerdem""",
    "side": """side | country | country of residence | nation | country side | delegation
        côté | pays | pays de résidence | délégation | partie
        seite | land | wohnsitzland | wohnland | länderseite | delegation""",
    "group": """group | table | working group | room | group number | table number | theme group | room name
        groupe | groupe de travail | numéro de table | numéro de groupe | n° de table | n° de groupe | salle
        groupe thématique
        gruppe | tisch | arbeitsgruppe | gruppennummer | tischnummer | tisch-nr. | gruppen-nr. | raum | themengruppe""",
    "email": """e-mail | email | mail | e-mail address | email address | mail address
        courriel | adresse e-mail | adresse mail | adresse courriel | adresse électronique | mél | mèl
        e-mail-adresse | mailadresse | e-mailadresse | emailadresse""",
    "telephone": """telephone | phone | telephone number | phone number | mobile | mobile phone | cell phone | cell
        mobile number | tel | tel. | tel. no.
        téléphone | tél | tél. | numéro de téléphone | portable | téléphone portable | téléphone mobile
        n° de téléphone
        telefon | telefonnummer | handy | handynummer | mobil | mobilnummer | mobiltelefon | rufnummer | tel.-nr.""",
    "needs": """needs | special needs | access needs | accessibility | accessibility needs | requirements
        besoins | besoins particuliers | besoins spécifiques | accessibilité | besoins d'accessibilité
        bedarf | bedarfe | besonderer bedarf | bedürfnisse | besondere bedürfnisse | unterstützungsbedarf
        barrierefreiheit | unterstützung""",
    "accompanies": """accompanies | helper of | helps | companion of | interpreter of | accompagne | accompagnant de
        accompagnante de | aidant de | interprète de
        begleitet | begleitung von | begleitperson von | assistenz von""",
}
_MEANINGS = {
    squeeze(name): field for field, names in _NAMES.items() for name in re.split(r"[|\n]", names) if name.strip()
}
_LAST_OR_WHOLE = frozenset({"nom", "name", "nomde", "noms"})
"""A family name beside a first name, else the whole name."""


class Column(msgspec.Struct, frozen=True):
    """One column: its place (from 0), its heading, what it is taken for, and the first values in it."""

    index: int
    heading: str
    meaning: str
    samples: tuple[str, ...]


def recognise(table: Table) -> tuple[Column, ...]:
    """What each column is taken for; two columns of one meaning: the first has it, the other is an attribute."""
    has_first = any(_meaning(heading) == "first-name" for heading in table.headings)
    taken: set[str] = set()
    columns = []
    for index, heading in enumerate(table.headings):
        meaning = _meaning(heading)
        if squeeze(heading) in _LAST_OR_WHOLE:
            meaning = "last-name" if has_first else "name"
        if meaning in taken and meaning not in SEVERAL:
            meaning = ATTRIBUTE
        taken.add(meaning)
        columns.append(Column(index, heading, meaning, _samples(table, index)))
    return tuple(columns)


def mapping_of(columns: Iterable[Column]) -> dict[int, str]:
    """The mapping that `read` takes, as recognised."""
    return {column.index: column.meaning for column in columns}


def by_meaning(mapping: Mapping[int, str]) -> dict[str, list[int]]:
    """The columns of each meaning, from left to right."""
    columns: dict[str, list[int]] = {}
    for index in sorted(mapping):
        columns.setdefault(mapping[index], []).append(index)
    return columns


def _meaning(heading: str) -> str:
    if not heading:
        return IGNORE
    plain = re.sub(r"\*|\([^)]*\)$", "", heading)
    numbered = re.sub(r"[\s#°n.]*\d$", "", heading)
    for name in (heading, plain, numbered):
        if squeeze(name) in _MEANINGS:
            return _MEANINGS[squeeze(name)]
    return next((found for part in re.split(r"[/|]", heading) if (found := _MEANINGS.get(squeeze(part)))), ATTRIBUTE)


def _samples(table: Table, index: int) -> tuple[str, ...]:
    """A few different values; what cannot be shown is left out."""
    found: dict[str, None] = {}
    for line in table.lines:
        cell = clean(line.cells[index]) if index < len(line.cells) else ""
        if cell and cell.isprintable():
            found[cell[:60]] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)
