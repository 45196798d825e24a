"""What can be wrong with a roster or a list of people, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from web.texts import say

Params = Mapping[str, str | int]
Sentence = Callable[[str, Params], str]

PEOPLE: dict[str, Sentence] = {
    # the file
    "empty-file": lambda lang, p: say(lang, "The file is empty.", **p),
    "no-people": lambda lang, p: say(lang, "The file has headings, but nobody under them.", **p),
    "file-too-large": lambda lang, p: say(lang, "The file is larger than {most} MB.", **p),
    "unreadable": lambda lang, p: say(
        lang, "This file cannot be read. Please save it as CSV, Excel (.xlsx) or OpenDocument (.ods).", **p
    ),
    "unknown-kind": lambda lang, p: say(
        lang, "Files of this kind cannot be read. Please bring a CSV, Excel or OpenDocument table.", **p
    ),
    "open-quote": lambda lang, p: say(lang, "The quotation marks in this row do not match.", **p),
    "too-many-people": lambda lang, p: say(lang, "There are more than {most} people.", **p),
    "too-many-columns": lambda lang, p: say(lang, "There are more than {most} columns.", **p),
    # the headings
    "heading-twice": lambda lang, p: say(lang, "Two columns have the heading “{heading}”.", **p),
    "no-name-column": lambda lang, p: say(lang, "No column gives the names.", **p),
    "unknown-meaning": lambda lang, p: say(lang, "“{meaning}” is not something that a column can mean.", **p),
    "no-such-column": lambda lang, p: say(lang, "There is no column {number}.", **p),
    "meaning-twice": lambda lang, p: say(lang, "The column “{other}” was already chosen for this.", **p),
    "cell-without-heading": lambda lang, p: say(
        lang, "“{value}” stands beyond the last heading. Perhaps a separator is missing its quotation marks.", **p
    ),
    # the values
    "empty-name": lambda lang, p: say(lang, "The name is empty.", **p),
    "unknown-role": lambda lang, p: say(lang, "“{value}” is not a known role.", **p),
    "unknown-language": lambda lang, p: say(lang, "“{value}” is not a known language.", **p),
    "unknown-side": lambda lang, p: say(lang, "“{value}” is not one of the sides: {sides}.", **p),
    "no-sides": lambda lang, p: say(lang, "“{value}” is a side, but this programme has no sides.", **p),
    "side-missing": lambda lang, p: say(lang, "Each citizen needs a side: {sides}.", **p),
    "bad-email": lambda lang, p: say(lang, "“{value}” is not an e-mail address.", **p),
    "bad-telephone": lambda lang, p: say(lang, "“{value}” is not a telephone number.", **p),
    "email-twice": lambda lang, p: say(lang, "{other} has the same e-mail address.", **p),
    "accompanies-nobody": lambda lang, p: say(lang, "Nobody on this list is called “{other}”.", **p),
    "accompanies-several": lambda lang, p: say(lang, "Several people on this list are called “{other}”.", **p),
    "cannot-accompany": lambda lang, p: say(
        lang, "A helper accompanies one person. Citizens, leads and people with helpers cannot be helpers.", **p
    ),
    "control-character": lambda lang, p: say(lang, "There is a character in it that cannot be shown.", **p),
    "too-long": lambda lang, p: say(lang, "This is longer than {most} characters.", **p),
    # warnings
    "name-twice": lambda lang, p: say(lang, "Two people are called {name}. Please check that both exist.", **p),
    "no-shared-language": lambda lang, p: say(
        lang, "{name} neither speaks nor understands a language of this session.", **p
    ),
    "no-lead": lambda lang, p: say(lang, "Nobody has the role of lead facilitator.", **p),
}
