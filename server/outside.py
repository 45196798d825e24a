"""The outside of the house as two tables: the addresses that are asked by plain HTTP, and the paths of the views.

Tests compare them with the routes and with what a session really shows; `server/handbook.py` makes a page of them.
"""

from __future__ import annotations

from typing import NamedTuple

from facilitation.permits import STAFF, TEAM
from rooms.people import ROOM_STAFF, Role

EVERYBODY = frozenset(Role)
INSIDE = EVERYBODY - {Role.OBSERVER}
DESK = frozenset({Role.LEAD, Role.SUPPORT})
LEAD = frozenset({Role.LEAD})
TRUSTED = frozenset({Role.LEAD, Role.SUPPORT, Role.FACILITATOR, Role.NOTE_TAKER})


class Call(NamedTuple):
    """An address that is asked by plain HTTP, by whom, and what it does."""

    method: str
    path: str
    who: str
    does: str


class Path(NamedTuple):
    """A path of the views: its layer, the roles that ever see it, and its value."""

    layer: str
    path: str
    who: frozenset[Role]
    value: str


CALLS = (
    Call("GET", "/", "anybody", "The front page."),
    Call("GET", "/j", "whoever has a link", "Opens a link `/j#CODE`, or asks for the code. It stays in the fragment."),
    Call("POST", "/j", "whoever has a link", "The same by a form, where there is no JavaScript."),
    Call("POST", "/api/enter", "whoever has a link", '`{"code"}`: exchanged for a cookie `palabre-SEAT`.'),
    Call("GET", "/s/{seat}", "that seat", "The page of a citizen, a member of staff or an observer."),
    Call(
        "GET",
        "/s/{seat}/plan-b",
        "a lead's or support's seat",
        "The sheet for when all else fails; `?save`: as a file.",
    ),
    Call("GET", "/s/{seat}/archive", "a lead's seat", "The session as one ZIP; contacts lie in a folder of their own."),
    Call("GET", "/o/sessions/{session}/archive", "organiser", "The same."),
    Call(
        "GET",
        "/s/{seat}/history",
        "a lead's seat",
        "Who sat together in which round, by name and e-mail address: a file for the next session of the process.",
    ),
    Call("GET", "/o/sessions/{session}/history", "organiser", "The same."),
    Call("GET", "/api/me", "that seat", "`?seat=`: all layers whole, with an `ETag`, where no WebSocket opens."),
    Call(
        "GET",
        "/s/{seat}/protocol/{poll}",
        "staff",
        "The protocol of a vote, to read and to print: for leads and support once it is closed, for other staff once "
        "its result is published. 404 before, and for votes on trial.",
    ),
    Call(
        "GET",
        "/s/{seat}/draw/{draw}",
        "that seat",
        "The page by which a draw can be checked, once its list is published; 404 before. `?void=0`: as it was when it "
        "was declared void for the first time; of the list and the data too.",
    ),
    Call("GET", "/s/{seat}/draw/{draw}/list.txt", "that seat", "The list whose hash was published."),
    Call(
        "GET",
        "/s/{seat}/draw/{draw}/page.json",
        "that seat",
        "What `python -m server lot --check` reads; leads also get the chances and what the quotas look at.",
    ),
    Call("GET", "/live/{session}/draw/{draw}", "anybody, if public", "The same page."),
    Call("GET", "/live/{session}/draw/{draw}/list.txt", "anybody, if public", "The same list."),
    Call("GET", "/live/{session}/draw/{draw}/page.json", "anybody, if public", "The same data."),
    Call("GET", "/s/{seat}/incidents", "lead, support", "The incident report, to read and to print."),
    Call("GET", "/s/{seat}/incidents.csv", "lead, support", "The same as a table."),
    Call("POST", "/api/ask", "that seat", "`{seat, ticket, name, body}`: an ask, with the same tickets and answers."),
    Call(
        "POST", "/api/code", "lead, support", "`{seat, person}`: a new code for somebody, answered once: `{code, at}`."
    ),
    Call("POST", "/api/name", "that seat", "`{seat, name}`: corrects the name that others see, on first arrival."),
    Call("GET", "/live/{session}", "anybody, if public", "The observers' page, readable without JavaScript."),
    Call("GET", "/api/live/{session}", "anybody, if public", "The observers' view as JSON, with an `ETag`."),
    Call("GET", "/api/live/{session}/events", "anybody, if public", "The same live, as server-sent events."),
    Call("GET", "/o", "anybody", "The organiser's door: asks for the key, then lists the sessions."),
    Call("POST", "/o", "anybody", "Takes the organiser's key."),
    Call("POST", "/o/leave", "organiser", "Forgets the organiser in this browser."),
    Call("GET", "/o/new", "organiser", "The form for a new session."),
    Call("POST", "/o/new", "organiser", "Takes the programme and the roster."),
    Call("GET", "/o/new/{draft}", "organiser", "Shows how the roster was read, for confirmation."),
    Call("POST", "/o/new/{draft}", "organiser", "Creates the session, or names every fault."),
    Call("GET", "/o/sessions/{session}", "organiser", "A session and its people."),
    Call("GET", "/o/sessions/{session}/sheet", "organiser", "The personal links, to print."),
    Call("GET", "/o/sessions/{session}/links.{kind:csv|xlsx}", "organiser", "The personal links as a table."),
    Call("POST", "/o/sessions/{session}/links", "organiser", "Makes new links; the old ones die."),
    Call(
        "POST",
        "/api/sessions",
        "organiser",
        '`{"programme" or "template", "people", "history"?}`: 201 `{"session", "links", "history"?}`, or 422 '
        '`{"faults": [{"path", "reason", "say"}]}` with every fault and nothing created. `history`: a file of who has '
        "met, or several; answered by `{rounds, matched, unmatched}`.",
    ),
    Call("GET", "/api/sessions/{session}", "organiser", "What the session is now, as a lead sees it."),
    Call("GET", "/api/sessions/{session}/journal", "organiser", "All entries in order, one JSON object a line."),
    Call(
        "POST",
        "/api/sessions/{session}/polls/{poll}/recount",
        "staff by the cookie of their seat, organiser",
        'Counts a vote again from the journal\'s own ballots and compares it with what is shown: `{"equal", "say", '
        '"differs": [...]}`. As the protocol, 404 for whoever may not see the result yet.',
    ),
    Call("GET", "/api/templates", "organiser", "Names and titles of the built-in programmes."),
    Call("GET", "/api/catalogue/{lang}.json", "anybody", "The sentences of the pages in one language."),
    Call("GET", "/healthz", "operator", "Alive."),
    Call("GET", "/readyz", "operator", "Able to serve: the journal can be reached."),
    Call("GET", "/metrics", "operator", "Numbers as Prometheus text."),
    Call("GET", "/favicon.ico", "anybody", "The icon."),
)

