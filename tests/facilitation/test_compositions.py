"""Compositions by a search: what is wished for, and what is kept of what was found."""

from __future__ import annotations

import pytest

from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.programme import Least, Recipe
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.composing.case import Reason
from rooms.composing.case import Why as Because
from rooms.composing.plan import compose
from rooms.people import ItemId, PersonId
from rooms.seating import Stage
from server.draft import event_of
from tests.facilitation.composed import (
    MIRRORED,
    SEARCH,
    answer,
    at_the_first,
    composed,
    met,
    offered,
    seated,
    shown,
)
from tests.facilitation.given import CITIZENS, live, plain, replayed

# The wish


def test_an_item_that_says_so_is_composed_by_a_search_by_its_recipe() -> None:
    meeting = at_the_first()

    meeting.may("lea", c.ComposeRooms(), seed=7, at=500)

    wanted = meeting.session.compositions.wanted
    assert wanted is not None
    assert (wanted.item, wanted.recipe, wanted.size, wanted.seed, wanted.by) == ("first", MIRRORED, 3, 7, "lea")
    assert shown(meeting)["state"] == "composing"


def test_what_was_found_is_on_offer_and_what_it_foresees_is_planned_for_later() -> None:
    meeting = at_the_first()

    composed(meeting, c.ComposeRooms())

    assert seated(offered(meeting)) == sorted(CITIZENS)
    assert [len(room.people) for room in offered(meeting)] == [3, 3]
    assert shown(meeting)["later"] == [{"item": "second", "rooms": 2}]
    assert meeting.session.seating.stage is Stage.PROPOSED


def test_in_a_break_the_rooms_of_the_next_such_item_are_composed() -> None:
    meeting = met()
    meeting.may("lea", c.GoToItem("pause"))

    composed(meeting, SEARCH)

    assert shown(meeting)["item"] == "first"


def test_while_rooms_are_open_the_next_round_is_composed_and_the_open_rooms_stay() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    open_rooms = meeting.session.seating.rooms

    composed(meeting, SEARCH)

    assert shown(meeting)["item"] == "second"
    assert meeting.session.seating.rooms is open_rooms
    assert meeting.session.seating.stage is Stage.OPEN


def test_where_no_item_is_composed_by_a_search_the_breakout_on_the_table_or_to_come_is() -> None:
    meeting = live()

    meeting.may("lea", SEARCH)
    before = meeting.session.compositions.wanted
    meeting.may("lea", c.GoToItem("again"))
    meeting.may("lea", SEARCH)
    after = meeting.session.compositions.wanted

    assert before is not None
    assert after is not None
    assert (before.item, after.item) == ("talk", None)


@pytest.mark.parametrize(
    ("recipe", "why"),
    [
        (Recipe(taste="sweet"), Why.NOT_A_RECIPE),
        (Recipe(languages="all"), Why.NOT_A_RECIPE),
        (Recipe(mirror={"age": float("nan")}), Why.NOT_A_RECIPE),
        (Recipe(mirror={"age": -1.0}), Why.NOT_A_RECIPE),
        (Recipe(most_languages=0), Why.NOT_A_RECIPE),
        (Recipe(telephone=-1), Why.NOT_A_RECIPE),
        (Recipe(least=(Least("age", "16-24", 0),)), Why.NOT_A_RECIPE),
        (Recipe(mirror={"shoe size": 1.0}), Why.NO_SUCH_ATTRIBUTE),
        (Recipe(least=(Least("shoe size", "44"),)), Why.NO_SUCH_ATTRIBUTE),
        (Recipe(topics=ItemId("nowhere")), Why.NO_SUCH_ITEM),
        (Recipe(topics=ItemId("first")), Why.NO_WISHES),
    ],
)
def test_a_recipe_that_cannot_be_used_is_refused(recipe: Recipe, why: Why) -> None:
    meeting = at_the_first()

    assert meeting.ask("lea", c.ComposeRooms(recipe=recipe)) == Refusal(why)


def test_nobody_here_is_no_search_unless_somebody_is_expected() -> None:
    meeting = met(here=())

    assert meeting.ask("lea", SEARCH) == Refusal(Why.NOBODY_HERE)
    assert meeting.ask("lea", c.ComposeRooms(rule="search", expected=("nobody",))) == Refusal(Why.NO_SUCH_PERSON)
    composed(meeting, c.ComposeRooms(rule="search", expected=("ana", "ben", "cleo")))

    assert seated(offered(meeting)) == ["ana", "ben", "cleo"]


def test_all_are_expected_but_those_who_stay_away() -> None:
    meeting = met(here=("ana",))
    away = [name for name in CITIZENS if name != "ana"]

    composed(meeting, c.ComposeRooms(rule="search", expected="all", absent=("ben", "nobody")))

    assert seated(offered(meeting)) == sorted({"ana", *away} - {"ben"})


