"""The built-in programmes: complete, in order, in three languages, and as long as they say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from facilitation.programme import Item, Mode, Programme, elsewhere
from rooms.people import Text
from server.programmes import NoSuchTemplate, document_of, open_programme, template, templates
from server.programmes.builtin import FOLDER
from server.programmes.reading import read

LENGTHS = {"a1a": 150, "a1b": 420, "a4": 420, "a240": 240, "a1": 570}
A1A = "lobby plenary breakout individual plenary break breakout plenary individual"
A1B = (
    "lobby plenary hearing break breakout plenary break poll breakout breakout break plenary vote break breakout "
    "plenary individual"
)
MODES = {
    "a1a": A1A,
    "a1b": A1B,
    "a1": f"{A1A} {A1B}",
    "a4": (
        "lobby plenary breakout break breakout breakout break breakout plenary plenary break vote plenary draw hearing "
        "individual"
    ),
    "a240": "lobby plenary poll plenary breakout plenary break breakout plenary break vote hearing individual",
}
MINUTES = {
    "a1a": [20, 15, 15, 10, 15, 10, 45, 15, 5],
    "a1b": [15, 10, 50, 15, 60, 25, 60, 5, 25, 40, 15, 25, 10, 10, 25, 15, 15],
    "a4": [15, 20, 60, 15, 30, 30, 60, 45, 15, 25, 10, 20, 20, 10, 30, 15],
    "a240": [30, 15, 5, 10, 45, 10, 15, 50, 20, 5, 5, 20, 10],
}


def item(name: str, item_id: str) -> Item:
    found = template(name).item(item_id)
    assert found is not None
    return found


def texts(programme: Programme) -> Iterator[Text]:
    yield programme.title
    yield from (side.title for side in programme.sides)
    for each in programme.items:
        yield each.title
        assert each.task is not None, each.id
        yield each.task.text
        if each.rooms and each.rooms.note:
            yield each.rooms.note
        if each.poll and each.poll.question:
            yield each.poll.question
        yield from (option.title for option in (each.poll.options if each.poll else ()))


@pytest.mark.parametrize("name", LENGTHS)
def test_a_built_in_programme_has_no_fault(name: str) -> None:
    reading = open_programme((FOLDER / f"{name}.yaml").read_bytes(), f"{name}.yaml")

    assert reading.faults == ()
    assert reading.programme == template(name)


def test_the_list_names_them_all_with_their_length() -> None:
    assert dict(templates()) == {name: template(name).title for name in LENGTHS}
    assert {name: sum(each.minutes for each in template(name).items) for name, _ in templates()} == LENGTHS


@pytest.mark.parametrize("name", MINUTES)
def test_items_have_the_minutes_of_the_plan_in_its_order(name: str) -> None:
    minutes = [each.minutes for each in template(name).items]

    assert minutes == MINUTES[name]
    assert sum(minutes) == LENGTHS[name]


@pytest.mark.parametrize("name", MODES)
def test_items_have_the_modes_of_the_plan_in_its_order(name: str) -> None:
    assert [each.mode.value for each in template(name).items] == MODES[name].split()


@pytest.mark.parametrize("name", LENGTHS)
def test_every_text_is_there_in_three_languages(name: str) -> None:
    for text in texts(template(name)):
        assert set(text) == {"fr", "de", "en"}
        assert all(words.strip() for words in text.values())


@pytest.mark.parametrize("name", LENGTHS)
def test_tasks_are_short_enough_for_a_telephone(name: str) -> None:
    for each in template(name).items:
        assert each.task is not None
        assert all(len(words) <= 260 for words in each.task.text.values()), each.id


@pytest.mark.parametrize("name", LENGTHS)
def test_both_countries_are_sides(name: str) -> None:
    programme = template(name)

    assert [side.id for side in programme.sides] == ["FR", "DE"]
    assert programme.languages == ("fr", "de")


@pytest.mark.parametrize("name", LENGTHS)
def test_every_round_says_how_its_rooms_are_made(name: str) -> None:
    rounds = [each for each in template(name).items if each.mode is Mode.BREAKOUT]

    assert all(each.rooms is not None and each.rooms.note for each in rounds)
    assert all(each.rooms is None for each in template(name).items if each.mode is not Mode.BREAKOUT)


def test_only_the_long_afternoon_of_the_last_day_has_more_than_90_minutes_without_a_break() -> None:
    warned = {name: [(w.reason, w.path) for w in read(document_of(name)).warnings] for name in LENGTHS}

    assert warned.pop("a4") == [("long-without-break", "programme.items[11]")]
    assert not any(warned.values())


def test_recommendations_are_adopted_by_more_yes_than_no() -> None:
    poll = item("a4", "vote").poll

    assert poll is not None
    assert poll.method == "yes-no-abstain"
    assert not poll.question
    assert poll.rule is not None
    assert (poll.rule.threshold, poll.rule.compare, poll.rule.base) == ("1/2", ">", "yes+no")


@pytest.mark.parametrize(("name", "item_id"), [("a1b", "choose"), ("a240", "top-three")])
def test_dots_run_elsewhere_until_they_are_built(name: str, item_id: str) -> None:
    found = item(name, item_id)

    assert found.poll is not None
    assert found.poll.method == "points"
    assert found.poll.settings == {"points": 3, "max": 1}
    assert list(elsewhere(found)) == ["points"]


@pytest.mark.parametrize(
    ("name", "item_id", "instruments"),
    [
        ("a1a", "entry", ["questionnaire"]),
        ("a1a", "harvest", ["words"]),
        ("a1b", "warm-up", []),
        ("a1b", "harvest", ["cards", "clusters"]),
        ("a4", "rehearsal", []),
        ("a4", "feedback-1", ["texts", "feedback"]),
        ("a4", "spokespersons", ["lot"]),
        ("a240", "who", []),
    ],
)
def test_an_item_says_what_has_to_be_done_elsewhere(name: str, item_id: str, instruments: list[str]) -> None:
    assert list(elsewhere(item(name, item_id))) == instruments


def test_session_1_is_both_days_one_after_the_other_with_ids_of_their_own() -> None:
    programme = template("a1")
    ids = [each.id for each in programme.items]

    assert len(set(ids)) == len(ids) == 26
    assert ids[0] == "door"
    assert ids[9] == "a1b-door"
    assert [each.starts for each in programme.items if each.starts] == ["day 2 09:30"]


def test_a_changed_copy_leaves_the_built_in_programme_alone() -> None:
    mine = document_of("a240")
    mine["starts"] = "2027-03-05T18:00"
    mine["telephone"] = "+33 3 88 00 00 00"

    reading = read(mine)

    assert reading.programme is not None
    assert reading.programme.starts == "2027-03-05T18:00"
    assert template("a240").starts is None


def test_there_is_no_programme_of_another_name() -> None:
    with pytest.raises(NoSuchTemplate):
        template("../../secret")
    with pytest.raises(NoSuchTemplate):
        document_of("nothing")


@pytest.mark.parametrize("name", ["a1a", "a1b", "a240"])
def test_mixed_rooms_are_named_after_rivers_enough_for_eighty_people(name: str) -> None:
    mixed = [each.rooms for each in template(name).items if each.rooms and each.rooms.size and not each.rooms.keep]

    assert mixed
    assert all(len(set(rooms.names)) >= 80 // (rooms.size or 1) for rooms in mixed)
