"""What can be wrong with a programme, and with plain data in general, as sentences."""

from __future__ import annotations

from server.faults.people import Sentence
from web.texts import say

PROGRAMMES: dict[str, Sentence] = {
    # any plain data
    "missing": lambda lang, p: say(lang, "This is missing.", **p),
    "unknown-field": lambda lang, p: say(lang, "There is no field of this name.", **p),
    "not-a-map": lambda lang, p: say(lang, "Fields with values belong here.", **p),
    "not-a-list": lambda lang, p: say(lang, "A list belongs here.", **p),
    "not-a-text": lambda lang, p: say(lang, "Text belongs here.", **p),
    "not-a-number": lambda lang, p: say(lang, "A number above {least} and up to {most} belongs here.", **p),
    "not-a-whole-number": lambda lang, p: say(lang, "A whole number from {least} to {most} belongs here.", **p),
    "not-yes-or-no": lambda lang, p: say(lang, "“true” or “false” belongs here.", **p),
    "not-a-choice": lambda lang, p: say(lang, "One of these belongs here: {choices}.", **p),
    "empty": lambda lang, p: say(lang, "This is empty.", **p),
    "too-many": lambda lang, p: say(lang, "These are more than {most}.", **p),
    "too-few": lambda lang, p: say(lang, "At least {least} are needed.", **p),
    "twice": lambda lang, p: say(lang, "“{value}” is there twice.", **p),
    "bad-id": lambda lang, p: say(
        lang, "An id has 1 to 64 letters without accents, digits, hyphens or underscores.", **p
    ),
    # the file
    "programme-too-large": lambda lang, p: say(lang, "A programme may have {most} KB at most.", **p),
    "not-utf-8": lambda lang, p: say(lang, "The file must be saved as UTF-8.", **p),
    "not-yaml": lambda lang, p: say(lang, "Line {line}, column {column}: this is not valid YAML.", **p),
    "not-json": lambda lang, p: say(lang, "Line {line}, column {column}: this is not valid JSON.", **p),
    "yaml-reference": lambda lang, p: say(
        lang, "Line {line} uses an anchor, a reference or a tag. Programmes are written without them.", **p
    ),
    "too-deep": lambda lang, p: say(lang, "Line {line} is nested too deeply.", **p),
    # the history
    "not-a-history": lambda lang, p: say(lang, "This is not a history file of Palabre.", **p),
    "history-unmatched": lambda lang, p: say(
        lang, "Of the people in the history, {unmatched} are not on this list, and {matched} are.", **p
    ),
    # the programme
    "no-such-programme": lambda lang, p: say(lang, "There is no built-in programme “{value}”.", **p),
    "no-language": lambda lang, p: say(lang, "This needs at least one of the languages {languages}.", **p),
    "unknown-time-zone": lambda lang, p: say(lang, "“{value}” is not a time zone, such as Europe/Paris.", **p),
    "bad-start": lambda lang, p: say(lang, "A start is written like 2026-11-24T18:00.", **p),
    "bad-part-start": lambda lang, p: say(lang, "A start is written like 2026-11-24T18:00 or “day 2 09:30”.", **p),
    "start-not-later": lambda lang, p: say(lang, "This part does not start after the one before it.", **p),
    "bad-fraction": lambda lang, p: say(lang, "A share is written like 1/2 or 7/10, and is at most 1.", **p),
    "each-side-without-sides": lambda lang, p: say(
        lang, "The rule asks for a majority on each side, but this programme has no sides.", **p
    ),
    "by-side-without-sides": lambda lang, p: say(
        lang, "The result is to be shown by side, but this programme has no sides.", **p
    ),
    "no-such-side": lambda lang, p: say(lang, "This programme has no side “{value}”.", **p),
    "recipe-without-search": lambda lang, p: say(lang, "A recipe belongs to rooms with the rule “search”.", **p),
    "no-rooms-before": lambda lang, p: say(lang, "No item before this one has rooms and the id “{value}”.", **p),
    "no-wishes-before": lambda lang, p: say(
        lang, "No item before this one has the id “{value}” and an open vote about what people would like.", **p
    ),
    "split-without-measures": lambda lang, p: say(lang, "Only a text with measures can be split.", **p),
    "opens-without-question": lambda lang, p: say(lang, "A vote that opens by itself needs its question.", **p),
    "more-than-options": lambda lang, p: say(lang, "There are only {most} options.", **p),
    "needs-patterns": lambda lang, p: say(
        lang,
        "With more than {few} options this way of counting publishes whole rankings, so “patterns: true” must be said.",
        **p,
    ),
    "bands-not-rising": lambda lang, p: say(lang, "Each band ends above the one before it.", **p),
    "bad-address": lambda lang, p: say(lang, "A web address begins with https:// or http://.", **p),
    "bad-pin": lambda lang, p: say(lang, "A PIN has up to 20 digits.", **p),
    "empty-link": lambda lang, p: say(lang, "A meeting link needs an address or a number to dial.", **p),
    "from-not-below-to": lambda lang, p: say(lang, "A scale begins below its end.", **p),
    "more-than-points": lambda lang, p: say(lang, "One option cannot get more than all points.", **p),
    "draw-without-mode": lambda lang, p: say(lang, "Only an item of the mode “draw” can have a draw.", **p),
    "pencil-or-quotas": lambda lang, p: say(
        lang, "A draw has either lists to draw from by name, or quotas, not both.", **p
    ),
    "quotas-over-seats": lambda lang, p: say(
        lang, "The quotas for “{attribute}” ask for more people than there are seats ({seats}).", **p
    ),
    "least-over-most": lambda lang, p: say(lang, "The least is more than the most.", **p),
    # warnings
    "long-without-break": lambda lang, p: say(
        lang, "{minutes} minutes without a break begin here. More than 90 tire people.", **p
    ),
    "not-in-language": lambda lang, p: say(lang, "This is missing in these languages: {languages}.", **p),
    "parts-overlap": lambda lang, p: say(lang, "The part before is planned to end after this one starts.", **p),
}
