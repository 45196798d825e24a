"""Refusals: answers that change nothing, each with a reason that a client may rely on."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Why(StrEnum):
    """Why something was refused. Their sentences live in `web/refusals.py`."""

    NOT_PERMITTED = "not-permitted"
    UNKNOWN_ASK = "unknown-ask"
    MALFORMED = "malformed"
    TOO_FAST = "too-fast"
    TOO_LARGE = "too-large"
    TRY_LATER = "try-later"
    BROKEN = "broken"
    NOT_LIVE = "not-live"
    SESSION_CLOSED = "session-closed"
    NO_NEXT_ITEM = "no-next-item"
    NO_SUCH_ITEM = "no-such-item"
    TOO_LATE = "too-late"
    NO_SUCH_ROOM = "no-such-room"
    NO_SUCH_PERSON = "no-such-person"
    NO_SUCH_HELP = "no-such-help"
    NOT_READY = "not-ready"
    NO_PROPOSAL = "no-proposal"
    REPLACED = "replaced"
    ROOMS_OPEN = "rooms-open"
    ROOMS_NOT_OPEN = "rooms-not-open"
    NOBODY_HERE = "nobody-here"
    NOT_IN_ROOM = "not-in-room"
    NO_SUCH_POLL = "no-such-poll"
    POLL_EXISTS = "poll-exists"
    POLL_CLOSED = "poll-closed"
    POLL_NOT_OPEN = "poll-not-open"
    POLL_NOT_CLOSED = "poll-not-closed"
    NOT_BUILT = "not-built"
    NO_KEY_STORE = "no-key-store"
    TOO_FEW = "too-few"
    NOT_IN_ELECTORATE = "not-in-electorate"
    ALREADY_VOTED = "already-voted"
    NOT_A_CHOICE = "not-a-choice"
    NOBODY_WAITS = "nobody-waits"
    REMOVED = "removed"
    IN_LOBBY = "in-lobby"
    PAUSED = "paused"
    EXCLUDED = "excluded"
    NOT_A_VOTER = "not-a-voter"
    NOT_ASKED_FOR = "not-asked-for"
    NEEDS_A_SECOND = "needs-a-second"
    NOT_A_LEAD = "not-a-lead"
    ROLE_STAYS = "role-stays"
    LAST_LEAD = "last-lead"
    LEAD_HERE = "lead-here"
    NOT_BY_TELEPHONE = "not-by-telephone"
    CANNOT_BELONG = "cannot-belong"
    GOES_WITH = "goes-with"
    NAME_TAKEN = "name-taken"
    NOT_A_NAME = "not-a-name"
    TEAM_NOT_FREE = "team-not-free"
    NOTHING_FITS = "nothing-fits"
    NO_BREAK = "no-break"


class Refusal(msgspec.Struct, frozen=True):
    """Nothing happened, for that reason."""

    why: Why
