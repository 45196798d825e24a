"""`python -m server languages`: what rooms a roster can have, and what a team of interpreters less would cost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.composing.reach import Reach
from rooms.people import Role
from server.composing.languages import BadRoster, lines, people_in, plan
from server.invited import Invited, Languages

ROOT = Path(__file__).parents[2]


def citizens(*languages: str) -> list[Invited]:
    return [
        Invited(f"Citizen {number}", Role.CITIZEN, Languages(tuple(each.split())))
        for number, each in enumerate(languages)
    ]


def interpreters(*teams: str) -> list[Invited]:
    """Two for each team."""
    return [
        Invited(f"Interpreter {number} {each}", Role.INTERPRETER, Languages(tuple(team.split())), group=f"t{number}")
        for number, team in enumerate(teams)
        for each in range(2)
    ]


HALVES = citizens(*["fr"] * 40, *["de"] * 40)


def test_as_many_rooms_are_interpreted_as_there_are_teams_and_one_less_costs_one() -> None:
    said = lines(plan([*HALVES, *interpreters(*["fr de"] * 9)]), "en")

    with_all, with_less = said[1], said[3]
    assert said[0] == "80 citizens: German 40 and French 40."
    assert said[2].startswith("Of 100 pairs of citizens 100 can sit together")
    assert with_all.startswith(
        "With 9 teams of interpreters (18 people): 9 rooms interpreted between German and French"
    )
    assert "less between German and French: 8 rooms interpreted between German and French" in with_less
    assert said[4] == "That costs 1 interpreted room."
    assert said[6:] == [
        "Without any interpreter everybody still has a room in a language of their own.",
    ]


def test_fewer_teams_let_fewer_meet_and_mirror_less() -> None:
    halves = citizens(*["fr"] * 16, *["de"] * 16)
    people = [msgspec.structs.replace(each, side=each.languages.speaks[0]) for each in halves]

    reached = [plan(people, rooms=4, teams=teams).now.reach for teams in (4, 2, 0)]

    assert [each.mirror for each in reached if each is not None] == sorted(
        (each.mirror for each in reached if each is not None), reverse=True
    )
    assert reached[0] == Reach(100, 100)
    assert reached[2] == Reach(48, 0)


def test_without_interpreters_in_the_roster_every_room_has_a_team() -> None:
    found = plan(HALVES, size=16)

    assert (len(found.now.teams), found.now.interpreted) == (5, 5)
    assert plan(HALVES, size=16, teams=2).now.interpreted == 2


def test_each_kind_of_team_has_its_own_price() -> None:
    people = [*citizens(*["fr"] * 12, *["de"] * 12, *["ar"] * 2), *interpreters("fr de", "fr de", "ar fr")]

    found = plan(people, rooms=3)

    prices = {kind: bool(offer.cannot) for kind, offer in found.less}
    assert set(prices) == {("de", "fr"), ("ar", "fr")}
    assert not found.now.cannot
    assert sum(count for _, count in found.now.rooms) == 3


def test_what_cannot_be_is_said_with_its_reason() -> None:
    people = [*citizens("fr", "fr", "de", "de", "ar"), *interpreters("fr de")]

    found = plan(people, rooms=1)

    assert found.now.cannot
    assert found.fewest is None
    assert all(lang_said for lang in ("fr", "de", "en") for lang_said in lines(found, lang))
    assert lines(found, "fr") != lines(found, "en")


@settings(max_examples=40, deadline=None)
@given(
    people=st.lists(st.sampled_from(["fr", "de", "fr de", "ar", "ar fr"]), min_size=1, max_size=24),
    teams=st.lists(st.sampled_from(["fr de", "ar fr"]), max_size=4),
)
def test_no_roster_has_more_interpreted_rooms_than_teams(people: list[str], teams: list[str]) -> None:
    found = plan([*citizens(*people), *interpreters(*teams)], size=6, teams=None if teams else 0)

    for offer in (found.now, *(each for _, each in found.less)):
        assert offer.interpreted <= len(offer.teams)
    assert (found.fewest is None) == bool(found.now.cannot)


def test_a_roster_with_faults_names_each_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name;Rolle;Spricht\nA;wizard;fr\nB;citizen;klingon\n")

    with pytest.raises(BadRoster) as bad:
        people_in(path, "en")

    assert [line.partition(":")[0] for line in str(bad.value).splitlines()] == ["Row 2", "Row 3"]


def test_the_command_reads_a_roster_and_says_it_in_words(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    rows = [f"Citoyen {n};FR;fr" for n in range(8)] + [f"Bürger {n};DE;de" for n in range(8)]
    path.write_text("\n".join(["Nom;Pays;Parle", *rows]))

    words = [sys.executable, "-m", "server", "languages", str(path), "--teams", "1", "--lang", "fr"]
    done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    assert "Avec 1 équipe d’interprètes (2 personnes) : 1 salle interprétée entre allemand et français" in done.stdout