PATHS = (
    Path(
        "session",
        "session",
        EVERYBODY,
        "`{id, title, state, languages, sides, public, timezone, starts, help, afterwards}`",
    ),
    Path(
        "session",
        "agenda.items",
        EVERYBODY,
        "`[{id, title, minutes, mode, starts, ends, state, by_time, part}]`, as forecast at the last agenda entry; "
        "staff also `planned`, `actual`, `elsewhere`; leads also `rooms`, `poll`",
    ),
    Path("session", "agenda.now", EVERYBODY, "`{item, started, ends, paused, held, by_time, task}` or null"),
    Path("session", "agenda.drift", EVERYBODY, "seconds behind the plan as of the last agenda entry"),
    Path("session", "agenda.last", LEAD, "`{by, ask, at, undo_until}` or null: the newest ask that moved the session"),
    Path("session", "people.present", EVERYBODY, "`{total, sides: {side: n}}`"),
    Path("session", "people.expected", STAFF, "the same, of all invited citizens"),
    Path("session", "people.register", LEAD, "`{total, sides, left_out}`: who could vote if a poll opened now"),
    Path(
        "session",
        "people.<id>",
        STAFF,
        "`{name, role, side, speaks, understands, presence, room, seat_room, checked_in, weak_line, by_telephone, "
        "belongs}`; leads and support also `telephone`, `email`, `needs`, `consent`; leads also `attributes`",
    ),
    Path("session", "rooms.move", EVERYBODY, "`{kind, at}` while a countdown to the rooms or back runs, else null"),
    Path("session", "rooms.state", STAFF, "none, proposed, accepted, opening, open, recalling"),
    Path("session", "rooms.opened", STAFF, "when (ms) the rooms of this composition were opened, or null"),
    Path(
        "session",
        "rooms.proposal",
        LEAD,
        "`{id, state, rooms: [{id, name, people, staff, languages}], relaxed, seed}`; state composing, ready or failed "
        "(`reasons: [Reason]`). By a search each room also `topic`, `interpreted: [[language, language]]`, `team`, "
        "`mirror: [{attr, value, here, wanted}]`, `again: [[id, id]]` (who has met before), `alone: [ids]` (in their "
        "language), and the whole `broken: [{rule, round, room?, people?}]`, `iterations`, `taste`, `rung`, `moves: "
        "[{person, room, before, why, mirror, repeats}]`, `item`, `later: [{item, rooms}]`; `relaxed` are words or "
        "Reasons `{why, round?, people?, languages?, rooms?, seats?, needed?, limit?}`",
    ),
    Path(
        "session",
        "rooms.made",
        LEAD,
        "how the accepted rooms were made, where a search did: `{id, item, rooms: [{id, name}], relaxed, seed, "
        "iterations, taste, rung, moves}`",
    ),
    Path(
        "session",
        "rooms.recipe",
        LEAD,
        "what rooms would be composed by now: a Recipe, with `attributes` (which can be mirrored), `item`, whether "
        "rooms are `planned` for it, and which other items `had` rooms that can be kept",
    ),
    Path(
        "session",
        "rooms.repairs",
        LEAD,
        "`{id, by, at, state, offers: [{rung, people: n, moves: [{person, room, before, why, mirror, repeats}], leads: "
        "[{room, person}], closes: [rooms], cannot, relaxed}]}` or null: how the open rooms could be mended; `state`: "
        "searching, ready; `people`: how many would move",
    ),
    Path("session", "rooms.leaving", LEAD, "`{at, people: n, repair, rung}` or null: how many are about to move, when"),
    Path("session", "rooms.mended", LEAD, "`{at, moves}` or null: whom the newest repair of this round moved, and why"),
    Path(
        "session",
        "arrival.<id>",
        DESK,
        "`{person, name, room, at, until, brief: {side, languages, heard, by_telephone, helpers: [names], topic, "
        "task, ends}}` of whoever came late, until they are let in; `heard`: shared, interpreted, none",
    ),
    Path(
        "room",
        "arrival.<id>",
        frozenset({Role.FACILITATOR, Role.NOTE_TAKER}),
        "the same of those who are expected in this room",
    ),
    Path("session", "rooms.bonds", LEAD, "`[{kind, people: [ids]}]`: who sits together or is kept apart"),
    Path(
        "session",
        "rooms.teams",
        LEAD,
        "`[{id, people: [ids], languages, booth, turn, relay, works, said}]`: teams of interpreters as they work now; "
        "`turn` in minutes; `works`: whether it works in rooms at all; `said`: by a lead, not by programme or roster",
    ),
    Path(
        "session",
        "rooms.<id>",
        STAFF,
        "`{id, name, kind, people, staff, here, count, sides, languages, hands, turn, help, link, ends, stopped, "
        "interpreters, left: [ids], topic, handover: [ms], sides_here, by_language: {language: {here, of, covered, "
        "alone}}, unheard: [ids], "
        "weak, led}`; `left`: who has left it for good; `topic`: what it talks about, or null; `handover`: when a team "
        "of interpreters changes; "
        "`unheard` is null where no turns are used, `led` where no room has a facilitator; in the plenary people are "
        "counted, not listed",
    ),
    Path("session", "ready", DESK, "`{for, asked, missing: [ids]}`, or null where nobody is asked"),
    Path(
        "session",
        "help.<id>",
        STAFF,
        "`{id, person, name, room, kind, text, since, by, state, roles, whole_room}` until it is settled",
    ),
    Path(
        "session",
        "incident.<id>",
        TEAM,
        "`{ref, kind, at, room, place, by, name, about, owner, taken, settled, outcome}`: what the team dealt with, "
        "numbered from 1",
    ),
    Path(
        "session",
        "alarm.<id>",
        LEAD,
        "`{ref, kind, room, since, about, repairs: [{kind, ask, body, about}]}` while something must be decided",
    ),
    Path(
        "session",
        "polls.<id>",
        EVERYBODY,
        "`{question, method, options, texts, scheme, rule, rule_say, secret, who_sees, whom, whom_say, trial, by_side, "
        "each_room, receipts, patterns, state, counting, opened, closes, seconds, held, missing, moved, late, "
        "late_until, electorate, registered, by_telephone, digest, item, room, part_of, sources, again_of, why, "
        "seconded, order, reason}`; drafted ones for staff only; leads and support also `asked_by`; leads also "
        "`admitted`, `only`",
    ),
    Path(
        "session",
        "polls.<id>.turnout",
        EVERYBODY,
        "how many have voted, once it is open; in a secret poll in steps of five until it is closed",
    ),
    Path(
        "session",
        "polls.<id>.result",
        EVERYBODY,
        "`{adopted, decided, winners, counts, base, cast, registered, present, sides?}` and more by method; over texts "
        "`texts: {id: the same}`; leads and support once it is counted, all once published",
    ),
    Path(
        "session",
        "polls.<id>.receipts",
        EVERYBODY,
        "`[[code, question, slip]]` of a published poll that has them: by these a voter can find their own slip",
    ),
    Path(
        "session",
        "polls.<id>.before",
        DESK,
        "`{total, sides, left_out: {n, people: [{person, why}]}, quorum, warnings: [{kind, id, n}]}` of a drafted poll "
        "that is looked at: who could vote if it opened now; at most 200 are named; `why`: not-here, excluded, "
        "other-side, other-room; `kind`: side, room, all",
    ),
    Path(
        "session",
        "polls.<id>.split",
        INSIDE,
        "`{question, texts, asked: {text/measure: n}, needs}` of a drafted poll with blocks, while its item is on the "
        "table: how many ask for a measure to be voted on by itself",
    ),
    Path("session", "polls.<id>.waiting", DESK, "the ids of up to 200 who have not voted yet, while it is open"),
    Path(
        "session",
        "polls.<id>.telephone",
        TRUSTED,
        "`{out, waiting: [{person, by, at}], people}` while it is open: telephone ballots still out, those that wait "
        "for a second member of staff, and the ids of voters on the telephone who have not voted",
    ),
    Path(
        "room",
        "room",
        INSIDE,
        "`{id, name, kind, ends, stopped, interpreters, topic, count, link}`, kind plenary, breakout or lobby; "
        "`stopped` is since when its own clock stands still, `interpreters` null, lost or written, `topic` what it "
        "talks about, or null; staff also `links` in all languages and `handover: [ms]`, when its interpreters "
        "change",
    ),
    Path("room", "room.people.<id>", INSIDE, "`{name, side}`: in breakouts all in the room, in the plenary staff only"),
    Path("room", "room.notice", INSIDE, "`{text, at, by}` or null: what was told to the room"),
    Path("session", "shares", LEAD, "`floor.shares` of the whole session"),
    Path("session", "shares.<id>", LEAD, "`floor.shares` of each open room"),
    Path("room", "floor.hands", INSIDE, "`[{person, name, side, kind, since, place}]`, the next one first"),
    Path("room", "floor.queue", INSIDE, "`{queue, turn}`: by which rule hands come; seconds of a turn, 0: no limit"),
    Path("room", "floor.turn", INSIDE, "`{person, name, side, since, until}` or null"),
    Path("room", "floor.heard", STAFF, "`{people: {id: seconds}, sides: {side: seconds}}`"),
    Path("room", "floor.slower", STAFF, "how many ask whoever speaks to speak more slowly"),
    Path(
        "room",
        "floor.shares",
        STAFF - {Role.EXPERT},
        "`{sides, languages, genders}`, each `[{id, people, seconds}]`: people here and time of ended turns; groups "
        "under three people together as `others`, `[]` where these are under three too; `{}` before a turn ended",
    ),
    Path("mine", "me", EVERYBODY, "`{person, name, role, room, languages, language, side, may}`"),
    Path("mine", "me.next", EVERYBODY, "`{room, name}` while a countdown runs that moves me, else null"),
    Path(
        "session",
        "door.<id>",
        DESK,
        "`{state, step, what, check, since}` of whoever used the guided check or calls for help; `state`: absent, "
        "help, stuck (at `step`), checking, here",
    ),
    Path("mine", "me.welcome", EVERYBODY, "`{text}` until I have consented, where the programme asks for it, or null"),
    Path("mine", "me.check", EVERYBODY, "`{step: {outcome, what, at}}`: what I said in the guided check"),
    Path("session", "back.<id>", DESK, "`{at, telephone}` in a break and the item after it, of whoever is back"),
    Path(
        "session",
        "draws.<id>",
        EVERYBODY,
        "`{id, title, state, panels, among, seats, substitutes, groups, differ, quotas: [{attribute, value, least, "
        "most}], hash, figures, lists: [{title, people}], lowest, unmade, opened, closed, drawn, number, parts: "
        "[{title, seats: [{who: {name}, before: [names]}], substitutes: [{name}]}], voided}`; `state`: planned (staff "
        "only), open, closed, impossible, listed, drawn, void; `figures`: how many digits are drawn; `lowest`: the "
        "lowest chance, in thousandths; `unmade`: the list took too long or broke; staff also `person` beside names, "
        "and `lacks`",
    ),
    Path("session", "draws.<id>.volunteers", EVERYBODY, "how many stand, or are on the list"),
    Path(
        "session",
        "draws.<id>.standing",
        DESK,
        "`{people: [ids]}` until the list is published: who stands; leads also `groups: [{title, people}]`, `quotas: "
        "[{attribute, value, least, most, people}]`",
    ),
    Path(
        "mine",
        "me.draws.<id>",
        frozenset({Role.CITIZEN}),
        "`{stands, chance, drawn, substitute, declined}` of a draw that was opened; `chance`: my own, in thousandths, "
        "of a panel lottery whose list is published; `substitute`: my place among them",
    ),
    Path("session", "unsettled", LEAD, "`{open, unpublished, never, rooms, calls, incidents}`: what the end would cut"),
    Path("session", "ended", LEAD, "`{by, at, until}` once it is closed: until when it may be reopened; else null"),
    Path(
        "mine",
        "me.back",
        frozenset({Role.CITIZEN}),
        "`{item, at}` in a break and the item after it: since when I am back, or null; else null",
    ),
    Path("mine", "me.help", EVERYBODY, "`{kind, since, by}` or null: my call for help"),
    Path("mine", "me.line", EVERYBODY, "good or weak, as my own page last said"),
    Path("mine", "me.ready", frozenset(ROOM_STAFF), "`{for, said}`, or null while I am not asked"),
    Path("mine", "me.slower", EVERYBODY, "`{asked, count}` or null: I asked for slower speech, or so many ask me"),
    Path("mine", "me.nudge", EVERYBODY, "`{kind, at}` or null: the facilitator asks privately, `invite` or `shorter`"),
    Path("mine", "me.help", EVERYBODY, "`{kind, since, by, roles, kinds}` or null: my newest call for help"),
    Path("mine", "me.calls", STAFF, "the ids of the calls for help that are for me first"),
    Path("mine", "me.moving", EVERYBODY, "`{at, room, name}` or null: I am about to be moved to that room"),
    Path("mine", "me.moved", EVERYBODY, "when I was let into an open room or moved to another, or null"),
    Path(
        "mine",
        "me.arrival",
        EVERYBODY,
        "`{room, name, topic, until, ends}` while others are in rooms and I am not: the room in which I am expected, "
        "or null in all but `ends` (and without `topic`) where there is none; else null",
    ),
    Path("mine", "me.regrouped", EVERYBODY, "when I was moved because of the interpretation, or null"),
    Path("mine", "me.ballots.<id>", INSIDE, "my choice, once it is kept; true in a secret poll"),
    Path(
        "session",
        "conduct.<id>",
        TRUSTED,
        "`{paused, lobby, excluded, removed}` of a person of whom any of it holds, each `{reason, ready, at, by}` or "
        "null; `lobby` also `room`, `excluded` also `asked_by` and `confirmed`",
    ),
    Path("session", "session.chair", STAFF, "`{person, name, here, led}`: who leads the day; `led`: any lead is there"),
    Path("session", "lead.<id>", STAFF, "`{person, name, here, taken}` or null: who leads that breakout room"),
    Path(
        "session",
        "alarm.lead",
        frozenset({Role.LEAD, Role.SUPPORT, Role.FACILITATOR}),
        "`{ref, kind, room, since, about: {name}, repairs}`: who leads the day has no connection; support and "
        "facilitators while no lead has one",
    ),
    Path("session", "team.<id>", STAFF, "`{person, name, role, at, text, to}`: the newest of the back channel"),
    Path(
        "session",
        "told.<id>",
        DESK,
        "`{text, at, by, rooms, answers: {room: {text, ready, by, at}}}`: what rooms were told and are to answer",
    ),
    Path("room", "room.asked", STAFF, "`{notice, text, at, by, answer}` or null: what this room is to answer"),
    Path(
        "mine",
        "me.conduct",
        EVERYBODY,
        "`{kind: paused or lobby, since, ready, reason}` or null: what holds of me; `ready` names a reason known in "
        "every language",
    ),
    Path("mine", "me.electorate.<id>", INSIDE, "true while I may vote in this open poll"),
    Path("mine", "me.split.<id>", INSIDE, "the `text/measure` for which I asked that they be voted on by themselves"),
)
