"""How teams of interpreters work: what a lead says counts instead of the programme, until it is taken back."""

from __future__ import annotations

from typing import Any

import pytest
from rpds import HashTrieMap

from facilitation import casebook
from facilitation import commands as c
from facilitation import events as e
from facilitation.asked import Done
from facilitation.programme import Programme, TeamPlan
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, with_
from rooms.people import Role
from tests.facilitation.composed import answer
from tests.facilitation.given import Meeting, plain, replayed
from tests.facilitation.test_casebook import cards, crowd, planned, staff, talk, wanted

FRENCH_GERMAN, FRENCH_POLISH = ("fr", "de"), ("fr", "pl")


def meeting(*teams: TeamPlan) -> Meeting:
    """Sixteen each who speak French and German; two teams of two, and one who interprets alone, of all languages."""
    plan: Programme = planned(talk("first"), talk("second"), teams=teams)
    people = (
        *crowd(fr=16, de=16),
        *staff(Role.INTERPRETER, "fr_de", "fr_de", group="a"),
        *staff(Role.INTERPRETER, "fr_de_pl", "fr_de_pl", group="b"),
        *staff(Role.INTERPRETER, "fr_de_pl"),
        *staff(Role.FACILITATOR, "fr_de", "fr_de", "fr_de", "fr_de"),
        *staff(Role.LEAD, "fr"),
    )
    held = Meeting(plan)
    held.session = with_(held.session, people=HashTrieMap())
    held.tell("organiser", e.PeopleInvited(people))
    for person in people:
        held.may(HOUSE, c.Arrive(person.id, "w"))
    return held


LEAD = "lead-0"
ALONE = "interpreter-0"


def interpreted(held: Meeting) -> list[str]:
    """The teams of the rooms of several languages that there would be now."""
    people = [held.session.people[each] for each in sorted(held.session.people)]
    found = casebook.book(held.session, cards(people), wanted("first"))
    return sorted(team for place in found.places[0] for team in place.teams)


def followed(held: Meeting, room: str) -> dict[str, bool]:
    """Whether whoever speaks these languages in that room is understood."""
    spoken = held.view(LEAD)[f"rooms.{room}"]["by_language"]
    return {language: each["covered"] for language, each in spoken.items()}


def shown(held: Meeting, team: str) -> dict[str, Any]:
    return next(each for each in held.view(LEAD)["rooms.teams"] if each["id"] == team)


def test_whoever_interprets_between_other_languages_serves_no_room_until_that_is_taken_back() -> None:
    held = meeting()

    before = interpreted(held)
    held.may(LEAD, c.PlanTeam("b", FRENCH_POLISH))
    meanwhile = interpreted(held)
    held.may(LEAD, c.PlanTeam("b"))

    assert before == ["a", "b", ALONE]
    assert meanwhile == ["a", ALONE]
    assert interpreted(held) == before


def test_teams_of_one_booth_work_one_at_a_time() -> None:
    held = meeting(TeamPlan("a", FRENCH_GERMAN, "A"), TeamPlan("b", FRENCH_GERMAN, "B"))

    held.may(LEAD, c.PlanTeam("b", FRENCH_POLISH, booth=" A "))

    assert interpreted(held) == ["a"]
    assert shown(held, "b")["booth"] == "A"


def test_a_team_that_the_programme_leaves_out_works_once_a_lead_says_how() -> None:
    held = meeting(TeamPlan("a", FRENCH_GERMAN))

    before = interpreted(held), shown(held, "b")["works"]
    held.may(LEAD, c.PlanTeam("b", FRENCH_GERMAN))
    said = interpreted(held), shown(held, "b")["works"]
    held.may(LEAD, c.PlanTeam("b"))

    assert (before, said) == ((["a"], False), (["a", "b"], True))
    assert interpreted(held) == ["a"]


