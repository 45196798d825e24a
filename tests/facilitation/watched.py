"""A session watched while anything happens to it: what must hold of it after each step, whatever was asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from facilitation import commands as c
from facilitation.composition import APART, TOGETHER
from facilitation.deadlines import deadlines, ticket
from facilitation.polls import Poll
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, State, ticket_key
from facilitation.views.layers import ROOM, layers_of, view
from facilitation.views.viewpoint import Viewpoint
from rooms.people import PersonId, Role
from rooms.seating import PLENARY
from server.audience import Differences, Group
from tests.facilitation.given import (
    Meeting,
    plain,
    public,
    replayed,
)
from web.words import dress

LIFE = ("drafted", "open", "closed", "published", "void")
WATCHERS = ("lea", "flo", "sue", "ana", "ben", "gil")
PRIVATE = ("telephone-", "mail-", "needs-", "attribute-")

OF_THE_TEAM = ("canary-team", "canary-answer")


class Watched(RuleBasedStateMachine):
    """A session, whoever watches it, and what each of them has been shown by patches alone."""

    def begin_with(self, first: Callable[[], Meeting]) -> None:
        self.meeting = first()
        self.at = 0
        self.asks = 0
        self.votes: set[tuple[str, str]] = set()
        self.lives: dict[str, Poll] = {}
        self.watched: dict[Any, tuple[Viewpoint, Group, dict[str, Any]]] = {}

    def ask(self, who: str, command: c.Command, seed: int = 0) -> None:
        version = self.meeting.session.version
        self.asks += 1
        answer = self.meeting.ask(who, command, self.at, seed, f"t{self.asks}")
        if isinstance(answer, Refusal):
            assert answer.why is not Why.UNKNOWN_ASK
        if not isinstance(answer, list):
            assert self.meeting.session.version == version
            return
        assert answer
        assert self.meeting.session.tickets[ticket_key(who, f"t{self.asks}")] == self.meeting.session.version
        if isinstance(command, c.CastBallot):
            assert (who, command.poll) not in self.votes
            self.votes.add((who, command.poll))

    @rule(passed=st.sampled_from([1, 500, 5_000, 40_000, 200_000, 2_000_000]))
    def time_passes(self, passed: int) -> None:
        self.at += passed
        self._the_house_asks_what_is_due()

    def _the_house_asks_what_is_due(self) -> None:
        """As the clerk does, until nothing is due: a deadline whose ticket is kept would come back for ever."""
        for _ in range(100):
            due = [command for when, command in deadlines(self.meeting.session) if when <= self.at]
            if not due:
                return
            for command in due:
                key = ticket(command)
                assert ticket_key(HOUSE, key) not in self.meeting.session.tickets, key
                self.meeting.ask(HOUSE, command, self.at, 0, key)
        raise AssertionError("the house is never done")

    @invariant()
    def the_journal_gives_the_session(self) -> None:
        entries, session = self.meeting.entries, self.meeting.session
        assert [entry.version for entry in entries] == list(range(1, session.version + 1))
        if len(entries) % 8 == 0:
            assert plain(replayed(entries)) == plain(session)

    @invariant()
    def patches_added_up_are_the_fresh_view(self) -> None:
        meeting = self.meeting
        for at in (public(), public("de"), *(meeting.at(name) for name in WATCHERS)):
            for layer, audience in layers_of(at).items():
                fresh = view(layer, meeting.scene, at)
                shown = dress(fresh, at.lang)
                if audience not in self.watched:
                    group = Group(layer, at, meeting.scene, "epoch")
                    self.watched[audience] = (at, group, dict(group.whole().body)["put"])
                _, group, kept = self.watched[audience]
                group.look(meeting.scene, Differences())
                put, drop = group.changes()
                body = dict(group.patch(put, drop, meeting.session.version).body)
                for path in body["drop"]:
                    del kept[path]
                kept |= body["put"]
                assert kept == shown

    @invariant()
    def nobody_sees_too_much(self) -> None:
        session = self.meeting.session
        seen = json.dumps(self.meeting.seen(public()))
        assert "Name-" not in seen
        for word in (*PRIVATE, "canary-help", "canary-notice", "canary-link", *OF_THE_TEAM, "canary-reason"):
            assert word not in seen
        for at in map(self.meeting.at, ("ana", "ben", "gil", "val")):
            if at.role.is_staff:  # a guest may be given another role
                continue
            mine = json.dumps(self.meeting.seen(at))
            for word in (*PRIVATE, "canary-help", *OF_THE_TEAM):
                assert word not in mine
            assert not {"floor.heard", "floor.shares", "floor.slower", "shares"} & self.meeting.seen(at).keys()
            room = view(ROOM, self.meeting.scene, at)
            others = {path.removeprefix("room.people.") for path in room if path.startswith("room.people.")}
            assert all(session.where(PersonId(other)) == at.room for other in others)
            assert at.room != PLENARY or not others
        drafted = [poll.id for poll in session.polls.values() if poll.state == "drafted"]
        unpublished = [poll.id for poll in session.polls.values() if poll.state != "published"]
        for at in (public(), self.meeting.at("ana")):
            paths = self.meeting.seen(at)
            assert not any(f"polls.{poll}" in paths for poll in drafted)
            assert not any(f"polls.{poll}.result" in paths for poll in unpublished)

    @invariant()
    def the_floor_is_in_order(self) -> None:
        for floor in self.meeting.session.floors.values():
            hands = [hand.person for hand in floor.hands]
            assert len(hands) == len(set(hands))
            assert floor.turn is None or floor.turn.person not in hands or floor.hand(floor.turn.person) is not None
            assert all(had >= 0 for had in floor.heard.values())

    @invariant()
    def seats_and_ballots_agree(self) -> None:
        session = self.meeting.session
        for person, room in session.seating.seats.items():
            seated = session.seating.rooms[room]
            assert [*seated.people, *seated.staff].count(person) == 1
        for poll in session.polls.values():
            assert set(poll.ballots) <= set(poll.electorate)
            assert all(session.people[voter].role is Role.CITIZEN for voter in poll.ballots)
            assert not set(poll.dictated) & set(poll.ballots)
            assert all(told.by != told.heard_by for told in poll.confirmed.values())
        if session.state is State.CLOSED:
            assert session.agenda.now is None
            assert not [poll for poll in session.polls.values() if poll.state == "open"]
            assert session.seating.moves_at is None

    @invariant()
    def compositions_are_in_order(self) -> None:
        session = self.meeting.session
        known, proposal = session.compositions, session.seating.proposal
        assert known.wanted is None or (known.failed is None and session.state is not State.CLOSED)
        assert known.failed is None or known.offered is None
        assert (known.offered is not None) == (proposal is not None and proposal.found is not None)
        if proposal is not None:
            seated = [person for room in proposal.rooms for person in (*room.people, *room.staff)]
            assert len(seated) == len(set(seated))
            assert not set(seated) & set(session.belongs)
        apart = {frozenset(bond.people) for bond in known.bonds if bond.kind == APART}
        together = [frozenset(bond.people) for bond in known.bonds if bond.kind == TOGETHER]
        assert all(len(pair) == 2 and not any(pair <= group for group in together) for pair in apart)
        assert sum(map(len, together)) == len(frozenset[PersonId]().union(*together))

    @invariant()
    def a_poll_goes_one_way_and_its_voters_stay(self) -> None:
        for poll in self.meeting.session.polls.values():
            was = self.lives.get(poll.id)
            self.lives[poll.id] = poll
            if was is None or was is poll:
                continue
            assert LIFE.index(poll.state) >= LIFE.index(was.state) or "void" in (was.state, poll.state)
            assert was.state not in ("void", "closed", "published") or poll.state != "open"
            assert was.state != "void" or poll.state == "void"
            assert poll.state != "void" or was.state in ("drafted", "open", "void")
            if was.state != "drafted":
                assert poll.electorate is was.electorate
                assert (poll.digest, poll.key, poll.registered) == (was.digest, was.key, was.registered)
            assert set(was.ballots) <= set(poll.ballots)
            assert poll.state != "void" or poll.kept is None
            assert was.kept is None or poll.kept is was.kept

    @invariant()
    def no_choice_of_a_secret_poll_is_anywhere(self) -> None:
        secret = {poll.id for poll in self.meeting.session.polls.values() if poll.secret}
        for entry in self.meeting.entries[-12:]:
            if entry.event in ("BallotCast", "BallotMarked", "BallotDictated") and entry.body["poll"] in secret:
                assert entry.body.get("choice") is None
        for poll in secret:
            ballots = self.meeting.session.polls[poll].ballots
            assert all(choice is None for choice in ballots.values())
            for who in ("ana", "ben"):
                assert self.meeting.view(who).get(f"me.ballots.{poll}") in (None, True)

    @invariant()
    def the_clock_stands_exactly_while_the_session_is_paused(self) -> None:
        session = self.meeting.session
        if session.agenda.now is not None:
            assert (session.agenda.paused is not None) == (session.state is State.PAUSED)


quick = settings(
    max_examples=60, stateful_step_count=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
