"""Attributes under the names that programmes use, and the headings under which rosters have them.

A programme says "gender", a roster "Genre" or "Geschlecht": both mean the same. Any other heading is its own name.
"""

from __future__ import annotations

from collections.abc import Iterable

GENDER = frozenset({"gender", "sex", "genre", "sexe", "geschlecht", "genre / sexe", "sexe / genre"})
"""Headings of a roster, in small letters, under which the gender stands."""
ALIKE = (
    GENDER,
    frozenset({"age", "age group", "âge", "tranche d'âge", "classe d'âge", "alter", "altersgruppe"}),
    frozenset({"distance", "distance to the border", "distance à la frontière", "entfernung", "grenzentfernung"}),
    frozenset(
        {
            "country",
            "nationality",
            "member state",
            "pays",
            "nationalité",
            "état membre",
            "land",
            "staatsangehörigkeit",
            "mitgliedstaat",
        }
    ),
    frozenset({"area", "region", "région", "type de commune", "gebiet", "wohngebiet", "gemeindetyp"}),
    frozenset({"education", "diploma", "diplôme", "niveau d'études", "bildung", "abschluss", "bildungsabschluss"}),
    frozenset({"occupation", "profession", "csp", "catégorie socioprofessionnelle", "beruf", "tätigkeit"}),
)


def heading_of(name: str, headings: Iterable[str]) -> str | None:
    """The heading among these that has the attribute of that name; None where none has."""
    known = sorted(headings)
    if name in known:
        return name
    small = _small(name)
    words = next((each for each in ALIKE if small in each), frozenset({small}))
    return next((each for each in known if _small(each) in words), None)


def _small(name: str) -> str:
    return name.strip().casefold().replace("’", "'")