def test_a_lead_sees_the_teams_as_they_work_now_and_nobody_else_does() -> None:
    held = meeting(TeamPlan("a", FRENCH_GERMAN, "A", 20))

    held.may(LEAD, c.PlanTeam("a", ("de", "fr", "pl"), "C", 15, "de"))

    assert shown(held, "a") == {
        "id": "a", "people": ["interpreter-a0", "interpreter-a1"], "languages": ["de", "fr", "pl"], "booth": "C",
        "turn": 15, "relay": "de", "works": True, "said": True,
    }  # fmt: skip
    assert shown(held, "b") == {
        "id": "b", "people": ["interpreter-b0", "interpreter-b1"], "languages": ["de", "fr", "pl"], "booth": "",
        "turn": 30, "relay": "", "works": False, "said": False,
    }  # fmt: skip
    assert shown(held, ALONE)["people"] == [ALONE]
    for other in ("facilitator-0", "interpreter-a0", "fr000"):
        assert "rooms.teams" not in held.view(other)


def test_in_an_open_room_only_what_a_lead_says_is_interpreted() -> None:
    held = meeting()
    held.may(LEAD, c.StartSession())
    held.may(LEAD, c.GoToItem("first"))
    held.may(LEAD, c.ComposeRooms())
    found = answer(held)
    assert found is not None
    held.may(HOUSE, found)
    held.may(LEAD, c.OpenRooms())
    room = next(each for each in held.session.seating.rooms.values() if "interpreter-b0" in each.staff)

    before = followed(held, room.id)
    held.may(LEAD, c.PlanTeam("b", FRENCH_POLISH))
    meanwhile = followed(held, room.id)
    held.may(LEAD, c.PlanTeam("b"))

    assert before == {"fr": True, "de": True}
    assert meanwhile == {"fr": True, "de": False}
    assert followed(held, room.id) == before


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (c.PlanTeam("c", FRENCH_GERMAN), Why.NO_SUCH_TEAM),
        (c.PlanTeam("fr000", FRENCH_GERMAN), Why.NO_SUCH_TEAM),
        (c.PlanTeam("a", ("fr",)), Why.NEEDS_TWO_LANGUAGES),
        (c.PlanTeam("a", ("fr", "de", "fr")), Why.NEEDS_TWO_LANGUAGES),
        (c.PlanTeam("a", ("fr", "it")), Why.NO_SUCH_LANGUAGE),
        (c.PlanTeam("a", FRENCH_GERMAN, relay="pl"), Why.NOT_ITS_LANGUAGE),
    ],
)
def test_what_no_team_can_do_is_refused(command: c.PlanTeam, why: Why) -> None:
    assert meeting().ask(LEAD, command) == Refusal(why)


def test_to_say_the_same_again_or_to_take_back_nothing_changes_nothing() -> None:
    held = meeting()
    nothing = held.ask(LEAD, c.PlanTeam("a"))
    held.may(LEAD, c.PlanTeam("a", FRENCH_POLISH, turn=20))
    held.may(LEAD, c.PlanTeam("b", FRENCH_POLISH))

    again = held.ask(LEAD, c.PlanTeam("a", FRENCH_POLISH, turn=20))

    assert isinstance(nothing, Done)
    assert isinstance(again, Done)


def test_rooms_that_are_just_being_searched_are_searched_anew() -> None:
    held = meeting()
    held.may(LEAD, c.ComposeRooms(rule="search"), at=100)
    first = held.session.compositions.wanted

    held.may(LEAD, c.PlanTeam("b", FRENCH_POLISH), at=200)

    again = held.session.compositions.wanted
    assert first is not None
    assert again is not None
    assert (again.id, again.at, again.recipe, again.seed) == ("s2", 200, first.recipe, first.seed)
    assert isinstance(held.ask(HOUSE, c.FailComposition(first.id, ())), Done)


def test_the_journal_gives_the_same_teams() -> None:
    held = meeting(TeamPlan("a", FRENCH_GERMAN))
    held.may(LEAD, c.PlanTeam("a", FRENCH_POLISH, "B", 15, "fr"))
    held.may(LEAD, c.PlanTeam("b", FRENCH_POLISH))
    held.may(LEAD, c.PlanTeam("b"))

    again = replayed(held.entries)

    assert again.compositions.teams == (TeamPlan("a", FRENCH_POLISH, "B", 15, "fr"),)
    assert plain(again.compositions) == plain(held.session.compositions)