def test_after_a_break_the_rooms_are_composed_of_those_who_are_back_unless_everybody_is_wanted() -> None:
    meeting = met()
    meeting.may("lea", c.GoToItem("pause"), at=60_000)
    for name in CITIZENS[:4]:
        meeting.may(name, c.ComeBack(), at=61_000)

    composed(meeting, SEARCH, at=62_000)
    back = seated(offered(meeting))
    composed(meeting, c.ComposeRooms(rule="search", everybody=True), at=63_000)

    assert back == sorted(CITIZENS[:4])
    assert seated(offered(meeting)) == sorted(CITIZENS)


def test_the_plan_of_an_item_is_mended_only_where_there_is_one() -> None:
    meeting = at_the_first()

    assert meeting.ask("lea", c.ComposeRooms(rung="fewest")) == Refusal(Why.NOTHING_PLANNED)


# What comes back


def test_of_two_wishes_only_the_newer_is_kept() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms(), seed=1)
    older = answer(meeting)
    meeting.may("leo", c.ComposeRooms(), seed=2)
    newer = answer(meeting)
    assert older is not None
    assert newer is not None

    first = meeting.ask(HOUSE, older)
    meeting.may(HOUSE, newer)

    assert first == Done()
    assert meeting.ask(HOUSE, newer) == Done()
    assert shown(meeting)["seed"] == 2


def test_a_random_composition_takes_the_place_of_one_that_is_still_searched() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms())
    searched = answer(meeting)
    assert searched is not None

    meeting.may("lea", c.ComposeRooms(rule="random"))

    assert meeting.ask(HOUSE, searched) == Done()
    assert shown(meeting)["state"] == "ready"


def test_whoever_has_gone_meanwhile_has_no_seat_in_the_proposal_and_it_says_so() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms(expected=("fadi",)))
    found = answer(meeting)
    assert found is not None
    for name in ("emil", "fadi"):
        meeting.tell(HOUSE, e.WentAway(PersonId(name)))

    meeting.may(HOUSE, found)

    assert seated(offered(meeting)) == ["ana", "ben", "cleo", "dirk", "fadi"]
    assert shown(meeting)["relaxed"] == ["left-since"]


def test_while_rooms_are_composed_none_are_accepted_or_opened_but_nobody_waits_for_ever() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.AcceptRooms())
    meeting.may("lea", c.ComposeRooms(), at=1_000)

    assert meeting.ask("lea", c.AcceptRooms(), at=2_000) == Refusal(Why.NOT_READY)
    assert meeting.ask("lea", c.OpenRooms(), at=2_000) == Refusal(Why.NOT_READY)
    meeting.may("lea", c.OpenRooms(), at=11_000)

    assert meeting.session.seating.stage is Stage.OPEN


def test_what_cannot_be_composed_says_why_and_opens_nothing() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms())
    reason = Reason(Because.TOO_FEW_FACILITATORS, seats=1, needed=2)

    meeting.may(HOUSE, c.FailComposition("s1", (reason,)))

    told = shown(meeting)
    assert (told["state"], told["reasons"]) == ("failed", [{"why": "too-few-facilitators", "seats": 1, "needed": 2}])
    assert meeting.ask("lea", c.AcceptRooms()) == Refusal(Why.NO_PROPOSAL)
    assert meeting.ask("lea", c.OpenRooms()) == Refusal(Why.NO_PROPOSAL)
    assert meeting.ask(HOUSE, c.FailComposition("s1", (reason,))) == Done()


def test_rooms_that_are_open_stay_open_where_the_next_ones_cannot_be_composed() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms())
    meeting.may("lea", c.OpenRooms())
    meeting.may("lea", SEARCH)

    meeting.may(HOUSE, c.FailComposition("s2", (Reason(Because.TOO_FEW_SEATS),)))

    assert meeting.session.seating.stage is Stage.OPEN
    assert meeting.at("ana").room != "plenary"


def test_a_session_that_has_ended_keeps_nothing_that_was_still_searched() -> None:
    meeting = at_the_first()
    meeting.may("lea", c.ComposeRooms())
    found = answer(meeting)
    assert found is not None

    meeting.may("lea", c.CloseSession())

    assert meeting.session.compositions.wanted is None
    assert meeting.ask(HOUSE, found) == Done()


def test_the_journal_alone_gives_the_same_composition_again() -> None:
    meeting = at_the_first()
    composed(meeting, c.ComposeRooms(), seed=5)

    kept = next(event_of(entry) for entry in meeting.entries if entry.event == "RoomsComposed")

    assert isinstance(kept, e.RoomsComposed)
    again = compose(kept.found.case, kept.seed, kept.found.iterations, kept.found.taste)
    assert again.seats() == kept.found.seats
    ids = [member.id for member in kept.found.case.people]
    rooms = [sorted(ids[person] for person in room) for room in again.rounds[kept.found.number].rooms]
    assert rooms == [sorted(room.people) for room in kept.rooms]
    assert plain(replayed(meeting.entries)) == plain(meeting.session)
