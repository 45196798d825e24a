"""People from a call: the same rules as in a roster, with paths."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.people import Role
from server.faults import tell
from server.roster import Invited, Languages, Reading, people_from_json
from tests.roster.given import LANGUAGES, SIDES


def read(*people: object) -> Reading:
    return people_from_json(list(people), SIDES, LANGUAGES)


def faults(reading: Reading) -> list[tuple[str, str]]:
    return [(fault.path, fault.reason) for fault in reading.faults]


def test_only_name_and_role_are_required() -> None:
    reading = read({"name": "Citizen 12", "role": "citizen"}, {"name": "Lead", "role": "lead"})

    assert reading.people == (Invited("Citizen 12", Role.CITIZEN), Invited("Lead", Role.LEAD))
    assert [(warning.path, warning.reason) for warning in reading.warnings] == [("people[0].side", "side-missing")]


def test_all_that_a_person_can_have_is_kept() -> None:
    person = {
        "name": "Bürgerin 7",
        "role": "citizen",
        "languages": {"speaks": ["de", "fr"]},
        "side": "DE",
        "group": "3",
        "attributes": {"age": 41, "first time": True, "none": None, "place": "Kehl"},
        "email": "b7@example.org",
        "telephone": "+49 7851 000000",
        "needs": "subtitles",
        "x-source": {"any": "thing"},
    }

    (found,) = read(person).people

    assert found == Invited(
        "Bürgerin 7",
        Role.CITIZEN,
        Languages(("de", "fr"), ("de", "fr")),
        "DE",
        {"age": "41", "first time": "true", "place": "Kehl"},
        "b7@example.org",
        "+49 7851 000000",
        "subtitles",
        "3",
    )


def test_null_and_empty_are_absent() -> None:
    (found,) = read({"name": "Guest 1", "role": "guest", "side": None, "email": "", "needs": None}).people

    assert found == Invited("Guest 1", Role.GUEST)


def test_all_faults_are_told_by_path_and_nobody_is_kept() -> None:
    reading = read(
        {"name": "Citizen 1", "role": "king", "side": "FR", "email": "c@example.org"},
        {"role": "citizen", "side": "Mars", "colour": "red"},
        {"name": "", "role": 5, "side": "FR", "languages": {"speaks": ["xx", 7], "reads": []}},
        {"name": "C" * 201, "role": "citizen", "side": "FR", "telephone": "none", "email": "C@example.org"},
        "Citizen 5",
        {"name": "a\u202eb", "role": "guest", "languages": ["fr"], "attributes": {"a": ["b"]}, "email": "nowhere"},
    )

    assert reading.people == ()
    assert set(faults(reading)) == {
        ("people[0].role", "unknown-role"),
        ("people[1].name", "missing"),
        ("people[1].side", "unknown-side"),
        ("people[1].colour", "unknown-field"),
        ("people[2].name", "empty"),
        ("people[2].role", "unknown-role"),
        ("people[2].languages.speaks[0]", "unknown-language"),
        ("people[2].languages.speaks[1]", "unknown-language"),
        ("people[2].languages.reads", "unknown-field"),
        ("people[3].name", "too-long"),
        ("people[3].telephone", "bad-telephone"),
        ("people[3].email", "email-twice"),
        ("people[4]", "not-a-map"),
        ("people[5].name", "control-character"),
        ("people[5].languages", "not-a-map"),
        ("people[5].attributes.a", "not-a-text"),
        ("people[5].email", "bad-email"),
    }
    assert all(told["say"] for told in tell("de", reading.faults))


def test_people_are_a_list_of_at_most_ten_thousand() -> None:
    assert faults(people_from_json({"name": "x"}, SIDES, LANGUAGES)) == [("people", "not-a-list")]
    assert faults(people_from_json([{}] * 10_001, SIDES, LANGUAGES)) == [("people", "too-many")]
    assert read() == Reading()


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
NAMES = ["name", "role", "languages", "side", "group", "attributes", "email", "telephone", "needs"]


@settings(deadline=None)
@given(PLAIN, st.dictionaries(st.sampled_from(NAMES), PLAIN))
def test_no_plain_data_breaks_the_reader(whole: object, one: dict[str, Any]) -> None:
    for raw in (whole, [{"name": "Citizen 1", "role": "citizen", **one}]):
        reading = people_from_json(raw, SIDES, LANGUAGES)

        assert not (reading.people and reading.faults)
        assert all(told["say"] for told in tell("fr", reading.faults))
