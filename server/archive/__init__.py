"""The archive: a whole session as one ZIP, for those who pay fees, publish results and answer questions later.

Contacts lie in a folder of their own. Everything else names people by their number in the journal. Nothing in it says
what somebody chose in a secret vote. Of a vote that was not secret each ballot stands in `votes.json`, so that anybody
can count it again; `journal.jsonl` has every ballot without its choice.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from facilitation import events as e
from rooms.people import Card, PersonId
from server.archive.attendance import MINUTE, item_rows, part_rows, stay_rows
from server.archive.composed import Composed
from server.archive.past import History, history
from server.archive.polls import poll_rows, polls_of
from server.archive.record import record
from server.archive.votes import Voted, record_of, votes_of
from server.journal import Entry
from server.met import FILE, written
from server.roster.sheets import as_csv
from web.protocol import About, protocol
from web.texts import LANGUAGES, many, say

CHOICE = {
    e.BallotCast.__name__: ("choice",),
    e.BallotDictated.__name__: ("choice", "slip"),
    e.TallyKept.__name__: ("sums",),
}
"""What was chosen, by the event that holds it. The sums stand in `votes.json`, small sides together."""


def pack(session: str, entries: Sequence[Entry], cards: Mapping[PersonId, Card], lang: str, now: int) -> bytes:
    """The ZIP, in the reader's language. Takes seconds for thousands of people: never call it in the event loop."""
    told = history(session, entries, now)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(told, entries, cards, lang):
            archive.writestr(name, content)
    return out.getvalue()


