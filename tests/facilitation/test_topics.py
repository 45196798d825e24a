"""What rooms talk about: everybody who is in one, or on the way there, reads it in words."""

from __future__ import annotations

import msgspec

from facilitation import commands as c
from facilitation import events as e
from facilitation.commands.polls import AskedOption
from facilitation.composition import Made
from facilitation.polls import Poll
from facilitation.programme import Option
from facilitation.session import HOUSE, with_
from facilitation.topics import topic_of
from rooms.people import ItemId, PersonId, PollId, RoomId
from rooms.seating import Room
from tests.facilitation.composed import MIRRORED, composed, met
from tests.facilitation.given import CITIZENS, Meeting, live

WISHED = msgspec.structs.replace(MIRRORED, topics=ItemId("pause"))
WORDS = {"river": {"fr": "Le fleuve", "de": "Der Fluss"}, "school": {"fr": "L'école", "de": "Die Schule"}}


def asked() -> Meeting:
    """All were asked in the break what they would like to talk about, half said the one, half the other."""
    meeting = met()
    meeting.may("lea", c.GoToItem("pause"))
    options = tuple(AskedOption(name, WORDS[name]) for name in WORDS)
    meeting.may("lea", c.AddPoll("?", "single", options=options, item="pause"))
    poll = next(iter(meeting.session.polls))
    meeting.may("lea", c.OpenPoll(poll=poll))
    for number, name in enumerate(CITIZENS):
        meeting.may(name, c.CastBallot(poll, list(WORDS)[number % 2]))
    meeting.may("lea", c.ClosePoll(poll=poll))
    for name in CITIZENS:
        meeting.ask(name, c.ComeBack())
    meeting.may("lea", c.GoToItem("first"))
    return meeting


def by_topics() -> Meeting:
    meeting = asked()
    composed(meeting, c.ComposeRooms(recipe=WISHED, size=3))
    return meeting


def test_the_lead_reads_on_the_proposal_what_each_room_would_talk_about() -> None:
    meeting = by_topics()

    assert {room["topic"] for room in meeting.view("lea")["rooms.proposal"]["rooms"]} == {"Le fleuve", "L'école"}
    german = meeting.view("lea", "de")["rooms.proposal"]["rooms"]
    assert {room["topic"] for room in german} == {"Der Fluss", "Die Schule"}


def test_citizens_and_staff_read_what_their_open_room_talks_about() -> None:
    meeting = by_topics()
    meeting.may("lea", c.OpenRooms())

    where = meeting.session.where(PersonId("ana"))
    assert meeting.view("ana", "de")["room"]["topic"] in {"Der Fluss", "Die Schule"}
    assert meeting.view("ana", "de")["room"]["topic"] == meeting.view("lea", "de")[f"rooms.{where}"]["topic"]


def test_whoever_arrives_late_reads_what_their_room_talks_about_and_so_does_its_staff() -> None:
    meeting = asked()
    meeting.tell(HOUSE, e.WentAway(PersonId("ana")))
    composed(meeting, c.ComposeRooms(recipe=WISHED, size=3))
    meeting.may("lea", c.OpenRooms())
    meeting.may(HOUSE, c.Arrive("ana", "v"))
    meeting.tell(HOUSE, e.SeatOffered(PersonId("ana"), RoomId("r1"), 60_000))

    topic = meeting.view("lea")["rooms.r1"]["topic"]
    assert topic in {"Le fleuve", "L'école"}
    assert meeting.view("ana")["me.arrival"]["topic"] == topic
    assert meeting.view("lea")["arrival.ana"]["brief"]["topic"] == topic


def test_rooms_composed_without_wishes_have_no_topic() -> None:
    meeting = asked()
    composed(meeting, c.ComposeRooms(recipe=MIRRORED, size=3))
    meeting.may("lea", c.OpenRooms())

    assert meeting.view("ana")["room"]["topic"] is None
    assert meeting.view("lea")["rooms.r1"]["topic"] is None


def test_where_two_votes_have_the_same_option_the_one_of_the_recipe_gives_the_words() -> None:
    meeting = asked()
    composed(meeting, c.ComposeRooms(recipe=WISHED, size=3))
    made = meeting.session.compositions.offered
    assert isinstance(made, Made)
    first = next(iter(meeting.session.polls.values()))
    other = msgspec.structs.replace(
        first, id=PollId("p0"), order=-1, item="door", options=(Option("river", {"fr": "Oui"}),)
    )
    polls: dict[PollId, Poll] = {other.id: other, **meeting.session.polls}
    session = with_(meeting.session, polls=polls)

    assert topic_of(session, Room(RoomId("r1"), "1", topic="river"), made) == WORDS["river"]


def test_a_secret_vote_says_no_topic() -> None:
    meeting = live()
    options = (AskedOption("a", {"fr": "Oui"}), AskedOption("b", {"fr": "Non"}))
    meeting.may("lea", c.AddPoll("?", "single", options=options, item="door", secret=True))
    poll = next(iter(meeting.session.polls))
    meeting.may("lea", c.OpenPoll(poll=poll))

    assert topic_of(meeting.session, Room(RoomId("r1"), "1", topic="a"), None) == {"": "a"}
