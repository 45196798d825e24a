"""A programme from outside: read whole, or refused with every fault named by its path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation.programme import (
    Band,
    Least,
    Link,
    Mode,
    Option,
    PollPlan,
    Recipe,
    RoomsPlan,
    Rule,
    Scheme,
    Side,
    Speech,
    Task,
    TeamPlan,
    VotedText,
)
from rooms.people import ItemId
from server.faults import tell
from server.programmes import Reading, read_programme, read_yaml
from server.programmes.reading import read
from server.programmes.rooms import RECIPE


def item(number: int = 1, /, **fields: Any) -> dict[str, object]:
    plain: dict[str, object] = {"id": f"i{number}", "title": {"fr": "Un point"}, "minutes": 10, "mode": "plenary"}
    return {**plain, **fields}


def programme(*items: object, **fields: object) -> dict[str, object]:
    return {"title": {"fr": "Essai"}, "languages": ["fr"], "items": list(items) or [item()], **fields}


def faults(reading: Reading) -> set[tuple[str, str]]:
    return {(fault.path, fault.reason) for fault in reading.faults}


A: dict[str, object] = {"id": "a", "title": {"fr": "A"}}
TWO = [A, {"id": "b", "title": {"fr": "B"}}]
FOUR = [{"id": each, "title": {"fr": each}} for each in "abcd"]
BLOCK = A | {"measures": [A, A]}
BAND = {"up-to": 4, "title": {"fr": "Passable"}}


def searched(recipe: object) -> dict[str, object]:
    return {"rooms": {"rule": "search", "recipe": recipe}}


def faults_of(**fields: Any) -> set[tuple[str, str]]:
    return faults(read(programme(item(**fields), sides=["FR", "DE"])))


def test_a_small_programme_is_read() -> None:
    reading = read(programme())

    assert reading.faults == ()
    assert reading.programme is not None
    assert reading.programme.title == {"fr": "Essai"}
    assert reading.programme.items[0].mode is Mode.PLENARY
    assert reading.programme.timezone == "Europe/Paris"


def test_everything_that_a_programme_can_say_is_kept() -> None:
    poll = {
        "method": "single",
        "question": {"fr": "Quand ?"},
        "options": [{"id": "a", "title": {"fr": "Tôt"}}, {"id": "b", "title": {"fr": "Tard"}}],
        "rule": {"threshold": "7/10", "compare": ">=", "base": "cast", "quorum": "1/2", "each-side": True},
        "seconds": 60,
        "x-colour": "blue",
    }
    rooms = {"rule": "language", "count": 3, "names": ["Rhin", "Ill"], "opens": "by-itself", "note": {"fr": "À trois"}}
    rooms["minimum"] = 4
    plain = programme(
        item(poll=poll, rooms=rooms, task={"fr": "Lisez."}, ends="by-time") | {"x-note": [1]},
        item(2, task={"text": {"fr": "Écrivez."}, "instruments": ["cards"]}, starts="day 2 09:30")
        | {"speech": {"queue": "alternate-sides", "turn": 60}},
        sides=["FR", {"id": "DE", "title": {"fr": "Allemagne"}}],
        public=True,
        timezone="Europe/Berlin",
        starts="2027-03-05T18:00",
        telephone="+33 3 88 00 00 00",
        afterwards={"fr": "Le rapport suit.\nMerci."},
        links={"plenary": {"fr": {"url": "https://meet.example.org/a"}}, "Rhin": {"dial": "0761 123456", "pin": 4711}},
    )

    found = read(plain).programme

    assert found is not None
    assert found.sides == (Side("FR", {"fr": "FR"}), Side("DE", {"fr": "Allemagne"}))
    assert (found.public, found.timezone, found.starts) == (True, "Europe/Berlin", "2027-03-05T18:00")
    assert found.afterwards == {"fr": "Le rapport suit.\nMerci."}
    assert found.links["plenary"] == {"fr": Link(url="https://meet.example.org/a")}
    assert found.links["Rhin"] == {"": Link(dial="0761 123456", pin="4711")}
    first, second = found.items
    assert first.poll == PollPlan(
        "single",
        {"fr": "Quand ?"},
        (Option("a", {"fr": "Tôt"}), Option("b", {"fr": "Tard"})),
        Rule("7/10", ">=", "cast", "1/2", each_side=True),
        seconds=60,
    )
    assert first.rooms == RoomsPlan(
        "language", 3, names=("Rhin", "Ill"), opens="by-itself", note={"fr": "À trois"}, minimum=4
    )
    assert first.task == Task({"fr": "Lisez."})
    assert first.ends == "by-time"
    assert second.task == Task({"fr": "Écrivez."}, ("cards",))
    assert second.starts == "day 2 09:30"
    assert (first.speech, second.speech) == (None, Speech("alternate-sides", 60))


def test_what_a_good_room_is_can_be_said_whole() -> None:
    recipe = {
        "taste": "meet most",
        "mirror": {"side": 2, "age": 0.5},
        "languages": "mixed",
        "most-languages": 5,
        "groups": True,
        "least": [{"attribute": "age", "value": "under 25", "people": 4}, {"attribute": "age", "value": "over 70"}],
        "telephone": "any",
        "alone": False,
        "facilitators": False,
        "topics": "i1",
    }
    wishes = {"method": "ranking", "question": {"fr": "Quoi ?"}, "options": TWO}

    found = read(
        programme(
            item(poll=wishes),
            item(2, mode="breakout", rooms={"rule": "search", "recipe": recipe}),
            item(3, mode="breakout", rooms={"rule": "search", "recipe": {"mirror": ["age", "side"]}}),
            item(4, mode="breakout", rooms={"keep-of": "i2"}),
        )
    ).programme

    assert found is not None
    _, whole, short, kept = (each.rooms for each in found.items)
    assert whole is not None
    assert whole.recipe == Recipe(
        "meet most", {"side": 2.0, "age": 0.5}, "mixed", 5, groups=True,
        least=(Least("age", "under 25", 4), Least("age", "over 70", 1)),
        telephone=None, alone=False, facilitators=False, topics=ItemId("i1"),
    )  # fmt: skip
    assert short == RoomsPlan("search", recipe=Recipe(mirror={"age": 1.0, "side": 1.0}))
    assert kept == RoomsPlan(keep_of=ItemId("i2"))


def test_every_field_of_a_recipe_stands_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rooms.md").read_text()
    rows = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")}

    assert set(RECIPE) <= rows


@pytest.mark.parametrize(
    ("poll", "reason"),
    [
        ({"method": "single", "question": {"fr": "Quoi ?"}, "options": TWO}, None),
        ({"method": "single", "question": {"fr": "Quoi ?"}, "options": TWO, "secret": True}, "no-wishes-before"),
        ({"method": "words", "question": {"fr": "Quoi ?"}}, "no-wishes-before"),
    ],
)
def test_topics_rest_on_a_vote_in_the_open(poll: dict[str, object], reason: str | None) -> None:
    reading = read(programme(item(poll=poll), item(2, mode="breakout", **searched({"topics": "i1"}))))

    assert [fault.reason for fault in reading.faults] == ([] if reason is None else [reason])


def test_an_item_with_faults_makes_no_second_fault_where_it_is_spoken_of() -> None:
    reading = read(programme(item(1, minutes="ten"), item(2, mode="breakout", rooms={"keep-of": "i1"})))

    assert faults(reading) == {("programme.items[0].minutes", "not-a-number")}


def test_teams_of_interpreters_are_read() -> None:
    teams = [
        {"id": "t1", "languages": ["fr", "de"], "booth": "A", "turn": 20},
        {"id": "t2", "languages": ["fr", "ar"], "relay": "fr"},
    ]

    found = read(programme(teams=teams)).programme

    assert found is not None
    assert found.teams == (TeamPlan("t1", ("fr", "de"), "A", 20), TeamPlan("t2", ("fr", "ar"), relay="fr"))


def test_faults_of_teams_are_named_by_their_paths() -> None:
    teams = [
        {"id": "t1", "languages": ["fr"]},
        {"id": "t1", "languages": ["fr", "??"]},
        {"languages": ["fr", "de"], "turn": 0, "relay": "??", "chair": 1},
    ]

    assert faults(read(programme(teams=teams))) == {
        ("programme.teams[0].languages", "too-few"),
        ("programme.teams[1].id", "twice"),
        ("programme.teams[1].languages[1]", "unknown-language"),
        ("programme.teams[2].id", "missing"),
        ("programme.teams[2].turn", "not-a-whole-number"),
        ("programme.teams[2].relay", "unknown-language"),
        ("programme.teams[2].chair", "unknown-field"),
    }


def test_all_faults_are_told_at_once() -> None:
    plain = programme(
        item(mode="party", minutes="ten"),
        item(2, title={"xx": "?"}, colour="red"),
        {"id": "i2", "title": {"de": "Nur Deutsch"}, "minutes": 5, "mode": "break"},
        "nothing",
        public="yes",
        extra=1,
    )

    reading = read(plain)

    assert reading.programme is None
    assert faults(reading) == {
        ("programme.extra", "unknown-field"),
        ("programme.public", "not-yes-or-no"),
        ("programme.items[0].mode", "not-a-choice"),
        ("programme.items[0].minutes", "not-a-number"),
        ("programme.items[1].title.xx", "unknown-language"),
        ("programme.items[1].colour", "unknown-field"),
        ("programme.items[2].id", "twice"),
        ("programme.items[2].title", "no-language"),
        ("programme.items[3]", "not-a-map"),
    }
    assert all(told["say"] for told in tell("en", reading.faults))


def test_what_is_missing_is_named() -> None:
    assert faults(read({})) == {
        ("programme.title", "missing"),
        ("programme.languages", "missing"),
        ("programme.items", "missing"),
    }
    assert faults(read(programme({}))) == {
        (f"programme.items[0].{field}", "missing") for field in ("id", "title", "minutes", "mode")
    }
    assert faults(read([])) == {("programme", "not-a-map")}


@pytest.mark.parametrize(
    ("fields", "path", "reason"),
    [
        ({"id": "über"}, "id", "bad-id"),
        ({"id": "a" * 65}, "id", "bad-id"),
        ({"id": 7}, "id", "bad-id"),
        ({"id": "a\n"}, "id", "bad-id"),
        ({"minutes": 0}, "minutes", "not-a-number"),
        ({"minutes": -5}, "minutes", "not-a-number"),
        ({"minutes": True}, "minutes", "not-a-number"),
        ({"minutes": float("nan")}, "minutes", "not-a-number"),
        ({"minutes": 10_081}, "minutes", "not-a-number"),
        ({"title": "Bonjour"}, "title", "not-a-map"),
        ({"title": {"fr": " "}}, "title.fr", "empty"),
        ({"title": {"fr": "a\x07b"}}, "title.fr", "control-character"),
        ({"title": {"fr": "a" * 301}}, "title.fr", "too-long"),
        ({"task": {"fr": "a" * 65_537}}, "task.fr", "too-long"),
        ({"task": {"text": {"fr": "a"}, "tool": 1}}, "task.tool", "unknown-field"),
        ({"ends": "soon"}, "ends", "not-a-choice"),
        ({"speech": "hands"}, "speech", "not-a-map"),
        ({"speech": {"queue": "loudest"}}, "speech.queue", "not-a-choice"),
        ({"speech": {"turn": -1}}, "speech.turn", "not-a-whole-number"),
        ({"speech": {"turn": 86_401}}, "speech.turn", "not-a-whole-number"),
        ({"speech": {"order": "hands"}}, "speech.order", "unknown-field"),
        ({"starts": "tomorrow"}, "starts", "bad-part-start"),
        ({"starts": "day 0 10:00"}, "starts", "bad-part-start"),
        ({"rooms": {"rule": "magic"}}, "rooms.rule", "not-a-choice"),
        ({"rooms": {"size": 0}}, "rooms.size", "not-a-whole-number"),
        ({"rooms": {"keep": "no"}}, "rooms.keep", "not-yes-or-no"),
        ({"rooms": {"keep-of": "nothing"}}, "rooms.keep-of", "no-rooms-before"),
        ({"rooms": {"recipe": {}}}, "rooms.recipe", "recipe-without-search"),
        (searched({"taste": "sweet"}), "rooms.recipe.taste", "not-a-choice"),
        (searched({"mirror": {"age": 0}}), "rooms.recipe.mirror.age", "not-a-number"),
        (searched({"mirror": ["age", 3]}), "rooms.recipe.mirror[1]", "not-a-text"),
        (searched({"mirror": "age"}), "rooms.recipe.mirror", "not-a-map"),
        (searched({"languages": "two"}), "rooms.recipe.languages", "not-a-choice"),
        (searched({"most-languages": 0}), "rooms.recipe.most-languages", "not-a-whole-number"),
        (searched({"most_languages": 2}), "rooms.recipe.most_languages", "unknown-field"),
        (searched({"groups": 1}), "rooms.recipe.groups", "not-yes-or-no"),
        (searched({"least": [{"attribute": "age"}]}), "rooms.recipe.least[0].value", "missing"),
        (
            searched({"least": [{"attribute": "age", "value": "old", "people": 0}]}),
            "rooms.recipe.least[0].people",
            "not-a-whole-number",
        ),
        (searched({"telephone": "many"}), "rooms.recipe.telephone", "not-a-whole-number"),
        (searched({"topics": "nothing"}), "rooms.recipe.topics", "no-wishes-before"),
        ({"poll": {"question": {"fr": "?"}}}, "poll.method", "missing"),
        ({"poll": {"method": "guess"}}, "poll.method", "not-a-choice"),
        ({"poll": {"method": "single", "question": {"fr": "?"}}}, "poll.options", "missing"),
        ({"poll": {"method": "single", "options": [{"id": "a", "title": {"fr": "A"}}]}}, "poll.options", "too-few"),
        ({"poll": {"method": "single", "dots": 3}}, "poll.dots", "unknown-field"),
        ({"poll": {"method": "dots", "points": 3}}, "poll.method", "not-a-choice"),
        ({"poll": {"method": "points", "points": 0}}, "poll.points", "not-a-whole-number"),
        ({"poll": {"method": "points", "points": 1, "max": 2}}, "poll.max", "more-than-points"),
        ({"poll": {"method": "scale", "from": 5, "to": 1}}, "poll.to", "from-not-below-to"),
        ({"poll": {"method": "ranking", "count": "coin"}}, "poll.count", "not-a-choice"),
        ({"poll": {"method": "ranking", "top": 3, "options": TWO}}, "poll.top", "more-than-options"),
        ({"poll": {"method": "ranking", "seats": 3, "options": TWO}}, "poll.seats", "more-than-options"),
        ({"poll": {"method": "approval", "max": 3, "options": TWO}}, "poll.max", "more-than-options"),
        ({"poll": {"method": "ranking", "count": "irv", "options": FOUR}}, "poll.patterns", "needs-patterns"),
        ({"poll": {"method": "consent", "veto": "yes"}}, "poll.veto", "not-yes-or-no"),
        ({"poll": {"method": "words", "late": 0}}, "poll.late", "not-a-whole-number"),
        ({"poll": {"method": "words", "opens": "never"}}, "poll.opens", "not-a-choice"),
        ({"poll": {"method": "words", "opens": "by-itself"}}, "poll.opens", "opens-without-question"),
        ({"poll": {"method": "words", "by_side": True}}, "poll.by_side", "unknown-field"),
        ({"poll": {"method": "yes-no-abstain", "split": "1/10"}}, "poll.split", "split-without-measures"),
        ({"poll": {"method": "yes-no-abstain", "texts": []}}, "poll.texts", "too-few"),
        ({"poll": {"method": "yes-no-abstain", "texts": [{"id": "a"}]}}, "poll.texts[0].title", "missing"),
        ({"poll": {"method": "yes-no-abstain", "texts": [A, A]}}, "poll.texts[1].id", "twice"),
        (
            {"poll": {"method": "yes-no-abstain", "texts": [A | {"measures": [A, A]}]}},
            "poll.texts[0].measures[1].id",
            "twice",
        ),
        ({"poll": {"method": "scale", "bands": [BAND, BAND]}}, "poll.bands[1].up-to", "bands-not-rising"),
        ({"poll": {"method": "single", "rule": {"components": ["CH"]}}}, "poll.rule.components[0]", "no-such-side"),
        ({"poll": {"method": "single", "rule": {"threshold": "0/2"}}}, "poll.rule.threshold", "bad-fraction"),
        ({"poll": {"method": "single", "rule": {"threshold": "3/2"}}}, "poll.rule.threshold", "bad-fraction"),
        ({"poll": {"method": "single", "rule": {"threshold": 0.5}}}, "poll.rule.threshold", "bad-fraction"),
        ({"poll": {"method": "single", "rule": {"threshold": "1/10001"}}}, "poll.rule.threshold", "bad-fraction"),
        ({"poll": {"method": "single", "rule": {"threshold": "01/2"}}}, "poll.rule.threshold", "bad-fraction"),
        ({"poll": {"method": "single", "rule": {"compare": "<"}}}, "poll.rule.compare", "not-a-choice"),
        ({"poll": {"method": "single", "rule": {"each_side": True}}}, "poll.rule.each_side", "unknown-field"),
        ({"poll": {"method": "single", "rule": {"quorum": "1/0"}}}, "poll.rule.quorum", "bad-fraction"),
        ({"poll": {"method": "single", "rule": {"base": "all"}}}, "poll.rule.base", "not-a-choice"),
        ({"poll": {"method": "single", "rule": {"each-side": 1}}}, "poll.rule.each-side", "not-yes-or-no"),
        ({"poll": {"method": "single", "rule": {"ties": ["coin"]}}}, "poll.rule.ties[0]", "not-a-choice"),
    ],
)
def test_a_fault_in_an_item_is_named_by_its_path(fields: dict[str, object], path: str, reason: str) -> None:
    assert faults_of(**fields) == {(f"programme.items[0].{path}", reason)}


@pytest.mark.parametrize(
    ("fields", "path", "reason"),
    [
        ({"languages": []}, "languages", "too-few"),
        ({"languages": ["fr", "xx"]}, "languages[1]", "unknown-language"),
        ({"languages": ["fr", "fr"]}, "languages[1]", "twice"),
        ({"sides": ["FR", "FR"]}, "sides[1]", "twice"),
        ({"sides": [{"title": {"fr": "France"}}]}, "sides[0].id", "missing"),
        ({"timezone": "Mars/Olympus"}, "timezone", "unknown-time-zone"),
        ({"timezone": "../../etc/passwd"}, "timezone", "unknown-time-zone"),
        ({"timezone": ""}, "timezone", "unknown-time-zone"),
        ({"timezone": "Europe"}, "timezone", "unknown-time-zone"),
        ({"starts": "tomorrow"}, "starts", "bad-start"),
        ({"starts": "2027-02-30T10:00"}, "starts", "bad-start"),
        ({"starts": 1_800_000_000_000}, "starts", "bad-start"),
        ({"afterwards": "thanks"}, "afterwards", "not-a-map"),
        ({"telephone": "call us"}, "telephone", "bad-telephone"),
        ({"links": {"plenary": {"fr": {"url": "javascript:alert(1)"}}}}, "links.plenary.fr.url", "bad-address"),
        ({"links": {"plenary": {"fr": {}}}}, "links.plenary.fr", "empty-link"),
        ({"links": {"plenary": {"dial": "0761 1234", "pin": "abc"}}}, "links.plenary.pin", "bad-pin"),
        ({"links": {"plenary": {"xx": {"dial": "0761 1234"}}}}, "links.plenary.xx", "unknown-language"),
        ({"items": []}, "items", "too-few"),
        ({"items": [item(n) for n in range(501)]}, "items", "too-many"),
        ({"items": [{"use": "a9"}]}, "items[0].use", "no-such-programme"),
        ({"items": [{"use": ["a1"]}]}, "items[0].use", "no-such-programme"),
        ({"items": [{"use": "a1"}] * 40}, "items", "too-many"),
    ],
)
def test_a_fault_of_the_whole_is_named_by_its_path(fields: dict[str, object], path: str, reason: str) -> None:
    assert faults(read(programme(**fields))) == {(f"programme.{path}", reason)}


def test_an_id_is_twice_even_where_its_item_has_other_faults() -> None:
    reading = read(programme(item(mode="party"), item(minutes=0)))

    assert faults(reading) == {
        ("programme.items[0].mode", "not-a-choice"),
        ("programme.items[1].minutes", "not-a-number"),
        ("programme.items[1].id", "twice"),
    }


def test_a_task_of_words_alone_is_in_the_first_language() -> None:
    alone = read(programme(item(task="Lisez."), item(2, task={"text": "Écrivez.", "instruments": ["cards"]}))).programme

    assert alone is not None
    assert [each.task for each in alone.items] == [Task({"fr": "Lisez."}), Task({"fr": "Écrivez."}, ("cards",))]
    assert faults_of(task={"tool": 1}) == {("programme.items[0].task.tool", "unknown-field")}
    assert faults_of(task={"text": {}}) == {("programme.items[0].task.text", "no-language")}


def test_a_length_may_be_a_fraction_of_a_minute() -> None:
    found = read(programme(item(minutes=0.25))).programme

    assert found is not None
    assert found.items[0].length == 15_000


def test_faults_come_with_a_sentence() -> None:
    faults = read_programme(programme(item(mode="party")), "en")

    assert isinstance(faults, list)
    assert [(fault.path, fault.reason) for fault in faults] == [("programme.items[0].mode", "not-a-choice")]
    assert faults[0].say.startswith("One of these belongs here: lobby, plenary")
    assert read_programme(programme(), "en") == read(programme()).programme


def test_a_yaml_file_is_read_or_its_fault_is_said() -> None:
    good = b"{title: {fr: Essai}, languages: [fr], items: [{id: a, title: {fr: A}, minutes: 1.5, mode: plenary}]}"

    found = read_yaml(good, "fr")
    broken = read_yaml(b"title: [1\nitems: 2", "en")

    assert not isinstance(found, list)
    assert found.items[0].minutes == 1.5
    assert isinstance(broken, list)
    assert [(fault.path, fault.reason) for fault in broken] == [("programme", "not-yaml")]
    assert broken[0].say.startswith("Line 2, column ")


def test_a_majority_on_each_side_needs_sides() -> None:
    poll = {"method": "yes-no-abstain", "rule": {"each-side": True}}

    reading = read(programme(item(poll=poll)))

    assert faults(reading) == {("programme.items[0].poll.rule.each-side", "each-side-without-sides")}


@pytest.mark.parametrize(
    ("method", "missing"),
    [
        ("single", {"options"}),
        ("approval", {"options"}),
        ("ranking", {"options"}),
        ("points", {"options", "points"}),
        ("scale", {"from", "to"}),
        ("yes-no-abstain", set()),
        ("consent", set()),
        ("words", set()),
    ],
)
def test_a_poll_whose_question_is_known_must_be_whole_and_a_pattern_need_not(method: str, missing: set[str]) -> None:
    asked = {"method": method, "question": {"fr": "Lequel ?"}}

    assert faults_of(poll=asked) == {(f"programme.items[0].poll.{name}", "missing") for name in missing}
    assert faults_of(poll={"method": method}) == set()


def test_a_ballot_over_texts_is_read_with_everything_that_it_can_say() -> None:
    measures = [{"id": "m1", "title": {"fr": "Premier"}}, {"id": "m2", "title": {"fr": "Second"}}]
    poll = {
        "method": "yes-no-abstain",
        "question": {"fr": "Adopter ?"},
        "texts": [
            {"id": "t1", "title": {"fr": "Un"}, "body": {"fr": "Il faut.\nVraiment."}, "measures": measures},
            {"id": "t2", "title": {"fr": "Deux"}},
        ],
        "rule": {"threshold": "2/3", "base": "registered", "components": ["FR"], "ties": ["run-off", "lot"]},
        "secret": True, "by-side": True, "each-room": True, "receipts": True, "patterns": True, "trial": True,
        "late": 600, "opens": "by-itself", "split": "1/10", "seconds": 90,
    }  # fmt: skip

    found = read(programme(item(poll=poll), sides=["FR", "DE"])).programme

    assert found is not None
    one, two = Option("m1", {"fr": "Premier"}), Option("m2", {"fr": "Second"})
    assert found.items[0].poll == PollPlan(
        "yes-no-abstain",
        {"fr": "Adopter ?"},
        texts=(
            VotedText("t1", {"fr": "Un"}, {"fr": "Il faut.\nVraiment."}, (one, two)),
            VotedText("t2", {"fr": "Deux"}),
        ),
        rule=Rule("2/3", base="registered", components=("FR",), ties=("run-off", "lot")),
        secret=True,
        by_side=True,
        each_room=True,
        receipts=True,
        patterns=True,
        trial=True,
        late=600,
        opens="by-itself",
        split="1/10",
        seconds=90,
    )


def test_what_only_some_methods_read_is_kept_in_the_scheme_and_bands_in_hundredths() -> None:
    bands = [{"up-to": 2.5, "title": {"fr": "Insuffisant"}}, {"up-to": 10, "title": {"fr": "Bien"}}]
    scale = {"method": "scale", "from": 0, "to": 10, "bands": bands}
    ranking = {"method": "ranking", "count": "stv", "seats": 2, "top": 3}
    consent = {"method": "consent", "veto": True}

    found = read(programme(item(poll=scale), item(2, poll=ranking), item(3, poll=consent))).programme

    assert found is not None
    assert [each.poll.scheme for each in found.items if each.poll] == [
        Scheme(lowest=0, highest=10, bands=(Band(250, {"fr": "Insuffisant"}), Band(1000, {"fr": "Bien"}))),
        Scheme(count="stv", seats=2, top=3),
        Scheme(veto=True),
    ]


def test_what_is_shown_or_asked_by_side_needs_sides() -> None:
    poll = {"method": "yes-no-abstain", "by-side": True, "rule": {"components": ["FR"]}}

    reading = read(programme(item(poll=poll)))

    assert faults(reading) == {
        ("programme.items[0].poll.by-side", "by-side-without-sides"),
        ("programme.items[0].poll.rule.components[0]", "no-such-side"),
    }


def test_options_of_a_method_that_brings_its_own_are_left_out() -> None:
    options = [{"id": "a", "title": {"fr": "A"}}, {"id": "b", "title": {"fr": "B"}}]

    found = read(programme(item(poll={"method": "yes-no-abstain", "options": options}))).programme

    assert found is not None
    assert found.items[0].poll == PollPlan("yes-no-abstain")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2027-03-05T18:00", "2027-03-05T18:00"),
        ("2027-03-05 18:00:30", "2027-03-05T18:00"),
        ("2027-03-05T17:00:00Z", "2027-03-05T18:00"),
        ("2027-07-05T12:00-04:00", "2027-07-05T18:00"),
    ],
)
def test_a_start_is_kept_as_the_clock_on_the_wall_shows_it(written: str, kept: str) -> None:
    found = read(programme(starts=written)).programme

    assert found is not None
    assert found.starts == kept


def test_each_part_begins_after_the_one_before() -> None:
    early = programme(item(), item(2, starts="2027-03-05T17:00"), starts="2027-03-05T18:00")
    late = programme(item(), item(2, starts="day 2 09:30"), item(3, starts="day 2 09:30"), starts="2027-03-05T18:00")

    assert faults(read(early)) == {("programme.items[1].starts", "start-not-later")}
    assert faults(read(late)) == {("programme.items[2].starts", "start-not-later")}


def test_parts_that_overlap_are_a_warning() -> None:
    reading = read(programme(item(), item(2, starts="day 1 18:05"), starts="2027-03-05T18:00"))

    assert reading.faults == ()
    assert [(warning.path, warning.reason) for warning in reading.warnings] == [
        ("programme.items[1].starts", "parts-overlap")
    ]


def test_more_than_90_minutes_without_a_break_are_a_warning() -> None:
    long = [item(1, minutes=60), item(2, minutes=40), item(3, mode="break"), item(4, minutes=90)]

    reading = read(programme(*long))

    assert reading.programme is not None
    (warning,) = reading.warnings
    assert (warning.path, warning.reason) == ("programme.items[0]", "long-without-break")
    assert warning.params == {"minutes": 100}


def test_a_text_without_one_of_the_languages_is_a_warning() -> None:
    reading = read(programme(languages=["fr", "de"]))

    assert reading.faults == ()
    assert {(warning.path, warning.reason) for warning in reading.warnings} == {
        ("programme.title", "not-in-language"),
        ("programme.items[0].title", "not-in-language"),
    }


def test_a_file_may_use_a_built_in_programme_among_its_own_items() -> None:
    found = read(
        programme(
            item(),
            {"use": "a1a", "starts": "day 2 18:00"},
            item(2, id="door"),
            languages=["fr", "de"],
            title={"fr": "Deux soirs", "de": "Zwei Abende"},
            starts="2027-03-05T18:00",
        )
    ).programme

    assert found is not None
    assert [each.id for each in found.items][:2] == ["i1", "a1a-door"]
    assert found.items[1].starts == "day 2 18:00"
    assert found.items[-1].id == "door"


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
NAMES = ["title", "languages", "sides", "items", "links", "starts", "timezone", "poll", "rooms", "task", "public"]


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), PLAIN), st.dictionaries(st.sampled_from([*NAMES, "id", "use"]), PLAIN))
def test_no_plain_data_breaks_the_reader(whole: dict[str, Any], one: dict[str, Any]) -> None:
    for plain in (whole, programme(item(), **whole), programme(item(**one))):
        reading = read(plain)

        assert (reading.programme is None) == bool(reading.faults)
        assert all(told["say"] for told in tell("de", reading.faults))
