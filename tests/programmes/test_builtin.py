"""The built-in programmes: complete, in order, in three languages, and as long as they say."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from facilitation.programme import Item, Mode, PollPlan, Programme, Recipe, RoomsPlan, Rule, Scheme, elsewhere
from rooms.people import ItemId, Text
from server.programmes import NoSuchTemplate, document_of, open_programme, template, templates
from server.programmes.builtin import FOLDER
from server.programmes.reading import read

LENGTHS = {
    "a1a": 150,
    "a1b": 420,
    "a4": 420,
    "a240": 240,
    "a1": 570,
    "b3": 840,
    "b1": 780,
    "b2": 870,
    "c1": 360,
    "c2": 420,
    "c3": 330,
    "d2": 180,
    "e1": 120,
    "e3": 150,
}
FRANCO_GERMAN = ("a1a", "a1b", "a4", "a240", "a1")
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
    "b1": (
        "lobby plenary plenary breakout break hearing individual lobby breakout break plenary breakout break "
        "hearing break breakout break plenary breakout individual lobby plenary vote break plenary draw break "
        "breakout individual plenary"
    ),
    "b2": (
        "lobby plenary breakout break hearing individual lobby breakout break hearing break breakout break "
        "hearing break breakout individual breakout lobby breakout break breakout plenary break plenary vote "
        "individual"
    ),
    "c1": "lobby plenary breakout break breakout break hearing break vote plenary draw",
    "c2": "lobby plenary vote break vote break vote break breakout vote break plenary plenary plenary individual",
    "c3": "lobby plenary hearing break hearing vote break plenary vote plenary draw",
    "d2": "lobby plenary individual breakout breakout break breakout breakout vote individual",
    "e1": "lobby plenary plenary breakout plenary break individual vote individual",
    "e3": "lobby plenary breakout break breakout breakout vote individual",
    "b3": (
        "lobby plenary breakout break hearing "
        "lobby breakout break breakout breakout break breakout breakout break breakout individual "
        "lobby plenary break vote break plenary plenary individual plenary"
    ),
}
MINUTES = {
    "a1a": [20, 15, 15, 10, 15, 10, 45, 15, 5],
    "a1b": [15, 10, 50, 15, 60, 25, 60, 5, 25, 40, 15, 25, 10, 10, 25, 15, 15],
    "a4": [15, 20, 60, 15, 30, 30, 60, 45, 15, 25, 10, 20, 20, 10, 30, 15],
    "a240": [30, 15, 5, 10, 45, 10, 15, 50, 20, 5, 5, 20, 10],
    "b1": [
        30,
        25,
        15,
        35,
        10,
        25,
        10,
        15,
        75,
        15,
        20,
        60,
        60,
        40,
        10,
        60,
        10,
        20,
        30,
        5,
        10,
        40,
        20,
        15,
        20,
        20,
        10,
        50,
        20,
        5,
    ],
    "b2": [30, 20, 40, 10, 60, 20, 15, 75, 15, 45, 75, 75, 15, 45, 10, 60, 10, 10, 10, 70, 15, 20, 60, 10, 20, 15, 20],
    "c1": [15, 20, 75, 15, 45, 60, 45, 10, 50, 15, 10],
    "c2": [15, 20, 60, 15, 60, 60, 30, 15, 45, 15, 10, 20, 20, 15, 20],
    "c3": [15, 15, 75, 15, 75, 25, 60, 10, 10, 10, 20],
    "d2": [15, 10, 5, 15, 40, 10, 40, 20, 10, 15],
    "e1": [10, 10, 10, 40, 10, 5, 15, 10, 10],
    "e3": [10, 15, 45, 10, 35, 20, 10, 5],
    "b3": [30, 30, 50, 10, 30, 15, 90, 15, 40, 40, 75, 60, 40, 15, 50, 10, 15, 60, 15, 60, 20, 20, 20, 15, 15],
}  # fmt: skip


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
        if each.poll:
            yield from polled(each.poll)


def polled(poll: PollPlan) -> Iterator[Text]:
    yield from (option.title for option in poll.options)
    yield from (band.title for band in poll.scheme.bands)
    for each in poll.texts:
        yield each.title
        if each.body:
            yield each.body
        yield from (measure.title for measure in each.measures)


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


@pytest.mark.parametrize("name", FRANCO_GERMAN)
def test_both_countries_are_sides(name: str) -> None:
    programme = template(name)

    assert [side.id for side in programme.sides] == ["FR", "DE"]
    assert programme.languages == ("fr", "de")


@pytest.mark.parametrize("name", LENGTHS)
def test_every_round_says_how_its_rooms_are_made(name: str) -> None:
    rounds = [each for each in template(name).items if each.mode is Mode.BREAKOUT]

    assert all(each.rooms is not None for each in rounds)
    plans = [each.rooms for each in rounds if each.rooms is not None]
    assert all(plan.keep or plan.recipe or (plan.rule == "list" and plan.note) for plan in plans)
    others = [each for each in template(name).items if each.mode is not Mode.BREAKOUT]
    assert all(each.rooms is None or (each.poll is not None and each.poll.each_room) for each in others)


MIXED = {"side": 2.0, "gender": 1.0, "age": 1.0, "distance": 1.0}


@pytest.mark.parametrize(
    ("name", "item_id", "plan"),
    [
        ("a1a", "icebreaker", RoomsPlan("search", size=8, recipe=Recipe(mirror=MIXED))),
        ("a1b", "works-fails", RoomsPlan("search", size=8, recipe=Recipe("meet most", MIXED))),
        ("a1b", "caucus", RoomsPlan("search", 6, recipe=Recipe("meet most", languages="own"))),
        ("a1b", "requests", RoomsPlan("search", 4, recipe=Recipe(topics=ItemId("break-3")))),
        ("a4", "drafts", RoomsPlan("search", size=10, recipe=Recipe(groups=True))),
        ("a240", "round-1", RoomsPlan("search", size=8, recipe=Recipe(mirror=MIXED))),
        ("b1", "f-meet", RoomsPlan("search", size=14, recipe=Recipe(most_languages=5))),
        ("b1", "u-needs", RoomsPlan("search", 15, recipe=Recipe("meet most", most_languages=5))),
        ("c1", "read", RoomsPlan("search", size=8, recipe=Recipe(groups=True))),
        ("c1", "explain", RoomsPlan("search", size=5, recipe=Recipe("meet most"))),
        ("d2", "ice-breaker", RoomsPlan("search", size=6, recipe=Recipe("mirror"))),
        ("e1", "question", RoomsPlan("search", size=8, recipe=Recipe(topics=ItemId("input")))),
        ("e3", "draft", RoomsPlan("search", size=5, recipe=Recipe(topics=ItemId("wardrobe")))),
    ],
)
def test_rooms_are_composed_as_the_process_has_them(name: str, item_id: str, plan: RoomsPlan) -> None:
    found, wanted = item(name, item_id).rooms, plan.recipe

    assert found is not None
    assert found.recipe is not None
    assert wanted is not None
    assert (found.rule, found.count, found.size) == (plan.rule, plan.count, plan.size)
    assert found.recipe.mirror
    assert msgspec.structs.replace(found.recipe, mirror=wanted.mirror) == wanted
    assert not wanted.mirror or found.recipe.mirror == wanted.mirror


def test_in_the_tables_of_delegates_the_themes_are_mirrored_most() -> None:
    found = item("c1", "explain").rooms

    assert found is not None
    assert found.recipe is not None
    weights = found.recipe.mirror
    assert max(weights, key=lambda name: weights[name]) == "group"


def test_a_programme_that_is_used_takes_what_its_items_speak_of_along() -> None:
    twice = {**document_of("a1b"), "items": [{"use": "a1b"}, {"use": "a1b", "starts": "day 2 09:30"}]}

    found = read(twice).programme

    assert found is not None
    topics = [
        each.rooms.recipe.topics for each in found.items if each.rooms is not None and each.rooms.recipe is not None
    ]
    assert [each for each in topics if each is not None] == ["break-3", "a1b-break-3"]


LONG = {"a4": 11, "b3": 11, "c1": 1, "c3": 4}
"""Where more than 90 minutes without a break begin, as the sources have it."""


def test_only_the_long_stretches_of_the_sources_have_more_than_90_minutes_without_a_break() -> None:
    warned = {name: [(w.reason, w.path) for w in read(document_of(name)).warnings] for name in LENGTHS}

    assert {name: found for name, found in warned.items() if found} == {
        name: [("long-without-break", f"programme.items[{place}]")] for name, place in LONG.items()
    }


def test_recommendations_and_the_vision_are_one_secret_ballot_adopted_by_more_yes_than_no_and_shown_by_side() -> None:
    poll = item("a4", "vote").poll

    assert poll is not None
    assert (poll.method, poll.secret, poll.by_side, poll.trial) == ("yes-no-abstain", True, True, False)
    assert [text.id for text in poll.texts] == [*(f"r{n}" for n in range(1, 16)), "vision"]
    assert poll.rule == Rule("1/2", ">", "yes+no")


@pytest.mark.parametrize(
    ("name", "item_id", "method", "scheme", "rule"),
    [
        ("b1", "s-score", "scale", Scheme(lowest=0, highest=10), None),
        ("b1", "u-priorities", "points", Scheme(points=5, most=1), Rule(ties=("run-off", "lot"))),
        ("b2", "u-order", "ranking", Scheme(count="borda", top=3), None),
        ("c1", "decide", "yes-no-abstain", Scheme(), Rule("1/2", ">", "cast")),
        ("c2", "referendum-vote", "yes-no-abstain", Scheme(), Rule("1/2", ">", "yes+no")),
        ("d2", "choose", "single", Scheme(), None),
        ("e1", "support", "points", Scheme(points=5), None),
        ("e3", "mark", "consent", Scheme(), None),
    ],
)
def test_votes_follow_the_rule_of_their_process(
    name: str, item_id: str, method: str, scheme: Scheme, rule: Rule | None
) -> None:
    poll = item(name, item_id).poll

    assert poll is not None
    assert (poll.method, poll.scheme, poll.rule, poll.secret) == (method, scheme, rule, True)


@pytest.mark.parametrize(("name", "item_id"), [("b1", "s-score"), ("b2", "u-order")])
def test_rooms_vote_by_themselves_on_what_is_theirs(name: str, item_id: str) -> None:
    poll = item(name, item_id).poll

    assert poll is not None
    assert poll.each_room


def test_objectives_are_voted_in_blocks_of_which_a_tenth_may_have_a_measure_split_out() -> None:
    blocks = [each.poll for each in template("c2").items if each.poll is not None and each.poll.split is not None]

    assert [len(poll.texts) for poll in blocks] == [4, 4, 2]
    assert all(len(text.measures) >= 2 for poll in blocks for text in poll.texts)
    assert all((poll.split, poll.secret, poll.rule) == ("1/10", True, Rule("1/2", ">", "yes+no")) for poll in blocks)


def test_the_answer_to_47_objectives_and_six_themes_gets_marks_whose_means_have_names() -> None:
    poll = item("c3", "marks").poll

    assert poll is not None
    assert (poll.method, poll.scheme.lowest, poll.scheme.highest) == ("scale", 0, 10)
    assert sum(text.id.startswith("o") for text in poll.texts) == 47
    assert sum(text.id.startswith("t") for text in poll.texts) == 6
    named = {mean: next(band.title["fr"] for band in poll.scheme.bands if mean <= band.up_to) for mean in (370, 400)}
    assert named == {370: "Insatisfaisant", 400: "Passable"}


def test_forty_recommendations_of_the_panel_need_seven_tenths_of_yes_and_no() -> None:
    poll = item("b3", "u-vote").poll

    assert poll is not None
    assert (poll.method, poll.secret, len(poll.texts)) == ("yes-no-abstain", True, 40)
    assert poll.rule == Rule("7/10", ">=", "yes+no")


@pytest.mark.parametrize(("name", "item_id"), [("a4", "vote"), ("b3", "u-vote"), ("c1", "decide"), ("e3", "mark")])
def test_texts_that_a_team_must_replace_say_that_they_are_made_up(name: str, item_id: str) -> None:
    poll = item(name, item_id).poll

    assert poll is not None
    marks = {"fr": "(fictif)", "de": "(erfunden)", "en": "(fictional)"}
    titles = [text.title for text in poll.texts if text.id != "vision"]
    assert all(title[lang].endswith(mark) for title in titles for lang, mark in marks.items())


@pytest.mark.parametrize(("name", "item_id"), [("a4", "rehearsal"), ("b3", "f-opening"), ("c2", "rehearsal")])
def test_the_rehearsal_is_a_trial_as_secret_as_the_vote(name: str, item_id: str) -> None:
    poll = item(name, item_id).poll

    assert poll is not None
    assert (poll.trial, poll.secret) == (True, True)


@pytest.mark.parametrize(
    ("name", "item_id", "scheme", "rule"),
    [
        ("a1b", "choose", Scheme(points=3, most=1, seats=4), Rule(ties=("run-off", "lot"))),
        ("a240", "top-three", Scheme(points=3, most=1, seats=3), Rule(ties=("run-off", "lot"))),
    ],
)
def test_dots_are_a_pattern_for_the_candidates_of_the_day(name: str, item_id: str, scheme: Scheme, rule: Rule) -> None:
    poll = item(name, item_id).poll

    assert poll is not None
    assert (poll.method, poll.question, poll.scheme, poll.rule) == ("points", {}, scheme, rule)


@pytest.mark.parametrize(
    ("name", "item_id", "instruments"),
    [
        ("a1a", "entry", ["questionnaire"]),
        ("a1a", "harvest", []),
        ("a1b", "warm-up", []),
        ("a1b", "harvest", ["cards", "clusters"]),
        ("a4", "rehearsal", []),
        ("a4", "feedback-1", ["texts", "feedback"]),
        ("a4", "spokespersons", []),
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
