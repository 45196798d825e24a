"""The page about the protocol: fresh, and true where a table in it is kept by hand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from aiohttp import web

from facilitation import events as e
from facilitation.commands import ASKS
from facilitation.composition import Wanted
from facilitation.evolve import begin, told
from facilitation.permits import PERMITS, may_ask
from facilitation.polls import Sums
from facilitation.programme import DrawPlan, Item, Mode, Option, PollPlan, Programme, Recipe, Rule, VotedText
from facilitation.views.layers import layers_of, view
from facilitation.views.viewpoint import Scene, Viewpoint
from rooms.composing.case import ANY, Case, Member, Round, Table
from rooms.people import ItemId, Person, PersonId, Role, RoomId, SessionId
from rooms.seating import PLENARY, Found, Room
from server.handbook import handbook
from server.outside import CALLS, PATHS
from server.pages import routes

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"
ROOM = RoomId("r1")
LATE = PersonId("a-late")
EVERYBODY = tuple(Person(PersonId(f"a-{role}"), role) for role in Role)


def test_the_page_about_the_protocol_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == handbook(), "run: python -m server.handbook > docs/protocol.md"


def test_the_table_of_roles_and_asks_is_the_permits() -> None:
    head, rows = permits_in(handbook())

    assert head == [role.value for role in Role]
    assert list(rows) == list(ASKS) == list(PERMITS)
    for name, cells in rows.items():
        assert cells == ["yes" if may_ask(role, name) else "" for role in Role], name


def test_the_table_of_calls_is_the_routes() -> None:
    ours = [each for each in routes() if isinstance(each, web.RouteDef)]

    assert {(call.method, call.path) for call in CALLS} == {(each.method, each.path) for each in ours}


def test_the_table_of_paths_is_what_a_session_shows_to_each_role() -> None:
    shown: defaultdict[tuple[str, str], set[Role]] = defaultdict(set)

    for scene in scenes():
        for person in EVERYBODY:
            at = Viewpoint(person.role, "fr", scene.session.where(person.id), person.id)
            for layer in layers_of(at):
                for path in view(layer, scene, at):
                    shown[layer, pattern(path)].add(person.role)

    assert shown == {(each.layer, each.path): set(each.who) for each in PATHS}


def permits_in(page: str) -> tuple[list[str], dict[str, list[str]]]:
    """The table under "Permits": its roles, and the cells of each ask."""
    lines = page.partition("## Permits\n")[2].partition("\n## ")[0].splitlines()
    table = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")]
    return table[0][1:], {row[0].strip("`"): row[1:] for row in table[2:]}


def pattern(path: str) -> str:
    """The path as the page writes it: `<id>` where a person, room, poll or call stands."""
    fixed = {each.path for each in PATHS}
    if path in fixed:
        return path
    known = ("vote", "box", "draw", r"h?\d+", "m1", "n1", LATE, ROOM, PLENARY)
    if path.startswith("alarm."):
        return "alarm.<id>"
    ids = "|".join((*known, *(re.escape(person.id) for person in EVERYBODY)))
    return re.sub(rf"(?<=\.)({ids})(?=\.|$)", "<id>", path)


def scenes() -> Iterator[Scene]:
    """A session that has some of everything, after each of its entries."""
    programme = Programme(
        title={"fr": "Essai"},
        languages=("fr",),
        items=(
            Item(ItemId("talk"), {"fr": "Discussion"}, 1, Mode.BREAKOUT),
            Item(ItemId("pause"), {"fr": "Pause"}, 1, Mode.BREAK),
            Item(ItemId("draw"), {"fr": "Tirage"}, 1, Mode.DRAW, draw=DrawPlan(1)),
            Item(
                ItemId("vote"), {"fr": "Vote"}, 1, Mode.VOTE, poll=PollPlan("yes-no-abstain", {"fr": "?"}, rule=Rule())
            ),
        ),
    )
    session = begin(SessionId("s"), e.SessionCreated(programme, 0, (), 180_000, 1_800_000), 0)
    for at, (who, event) in enumerate(story(), start=1):
        session = told(session, event, who, at, None)
        yield Scene(session, {})


def story() -> Iterator[tuple[str, e.Event]]:
    lead, citizen = (PersonId(f"a-{role}") for role in (Role.LEAD, Role.CITIZEN))
    everybody = tuple(person.id for person in EVERYBODY)
    yield "organiser", e.PeopleInvited(EVERYBODY)
    for person in everybody:
        yield "house", e.Arrived(person, "w")
    yield lead, e.SessionStarted()
    yield lead, e.ItemStarted("talk", "session.start")
    yield citizen, e.HelpCalled("h1", "sound", PLENARY)
    yield from rooms_by_a_search(lead, citizen)
    yield lead, e.RoomsProposed("p1", (Room(ROOM, "1", people=everybody),), (), 1)
    yield lead, e.RoomsAccepted("p1")
    yield lead, e.RoomsOpened()
    yield "organiser", e.PeopleInvited((Person(LATE, Role.CITIZEN),))
    yield "house", e.Arrived(LATE, "w")
    yield "house", e.SeatOffered(LATE, ROOM, 60_000)
    yield "house", e.Left(citizen, "w")
    yield "house", e.WentQuiet(citizen)
    yield lead, e.RoomsTold({"fr": "?"}, answers=True)
    yield lead, e.TeamSaid("hello")
    yield lead, e.SentToLobby(citizen, {"fr": "?"})
    yield lead, e.InterpretersLost(ROOM)
    yield lead, e.RoomsClosed()
    yield lead, e.DrawOpened(ItemId("draw"))
    yield lead, e.PollOpened("vote", {citizen: ""})
    yield citizen, e.BallotCast("vote", "yes")
    yield lead, e.PollClosed("vote", {"": 1})
    yield lead, e.PollPublished("vote")
    yield from a_secret_vote_of_everybody(lead)
    yield lead, e.ItemStarted("pause", "agenda.go")
    yield "house", e.BreakEnded("pause", 60_000)
    yield citizen, e.CameBack("pause")
    yield "house", e.Left(lead, "w")


def rooms_by_a_search(lead: PersonId, citizen: PersonId) -> Iterator[tuple[str, e.Event]]:
    case = Case((Member(citizen),), (Round((0,), (Table(ROOM, (ANY,), 1, 1, 1),)),))
    yield lead, e.CompositionAsked(Wanted("s1", None, Recipe(), 1, lead, 1))
    found = Found(case, (((0,),),), 1, 1.0)
    yield "house", e.RoomsComposed("s1", (Room(ROOM, "1", people=(citizen,)),), 1, found, {})
    yield lead, e.RoomsAccepted("s1")


def a_secret_vote_of_everybody(lead: PersonId) -> Iterator[tuple[str, e.Event]]:
    block = VotedText("t", {"fr": "?"}, measures=(Option("m", {"fr": "?"}),))
    inside = [person.id for person in EVERYBODY if person.role is not Role.OBSERVER]
    sums = Sums({"": len(inside)}, (), receipts=(("code", "t", "yes"),))
    yield lead, e.PollAdded("box", {"fr": "?"}, "yes-no-abstain", texts=(block,), secret=True, receipts=True)
    for person in inside:
        yield person, e.MeasureAskedFor("box", "t", "m")
    yield lead, e.PollOpened("box", dict.fromkeys(inside, ""))
    for person in inside:
        yield person, e.BallotMarked("box")
    yield lead, e.PollClosed("box")
    yield "house", e.TallyKept("box", sums)
    yield lead, e.PollPublished("box")
