"""The bench itself: with a handful of people it runs from end to end and fills every table."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench import secretpage
from tests.sockets.plain import install_node_modules

ROOT = Path(__file__).parents[2]
EVERYBODY = {"house", "node", "node-json", "house-2", "node-2"}
NUMBERS = 8
"""Versions grow during a run, and a larger number has a byte or two more."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the page and the figures of a tiny run."""
    install_node_modules()
    folder = tmp_path_factory.mktemp("bench")
    command = [sys.executable, "-m", "tests.bench", "--plan", "tiny", "--strict", "--out", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def figures(written: Path) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((written / "benchmarks.json").read_text())["figures"]
    return told


def test_everything_is_measured_for_everybody(figures: list[dict[str, Any]]) -> None:
    measured = {(figure["row"], figure["who"]) for figure in figures}

    assert {(row, who) for row in ("paced.cpu", "burst.cpu") for who in EVERYBODY} <= measured
    doors = ("storm.cpu", "handshake.cpu", "votes.once.cpu", "votes.spread.cpu", "memory")
    assert {(row, who) for row in doors for who in ("house", "node")} <= measured
    assert {("rest.cpu", "house"), ("room.cpu", "house"), ("kill.last", "house-2")} <= measured
    assert all(figure["median"] > 0 for figure in figures if figure["row"] != "rest.cpu")


def test_the_peer_sends_as_many_bytes_as_the_house(figures: list[dict[str, Any]]) -> None:
    sent = {figure["who"]: figure["median"] for figure in figures if figure["row"] == "notice.bytes"}

    assert abs(sent["house"] - sent["node"]) <= NUMBERS
    assert abs(sent["house-2"] - sent["node-2"]) <= NUMBERS


def test_secret_ballots_are_measured_for_everybody_and_only_their_part_of_the_page_is_written(written: Path) -> None:
    before = (written / "benchmarks.md").read_text()
    command = [sys.executable, "-m", "tests.bench", "--ballots", "--plan", "tiny", "--strict", "--out", str(written)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr

    after = (written / "benchmarks.md").read_text()
    told = json.loads((written / "benchmarks-ballots.json").read_text())["figures"]
    measured = {(figure["row"], figure["who"]) for figure in told}
    assert {("ballots.cpu", who) for who in ("house", "node", "node-told", "house-2", "node-2")} <= measured
    assert {(f"ballots.{row}", who) for row in ("count", "told", "last") for who in ("house", "house-2")} <= measured
    assert after.startswith(before.rstrip())
    anew = "## Secret ballots\n\nanew\n"
    assert secretpage.put_into(after, anew) == f"{before.rstrip()}\n\n{anew}"
    assert secretpage.found_in(before) is None


def test_the_page_answers_every_goal(written: Path) -> None:
    goals = (written / "benchmarks.md").read_text().partition("## Goals")[2].partition("##")[0].splitlines()[4:]

    rows = [row for row in goals if row.startswith("|")]
    assert len(rows) >= 13
    assert all(row.endswith(("| reached |", "| **not reached** |")) for row in rows)
