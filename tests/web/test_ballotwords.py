"""What a ballot says in words: its rule, who may vote, who can see what."""

from __future__ import annotations

from typing import Any

import pytest

from facilitation import commands as c
from facilitation.counting.rule import needed_of, reaches
from tests.facilitation.given import Meeting, in_rooms, live
from web.ballotwords import rule_words, who_sees, whom_words
from web.words import dress

RULE = {"threshold": "7/10", "compare": ">=", "base": "yes+no"}


def printed(meeting: Meeting, who: str = "ana", lang: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = dress(meeting.view(who, lang), lang)["polls.q"]
    return found


def voting(**more: Any) -> Meeting:
    meeting = live()
    meeting.may("lea", c.AddPoll(**{"question": "?", "method": "yes-no-abstain", "id": "q", **more}))
    meeting.may("lea", c.OpenPoll(poll="q", warned=True))
    return meeting


@pytest.mark.parametrize("base", ["yes+no", "cast", "present", "registered"])
@pytest.mark.parametrize("compare", [">=", ">"])
@pytest.mark.parametrize("lang", ["fr", "de", "en"])
def test_every_rule_is_said_in_every_language(base: str, compare: str, lang: str) -> None:
    said = rule_words({"threshold": "2/3", "compare": compare, "base": base}, lang) or ""

    assert "2/3" in said
    assert (said == rule_words({"threshold": "2/3", "compare": compare, "base": base}, "en")) == (lang == "en")


def test_the_ballot_says_of_how_many_people_a_share_is() -> None:
    rule = c.AskedRule("1/2", ">", "present", quorum="1/3", each_side=True, ties=("run-off", "lot"))

    said = printed(voting(rule=rule))["rule_say"]

    assert said == (
        "Adopted with more than 50% of those who are present. That is 4 of 6 people. "
        "This must hold on each side as well. "
        "At least 1/3 of those who are registered, here or not, must take part. That is 2 of 6 people. "
        "On a tie there is a run-off; if that is a tie too, the lot decides."
    )


def test_the_number_said_is_the_least_that_is_enough() -> None:
    assert (needed_of("7/10", ">=", 187), needed_of("1/2", ">", 187)) == (131, 94)
    for share in ("1/2", "2/3", "7/10", "1/1"):
        for compare in (">=", ">"):
            for base in range(1, 60):
                needed = needed_of(share, compare, base)
                assert reaches(share, compare, needed, base)
                assert not reaches(share, compare, needed - 1, base)


def test_sides_that_must_agree_are_named() -> None:
    said = printed(voting(rule=c.AskedRule(components=("FR", "DE"))), lang="fr")["rule_say"]

    assert "France et Deutschland [DE]" in said


@pytest.mark.parametrize(
    ("method", "scheme", "said"),
    [
        ("ranking", {"count": "irv"}, "drops out"),
        ("ranking", {"count": "stv", "seats": 2}, "2 places"),
        ("ranking", {}, "Borda"),
        ("single", {}, "most votes"),
        ("approval", {}, "by itself"),
        ("consent", {"veto": True}, "veto"),
    ],
)
def test_how_ballots_are_counted_is_said_beforehand(method: str, scheme: dict[str, Any], said: str) -> None:
    assert said in (rule_words(RULE, "en", method, {"scheme": scheme}) or "")


def test_no_threshold_is_promised_where_none_applies() -> None:
    assert rule_words(RULE, "en", "scale") is None
    assert "Adopted" not in (rule_words(RULE, "en", "ranking") or "")
    assert rule_words(None, "en") is None


def test_who_can_see_what_is_said_of_a_secret_and_of_an_open_vote() -> None:
    open_one, plain = who_sees("en", {}), who_sees("en", {"secret": True})
    full = who_sees("en", {"secret": True, "by_side": True, "patterns": True, "receipts": True, "method": "consent"})

    assert open_one.startswith("This vote is not secret")
    assert plain == (
        "This vote is secret: that you voted is kept, but nobody sees what you chose. "
        "On the telephone, two members of the team hear your choice."
    )
    for words in ("Your side", "published whole", "Words that you write", "a code"):
        assert words in full
        assert words not in plain


def test_who_may_vote_is_said_and_how_many_they_are() -> None:
    everybody, one_side = voting(), voting(electorate=c.AskedElectorate(sides=("FR",)))
    rooms = in_rooms()
    rooms.may("lea", c.AddPoll(question="?", method="yes-no-abstain", id="q", each_room=True))
    rooms.may("lea", c.OpenPoll(poll="q"))

    assert printed(everybody)["whom_say"] == (
        "Whoever has checked in to this part of the day may vote. 6 people are on the list."
    )
    assert "France" in printed(one_side, lang="fr")["whom_say"]
    assert printed(rooms)["whom_say"].startswith("Each room votes by itself.")
    assert "this room" in dress(rooms.view("ana", "en"), "en")["polls.q-r1"]["whom_say"]
    assert "Expert" in whom_words({"whom": {"roles": ["expert"]}}, "en")
    assert whom_words({"whom": {"people": 3}}, "en") == "3 people named by the team may vote."
