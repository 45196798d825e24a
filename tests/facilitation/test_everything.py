"""Everything at once: random people ask random things while time passes; what must hold, holds after each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from facilitation import commands as c
from facilitation.deadlines import deadlines, ticket
from facilitation.programme import Link
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE, State, ticket_key
from facilitation.views.layers import ROOM, layers_of, view
from facilitation.views.viewpoint import Viewpoint
from rooms.people import PersonId, Role
from rooms.queue import RULES as QUEUES
from rooms.seating import PLENARY
from server.audience import Differences, Group
from tests.facilitation.given import (
    CITIZENS,
    EVERYBODY,
    STAFF,
    Meeting,
    arrived,
    in_a_break,
    in_rooms,
    live,
    plain,
    public,
    replayed,
)
from web.words import dress

WATCHERS = ("lea", "flo", "sue", "ana", "ben", "gil")
PRIVATE = ("telephone-", "mail-", "needs-", "attribute-")

OF_THE_TEAM = ("canary-team", "canary-answer")

leads = st.sampled_from(["lea", "leo"])
citizens = st.sampled_from(CITIZENS)
anybody = st.sampled_from(EVERYBODY)
items = st.sampled_from(["door", "talk", "quick", "vote", "again", "pause", "nowhere"])
polls = st.sampled_from(["vote", "p2", "p3"])
places = st.sampled_from(["plenary", "r1", "r2", "r9"])
seconds = st.sampled_from([0, 0, 5])
workers = st.sampled_from(["w1", "w2"])

of_leads = st.one_of(
    st.builds(c.StartSession),
    st.builds(c.PauseSession),
    st.builds(c.ResumeSession),
    st.builds(c.NextItem, seen=st.one_of(st.none(), items)),
    st.builds(c.GoToItem, items),
    st.builds(c.BackItem),
    st.builds(c.UndoAgenda),
    st.builds(c.ExtendItem, st.sampled_from([-30, 60])),
    st.builds(c.HoldItem),
    st.builds(c.ReopenSession),
)
of_rooms = st.one_of(
    st.builds(
        c.ComposeRooms,
        count=st.sampled_from([None, 1, 2, 3]),
        rule=st.sampled_from([None, "random", "language", "list", "hand", "moon"]),
        keep=st.booleans(),
    ),
    st.builds(c.AcceptRooms),
    st.builds(c.OpenRooms, seconds=seconds),
    st.builds(c.OpenRooms),
    st.builds(c.RecallRooms, seconds=seconds),
    st.builds(c.PlacePerson, anybody, places),
    st.builds(c.PlacePerson, citizens, places, st.sampled_from(["room-r1", "room-r2"])),
    st.builds(c.FoldRoom, places, places, st.sampled_from([None, "room-r1", "room-r2"])),
    st.builds(c.ExcuseRoom, st.sampled_from(["room-r1", "room-r2", "unled-r1", "unled-r2"])),
    st.builds(c.TellRooms, st.just("canary-notice")),
    st.builds(c.LinkRoom, places, st.just({"": Link(url="canary-link")})),
)
of_polls = st.one_of(
    st.builds(c.OpenPoll, poll=polls),
    st.builds(c.ClosePoll, poll=polls),
    st.builds(c.PublishPoll, poll=polls),
    st.builds(c.RepeatPoll, poll=polls),
    st.builds(c.VoidPoll, polls, st.just("why")),
    st.builds(c.AdmitVoter, polls, anybody),
    st.builds(c.AddPoll, question=st.just("canary-draft"), method=st.just("yes-no-abstain"), seconds=st.just(30)),
)
of_citizens = st.one_of(
    st.builds(c.RaiseHand),
    st.builds(c.LowerHand),
    st.builds(c.EndTurn),
    st.builds(c.AskSlower),
    st.builds(c.PutNudgeAway),
    st.builds(c.CastBallot, polls, st.sampled_from(["yes", "no", "abstain", "maybe"])),
    st.builds(c.CallHelp, st.just("sound"), st.just("canary-help")),
    st.builds(c.ChooseLanguage, st.sampled_from(["fr", "de"])),
    st.builds(c.SayLine, st.sampled_from(["good", "weak"])),
    st.builds(c.ComeBack, st.booleans()),
)
of_the_door = st.one_of(
    st.builds(c.MarkTelephone, anybody, st.booleans()),
    st.builds(c.BelongTo, anybody, st.one_of(st.none(), anybody)),
    st.builds(c.RaiseHand, person=anybody),
    st.builds(
        c.SayCheck, st.sampled_from(["connection", "sound", "microphone", "camera"]),
        st.sampled_from(["begun", "works", "fails", "skipped"]), st.sampled_from([None, "denied"]),
    ),
    st.builds(c.GiveConsent, st.just(True), st.booleans(), st.booleans()),
)  # fmt: skip
of_staff = st.one_of(
    st.builds(c.VisitRoom, places),
    st.builds(c.GiveFloor, anybody, st.sampled_from([None, 60])),
    st.builds(c.EndTurn),
    st.builds(c.LowerHand, anybody),
    st.builds(c.NextSpeaker, seen=st.one_of(st.none(), anybody)),
    st.builds(c.ExtendTurn, seconds=st.sampled_from([-30, 30])),
    st.builds(c.ChooseQueue, st.one_of(st.none(), st.sampled_from(QUEUES)), st.sampled_from([None, 0, 60])),
    st.builds(c.Nudge, anybody, st.sampled_from(["invite", "shorter"])),
    st.builds(c.AskSlower),
    st.builds(c.TakeHelp, st.sampled_from(["h1", "h2"])),
    st.builds(c.SettleHelp, st.sampled_from(["h1", "h2"])),
    st.builds(c.SayReady, st.booleans()),
)
reasons = st.just("canary-reason")
of_the_team = st.one_of(
    st.builds(c.PausePerson, citizens, st.booleans(), reasons),
    st.builds(c.SendToLobby, citizens, reasons),
    st.builds(c.ReturnPerson, citizens),
    st.builds(c.ExcludePerson, citizens, reasons),
    st.builds(c.ConfirmExclusion, citizens),
    st.builds(c.IncludePerson, citizens),
    st.builds(c.RemovePerson, anybody, reasons),
    st.builds(c.RestorePerson, anybody),
    st.builds(c.GiveRole, st.sampled_from([*sorted(STAFF), "ana", "gil"]), st.sampled_from(list(Role))),
    st.builds(c.TakeChair),
    st.builds(c.LeadRoom, places, st.one_of(st.none(), st.sampled_from(sorted(STAFF)))),
    st.builds(c.SayToTeam, st.just("canary-team"), st.sampled_from([None, "support", "r1"])),
    st.builds(c.TellRooms, st.just("canary-notice"), st.none(), st.just(True)),
    st.builds(c.AnswerNotice, st.sampled_from(["n1", "n2"]), st.just("canary-answer")),
)
of_interpretation = st.one_of(
    st.builds(c.LoseInterpreters, places),
    st.builds(c.FindInterpreters, places),
    st.builds(c.SendInterpreters, places, st.just(("ina",))),
    st.builds(c.JoinRooms, places, places),
    st.builds(c.SplitByLanguage, places),
    st.builds(c.GoOnInWriting, st.lists(places, min_size=1, max_size=3).map(tuple)),
    st.builds(c.SumUp, st.just("canary-notice")),
    st.builds(c.HearAgain, places, st.booleans()),
)


class Everything(RuleBasedStateMachine):
    """A session, whoever watches it, and what each of them has been shown by patches alone."""

    @initialize(first=st.sampled_from([in_rooms, live, arrived, in_a_break, Meeting]))
    def begin(self, first: Callable[[], Meeting]) -> None:
        self.meeting = first()
        self.at = 0
        self.asks = 0
        self.votes: set[tuple[str, str]] = set()
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

    @rule(who=leads, command=of_leads)
    def a_lead_asks(self, who: str, command: c.Command) -> None:
        self.ask(who, command)

    @rule(who=leads, command=of_rooms, seed=st.integers(0, 9))
    def a_lead_arranges_rooms(self, who: str, command: c.Command, seed: int) -> None:
        self.ask(who, command, seed)

    @rule(who=leads, command=of_polls)
    def a_lead_runs_a_poll(self, who: str, command: c.Command) -> None:
        self.ask(who, command)

    @rule(who=citizens, command=of_citizens)
    def a_citizen_asks(self, who: str, command: c.Command) -> None:
        self.ask(who, command)

    @rule(who=st.sampled_from(sorted(STAFF)), command=of_staff)
    def staff_asks(self, who: str, command: c.Command) -> None:
        self.ask(who, command)

    @rule(who=st.sampled_from(sorted(STAFF)), command=of_the_team)
    def the_team_asks(self, who: str, command: c.Command) -> None:
        self.ask(who, command)

    @rule(who=st.sampled_from(["lea", "lea", "nic", "sue"]), command=of_interpretation)
    def interpreters_are_lost_and_found(self, who: str, command: c.Command) -> None:
        self.ask(who, command)

    @rule(room=places, callers=st.lists(citizens, max_size=6, unique=True))
    def some_cannot_hear(self, room: str, callers: list[str]) -> None:
        for who in callers:
            self.ask(who, c.CallHelp("interpretation", "canary-help"))
        self.ask("lea", c.LoseInterpreters(room))

    @rule(who=anybody, command=st.one_of(of_leads, of_rooms, of_polls, of_citizens, of_staff, of_the_team))
    def anybody_asks_anything(self, who: str, command: c.Command) -> None:
        self.ask(who, command)

    @rule(who=st.sampled_from(["lea", "sue", *CITIZENS]), command=of_the_door)
    def somebody_asks_at_the_door(self, who: str, command: c.Command) -> None:
        self.ask(who, command)

    @rule(who=leads, poll=polls, ballots=st.lists(st.tuples(citizens, st.sampled_from(["yes", "no"])), max_size=8))
    def some_vote(self, who: str, poll: str, ballots: list[tuple[str, str]]) -> None:
        self.ask(who, c.OpenPoll(poll=poll))
        for voter, choice in ballots:
            self.ask(voter, c.CastBallot(poll, choice))

    @rule(who=leads, poll=polls)
    def a_poll_is_counted_and_published(self, who: str, poll: str) -> None:
        self.ask(who, c.ClosePoll(poll=poll))
        self.ask(who, c.PublishPoll(poll=poll))

    @rule(who=leads, seed=st.integers(0, 9), wait=seconds)
    def rooms_are_composed_and_opened(self, who: str, seed: int, wait: int) -> None:
        self.ask(who, c.ComposeRooms(count=2), seed)
        self.ask(who, c.OpenRooms(seconds=wait))

    @rule(who=leads, before=of_leads, between=of_leads)
    def something_is_undone(self, who: str, before: c.Command, between: c.Command) -> None:
        self.ask(who, before)
        self.ask(who, between)
        self.ask(who, c.UndoAgenda())

    @rule(who=leads)
    def an_item_ends_by_itself_and_that_is_undone(self, who: str) -> None:
        self.ask(who, c.GoToItem("quick"))
        self.at = max(self.at, self.meeting.session.agenda.ends)
        self._the_house_asks_what_is_due()
        self.ask(who, c.UndoAgenda())
        self._the_house_asks_what_is_due()

    @rule(names=st.lists(anybody, max_size=8, unique=True), worker=workers)
    def some_arrive(self, names: list[str], worker: str) -> None:
        for name in names:
            self.ask(HOUSE, c.Arrive(name, worker))

    @rule(who=anybody, worker=workers)
    def somebody_leaves(self, who: str, worker: str) -> None:
        self.ask(HOUSE, c.Leave(who, worker))

    @rule(worker=workers, alone=st.booleans())
    def a_worker_starts(self, worker: str, alone: bool) -> None:
        self.ask(HOUSE, c.BeginWorker(worker, alone))

    @rule(worker=workers)
    def a_worker_ends(self, worker: str) -> None:
        self.ask(HOUSE, c.EndWorker(worker))

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

    @rule(who=leads, sure=st.sampled_from([False] * 9 + [True]), again=st.booleans())
    def a_lead_closes_the_session(self, who: str, sure: bool, again: bool) -> None:
        if sure:
            self.ask(who, c.CloseSession())
            if again:
                self.ask(who, c.ReopenSession())

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
        if session.state is State.CLOSED:
            assert session.agenda.now is None
            assert not [poll for poll in session.polls.values() if poll.state == "open"]
            assert session.seating.moves_at is None

    @invariant()
    def the_clock_stands_exactly_while_the_session_is_paused(self) -> None:
        session = self.meeting.session
        if session.agenda.now is not None:
            assert (session.agenda.paused is not None) == (session.state is State.PAUSED)


quick = settings(
    max_examples=60, stateful_step_count=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def test_whatever_is_asked_the_session_stays_whole() -> None:
    run_state_machine_as_test(Everything, settings=quick)


@pytest.mark.slow
def test_whatever_is_asked_the_session_stays_whole_for_long() -> None:
    long = settings(quick, max_examples=150, stateful_step_count=60, derandomize=True)
    run_state_machine_as_test(Everything, settings=long)
