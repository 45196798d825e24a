"""Fair speech: the queue of an item and of a room, the next speaker, slower speech, nudges, and who sees what of it."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from facilitation import commands as c
from facilitation.asked import Done
from facilitation.programme import Programme, Speech
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.people import Card, PersonId
from tests.facilitation.given import CITIZENS, EVERYBODY, Meeting, in_rooms, live, programme, public


def planned(speech: Speech) -> Programme:
    """The usual programme, with that speech in its first item."""
    plan = programme()
    first = msgspec.structs.replace(plan.items[0], speech=speech)
    return msgspec.structs.replace(plan, items=(first, *plan.items[1:]))


def started(speech: Speech, seed: int = 0) -> Meeting:
    meeting = Meeting(planned(speech))
    for name in CITIZENS:
        meeting.may(HOUSE, c.Arrive(name, "w"))
    meeting.may("lea", c.StartSession(), 0, seed)
    return meeting


def raise_hands(meeting: Meeting, *names: str) -> None:
    for name in names:
        meeting.may(name, c.RaiseHand())


def spoke(meeting: Meeting, name: str, seconds: int, lead: str = "lea") -> None:
    meeting.may(lead, c.GiveFloor(name), meeting.session.time)
    meeting.may(lead, c.EndTurn(), meeting.session.time + seconds * 1000)


def queue(meeting: Meeting, who: str = "ana") -> list[str]:
    return [hand["person"] for hand in meeting.view(who)["floor.hands"]]


# The queue


def test_the_item_says_how_hands_come_and_how_long_a_turn_is() -> None:
    meeting = started(Speech("first-timers", 45))
    spoke(meeting, "ana", 20)

    raise_hands(meeting, "ana", "ben", "cleo")

    assert queue(meeting) == ["ben", "cleo", "ana"]
    assert [hand["place"] for hand in meeting.view("ana")["floor.hands"]] == [1, 2, 3]
    assert meeting.view("ana")["floor.queue"] == {"queue": "first-timers", "turn": 45}


def test_without_a_word_in_the_programme_hands_come_in_their_order() -> None:
    assert live().view("ana")["floor.queue"] == {"queue": "hands", "turn": 90}


def test_what_somebody_had_in_a_room_that_is_closed_counts_in_the_plenary() -> None:
    meeting = in_rooms()
    meeting.may("flo", c.GiveFloor("ana"))
    meeting.may("flo", c.EndTurn(), 60_000)
    meeting.may("lea", c.RecallRooms(), 60_000)
    meeting.may("lea", c.ChooseQueue("least-time"))

    raise_hands(meeting, "ana", "ben")

    assert queue(meeting) == ["ben", "ana"]


def test_what_somebody_had_in_the_plenary_counts_in_their_room() -> None:
    meeting = live()
    spoke(meeting, "ana", 60)
    meeting.may("lea", c.NextItem(), meeting.session.time)
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=(CITIZENS[::2], CITIZENS[1::2])))
    meeting.may("lea", c.OpenRooms())
    meeting.may("flo", c.ChooseQueue("least-time"))

    raise_hands(meeting, "ana", "cleo")

    assert queue(meeting) == ["cleo", "ana"]


def test_what_somebody_had_in_one_room_counts_in_another() -> None:
    meeting = in_rooms()
    meeting.may("flo", c.GiveFloor("ana"))
    meeting.may("lea", c.PlacePerson("ana", "r2"), 60_000)
    meeting.may("lea", c.VisitRoom("r2"))
    meeting.may("lea", c.ChooseQueue("first-timers"))

    raise_hands(meeting, "ana", "ben")

    assert queue(meeting) == ["ben", "ana"]


def test_undoing_the_way_out_of_the_rooms_counts_nothing_twice() -> None:
    meeting = in_rooms()
    meeting.may("flo", c.GiveFloor("ana"))
    meeting.may("flo", c.EndTurn(), 10_000)
    meeting.may("flo", c.GiveFloor("cleo"), 10_000)
    meeting.may("lea", c.NextItem(), 15_000)
    spoke(meeting, "ana", 2)

    meeting.may("lea", c.UndoAgenda(), 20_000)
    meeting.may("lea", c.NextItem(), 20_000)

    assert meeting.view("lea")["floor.heard"]["people"] == {"ana": 12, "cleo": 10}


def test_the_side_that_spoke_last_lets_another_go_first() -> None:
    meeting = started(Speech("alternate-sides"))
    spoke(meeting, "ana", 5)

    raise_hands(meeting, "cleo", "emil", "ben")

    assert queue(meeting) == ["ben", "cleo", "emil"]


def test_the_lot_of_an_item_comes_from_the_seed_that_its_entry_keeps() -> None:
    orders = set()
    for seed in range(1, 9):
        meeting = started(Speech("lot"), seed)
        raise_hands(meeting, *CITIZENS)
        kept = [entry for entry in meeting.entries if entry.event == "ItemStarted"]
        assert msgspec.json.decode(msgspec.json.encode(kept[0].body))["seed"] == seed
        orders.add(tuple(queue(meeting)))

    assert len(orders) > 3


def test_a_point_of_order_comes_first_and_says_so() -> None:
    meeting = live()
    raise_hands(meeting, "ana", "ben")

    meeting.may("cleo", c.RaiseHand("point-of-order"))

    assert queue(meeting) == ["cleo", "ana", "ben"]
    assert meeting.view("flo")["floor.hands"][0]["kind"] == "point-of-order"


def test_a_rule_chosen_live_holds_for_that_room_until_another_item() -> None:
    meeting = in_rooms()

    meeting.may("flo", c.ChooseQueue("lot", 30), seed=5)

    assert meeting.view("ana")["floor.queue"] == {"queue": "lot", "turn": 30}
    assert meeting.view("ben")["floor.queue"] == {"queue": "hands", "turn": 90}
    meeting.may("lea", c.NextItem())
    assert meeting.view("ana")["floor.queue"] == {"queue": "hands", "turn": 90}


def test_going_back_to_an_item_brings_the_rule_chosen_for_it() -> None:
    meeting = live()
    meeting.may("lea", c.ChooseQueue("least-time"))
    meeting.may("lea", c.GoToItem("quick"))
    assert meeting.view("ana")["floor.queue"]["queue"] == "hands"

    meeting.may("lea", c.GoToItem("door"))

    assert meeting.view("ana")["floor.queue"]["queue"] == "least-time"


def test_choosing_what_is_so_already_changes_nothing() -> None:
    assert live().ask("lea", c.ChooseQueue("hands", 90)) == Done()
    assert live().ask("lea", c.ChooseQueue()) == Done()


def test_a_facilitator_chooses_only_for_their_own_room() -> None:
    meeting = in_rooms()
    meeting.may("flo", c.VisitRoom("r2"))

    assert meeting.ask("flo", c.ChooseQueue("lot")) == Refusal(Why.NOT_PERMITTED)


# The next speaker


def test_the_first_of_the_queue_gets_the_floor_for_the_length_of_a_turn() -> None:
    meeting = started(Speech("first-timers", 45))
    spoke(meeting, "ana", 1)
    raise_hands(meeting, "ana", "ben")

    meeting.may("lea", c.NextSpeaker("ben"), 10_000)

    turn = meeting.view("ana")["floor.turn"]
    assert (turn["person"], turn["since"], turn["until"]) == ("ben", 10_000, 55_000)
    assert queue(meeting) == ["ana"]


def test_a_turn_without_a_limit_ends_when_somebody_ends_it() -> None:
    meeting = live()
    meeting.may("lea", c.ChooseQueue(turn=0))
    raise_hands(meeting, "ana")

    meeting.may("lea", c.NextSpeaker())

    assert meeting.view("ana")["floor.turn"]["until"] is None


def test_two_who_press_next_at_once_press_once() -> None:
    meeting = live()
    raise_hands(meeting, "ana", "ben")
    meeting.may("lea", c.NextSpeaker("ana"))

    assert meeting.ask("leo", c.NextSpeaker("ana")) == Done()
    assert queue(meeting) == ["ben"]


def test_nobody_is_next_where_no_hand_is_up() -> None:
    assert live().ask("lea", c.NextSpeaker()) == Refusal(Why.NOBODY_WAITS)


def test_a_turn_that_runs_is_made_longer_and_one_that_is_over_goes_on_from_now() -> None:
    meeting = live()
    meeting.may("lea", c.GiveFloor("ana", 60))

    meeting.may("lea", c.ExtendTurn("ana", 30), 10_000)
    assert meeting.view("ana")["floor.turn"]["until"] == 90_000
    meeting.may("lea", c.ExtendTurn("ana", 30), 100_000)
    assert meeting.view("ana")["floor.turn"]["until"] == 130_000
    meeting.may("lea", c.ExtendTurn("ana", -60), 110_000)
    assert meeting.view("ana")["floor.turn"]["until"] == 110_000


def test_the_turn_of_another_or_one_without_a_limit_is_not_made_longer() -> None:
    meeting = live()
    assert meeting.ask("lea", c.ExtendTurn()) == Done()

    meeting.may("lea", c.GiveFloor("ana", 60))
    assert meeting.ask("lea", c.ExtendTurn("ben")) == Done()
    meeting.may("lea", c.GiveFloor("ben"))
    assert meeting.ask("lea", c.ExtendTurn("ben")) == Done()


# Slower, please


def test_slower_speech_is_told_to_the_speaker_and_the_staff_as_a_number_and_to_nobody_else() -> None:
    meeting = live()
    meeting.may("lea", c.GiveFloor("ana"))

    meeting.may("ben", c.AskSlower())
    meeting.may("cleo", c.AskSlower())

    assert meeting.view("ana")["me.slower"] == {"asked": False, "count": 2}
    assert meeting.view("lea")["floor.slower"] == 2
    assert meeting.view("ben")["me.slower"] == {"asked": True, "count": None}
    assert meeting.view("dirk")["me.slower"] is None
    assert "floor.slower" not in meeting.view("dirk")
    assert not [path for path in meeting.seen(public()) if "slower" in path]


def test_slower_speech_is_asked_once_a_turn_and_over_with_it() -> None:
    meeting = live()
    meeting.may("lea", c.GiveFloor("ana"))
    meeting.may("ben", c.AskSlower())

    assert meeting.ask("ben", c.AskSlower()) == Done("ben")
    meeting.may("lea", c.GiveFloor("cleo"))

    assert meeting.view("ben")["me.slower"] is None
    assert meeting.view("lea")["floor.slower"] == 0
    meeting.may("ben", c.AskSlower())


def test_nobody_asks_themselves_or_the_silence_to_be_slower() -> None:
    meeting = live()

    assert meeting.ask("ben", c.AskSlower()) == Done("ben")
    meeting.may("lea", c.GiveFloor("ben"))
    assert meeting.ask("ben", c.AskSlower()) == Done("ben")


# Nudges


def test_only_the_one_who_is_nudged_reads_it() -> None:
    meeting = live()
    before = {name: json.dumps(meeting.view(name)) for name in EVERYBODY}

    meeting.may("lea", c.Nudge("ben", "invite"), 5)

    assert meeting.view("ben")["me.nudge"] == {"kind": "invite", "at": 5}
    for name in EVERYBODY:
        if name != "ben":
            assert json.dumps(meeting.view(name)) == before[name], name


def test_the_journal_keeps_of_a_nudge_only_to_whom_and_its_kind() -> None:
    meeting = live()

    meeting.may("lea", c.Nudge("ben", "shorter"))

    assert meeting.entries[-1].body == {"room": "plenary", "person": "ben", "kind": "shorter"}


def test_a_nudge_goes_away_with_a_raised_hand_a_turn_or_when_it_was_read() -> None:
    meeting = live()

    meeting.may("lea", c.Nudge("ana", "invite"))
    raise_hands(meeting, "ana")
    assert meeting.view("ana")["me.nudge"] is None

    meeting.may("lea", c.Nudge("ben", "invite"))
    meeting.may("lea", c.GiveFloor("ben"))
    assert meeting.view("ben")["me.nudge"] is None

    meeting.may("lea", c.Nudge("ben", "shorter"))
    assert meeting.view("ben")["me.nudge"]["kind"] == "shorter"
    meeting.may("ben", c.EndTurn())
    assert meeting.view("ben")["me.nudge"] is None

    meeting.may("lea", c.GiveFloor("ben"))
    meeting.may("lea", c.Nudge("ben", "shorter"))
    meeting.may("lea", c.GiveFloor("dirk"))
    assert meeting.view("ben")["me.nudge"] is None

    meeting.may("lea", c.Nudge("cleo", "invite"))
    meeting.may("cleo", c.PutNudgeAway())
    assert meeting.view("cleo")["me.nudge"] is None


def test_a_nudge_that_was_not_read_yet_is_not_given_twice() -> None:
    meeting = live()
    meeting.may("lea", c.Nudge("ana", "invite"))

    assert meeting.ask("leo", c.Nudge("ana", "invite")) == Done()


def test_nudged_are_citizens_and_guests_in_the_room() -> None:
    meeting = in_rooms()

    assert meeting.ask("flo", c.Nudge("ben", "invite")) == Refusal(Why.NOT_IN_ROOM)
    assert meeting.ask("flo", c.Nudge("nic", "invite")) == Refusal(Why.NOT_PERMITTED)
    assert meeting.ask("flo", c.Nudge("nobody", "invite")) == Refusal(Why.NO_SUCH_PERSON)
    meeting.may("flo", c.Nudge("ana", "invite"))


# Who has been heard


def with_genders(meeting: Meeting) -> Meeting:
    genders = dict(zip(CITIZENS, ("F", "F", "F", "M", "M", "M"), strict=True))
    for name, gender in genders.items():
        meeting.cards[PersonId(name)] = Card(f"Name-{name}", attributes={"Geschlecht": gender})
    return meeting


def shares(view: dict[str, Any], kind: str, path: str = "floor.shares") -> list[tuple[str, int, int]]:
    return [(each["id"], each["people"], each["seconds"]) for each in view[path][kind]]


def test_the_team_sees_how_long_each_side_language_and_gender_had_beside_how_many_they_are() -> None:
    meeting = with_genders(live())
    spoke(meeting, "ana", 30)
    spoke(meeting, "dirk", 10)

    seen = meeting.view("flo")

    assert shares(seen, "sides") == [("DE", 3, 10), ("FR", 3, 30)]
    assert shares(seen, "languages") == [("de", 3, 10), ("fr", 3, 30)]
    assert shares(seen, "genders") == [("F", 3, 30), ("M", 3, 10)]


def test_groups_of_fewer_than_three_are_taken_together_or_not_shown() -> None:
    meeting = with_genders(live())
    meeting.cards[PersonId("fadi")] = Card("Name-fadi", attributes={"Geschlecht": "X"})
    spoke(meeting, "ana", 30)
    spoke(meeting, "fadi", 5)

    assert shares(meeting.view("flo"), "genders") == [("F", 3, 30), ("others", 3, 5)]
    women = dict.fromkeys(map(PersonId, ("dirk", "emil")), meeting.cards[PersonId("ana")])
    meeting.cards = {**meeting.cards, **women}
    assert shares(meeting.view("flo"), "genders") == []


def test_gender_is_not_shown_where_it_was_not_asked() -> None:
    meeting = live()
    spoke(meeting, "ana", 30)

    assert set(meeting.view("flo")["floor.shares"]) == {"sides", "languages"}


def test_leads_see_the_shares_of_every_open_room_and_of_the_whole_session() -> None:
    meeting = live()
    spoke(meeting, "ben", 20)
    meeting.may("lea", c.NextItem(), meeting.session.time)
    meeting.may("lea", c.ComposeRooms(rule="list", rooms=(CITIZENS[::2], CITIZENS[1::2])))
    meeting.may("lea", c.OpenRooms())
    meeting.may("flo", c.GiveFloor("ana"), meeting.session.time)
    meeting.may("flo", c.EndTurn(), meeting.session.time + 10_000)

    lead, facilitator = meeting.view("lea"), meeting.view("flo")

    assert shares(lead, "sides", "shares") == [("DE", 3, 20), ("FR", 3, 10)]
    assert shares(lead, "sides", "shares.r1") == [("FR", 3, 10)]
    assert lead["shares.r2"] == {}
    assert shares(facilitator, "sides") == [("FR", 3, 10)]
    assert not {"shares", "shares.r1"} & facilitator.keys()


def test_nothing_of_who_has_been_heard_reaches_citizens_guests_experts_evaluators_or_observers() -> None:
    meeting = with_genders(live())
    spoke(meeting, "ana", 30)

    for seen in (*(meeting.view(name) for name in ("ana", "ben", "gil", "val", "obi")), meeting.seen(public())):
        assert not [path for path in seen if "shares" in path or "heard" in path]
    assert "floor.shares" not in meeting.view("eva")
