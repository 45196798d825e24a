"""The sides of a panel as people write them: the side's id, its title, or the usual names of a country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from babel import Locale

from facilitation.programme import Side
from server.roster.words import squeeze

NAMED_IN = ("fr", "de", "en")
_ALSO = {
    "FR": "F FRA française français französisch french francais",
    "DE": "D DEU GER BRD allemande allemand deutsch german",
    "CH": "CHE SUI suisse schweizerisch swiss",
    "AT": "A AUT autrichien autrichienne österreichisch austrian",
    "BE": "B BEL belge belgisch belgian",
    "LU": "L LUX luxembourgeois luxembourgeoise luxemburgisch",
    "IT": "I ITA italien italienne italienisch italian",
    "ES": "E ESP espagnol espagnole spanisch spanish",
    "NL": "NLD néerlandais néerlandaise niederländisch dutch",
    "PL": "POL polonais polonaise polnisch polish",
}


class Sides:
    """Finds the side that a cell means. A name that could mean two sides means neither."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self.shown = ", ".join(side.id for side in sides)
        self._ids = {side.id for side in sides}
        self._names: dict[str, str | None] = {}
        self._learn((side.id, [side.id, *side.title.values()]) for side in sides)
        self._learn((side.id, _names_of(_country_of(side))) for side in sides)

    def __bool__(self) -> bool:
        return bool(self._ids)

    def find(self, text: str) -> str | None:
        return text if text in self._ids else self._names.get(squeeze(text))

    def _learn(self, names: Iterable[tuple[str, list[str]]]) -> None:
        """Later names do not take the place of earlier ones."""
        fresh: dict[str, set[str]] = {}
        for side, given in names:
            for name in given:
                fresh.setdefault(squeeze(name), set()).add(side)
        for name, sides in fresh.items():
            self._names.setdefault(name, sides.pop() if len(sides) == 1 else None)


def _country_of(side: Side) -> str | None:
    """The country that a side is, by its id or else by one of its titles."""
    if side.id.upper() in Locale("en").territories and len(side.id) == len("FR"):
        return side.id.upper()
    titles = {squeeze(title) for title in side.title.values()}
    for language in NAMED_IN:
        for code, name in Locale(language).territories.items():
            if squeeze(name) in titles and code.isalpha():
                return str(code)
    return None


def _names_of(country: str | None) -> list[str]:
    if country is None:
        return []
    named = [str(Locale(language).territories[country]) for language in NAMED_IN]
    return [country, *named, *_ALSO.get(country, "").split()]