def _files(
    told: History, entries: Sequence[Entry], cards: Mapping[PersonId, Card], lang: str
) -> Iterator[tuple[str, bytes]]:
    votes = votes_of(told.session, entries)
    polls = polls_of(told.session, votes, lang)
    yield "README.txt", _readme(lang, told.session.quiet_after // MINUTE).encode("utf-8-sig")
    yield "record.html", record(told, polls, lang).encode()
    yield "polls.json", msgspec.json.format(msgspec.json.encode(polls), indent=2)
    yield "votes.json", record_of(told.session, votes, told.until)
    yield from _protocols(told, votes, lang)
    composed = Composed(told.session.programme, entries, lang)
    for name, headings, rows in _tables(told, polls, composed, lang):
        yield name, as_csv(lang, headings, rows)
    yield "journal.jsonl", msgspec.json.Encoder().encode_lines([without_choice(entry) for entry in entries])
    yield "contacts/contacts.csv", _contacts(told, cards, lang)
    yield f"contacts/{FILE}", written(told.session, cards)


Clock = Callable[[int | None], str]
Table = tuple[str, list[str], Iterable[Sequence[str]]]


def _protocols(told: History, votes: Sequence[Voted], lang: str) -> Iterator[tuple[str, bytes]]:
    """A file for each vote and language, the reader's first. People are named by number."""
    for vote in votes:
        for each in sorted(LANGUAGES, key=lambda code: code != lang):
            about = About(told.session, vote.poll, vote.result, vote.course, str, told.until)
            yield f"protocols/{vote.poll.id}.{each}.html", protocol(about, each).encode()


def _tables(told: History, polls: Sequence[dict[str, Any]], composed: Composed, lang: str) -> Iterator[Table]:
    zone = ZoneInfo(told.session.programme.timezone)

    def time(ms: int | None) -> str:
        return "" if ms is None else f"{datetime.fromtimestamp(ms / 1000, zone):%Y-%m-%d %H:%M:%S}"

    who = [say(lang, "Person"), say(lang, "Role"), say(lang, "Side")]
    times = [say(lang, "From"), say(lang, "To"), say(lang, "Minutes present"), say(lang, "Of these by telephone")]
    part = say(lang, "Part")
    yield "attendance-per-item.csv", [*who, part, say(lang, "Item"), *times], item_rows(told, time)
    yield "attendance-per-part.csv", [*who, part, *times], part_rows(told, time)
    how = [say(lang, "How"), say(lang, "From"), say(lang, "To"), say(lang, "Minutes")]
    yield "attendance-stays.csv", [*who, *how], stay_rows(told, time)
    yield "polls.csv", *poll_rows(told.session, polls, lang)
    rooms = [say(lang, "Round"), say(lang, "Item"), say(lang, "Room"), *who, say(lang, "From"), say(lang, "To")]
    yield "rooms.csv", rooms, _room_rows(told, time)
    at, item = say(lang, "Time"), say(lang, "Item")
    made = [say(lang, "Rooms"), say(lang, "People"), say(lang, "Seed"), say(lang, "Tries"), say(lang, "Repair")]
    compositions = ([time(when), *row] for when, row in composed.compositions)
    yield "compositions.csv", [at, item, *made, say(lang, "What gave way")], compositions
    yield "moves.csv", [at, say(lang, "Person"), say(lang, "Why")], ([time(when), *row] for when, row in composed.moves)
    matters = ["ref", "kind", "at", "by", "room", "person", "about", "owner", "taken", "settled", "outcome"]
    yield "incidents.csv", matters, _incident_rows(told, time)


def _room_rows(told: History, time: Clock) -> Iterator[Sequence[str]]:
    for seat in told.seats:
        person = told.session.people.get(seat.person)
        who = [seat.person, person.role.value if person else "", (person.side or "") if person else ""]
        yield [str(seat.round), seat.item, seat.room, *who, time(seat.since), time(seat.until)]


def _incident_rows(told: History, time: Clock) -> Iterator[Sequence[str]]:
    for it in told.session.incidents:
        words = [it.ref, it.kind, time(it.at), it.by, it.room, " ".join(it.people), it.about or "", it.owner or ""]
        yield [*words, time(it.taken), time(it.settled), it.outcome or ""]


def _contacts(told: History, cards: Mapping[PersonId, Card], lang: str) -> bytes:
    headings = [say(lang, "Person"), say(lang, "Name"), say(lang, "E-mail"), say(lang, "Telephone")]
    known = (person for person in told.session.people if person in cards)
    rows = sorted(
        ([person, cards[person].name, cards[person].email or "", cards[person].telephone or ""] for person in known),
        key=lambda row: row[1],
    )
    return as_csv(lang, headings, rows)


def without_choice(entry: Entry) -> Entry:
    """The entry as anybody may keep it: of a ballot only that it was cast."""
    hidden = CHOICE.get(entry.event)
    if hidden is None:
        return entry
    body = {name: value for name, value in entry.body.items() if name not in hidden}
    return msgspec.structs.replace(entry, body=body)


def _readme(lang: str, minutes: int) -> str:
    lines = (
        ("record.html", say(lang, "The record: programme with planned and actual times, acts, rooms, results.")),
        ("polls.json, polls.csv", say(lang, "Every vote with its rule, who could vote, and the counts per side.")),
        ("protocols/", say(lang, "A protocol of each vote to print, in each language.")),
        (
            "votes.json",
            say(
                lang,
                "All that is needed to count every vote again. Of a secret vote it holds the slips, nobody's; of a "
                "vote that was not secret each ballot with the number of its voter.",
            ),
        ),
        ("rooms.csv", say(lang, "Who sat in which room, round by round.")),
        (
            "compositions.csv",
            say(
                lang,
                "Every composition of rooms by a search, and what gave way. {command} makes them all again.",
                command="python -m server compose --journal ARCHIVE.zip",
            ),
        ),
        ("moves.csv", say(lang, "Who was moved to another room than planned, and why. For the team only.")),
        ("attendance-per-item.csv", say(lang, "Minutes present, per person and item.")),
        ("attendance-per-part.csv", say(lang, "Minutes present, per person and part (day).")),
        ("attendance-stays.csv", say(lang, "Every stay: from when to when, online or by telephone.")),
        ("incidents.csv", say(lang, "What the team had to deal with, who took care of it and how it ended.")),
        ("journal.jsonl", say(lang, "Everything that happened, in order. Ballots are without their choice.")),
        (
            "contacts/contacts.csv",
            say(lang, "Names, mail and telephone of the people whose numbers stand in the other files. Keep it apart."),
        ),
        (
            f"contacts/{FILE}",
            say(lang, "Who sat together in which round, for the next session of the same process. Keep it apart."),
        ),
    )
    rules = many(
        lang,
        "A stay ends with the last connection; a line that drops and comes back within {n} minute does not end it. "
        "The last item of a day counts until its extended end.",
        "A stay ends with the last connection; a line that drops and comes back within {n} minutes does not end it. "
        "The last item of a day counts until its extended end.",
        minutes,
    )
    again = say(
        lang,
        "To count every vote again: unpack this archive next to a copy of Palabre and run {command}.",
        command="python -m server recount ARCHIVE.zip",
    )
    told = "\r\n".join(f"{name}\r\n    {words}" for name, words in lines)
    return f"{told}\r\n\r\n{rules}\r\n\r\n{again}\r\n"
