"""The votes of the archive: all that a recount needs, and nothing that ties a person to what they chose in secret."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from facilitation import events as e
from facilitation.programme import Rule
from facilitation.session import HOUSE
from rooms.people import PersonId
from server.archive import pack, without_choice
from server.archive.votes import polls_again
from server.recount import Vote, parse, recount
from tests.archive.test_pack import after_a_vote, opened, rows
from tests.archive.votes import told
from tests.facilitation.given import CITIZENS, Meeting, live, replayed

SIDES = ("FR", "DE")


def after_a_secret_vote(*, trial: bool = False, telephone: bool = False) -> Meeting:
    """Five of six vote in secret, the last of them on the telephone; the box is opened; the result is published."""
    meeting = live()
    asked = e.PollAdded("s1", {"fr": "Le pont?"}, "yes-no-abstain", rule=Rule("1/2"), secret=True, trial=trial)
    meeting.tell("lea", asked, at=60_000)
    electorate = {PersonId(name): SIDES[number % 2] for number, name in enumerate(CITIZENS)}
    meeting.tell("lea", e.PollOpened("s1", electorate, registered={"FR": 3, "DE": 3}, key="00"), at=61_000)
    for name in CITIZENS[:5] if not telephone else CITIZENS[:4]:
        meeting.tell(name, e.BallotMarked("s1"), at=62_000)
    if telephone:
        meeting.tell("sue", e.BallotDictated("s1", PersonId("emil"), slip="00ff00ff00ff00ff"), at=63_000)
        meeting.tell("flo", e.DictationConfirmed("s1", PersonId("emil")), at=64_000)
    meeting.tell("lea", e.PollClosed("s1"), at=70_000)
    kept = told({"": {"yes": 4, "no": 1}}, by_side=False).kept
    assert kept is not None
    meeting.tell(HOUSE, e.TallyKept("s1", kept), at=71_000)
    meeting.tell("lea", e.PollPublished("s1"), at=72_000)
    return meeting


def votes(meeting: Meeting) -> dict[str, dict[str, Any]]:
    return {vote["id"]: vote for vote in json.loads(opened(meeting)["votes.json"])["polls"]}


def test_the_archive_of_a_session_is_counted_again() -> None:
    record = parse(opened(after_a_secret_vote())["votes.json"].encode())

    assert [recount(vote).outcome for vote in record.polls] == ["equal"]


def test_a_vote_that_was_not_secret_has_each_ballot_with_its_number_and_no_name() -> None:
    files = opened(after_a_vote())

    (vote,) = json.loads(files["votes.json"])["polls"]
    assert {ballot["person"]: ballot["choice"] for ballot in vote["ballots"]} == {
        "ana": "yes",
        "ben": "yes",
        "cleo": "yes",
        "dirk": "no",
        "emil": "abstain",
    }
    assert "Name-" not in files["votes.json"]
    assert recount(msgspec.convert(vote, Vote)).outcome == "equal"


def test_of_a_secret_vote_no_file_says_who_chose_what() -> None:
    meeting = after_a_secret_vote(telephone=True)
    files = opened(meeting)

    vote = votes(meeting)["s1"]
    assert vote["ballots"] is None
    assert vote["electorate"] == {"DE": 3, "FR": 3}
    told_of_it = [json.loads(line) for line in files["journal.jsonl"].splitlines() if '"s1"' in line]
    for entry in told_of_it:
        assert "yes" not in json.dumps(entry["body"]).replace("yes-no-abstain", ""), entry
    for name, written in files.items():
        if name.startswith(("votes", "polls", "protocols", "record")):
            assert not any(f'"{who}"' in written or f">{who}<" in written for who in CITIZENS), name


def test_two_sessions_whose_voters_chose_otherwise_have_the_same_journal_copy() -> None:
    """Only the sums differ, and they are not in it."""
    meeting, other = after_a_secret_vote(), after_a_secret_vote()
    changed = [
        entry if entry.event != "TallyKept" else msgspec.structs.replace(entry, body={**entry.body, "sums": {}})
        for entry in other.entries
    ]

    assert [without_choice(entry) for entry in meeting.entries] == [without_choice(entry) for entry in changed]


def test_the_journal_copy_names_no_slip_and_no_choice_of_a_ballot_by_telephone() -> None:
    dictated = e.BallotDictated("s1", PersonId("ana"), slip="00ff", choice="no")
    meeting = live()
    meeting.tell("sue", e.PollAdded("s1", {"fr": "?"}, "yes-no-abstain"))

    entry = without_choice(msgspec.structs.replace(meeting.entries[-1], event="BallotDictated", body=plain(dictated)))

    assert entry.body == {"poll": "s1", "person": "ana"}


def plain(event: e.Event) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(event)
    return body


def test_who_took_ballots_on_the_telephone_is_told_by_number() -> None:
    vote = votes(after_a_secret_vote(telephone=True))["s1"]

    assert vote["telephone"] == {
        "ballots": 1,
        "taken": [{"operator": "sue", "listener": "flo", "ballots": 1}],
    }


def test_a_trial_vote_is_in_no_result_of_the_archive() -> None:
    files = opened(after_a_secret_vote(trial=True))

    assert json.loads(files["votes.json"])["polls"] == []
    for name in ("polls.json", "polls.csv", "record.html"):
        assert "Le pont?" not in files[name], name
    assert not any(name.startswith("protocols/s1") for name in files)


def test_each_vote_has_a_protocol_in_each_language() -> None:
    files = opened(after_a_secret_vote(), "fr")

    assert [name for name in files if name.startswith("protocols/")] == [
        f"protocols/s1.{lang}.html" for lang in ("fr", "de", "en")
    ]
    assert 'href="protocols/s1.fr.html"' in files["record.html"]
    assert "<script" not in files["protocols/s1.de.html"]


def test_the_table_has_a_row_for_each_choice_and_blanks_where_sides_were_not_told_apart() -> None:
    found = [row for row in rows(opened(after_a_secret_vote())["polls.csv"]) if row["Vote"] == "s1"]

    assert [(row["Choice"], row["All"], row["FR"]) for row in found] == [
        ("Yes", "4", ""),
        ("No", "1", ""),
        ("I abstain", "0", ""),
    ]
    assert {row["Adopted"] for row in found} == {"Adopted"}


def test_the_polls_are_told_by_their_own_entries_alone() -> None:
    meeting = after_a_secret_vote(telephone=True)

    assert polls_again("s", meeting.entries) == replayed(meeting.entries).polls


def test_a_journal_from_before_this_has_an_archive_and_a_recount() -> None:
    meeting = after_a_vote()
    for entry in meeting.entries:
        if entry.event == "PollOpened":
            for new in ("registered", "digest", "key"):
                entry.body.pop(new, None)
        if entry.event == "PollClosed":
            entry.body["present"] = {"FR": 3, "DE": 3}

    packed = pack("s", meeting.entries, {}, "en", 0)

    assert len(packed) > 1000
    (vote,) = votes(meeting).values()
    assert recount(msgspec.convert(vote, Vote)).outcome == "equal"
