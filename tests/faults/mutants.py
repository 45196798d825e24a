"""Mutants: a good history with one thing wrong in it, and the promise that is broken by it.

Each takes the facts of a good history, its own copy, and spoils them. That the checker finds every one of them, by the
promise that it aims at, is what makes its silence worth something.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.faults.history import Fact

Facts = list[Fact]
Spoil = Callable[[Facts], None]


class Mutant(NamedTuple):
    """What it is called, the promise that it breaks, how."""

    name: str
    breaks: str
    spoil: Spoil


MUTANTS: list[Mutant] = []


def breaks(promise: str) -> Callable[[Spoil], Spoil]:
    def keep(spoil: Spoil) -> Spoil:
        MUTANTS.append(Mutant(spoil.__name__.replace("_", " "), promise, spoil))
        return spoil

    return keep


# Finding one's way in a history


def entries(facts: Facts, event: str = "") -> Facts:
    return [fact for fact in facts if fact["k"] == "entry" and event in {"", fact["event"]}]


def patches(facts: Facts, c: str, layer: str = "", path: str = "") -> Facts:
    """What a client was shown of a layer and path."""
    mine = (fact for fact in facts if fact["k"] == "patch" and fact["c"] == c)
    return [fact for fact in mine if layer in {"", fact["layer"]} and (not path or path in fact["put"])]


def somebody(facts: Facts, role: str = "citizen", number: int = 0) -> Fact:
    """The n-th person of that role."""
    of_role: Facts = [each for each in facts[0]["people"] if each["role"] == role]
    return of_role[number]


def answers(facts: Facts, name: str, **like: object) -> list[tuple[Fact, Fact]]:
    """Asks of that name with their answers, where these are like that."""
    asked = {(fact["c"], fact["ticket"], fact["n"]): fact for fact in facts if fact["k"] == "inv"}
    pairs = ((asked[fact["c"], fact["ticket"], fact["n"]], fact) for fact in facts if fact["k"] == "ret")
    return [
        (inv, ret)
        for inv, ret in pairs
        if inv["name"] == name and all(key in ret and value in {..., ret[key]} for key, value in like.items())
    ]


def number_again(facts: Facts) -> None:
    for version, entry in enumerate(entries(facts), start=1):
        entry["version"] = version


def move(facts: Facts, entry: Fact, behind: Fact) -> None:
    """The entry to a later or earlier place, as if it had happened there."""
    facts.remove(entry)
    facts.insert(facts.index(behind) + 1, entry)
    entry["at"] = behind["at"]
    number_again(facts)


def moment(facts: Facts, kind: str) -> float:
    return float(next(fact["m"] for fact in facts if fact["k"] == kind))


def leak(facts: Facts, c: str, layer: str, path: str, value: object) -> None:
    """One more path in the last patch of that layer that this client was shown."""
    patches(facts, c, layer)[-1]["put"][path] = value


# H1: acknowledged means kept, once


@breaks("H1")
def a_ballot_is_acknowledged_and_lost(facts: Facts) -> None:
    facts.remove(entries(facts, "BallotCast")[2])
    number_again(facts)


@breaks("H1")
def a_hand_is_acknowledged_and_lost(facts: Facts) -> None:
    facts.remove(entries(facts, "HandRaised")[0])


@breaks("H1")
def an_entry_is_kept_twice(facts: Facts) -> None:
    lowered = entries(facts, "HandLowered")[0]
    facts.insert(facts.index(lowered) + 1, dict(lowered))
    number_again(facts)


@breaks("H1")
def an_answer_names_a_version_before_the_entry(facts: Facts) -> None:
    answers(facts, "ballot.cast", ok=...)[0][1]["ok"] -= 1


@breaks("H1")
def the_same_ticket_is_answered_with_two_versions(facts: Facts) -> None:
    inv, ret = answers(facts, "ballot.cast", ok=...)[0]
    place = facts.index(ret)
    facts[place + 1 : place + 1] = [{**inv, "n": 9}, {**ret, "n": 9, "ok": ret["ok"] + 1}]


@breaks("H1")
def a_known_ticket_is_refused(facts: Facts) -> None:
    inv, ret = answers(facts, "ballot.cast", ok=...)[0]
    again = {**inv, "n": 9, "m": ret["m"] + 0.1}
    facts += [
        again,
        {"c": inv["c"], "k": "ret", "ticket": inv["ticket"], "n": 9, "refused": "already-voted", "m": again["m"]},
    ]


# H2: one ballot each


@breaks("H2")
def somebody_votes_twice(facts: Facts) -> None:
    ballot = entries(facts, "BallotCast")[0]
    facts.insert(facts.index(ballot) + 1, {**ballot, "ticket": "another"})
    number_again(facts)


@breaks("H2")
def a_second_ballot_is_acknowledged(facts: Facts) -> None:
    _, ret = answers(facts, "ballot.cast", refused="already-voted")[0]
    del ret["refused"]
    ret["ok"] = len(entries(facts))


# H3: ballots are genuine, nothing is forged


@breaks("H3")
def a_ballot_says_something_else(facts: Facts) -> None:
    choice = entries(facts, "BallotCast")[0]["body"]
    choice["choice"] = "no" if choice["choice"] == "yes" else "yes"


@breaks("H3")
def somebody_without_a_vote_votes(facts: Facts) -> None:
    ballot = entries(facts, "BallotCast")[0]
    opened = next(each for each in entries(facts, "PollOpened") if each["body"]["poll"] == ballot["body"]["poll"])
    del opened["body"]["electorate"][ballot["who"]]


@breaks("H3")
def a_ballot_is_kept_after_the_close(facts: Facts) -> None:
    move(facts, entries(facts, "BallotCast")[0], entries(facts, "PollClosed")[0])


@breaks("H3")
def a_ballot_is_kept_before_the_poll_opens(facts: Facts) -> None:
    move(facts, entries(facts, "BallotCast")[0], entries(facts, "PollAdded")[0])


@breaks("H3")
def a_ballot_is_kept_after_the_end(facts: Facts) -> None:
    entries(facts, "PollOpened")[0]["body"]["closes"] = entries(facts, "PollOpened")[0]["at"]


@breaks("H3")
def a_ballot_is_forged(facts: Facts) -> None:
    entries(facts, "BallotCast")[0]["ticket"] = "never-asked"


@breaks("H3")
def a_hand_is_raised_that_nobody_raised(facts: Facts) -> None:
    raised = entries(facts, "HandRaised")[0]
    facts.insert(facts.index(raised) + 1, {**raised, "who": somebody(facts, number=3)["person"], "ticket": None})
    number_again(facts)


# H4: what was refused never happens


@breaks("H4")
def what_was_refused_is_kept(facts: Facts) -> None:
    inv, _ = answers(facts, "ballot.cast", refused="not-permitted")[0]
    ballot = entries(facts, "BallotCast")[0]
    who = somebody(facts, "observer")["person"]
    facts.insert(facts.index(ballot) + 1, {**ballot, "who": who, "ticket": inv["ticket"]})
    number_again(facts)


@breaks("H4")
def try_later_is_said_of_what_was_kept(facts: Facts) -> None:
    _, ret = answers(facts, "ballot.cast", ok=...)[1]
    del ret["ok"]
    ret["refused"] = "try-later"


# H5: tallies are the ballots


@breaks("H5")
def the_last_turnout_is_wrong(facts: Facts) -> None:
    patches(facts, somebody(facts)["c"], path="polls.p1.turnout")[-1]["put"]["polls.p1.turnout"] -= 1


@breaks("H5")
def the_turnout_falls(facts: Facts) -> None:
    patches(facts, "lead0", path="polls.p1.turnout")[-2]["put"]["polls.p1.turnout"] = 0


@breaks("H5")
def the_turnout_tells_of_ballots_that_are_not_kept(facts: Facts) -> None:
    patches(facts, "lead0", path="polls.p1.turnout")[1]["put"]["polls.p1.turnout"] += 3


@breaks("H5")
def the_result_counts_wrongly(facts: Facts) -> None:
    for fact in facts:
        if fact["k"] == "patch" and "polls.p1.result" in fact["put"]:
            fact["put"]["polls.p1.result"]["counts"] = {"yes": 1, "no": 0, "abstain": 0}


@breaks("H5")
def the_result_says_that_more_have_voted(facts: Facts) -> None:
    patches(facts, "lead0", path="polls.p2.result")[-1]["put"]["polls.p2.result"]["cast"] += 1


# H6: the journal is whole


@breaks("H6")
def the_journal_has_a_hole(facts: Facts) -> None:
    facts.remove(entries(facts, "Arrived")[1])


@breaks("H6")
def two_entries_are_swapped(facts: Facts) -> None:
    one, other = entries(facts)[7:9]
    here, there = facts.index(one), facts.index(other)
    facts[here], facts[there] = other, one


@breaks("H6")
def time_goes_back(facts: Facts) -> None:
    entries(facts)[9]["at"] = entries(facts)[8]["at"] - 1


@breaks("H6")
def a_version_is_given_twice(facts: Facts) -> None:
    entries(facts)[12]["version"] = entries(facts)[11]["version"]


@breaks("H6")
def the_journal_does_not_begin_with_the_session(facts: Facts) -> None:
    facts.remove(entries(facts, "SessionCreated")[0])


@breaks("H6")
def a_store_that_keeps_everything_has_two_epochs(facts: Facts) -> None:
    [whole for whole in patches(facts, somebody(facts)["c"]) if "epoch" in whole][-1]["epoch"] = "another"


# H7: chains hold


@breaks("H7")
def a_patch_goes_on_from_elsewhere(facts: Facts) -> None:
    [each for each in patches(facts, "lead0", "session") if each["since"]][2]["since"] -= 1


@breaks("H7")
def a_patch_is_lost(facts: Facts) -> None:
    facts.remove([each for each in patches(facts, "lead0", "session") if each["since"]][2])


@breaks("H7")
def a_patch_comes_twice(facts: Facts) -> None:
    again = [each for each in patches(facts, "lead0", "session") if each["since"]][2]
    facts.insert(facts.index(again) + 1, dict(again))


@breaks("H7")
def a_patch_comes_before_the_whole(facts: Facts) -> None:
    facts.remove(patches(facts, somebody(facts)["c"], "room")[0])


@breaks("H7")
def a_whole_comes_without_its_epoch(facts: Facts) -> None:
    del patches(facts, somebody(facts)["c"], "session")[0]["epoch"]


@breaks("H7")
def a_whole_goes_back(facts: Facts) -> None:
    first, *_, last = patches(facts, somebody(facts)["c"], "session")
    facts.insert(facts.index(last) + 1, {**first, "m": last["m"]})


@breaks("H7")
def something_is_shown_that_is_not_in_the_journal(facts: Facts) -> None:
    patches(facts, "lead0", "session")[-1]["version"] = len(entries(facts)) + 1


@breaks("H7")
def a_patch_reaches_somebody_who_left(facts: Facts) -> None:
    c = somebody(facts)["c"]
    facts.remove(next(fact for fact in facts if fact["k"] == "conn" and fact["c"] == c))


@breaks("H7")
def a_path_is_put_and_dropped_at_once(facts: Facts) -> None:
    last = patches(facts, "lead0", "session")[-1]
    last["drop"].append(next(iter(last["put"])))


# H8: everybody ends alike


@breaks("H8")
def somebody_misses_the_last_patch(facts: Facts) -> None:
    facts.remove(patches(facts, somebody(facts)["c"], "room")[-1])


@breaks("H8")
def two_of_an_audience_are_shown_different_things(facts: Facts) -> None:
    patches(facts, somebody(facts)["c"], "session", "agenda.now")[1]["put"]["agenda.now"] = {"item": "elsewhere"}


@breaks("H8")
def somebody_does_not_come_back(facts: Facts) -> None:
    last = patches(facts, somebody(facts)["c"])[-1]
    facts.append({"c": last["c"], "k": "disc", "m": last["m"] + 0.1})


@breaks("H8")
def somebody_stays_in_the_room_of_before(facts: Facts) -> None:
    last = patches(facts, somebody(facts)["c"], "room", "room")[-1]
    last["put"]["room"]["id"] = "r1"


@breaks("H8")
def nobody_hears_of_the_publication(facts: Facts) -> None:
    for fact in facts:
        if fact["k"] == "patch" and fact["put"].get("polls.p2", {}).get("state") == "published":
            fact["put"]["polls.p2"]["state"] = "closed"


@breaks("H8")
def a_ballot_is_forgotten_on_the_screen(facts: Facts) -> None:
    c = somebody(facts, number=1)["c"]
    patches(facts, c, "mine")[-1]["drop"] += ["me.ballots.p1"]


# H9: own writes are shown


@breaks("H9")
def an_acknowledged_ballot_is_never_shown(facts: Facts) -> None:
    for patch in patches(facts, somebody(facts)["c"], "mine"):
        patch["put"].pop("me.ballots.p2", None)


@breaks("H9")
def an_acknowledged_ballot_is_shown_too_late(facts: Facts) -> None:
    c = somebody(facts)["c"]
    for patch in patches(facts, c, "mine", "me.ballots.p2"):
        patch["m"] = max(patch["m"], moment(facts, "end") - 0.1)


# H10: nobody sees too much


@breaks("H10")
def a_citizen_is_shown_a_person(facts: Facts) -> None:
    leak(facts, somebody(facts)["c"], "session", "people.abc", {"name": "Citizen 7"})


@breaks("H10")
def support_is_shown_the_proposal(facts: Facts) -> None:
    leak(facts, somebody(facts, "support")["c"], "session", "rooms.proposal", {"id": "x"})


@breaks("H10")
def a_facilitator_is_shown_a_telephone(facts: Facts) -> None:
    leak(facts, somebody(facts, "facilitator")["c"], "session", "people.abc", {"name": "A", "telephone": None})


@breaks("H10")
def a_citizen_is_shown_who_was_admitted(facts: Facts) -> None:
    patches(facts, somebody(facts)["c"], path="polls.p1")[-1]["put"]["polls.p1"]["only"] = {}


@breaks("H10")
def a_telephone_stands_where_nobody_looks_for_it(facts: Facts) -> None:
    number = next(each["text"] for each in facts[0]["canaries"])
    patches(facts, somebody(facts)["c"], path="session")[0]["put"]["session"]["title"] = f"Call {number}"


@breaks("H10")
def an_attribute_reaches_support(facts: Facts) -> None:
    secret = next(each["text"] for each in facts[0]["canaries"] if each.get("roles") == ["lead"])
    patches(facts, somebody(facts, "support")["c"], path="session")[0]["put"]["session"]["title"] = secret


@breaks("H10")
def a_call_for_help_reaches_a_citizen(facts: Facts) -> None:
    leak(facts, somebody(facts, number=2)["c"], "mine", "me.help", {"kind": "sound", "text": "zinnober", "by": None})


@breaks("H10")
def a_notice_reaches_another_room(facts: Facts) -> None:
    room = next(each["room"] for each in facts[0]["canaries"] if "room" in each)
    others = (each["c"] for each in facts[0]["people"] if each["role"] == "citizen")
    shown = ((c, patch["put"]["room"]["id"]) for c in others for patch in patches(facts, c, "room", "room"))
    elsewhere = next(c for c, shown_room in shown if shown_room not in {room, "plenary"})
    leak(facts, elsewhere, "room", "room.notice", {"text": "quittengelee"})


@breaks("H10")
def somebody_is_shown_another_room(facts: Facts) -> None:
    for patch in patches(facts, somebody(facts)["c"], "room", "room"):
        if patch["put"]["room"]["id"] != "plenary":
            patch["put"]["room"]["id"] = "r2" if patch["put"]["room"]["id"] == "r1" else "r1"


@breaks("H10")
def somebody_is_shown_the_layer_of_another_person(facts: Facts) -> None:
    other = patches(facts, somebody(facts, number=1)["c"], "mine", "me")[0]["put"]["me"]
    patches(facts, somebody(facts)["c"], "mine", "me")[-1]["put"]["me"] = other


@breaks("H10")
def somebody_is_shown_a_ballot_of_another(facts: Facts) -> None:
    leak(facts, somebody(facts, "support")["c"], "mine", "me.ballots.p1", "yes")


@breaks("H10")
def a_citizen_is_shown_a_ballot_that_they_never_cast(facts: Facts) -> None:
    leak(facts, somebody(facts)["c"], "mine", "me.ballots.p1", "something else")


@breaks("H10")
def a_result_is_shown_before_it_is_published(facts: Facts) -> None:
    first = patches(facts, somebody(facts)["c"], "session", "polls.p1")[0]
    first["put"]["polls.p1.result"] = {"cast": 0, "counts": {}}


@breaks("H10")
def a_draft_of_a_poll_is_shown_to_a_citizen(facts: Facts) -> None:
    patches(facts, somebody(facts)["c"], "session", "polls.p1")[0]["put"]["polls.p1"]["state"] = "drafted"


@breaks("H10")
def the_observer_is_shown_a_room(facts: Facts) -> None:
    mine = patches(facts, somebody(facts, "observer")["c"])[-1]
    facts.insert(facts.index(mine) + 1, {**patches(facts, "lead0", "room")[0], "c": mine["c"], "m": mine["m"]})


@breaks("H10")
def a_citizen_is_shown_who_is_in_the_plenary(facts: Facts) -> None:
    leak(facts, somebody(facts)["c"], "room", "room.people.abc", {"name": "Citizen 3", "side": "FR"})


@breaks("H10")
def a_path_that_no_protocol_knows(facts: Facts) -> None:
    leak(facts, "lead0", "session", "polls.p1.slips", [])


@breaks("H10")
def an_answer_tells_a_secret(facts: Facts) -> None:
    number = next(each["text"] for each in facts[0]["canaries"])
    answers(facts, "ballot.cast", ok=...)[0][1]["say"] = f"Please call {number}"


# H12: each poll closes once


@breaks("H12")
def a_poll_is_closed_twice(facts: Facts) -> None:
    closed = entries(facts, "PollClosed")[0]
    facts.insert(facts.index(closed) + 1, {**closed, "who": "house", "ticket": None})
    number_again(facts)


@breaks("H12")
def a_poll_is_opened_twice(facts: Facts) -> None:
    opened = entries(facts, "PollOpened")[0]
    facts.insert(facts.index(opened) + 1, {**opened, "who": "house", "ticket": None})
    number_again(facts)


@breaks("H12")
def the_house_closes_a_poll_too_early(facts: Facts) -> None:
    closed = entries(facts, "PollClosed")[0]
    closed["who"] = "house"
    entries(facts, "PollOpened")[0]["body"]["closes"] = closed["at"] + 1


# H14: nobody waits long


@breaks("H14")
def an_answer_takes_long_though_nothing_is_broken(facts: Facts) -> None:
    calm = moment(facts, "calm")
    inv, ret = next(each for each in answers(facts, "ballot.cast", ok=...) if each[0]["m"] > calm)
    ret["m"] = inv["m"] + 2.5


@breaks("H14")
def an_answer_never_comes_though_nothing_is_broken(facts: Facts) -> None:
    calm = moment(facts, "calm")
    _, ret = next(each for each in answers(facts, "hand.raise", ok=...) if each[0]["m"] > calm)
    facts.remove(ret)


@breaks("H14")
def try_later_though_nothing_is_broken(facts: Facts) -> None:
    calm = moment(facts, "calm")
    _, ret = next(each for each in answers(facts, "hand.raise", ok=...) if each[0]["m"] > calm)
    del ret["ok"]
    ret["refused"] = "try-later"


@breaks("H14")
def somebody_is_cut_off_for_long(facts: Facts) -> None:
    cut = next(fact for fact in facts if fact["k"] == "disc")
    cut["m"] -= 5
