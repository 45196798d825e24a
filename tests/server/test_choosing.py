"""Simulated people: whatever they put on a ballot, the ballot offers it; and patterns become drafts that are taken."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation import commands as c
from facilitation.ballots import read
from facilitation.counting.methods import METHODS
from facilitation.polls import Poll
from facilitation.programme import Option, Scheme, VotedText
from rooms.people import PollId
from server.crowd.choosing import choose
from server.crowd.drafts import drafts
from server.programmes import template, templates

SCHEMES = {
    "scale": [Scheme(lowest=0, highest=10), Scheme(lowest=1, highest=6)],
    "points": [Scheme(points=3, most=1), Scheme(points=10), Scheme(points=5, most=2)],
    "approval": [Scheme(), Scheme(most=2)],
    "ranking": [Scheme(count="borda"), Scheme(count="borda", top=3), Scheme(count="schulze")],
    "consent": [Scheme(), Scheme(veto=True)],
    "words": [Scheme(), Scheme(most=1)],
}


def poll_of(method: str, scheme: Scheme, texts: int = 0) -> Poll:
    options = tuple(Option(f"o{n}", {"en": f"Option {n}"}) for n in range(5))
    voted = tuple(VotedText(f"t{n}", {"en": f"Text {n}"}) for n in range(texts))
    return Poll(PollId("p"), {"en": "?"}, method, 0, options, scheme=scheme, texts=voted)


def shown(poll: Poll) -> dict[str, Any]:
    """As a view shows it, as far as a choice depends on it."""
    return {
        "method": poll.method,
        "options": [{"id": option.id} for option in poll.options],
        "texts": [{"id": text.id} for text in poll.texts],
        "scheme": msgspec.to_builtins(poll.scheme),
    }


@pytest.mark.parametrize("method", sorted(METHODS))
@settings(deadline=None)
@given(seed=st.integers(0, 10_000), texts=st.sampled_from([0, 1, 16]))
def test_whatever_a_simulated_person_chooses_is_offered(method: str, seed: int, texts: int) -> None:
    for scheme in SCHEMES.get(method, [Scheme()]):
        poll = poll_of(method, scheme, texts)

        choice = choose(shown(poll), random.Random(seed))

        assert read(poll, choice) is not None, choice


@pytest.mark.parametrize("name", [name for name, _ in templates()])
def test_a_pattern_becomes_drafts_that_have_the_shape_of_what_is_asked(name: str) -> None:
    programme = template(name)
    for item in programme.items:
        if item.poll is None:
            continue
        plain = {"id": item.id, "poll": msgspec.to_builtins(item.poll)}

        made = list(drafts(plain, list(programme.languages)))

        assert bool(made) != bool(item.poll.question), item.id
        for draft in made:
            asked = msgspec.convert(draft, c.AddPoll)
            assert (asked.method, asked.item, asked.secret) == (item.poll.method, item.id, item.poll.secret)
            assert (asked.points, asked.most) == (item.poll.scheme.points, item.poll.scheme.most)


def test_everybody_together_adopts_some_texts_and_rejects_others() -> None:
    poll = shown(poll_of("yes-no-abstain", Scheme(), texts=40))
    papers = [choose(poll, random.Random(n)) for n in range(200)]

    yes = [sum(paper.get(f"t{n}") == "yes" for paper in papers) for n in range(40)]

    assert min(yes) < 120 < max(yes)
