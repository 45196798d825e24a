"""`python -m server compose`: an instance in, a plan or the reasons out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rooms.composing.case import Case
from server.composing.command import tries_within
from tests.composing.cases import case_a
from tests.composing.given import case, people, rooms

ROOT = Path(__file__).parents[2]


def composed(folder: Path, given: Case, *options: str) -> tuple[int, dict[str, Any]]:
    path = folder / "instance.json"
    path.write_bytes(msgspec.json.encode(given))
    command = [sys.executable, "-m", "server", "compose", str(path), "--plain", *options]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 3), done.stderr
    return done.returncode, json.loads(done.stdout)


def test_seconds_become_iterations_that_make_the_same_plan_again(tmp_path: Path) -> None:
    code, plan = composed(tmp_path, case_a(1), "--seed", "5", "--seconds", "0.3")
    _, again = composed(tmp_path, case_a(1), "--seed", "5", "--iterations", str(plan["iterations"]))

    assert code == 0
    assert plan == again
    assert plan["violations"] == []
    assert [len(each["rooms"]) for each in plan["rounds"]] == [10] * 4
    assert len(plan["rounds"][0]["facilitators"]) == 10


def test_what_cannot_be_composed_says_why_with_names_languages_and_seats(tmp_path: Path) -> None:
    code, said = composed(tmp_path, case(people("fr", "fr", "fr", "de"), rooms("fr", "de", hi=2)))

    assert code == 3
    assert said == {
        "infeasible": [
            "Round 1: 3 people speak only French; the rooms they can join (r0) have 2 seats: p0, p1, and p2.",
        ]
    }


def test_a_file_that_is_no_instance_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "instance.json"
    path.write_text('{"people": 3}')

    command = [sys.executable, "-m", "server", "compose", str(path)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


class Machine:
    """A search on a clock of its own: a microsecond for each try, a hundredth of a second to begin, and hold-ups."""

    def __init__(self, *held_up: float) -> None:
        self.now = 0.0
        self._held_up = list(held_up)

    def attempt(self, tries: int) -> None:
        self.now += 0.01 + tries * 1e-6 + (self._held_up.pop(0) if self._held_up else 0.0)


def test_as_many_tries_are_planned_as_fit_into_the_seconds() -> None:
    machine = Machine()

    machine.attempt(tries_within(2.0, machine.attempt, lambda: machine.now))

    assert 1.7 < machine.now < 2.0


@pytest.mark.parametrize("held_up", [(1.4,), (0.0, 0.5), (0.0, 0.0, 1.0), (0.5, 0.5, 0.5, 0.5)])
def test_a_machine_that_is_held_up_meanwhile_plans_no_search_without_end(held_up: tuple[float, ...]) -> None:
    machine = Machine(*held_up)

    machine.attempt(tries_within(4.0, machine.attempt, lambda: machine.now))

    assert machine.now < 8.0
