"""The cast of a demo: people plainly made up, with something for rooms to mirror and to interpret."""

from __future__ import annotations

from collections import Counter

import pytest

from rooms.people import Role
from server.demo.cast import cast
from server.programmes import template


@pytest.mark.parametrize("name", ["a240", "b1"])
def test_citizens_have_attributes_that_go_with_their_names_and_none_is_everybodys(name: str) -> None:
    citizens = [each for each in cast(template(name), 80) if each.role is Role.CITIZEN]

    assert {each.attributes["gender"] for each in citizens if each.name.startswith(("Citoyenne", "Bürgerin"))} == {"f"}
    for attribute in ("gender", "age", "distance"):
        shares = Counter(each.attributes[attribute] for each in citizens)
        assert len(shares) > 1
        assert max(shares.values()) < 0.6 * len(citizens)
    assert len({tuple(each.attributes.values()) for each in citizens}) > 15


def test_half_of_the_citizens_understand_the_other_language() -> None:
    citizens = [each for each in cast(template("a240"), 80) if each.role is Role.CITIZEN]

    both = [each for each in citizens if set(each.languages.understands) == {"fr", "de"}]
    assert 35 <= len(both) <= 46
    assert all(len(each.languages.speaks) == 1 for each in citizens)


def test_each_room_could_have_a_team_of_two_interpreters() -> None:
    interpreters = [each for each in cast(template("a240"), 80) if each.role is Role.INTERPRETER]

    teams = Counter(each.group for each in interpreters)
    assert len(teams) == 11
    assert set(teams.values()) == {2}


def test_whoever_leads_a_room_speaks_a_language_of_the_citizens() -> None:
    people = cast(template("c1"), 24)

    spoken = {code for each in people if each.role is Role.CITIZEN for code in each.languages.speaks}
    leading = [each for each in people if each.role is Role.FACILITATOR]
    assert leading
    assert all(spoken & set(each.languages.speaks) for each in leading)
    assert not [each for each in people if each.role is Role.INTERPRETER]
