"""Views: who sees what, and above all who does not."""

from __future__ import annotations

import json

import pytest

from facilitation import commands as c
from facilitation.programme import Link
from facilitation.views.layers import layers_of
from facilitation.views.viewpoint import read
from tests.facilitation.given import CITIZENS, EVERYBODY, in_rooms, live, public

PRIVATE = ("telephone-", "mail-", "needs-", "attribute-")


def test_the_public_has_the_session_and_nothing_else() -> None:
    assert list(layers_of(public())) == ["session"]


def test_no_name_and_nothing_of_a_room_reaches_the_public() -> None:
    meeting = in_rooms()
    meeting.may("ana", c.RaiseHand())
    meeting.may("ana", c.CallHelp("sound", "canary"))
    meeting.may("lea", c.TellRooms("canary"))
    meeting.may("lea", c.LinkRoom("r1", {"": Link(url="canary")}))

    seen = json.dumps(meeting.seen(public()))

    assert "Name-" not in seen
    assert "canary" not in seen
    assert not any(word in seen for word in PRIVATE)


@pytest.mark.parametrize("who", ["ana", "gil", "val", "obi", "eva", "flo", "nic", "ina"])
def test_telephone_mail_needs_and_attributes_are_seen_by_lead_and_support_only(who: str) -> None:
    seen = json.dumps(in_rooms().view(who))

    assert not any(word in seen for word in PRIVATE)


def test_the_desk_sees_whom_to_call_and_only_leads_the_attributes() -> None:
    meeting = live()

    lead, support = meeting.view("lea")["people.ana"], meeting.view("sue")["people.ana"]

    assert lead["telephone"] == support["telephone"] == "telephone-ana"
    assert lead["needs"] == support["needs"] == "needs-ana"
    assert lead["attributes"] == {"age": "attribute-ana"}
    assert "attributes" not in support


def test_staff_sees_where_everybody_is() -> None:
    view = in_rooms().view("flo")

    assert {f"people.{name}" for name in EVERYBODY} <= set(view)
    assert view["people.ana"]["room"] == "r1"
    assert view["rooms.r1"]["people"] == ["ana", "cleo", "emil"]


@pytest.mark.parametrize("who", ["ana", "gil", "val"])
def test_in_the_plenary_nobody_but_staff_sees_the_names_of_others(who: str) -> None:
    meeting = live()

    seen = json.dumps(meeting.view(who))

    assert {name for name in EVERYBODY if f"Name-{name}" in seen} <= {who}


def test_in_a_room_one_sees_who_is_in_it_and_nobody_else() -> None:
    view = in_rooms().view("ana")

    seen = json.dumps(view)
    assert {name for name in CITIZENS if f"Name-{name}" in seen} == {"ana", "cleo", "emil"}


def test_a_hand_and_a_link_stay_in_their_room() -> None:
    meeting = in_rooms()
    meeting.may("ana", c.RaiseHand())
    meeting.may("lea", c.LinkRoom("r1", {"": Link(url="canary")}))

    assert [hand["person"] for hand in meeting.view("cleo")["floor.hands"]] == ["ana"]
    assert meeting.view("ben")["floor.hands"] == []
    assert meeting.view("cleo")["room"]["link"]["url"] == "canary"
    assert "canary" not in json.dumps(meeting.view("ben"))


def test_a_drafted_poll_is_seen_by_staff_only() -> None:
    meeting = live()

    assert "polls.vote" in meeting.view("flo")
    assert "polls.vote" not in meeting.view("ana")
    assert "polls.vote" not in meeting.seen(public())


def test_a_result_is_seen_by_leads_and_support_at_the_close_and_by_all_when_published() -> None:
    meeting = live()
    meeting.may("lea", c.OpenPoll(poll="vote"))
    meeting.may("ana", c.CastBallot("vote", "yes"))
    meeting.may("lea", c.ClosePoll(poll="vote"))

    closed = ["polls.vote.result" in meeting.view(who) for who in ("lea", "sue", "flo", "ana")]
    meeting.may("lea", c.PublishPoll(poll="vote"))
    published = meeting.seen(public())["polls.vote.result"]

    assert closed == [True, True, False, False]
    assert (published["adopted"], published["counts"]) == (True, {"yes": 1, "no": 0, "abstain": 0})


def test_a_ballot_is_seen_by_its_voter_only() -> None:
    meeting = live()
    meeting.may("lea", c.OpenPoll(poll="vote"))
    meeting.may("ana", c.CastBallot("vote", "no"))

    assert meeting.view("ana")["me.ballots.vote"] == "no"
    assert meeting.view("ben")["me.electorate.vote"] is True
    for who in ("lea", "sue", "ben", "obi"):
        assert not [path for path in meeting.view(who) if path.startswith("me.ballots")]
        assert "polls.vote.result" not in meeting.view(who)
    assert meeting.seen(public())["polls.vote.turnout"] == 1


def test_what_is_elsewhere_and_who_pressed_last_is_for_the_team() -> None:
    meeting = live()

    assert meeting.view("lea")["agenda.last"]["by"] == "Name-lea"
    assert "agenda.last" not in meeting.view("flo")
    assert "elsewhere" in meeting.view("flo")["agenda.items"][0]
    assert "elsewhere" not in meeting.view("ana")["agenda.items"][0]


def test_a_text_is_shown_in_the_readers_language_or_visibly_in_another() -> None:
    assert read({"fr": "Bonjour", "de": "Guten Tag"}, "de") == "Guten Tag"
    assert read({"fr": "Bonjour"}, "de") == "Bonjour [FR]"
    assert read({}, "de") == ""


def test_the_countdown_to_the_rooms_says_where_one_goes() -> None:
    meeting = live()
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=(CITIZENS[:3], CITIZENS[3:])))

    meeting.may("lea", c.OpenRooms(seconds=10), at=5)

    assert meeting.seen(public())["rooms.move"] == {"kind": "open", "at": 10_005}
    assert meeting.view("dirk")["me.next"] == {"room": "r2", "name": "2"}
