"""The incident report: what the team dealt with, as rows of words in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from facilitation.incident import Incident
from rooms.people import NOBODY, Card, PersonId
from rooms.seating import PLENARY
from web.pages import clock, day
from web.texts import many, say

Say = Callable[[str], str]

KINDS: dict[str, Say] = {
    "sound": lambda lang: say(lang, "Sound"),
    "connection": lambda lang: say(lang, "Connection"),
    "technical": lambda lang: say(lang, "Technical"),
    "interpretation": lambda lang: say(lang, "Interpretation not heard"),
    "interpreters": lambda lang: say(lang, "Interpreters lost"),
    "language": lambda lang: say(lang, "Language"),
    "behaviour": lambda lang: say(lang, "Behaviour"),
    "content": lambda lang: say(lang, "Subject"),
    "task": lambda lang: say(lang, "The task is not clear"),
    "person": lambda lang: say(lang, "A person"),
    "other": lambda lang: say(lang, "Something else"),
    "room": lambda lang: say(lang, "Room"),
    "ready": lambda lang: say(lang, "Not everybody was ready"),
    "telephone": lambda lang: say(lang, "By telephone"),
    "break": lambda lang: say(lang, "Break"),
    "lead": lambda lang: say(lang, "Lead absent"),
    "conduct-pause": lambda lang: say(lang, "Hand and writing paused"),
    "conduct-lobby": lambda lang: say(lang, "Sent to the lobby"),
    "conduct-exclude": lambda lang: say(lang, "Exclusion from voting"),
    "conduct-remove": lambda lang: say(lang, "Removed from the session"),
}
OUTCOMES: dict[str, Say] = {
    "solved": lambda lang: say(lang, "Solved"),
    "telephoned": lambda lang: say(lang, "Reached by telephone"),
    "by-itself": lambda lang: say(lang, "Went away by itself"),
    "not-solved": lambda lang: say(lang, "Could not be solved"),
    "heard-again": lambda lang: say(lang, "Heard again"),
    "back": lambda lang: say(lang, "The interpreters came back"),
    "team-sent": lambda lang: say(lang, "Another team came"),
    "rooms-joined": lambda lang: say(lang, "Everybody went to another room"),
    "caucus": lambda lang: say(lang, "The room was split by language"),
    "mended": lambda lang: say(lang, "The rooms were mended"),
    "written": lambda lang: say(lang, "The room went on with written summaries"),
    "rooms-closed": lambda lang: say(lang, "It ended when the rooms were closed"),
    "extended": lambda lang: say(lang, "The break was extended"),
    "went-on": lambda lang: say(lang, "We went on without them"),
    "all-back": lambda lang: say(lang, "Everybody came back"),
    "placed": lambda lang: say(lang, "somebody was placed there"),
    "joined": lambda lang: say(lang, "joined with another room"),
    "visited": lambda lang: say(lang, "the lead went there"),
    "left-as-it-is": lambda lang: say(lang, "left as it was"),
    "went-on-without": lambda lang: say(lang, "went on without"),
    "pause-ended": lambda lang: say(lang, "The pause was ended"),
    "let-back-in": lambda lang: say(lang, "They were let back in"),
    "confirmed": lambda lang: say(lang, "A second member of the team confirmed it"),
    "given-up": lambda lang: say(lang, "It was given up"),
    "taken-over": lambda lang: say(lang, "Somebody else took over"),
    "lead-back": lambda lang: say(lang, "The lead came back"),
    "hung-up": lambda lang: say(lang, "They hung up"),
}
ABOUTS: dict[str, Say] = {
    "room-empty": lambda lang: say(lang, "nobody was in the room"),
    "room-few": lambda lang: say(lang, "too few people were in the room"),
    "room-side": lambda lang: say(lang, "only one side was in the room"),
    "room-unled": lambda lang: say(lang, "the room had no facilitator"),
    "not-ready-for-start": lambda lang: say(lang, "had not said ready before the start"),
    "not-ready-for-round": lambda lang: say(lang, "had not said ready before the rooms opened"),
}
"""What the house knows by a name; whatever else stands there is somebody's own words."""


class Row(msgspec.Struct, frozen=True):
    """One incident in words; an empty text where there is nothing to say."""

    day: str
    when: str
    where: str
    kind: str
    whom: str
    what: str
    who: str
    after: str
    outcome: str
    settled: str

    def cells(self) -> list[str]:
        return [str(cell) for cell in msgspec.structs.astuple(self)]


def headings(lang: str) -> list[str]:
    return [
        say(lang, "Day"),
        say(lang, "When"),
        say(lang, "Where"),
        say(lang, "Kind"),
        say(lang, "Whom"),
        say(lang, "What was said"),
        say(lang, "Who took it"),
        say(lang, "After how long"),
        say(lang, "Outcome"),
        say(lang, "Settled when"),
    ]


def report(lang: str, incidents: tuple[Incident, ...], cards: Mapping[PersonId, Card], timezone: str) -> list[Row]:
    """Every incident, oldest first; times in that time zone."""

    def name(person: str | None) -> str:
        return cards.get(PersonId(person or ""), NOBODY).name

    return [
        Row(
            day(lang, each.at, timezone),
            clock(lang, each.at, timezone),
            place(lang, each),
            word(KINDS, lang, each.kind),
            ", ".join(map(name, each.people)),
            _what(lang, each, name(each.by)),
            name(each.owner),
            _after(lang, each),
            word(OUTCOMES, lang, each.outcome) if each.settled is not None else say(lang, "Still open"),
            "" if each.settled is None else clock(lang, each.settled, timezone),
        )
        for each in incidents
    ]


def word(words: Mapping[str, Say], lang: str, name: str | None) -> str:
    """The words of a name that the house knows; else what stands there."""
    known = words.get(name or "")
    return known(lang) if known is not None else name or ""


def place(lang: str, incident: Incident) -> str:
    """Where it was: the room's name of then, or the plenary."""
    if incident.room == PLENARY:
        return say(lang, "Plenary")
    name = incident.place or incident.room
    return say(lang, "Room {number}", number=name) if name[:1].isdecimal() else name


def _what(lang: str, incident: Incident, said_by: str) -> str:
    about = incident.about or ""
    if incident.kind == "break" and about.isdecimal():
        return many(lang, "{n} person was missing", "{n} people were missing", int(about))
    if not about and said_by and incident.person is None:
        return say(lang, "Said by {name}", name=said_by)
    return word(ABOUTS, lang, about)


def _after(lang: str, incident: Incident) -> str:
    """From the first word to somebody who takes care of it; without that, to its end."""
    until = incident.taken if incident.taken is not None else incident.settled
    if until is None:
        return ""
    seconds = max(0, until - incident.at) // 1000
    return many(lang, "{n} s", "{n} s", seconds) if seconds < 60 else many(lang, "{n} min", "{n} min", seconds // 60)  # noqa: PLR2004 - a minute
