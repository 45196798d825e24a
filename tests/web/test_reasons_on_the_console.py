"""The console says every reason in the same sentences as the server's own pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rooms.composing.case import Why
from rooms.composing.reasons import Moves
from web.composewords import BREACHES, RELAXED

ROOT = Path(__file__).parents[2]
CONSOLE = (ROOT / "web/app/console/composing/reasons.ts").read_text(encoding="utf-8")
SERVER = re.sub(r'"\n\s+"', "", (ROOT / "web/composewords.py").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [*Why, *Moves, *RELAXED, *BREACHES])
def test_there_is_a_sentence_for(name: str) -> None:
    assert re.search(rf'^  "?{re.escape(name)}"?: \(', CONSOLE, re.MULTILINE), name


def test_the_sentences_are_those_of_the_server() -> None:
    ways_out = CONSOLE.index("const WAYS_OUT"), CONSOLE.index("export const waysOut")
    own = CONSOLE[: ways_out[0]] + CONSOLE[ways_out[1] :]

    quoted = re.findall(r'"([^"\n]*)"', re.sub(r"^import .*$", "", own, flags=re.MULTILINE))
    said = [each for each in quoted if " " in each.strip() or "{" in each]

    assert len(said) > 30
    assert [sentence for sentence in said if sentence not in SERVER] == []
