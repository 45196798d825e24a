"""A recipe was written before the roster: what of it a session can use, and under which headings."""

from __future__ import annotations

import msgspec
import pytest

from facilitation import commands as c
from facilitation.attributes import heading_of
from facilitation.programme import Least, Recipe
from facilitation.recipes import fitted
from rooms.people import ItemId
from server.faults import Fault
from server.plain import Value
from server.programmes.rooms import MOST_ATTRIBUTES, MOST_LANGUAGES, MOST_LEAST, MOST_ROOMS, read_recipe
from tests.facilitation.composed import met, talk, talks


@pytest.mark.parametrize(
    ("name", "headings", "heading"),
    [
        ("age", {"age", "Âge"}, "age"),
        ("age", {"Tranche d’âge", "side"}, "Tranche d’âge"),
        ("gender", {"Geschlecht"}, "Geschlecht"),
        ("Genre", {"gender"}, "gender"),
        ("diploma", {"Niveau d'études"}, "Niveau d'études"),
        ("Dialect", {"dialect "}, "dialect "),
        ("age", {"gender", "village"}, None),
    ],
)
def test_an_attribute_is_found_under_the_heading_of_the_roster(
    name: str, headings: set[str], heading: str | None
) -> None:
    assert heading_of(name, headings) == heading


def test_of_a_programmes_recipe_that_stays_for_which_the_roster_has_something() -> None:
    session = met().session
    recipe = Recipe(
        mirror={"Alter": 2.0, "side": 1.0, "gender": 1.0},
        least=(Least("Âge", "young"), Least("gender", "f")),
        topics=ItemId("first"),
    )

    assert fitted(session, recipe) == Recipe(mirror={"age": 2.0, "side": 1.0}, least=(Least("age", "young"),))


def test_rooms_are_composed_by_an_items_recipe_though_the_roster_lacks_some_of_it() -> None:
    plan = talks()
    recipe = Recipe(mirror={"Alter": 1.0, "village": 3.0}, facilitators=False, topics=ItemId("door"))
    items = (*plan.items[:2], talk("first", recipe), *plan.items[3:])
    meeting = met(msgspec.structs.replace(plan, items=items))
    meeting.may("lea", c.GoToItem("first"))

    meeting.may("lea", c.ComposeRooms())

    wanted = meeting.session.compositions.wanted
    assert wanted is not None
    assert wanted.recipe == msgspec.structs.replace(recipe, mirror={"age": 1.0}, topics=None)
    shown = meeting.view("lea")["rooms.recipe"]
    assert (shown["mirror"], shown["topics"]) == ({"age": 1.0}, None)


def test_the_form_knows_what_people_may_wish_for_once_they_were_asked() -> None:
    plan = talks()
    recipe = Recipe(facilitators=False, topics=ItemId("pause"))
    items = (*plan.items[:2], talk("first", recipe), *plan.items[3:])
    meeting = met(msgspec.structs.replace(plan, items=items))
    meeting.may("lea", c.GoToItem("pause"))
    before = meeting.view("lea")["rooms.recipe"]["topics"]

    options = tuple(c.AskedOption(each, {"fr": each}) for each in "ab")
    meeting.may("lea", c.AddPoll("?", "ranking", options=options, item="pause"))

    assert before is None
    assert meeting.view("lea")["rooms.recipe"]["topics"] == "pause"


@pytest.mark.parametrize(
    "asked",
    [
        {"recipe": {"most-languages": 2**70}},
        {"recipe": {"most-languages": 25}},
        {"recipe": {"telephone": 2**70}},
        {"recipe": {"telephone": -1}},
        {"recipe": {"least": [{"attribute": "side", "value": "FR", "people": 2**70}]}},
        {"recipe": {"least": [{"attribute": "side", "value": "FR"}] * 21}},
        {"recipe": {"mirror": {f"column {number}": 1.0 for number in range(51)}}},
        {"seed": 2**70},
        {"seed": 2**53 + 1},
    ],
)
def test_numbers_that_are_out_of_all_bounds_are_not_even_asked(asked: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(asked, c.ComposeRooms)


def test_whatever_a_programme_may_say_of_a_recipe_a_session_can_be_told() -> None:
    faults: list[Fault] = []
    most = {
        "most-languages": MOST_LANGUAGES,
        "telephone": MOST_ROOMS,
        "mirror": {f"column {number}": 100 for number in range(MOST_ATTRIBUTES)},
        "least": [{"attribute": "age", "value": str(number), "people": MOST_ROOMS} for number in range(MOST_LEAST)],
    }

    read = read_recipe(Value(most, "", faults))

    assert not faults
    assert msgspec.convert(msgspec.to_builtins(read), Recipe) == read
    assert (read.most_languages, read.telephone, len(read.least)) == (MOST_LANGUAGES, MOST_ROOMS, MOST_LEAST)
