"""The archive: what is in it, what is only in its folder of contacts, and what is nowhere."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile

import msgspec

from facilitation import commands as c
from facilitation import events as e
from rooms.people import Card, Person, PersonId, Role
from server.archive import pack
from tests.archive.given import MINUTE, STARTED, closed, item, journal
from tests.facilitation.given import CITIZENS, Meeting, in_rooms


def opened(meeting: Meeting, lang: str = "en") -> dict[str, str]:
    cards = dict(meeting.cards)
    body = pack("s", meeting.entries, cards, lang, meeting.session.time)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written)))


def after_a_vote() -> Meeting:
    """Two rooms, then a vote in which three of six say yes, then the end."""
    meeting = in_rooms()
    meeting.may("lea", c.GoToItem("vote"), at=60_000)
    meeting.may("lea", c.OpenPoll(poll="vote"), at=61_000)
    for name, choice in zip(CITIZENS, ("yes", "yes", "yes", "no", "abstain"), strict=False):
        meeting.may(name, c.CastBallot("vote", choice), at=62_000)
    meeting.may("lea", c.ClosePoll(poll="vote"), at=70_000)
    meeting.may("lea", c.PublishPoll(poll="vote"), at=71_000)
    meeting.may("lea", c.CloseSession(), at=120_000)
    return meeting


def test_names_mail_and_telephone_lie_in_the_folder_of_contacts_only() -> None:
    files = opened(after_a_vote())

    contacts = rows(files.pop("contacts/contacts.csv"))
    assert "Name-ana" in files.pop("contacts/history.json")
    assert {"Person": "ana", "Name": "Name-ana", "E-mail": "mail-ana", "Telephone": "telephone-ana"} in contacts
    for name, written in files.items():
        for word in ("Name-", "mail-", "telephone-", "needs-", "attribute-"):
            assert word not in written, name


def test_nothing_says_what_somebody_voted() -> None:
    entries = [json.loads(line) for line in opened(after_a_vote())["journal.jsonl"].splitlines()]

    ballots = [entry for entry in entries if entry["event"] == "BallotCast"]
    assert len(ballots) == 5
    assert all(entry["body"] == {"poll": "vote"} for entry in ballots)
    assert [entry["version"] for entry in entries] == list(range(1, len(entries) + 1))


def test_a_poll_has_its_rule_who_could_vote_and_the_counts_per_side() -> None:
    files = opened(after_a_vote())

    (poll,) = json.loads(files["polls.json"])
    assert poll["electorate"] == {"total": 6, "sides": {"FR": 3, "DE": 3}}
    assert poll["rule"]["threshold"] == "7/10"
    assert poll["result"]["adopted"] is True
    yes, no, abstain = rows(files["polls.csv"])
    assert (yes["Choice"], yes["All"], yes["FR"], yes["DE"]) == ("Yes", "3", "2", "1")
    assert (no["All"], abstain["All"], yes["Adopted"], yes["Could vote in FR"]) == ("1", "1", "Adopted", "3")


def test_rooms_say_who_sat_where_from_when_to_when() -> None:
    found = rows(opened(after_a_vote())["rooms.csv"])

    ana = next(row for row in found if row["Person"] == "ana")
    assert (ana["Round"], ana["Room"], ana["Item"], ana["Side"]) == ("1", "Lila", "talk", "FR")
    assert ana["To"] == "1970-01-01 01:01:00"
    assert {row["Person"] for row in found} >= set(CITIZENS)


def test_attendance_is_by_number_and_in_the_programmes_time() -> None:
    found = rows(opened(after_a_vote())["attendance-per-item.csv"])

    ana = next(row for row in found if row["Person"] == "ana" and row["Item"] == "vote")
    assert (ana["Role"], ana["Side"], ana["Part"], ana["Minutes present"]) == ("citizen", "FR", "1", "1.0")
    assert (ana["From"], ana["To"]) == ("1970-01-01 01:01:00", "1970-01-01 01:02:00")


def test_the_record_can_be_read_in_french_and_german() -> None:
    french, german = opened(after_a_vote(), "fr")["record.html"], opened(after_a_vote(), "de")["record.html"]

    assert 'lang="fr"' in french
    assert "Oui?" in french
    assert "Adopté" in french
    assert 'lang="de"' in german
    assert "Angenommen" in german


def test_a_cell_that_looks_like_a_formula_does_nothing() -> None:
    meeting = after_a_vote()
    meeting.cards[PersonId("ana")] = Card("=HYPERLINK(1)", telephone="+33 3 88")

    contacts = opened(meeting)["contacts/contacts.csv"]

    assert "'=HYPERLINK(1)" in contacts
    assert "'+33 3 88" in contacts


def test_an_open_session_can_be_packed_too() -> None:
    files = opened(in_rooms())

    assert "not closed yet" in files["record.html"]


def test_five_thousand_people_take_seconds_not_minutes() -> None:
    people = tuple(Person(PersonId(f"p{number}"), Role.CITIZEN, "FR" if number % 2 else "DE") for number in range(5000))
    told: list[tuple[float, str, e.Event]] = [STARTED, item(0, "talk")]
    told += [(n / 1000, "house", e.Arrived(person.id, f"w{n % 4}")) for n, person in enumerate(people)]
    told += [(6, "house", e.Left(person.id, f"w{int(person.id[1:]) % 4}")) for person in people[::2]]
    told.append((7, "house", e.WorkerEnded("w1")))
    told += [(7.1, "house", e.Arrived(person.id, "w9")) for person in people[1::4]]
    told += [item(10, "more"), item(1440, "next-day"), closed(1450)]
    entries = journal(*told, people=people)
    cards = {person.id: Card(f"Person {person.id}") for person in people}

    began = time.process_time()
    body = pack("s", entries, cards, "fr", 1450 * MINUTE)
    took = time.process_time() - began

    assert took < 30
    assert len(body) < 5_000_000


def test_an_entry_without_a_ballot_is_kept_as_it_is() -> None:
    meeting = after_a_vote()

    kept = [msgspec.json.decode(line) for line in opened(meeting)["journal.jsonl"].splitlines()]

    told = [entry for entry in kept if entry["event"] == "PollOpened"]
    assert told[0]["body"]["electorate"]["ana"] == "FR"
