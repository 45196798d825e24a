"""Everything at once: random people ask random things while time passes; what must hold, holds after each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from facilitation import arrivals
from facilitation import commands as c
from facilitation.composition import RUNGS
from facilitation.mending import hurt, ladder
from facilitation.programme import Least, Link, Recipe
from facilitation.session import HOUSE
from rooms.people import Role
from rooms.queue import RULES as QUEUES
from tests.facilitation.composed import MIRRORED, answer, at_the_first, talk
from tests.facilitation.given import (
    CITIZENS,
    EVERYBODY,
    STAFF,
    Meeting,
    arrived,
    in_a_break,
    in_rooms,
    live,
)
from tests.facilitation.watched import Watched, quick

leads = st.sampled_from(["lea", "leo"])
citizens = st.sampled_from(CITIZENS)
anybody = st.sampled_from(EVERYBODY)
items = st.sampled_from(["door", "talk", "quick", "vote", "again", "pause", "first", "second", "third", "nowhere"])
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
    st.builds(c.ComposeRooms, keep_of=st.sampled_from(["talk", "quick", "nothing"])),
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
recipes = st.sampled_from([
    None, MIRRORED, Recipe("meet most", {"age": 2.0}, "any"), Recipe("mirror", {"side": 1.0}, "own", groups=True),
    Recipe(least=(Least("side", "FR"),)), Recipe(facilitators=False), Recipe("sweet"), Recipe(mirror={"shoe": 1.0}),
])  # fmt: skip
of_compositions = st.one_of(
    st.builds(
        c.ComposeRooms,
        count=st.sampled_from([None, None, 1, 2, 3]),
        size=st.sampled_from([None, 2]),
        rule=st.sampled_from([None, "search", "search"]),
        recipe=recipes,
        expected=st.one_of(st.lists(citizens, max_size=2).map(tuple), st.just("all")),
        absent=st.lists(citizens, max_size=1).map(tuple),
        everybody=st.booleans(),
        rung=st.sampled_from([None, None, "fewest", "few", "anew"]),
    ),
    st.builds(c.BondPeople, st.lists(anybody, min_size=2, max_size=4).map(tuple), st.just("together")),
    st.builds(c.BondPeople, st.lists(citizens, min_size=2, max_size=3).map(tuple), st.sampled_from(["apart", "none"])),
    st.builds(
        c.PlanTeam,
        st.sampled_from(["ina", "ina", "nobody"]),
        st.sampled_from([(), ("fr", "de"), ("fr", "de", "pl"), ("de",)]),
        turn=st.sampled_from([1, 15]),
    ),
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
of_mending = st.one_of(
    st.builds(c.StayPut),
    st.builds(c.RepairRooms),
    st.builds(c.PlacePerson, citizens, places),
    st.builds(c.LoseInterpreters, places),
    st.builds(c.MendRooms, st.sampled_from(["m1", "m2"]), st.sampled_from(RUNGS), seconds),
    st.builds(c.AdmitArrival, citizens),
)


def composing() -> Meeting:
    """Rooms are composed by a search; the third talk opens its rooms by itself."""
    return at_the_first(talk("third", opens="by-itself"))


class Everything(Watched):
    """Random people ask random things."""

    @initialize(first=st.sampled_from([in_rooms, live, arrived, in_a_break, composing, Meeting]))
    def begin(self, first: Callable[[], Meeting]) -> None:
        self.begin_with(first)

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

    @rule(who=leads, rung=st.sampled_from(RUNGS), wait=seconds, seed=st.integers(0, 9), between=of_mending)
    def open_rooms_are_mended(self, who: str, rung: str, wait: int, seed: int, between: c.Command) -> None:
        self.ask(who, c.RepairRooms(), seed)
        repairs = self.meeting.session.compositions.repairs
        if repairs is not None and not repairs.offers:
            found = ladder(hurt(self.meeting.session, self.meeting.cards), seed, 20)
            self.ask(HOUSE, c.KeepRepairs(repairs.id, found))
        self.ask(who, between)
        self.ask(who, c.MendRooms("m1" if repairs is None else repairs.id, rung, wait))  # type: ignore[arg-type]
        self._the_house_asks_what_is_due()

    @rule(who=st.sampled_from(["sue", "flo", "lea"]), by_hand=st.booleans())
    def somebody_comes_late(self, who: str, by_hand: bool) -> None:
        for person in arrivals.to_offer(self.meeting.session):
            rooms = arrivals.rooms_for(self.meeting.session, self.meeting.cards, person)
            self.ask(HOUSE, c.OfferSeat(person, rooms))
            if by_hand:
                self.ask(who, c.AdmitArrival(person))

    @rule(who=anybody)
    def somebody_leaves_for_good(self, who: str) -> None:
        self.ask("sue", c.CheckOut(who))

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

    @rule(who=leads, command=of_compositions, seed=st.integers(0, 9))
    def a_lead_wants_rooms_or_bonds(self, who: str, command: c.Command, seed: int) -> None:
        self.ask(who, command, seed)

    @rule(
        rung=st.sampled_from([None, None, "fewest", "few", "anew"]),
        recipe=st.sampled_from([MIRRORED, MIRRORED, None, Recipe(facilitators=False)]),
        seed=st.integers(0, 9),
        between=st.one_of(st.none(), st.none(), of_rooms, of_leads, of_compositions),
        again=st.booleans(),
    )
    def rooms_are_searched(self, rung: Any, recipe: Any, seed: int, between: c.Command | None, again: bool) -> None:
        """Perhaps something else happens before they are found, or two workers find them."""
        planned = self.meeting.session.compositions.later
        self.ask("lea", c.ComposeRooms(rule="search", recipe=recipe, rung=rung if planned else None), seed)
        found = answer(self.meeting)
        if between is not None:
            self.ask("lea", between)
        if found is not None:
            self.ask(HOUSE, found)
            if again:
                self.ask(HOUSE, found)

    @rule(worker=workers)
    def a_worker_ends(self, worker: str) -> None:
        self.ask(HOUSE, c.EndWorker(worker))

    @rule(who=leads, sure=st.sampled_from([False] * 9 + [True]), again=st.booleans())
    def a_lead_closes_the_session(self, who: str, sure: bool, again: bool) -> None:
        if sure:
            self.ask(who, c.CloseSession())
            if again:
                self.ask(who, c.ReopenSession())

    @rule(
        who=anybody,
        command=st.one_of(of_leads, of_rooms, of_polls, of_citizens, of_staff, of_the_team),
    )
    def anybody_asks_anything(self, who: str, command: c.Command) -> None:
        self.ask(who, command)


def test_whatever_is_asked_the_session_stays_whole() -> None:
    run_state_machine_as_test(Everything, settings=quick)


@pytest.mark.slow
def test_whatever_is_asked_the_session_stays_whole_for_long() -> None:
    long = settings(quick, max_examples=20, stateful_step_count=60, derandomize=True)
    run_state_machine_as_test(Everything, settings=long)
