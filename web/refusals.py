"""Refusals as sentences: what was not done, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from facilitation.refusals import Why
from web.texts import say


def refusal(lang: str, why: Why) -> str:  # noqa: C901, PLR0912, PLR0915 - one line for each reason, complete by type
    """The sentence for a reason, in the asker's language."""
    match why:
        case Why.NOT_PERMITTED:
            return say(lang, "This is not for your role.")
        case Why.UNKNOWN_ASK:
            return say(lang, "The house does not know this. Please reload the page.")
        case Why.MALFORMED:
            return say(lang, "This could not be understood. Please reload the page.")
        case Why.TOO_FAST:
            return say(lang, "That was very fast. Please try again in a moment.")
        case Why.TOO_LARGE:
            return say(lang, "This is too long. Please shorten it.")
        case Why.TRY_LATER:
            return say(lang, "This cannot be kept just now. Please try again in a moment.")
        case Why.BROKEN:
            return say(lang, "Something went wrong on our side. Nothing was changed.")
        case Why.NOT_LIVE:
            return say(lang, "The session is not running now.")
        case Why.SESSION_CLOSED:
            return say(lang, "The session is over.")
        case Why.NO_NEXT_ITEM:
            return say(lang, "This is the last item of the programme.")
        case Why.NO_SUCH_ITEM:
            return say(lang, "The programme has no such item.")
        case Why.TOO_LATE:
            return say(lang, "It is too late for this.")
        case Why.NO_SUCH_ROOM:
            return say(lang, "There is no such room.")
        case Why.NO_SUCH_PERSON:
            return say(lang, "There is no such person in this session.")
        case Why.NO_SUCH_HELP:
            return say(lang, "This call for help is settled already.")
        case Why.NOT_READY:
            return say(lang, "The rooms are not ready yet.")
        case Why.NO_PROPOSAL:
            return say(lang, "No rooms were proposed yet.")
        case Why.REPLACED:
            return say(lang, "There is a newer proposal. Please look at that one.")
        case Why.ROOMS_OPEN:
            return say(lang, "Rooms are open. Call everybody back first.")
        case Why.ROOMS_NOT_OPEN:
            return say(lang, "No rooms are open.")
        case Why.NOBODY_HERE:
            return say(lang, "Nobody is here yet.")
        case Why.NOT_IN_ROOM:
            return say(lang, "That person is not in this room.")
        case Why.NO_SUCH_POLL:
            return say(lang, "There is no such vote.")
        case Why.POLL_EXISTS:
            return say(lang, "A vote with this name exists already.")
        case Why.POLL_CLOSED:
            return say(lang, "This vote is closed.")
        case Why.POLL_NOT_OPEN:
            return say(lang, "This vote is not open.")
        case Why.POLL_NOT_CLOSED:
            return say(lang, "This vote is not closed yet.")
        case Why.NOT_BUILT:
            return say(lang, "This way of voting is not available here.")
        case Why.NO_KEY_STORE:
            return say(lang, "Secret votes need a place for their keys, and none is set up.")
        case Why.TOO_FEW:
            return say(
                lang,
                "There are too few: a question needs two answers, and a secret vote that counts the sides apart needs "
                "five voters on each.",
            )
        case Why.NOT_IN_ELECTORATE:
            return say(lang, "You were not on the list when this vote was opened. Please call us if this is wrong.")
        case Why.ALREADY_VOTED:
            return say(lang, "Your ballot is in the box already.")
        case Why.NOT_A_CHOICE:
            return say(lang, "This ballot does not offer that choice.")
        case Why.NO_RECEIPTS:
            return say(lang, "This vote gives no codes to check a ballot by.")
        case Why.SMALL_GROUP:
            return say(lang, "A side or room has fewer than five voters. Say that you know this, then open the vote.")
        case Why.NEEDS_A_REASON:
            return say(lang, "This question was counted already. Say why it is put again.")
        case Why.NOT_DICTATED:
            return say(lang, "No ballot told on the telephone is waiting for this person.")
        case Why.NOT_TOLD:
            return say(lang, "First tell them that you and a second person will hear their choice.")
        case Why.NO_SUCH_TEXT:
            return say(lang, "This text is not on the ballot.")
        case Why.NO_TIE:
            return say(lang, "There is nothing here for the lot to decide.")
        case Why.NOT_COUNTED:
            return say(lang, "This vote has not been counted yet.")
        case Why.DOES_NOT_FIT:
            return say(lang, "Something here does not fit this way of voting: please look at its texts and numbers.")
        case Why.NEEDS_PATTERNS:
            return say(
                lang,
                "Counted like this, the whole order on each ballot is published. With more than three options, choose "
                "that this is said on the ballot.",
            )
        case Why.NO_SIDES:
            return say(lang, "This session has no sides that could be counted apart.")
        case Why.NO_SUCH_SIDE:
            return say(lang, "There is no such side in this session.")
        case Why.TOO_MANY_CALLS:
            return say(lang, "Your calls for help have arrived. Please wait until somebody answers.")
        case Why.NOBODY_WAITS:
            return say(lang, "No hand is up in this room.")
        case Why.REMOVED:
            return say(lang, "Your place in this session has been closed. If this is a mistake, please call us.")
        case Why.IN_LOBBY:
            return say(lang, "You are waiting outside the room. Your hand cannot be raised from here.")
        case Why.PAUSED:
            return say(lang, "Hand and writing are paused for now. The vote is not touched.")
        case Why.EXCLUDED:
            return say(lang, "Two members of the team have excluded this person from voting.")
        case Why.NOT_A_VOTER:
            return say(lang, "This person does not vote in this session.")
        case Why.NOT_ASKED_FOR:
            return say(lang, "Nobody has asked for this, or it was withdrawn.")
        case Why.NEEDS_A_SECOND:
            return say(lang, "You asked for it yourself: a second member of the team must confirm it.")
        case Why.NOT_A_LEAD:
            return say(lang, "A lead facilitator cannot be removed. Give them another role first.")
        case Why.ROLE_STAYS:
            return say(lang, "Citizens, observers and evaluators keep their role, and nobody is made one.")
        case Why.LAST_LEAD:
            return say(lang, "This is the only lead facilitator. Make somebody else a lead first.")
        case Why.LEAD_HERE:
            return say(lang, "Whoever leads is here.")
        case Why.NOT_BY_TELEPHONE:
            return say(lang, "That person is not here by telephone, so they raise their hand themselves.")
        case Why.CANNOT_BELONG:
            return say(
                lang, "A helper accompanies one person. Citizens, leads and people with helpers cannot be helpers."
            )
        case Why.GOES_WITH:
            return say(lang, "This helper moves with the person whom they accompany.")
        case Why.NAME_TAKEN:
            return say(lang, "Somebody else in this session has that name. Please add something to yours.")
        case Why.NOT_A_NAME:
            return say(lang, "A name has 1 to 60 characters, in one line.")
        case Why.TEAM_NOT_FREE:
            return say(lang, "These interpreters are needed elsewhere now. Nobody has moved.")
        case Why.NOTHING_FITS:
            return say(lang, "The rooms have changed: people would not understand each other there. Nobody has moved.")
        case Why.NOT_EXPECTED:
            return say(lang, "This person is not expected in this room any more.")
        case Why.ROOMS_CHANGED:
            return say(
                lang, "The rooms have changed since. Please look again how they can be mended. Nobody has moved."
            )
        case Why.CANNOT_MEND:
            return say(lang, "The rooms cannot be mended in this way. Nobody has moved.")
        case Why.NO_SUCH_DRAW:
            return say(lang, "There is no such draw.")
        case Why.DRAW_NOT_OPEN:
            return say(lang, "The list for this draw is not open.")
        case Why.DRAW_CLOSED:
            return say(lang, "The list for this draw is closed.")
        case Why.CANNOT_STAND:
            return say(lang, "This person cannot stand in the draw.")
        case Why.NOBODY_STANDS:
            return say(lang, "Nobody stands in this draw yet.")
        case Why.NOT_LISTED:
            return say(lang, "The list is not published yet. A number counts only afterwards.")
        case Why.NOT_SUCH_A_NUMBER:
            return say(lang, "This number does not have as many digits as are to be drawn.")
        case Why.NOT_DRAWN:
            return say(lang, "This person is not in the draw, or nobody was drawn yet.")
        case Why.NO_BREAK:
            return say(lang, "There is no break now.")
        case Why.NOT_A_RECIPE:
            return say(lang, "These rules for rooms cannot be used: please look at the words and numbers.")
        case Why.NO_SUCH_ATTRIBUTE:
            return say(lang, "The list of people has no such column.")
        case Why.NO_WISHES:
            return say(
                lang, "Only an open vote in which people choose or rank topics says what they would like to talk about."
            )
        case Why.NOTHING_PLANNED:
            return say(lang, "No rooms are planned for this item yet. Please compose new ones.")
        case Why.NEEDS_TWO:
            return say(lang, "Please choose at least two people.")
        case Why.NO_SUCH_TEAM:
            return say(lang, "This session has no such team of interpreters.")
        case Why.NEEDS_TWO_LANGUAGES:
            return say(lang, "A team interprets between at least two different languages.")
        case Why.NO_SUCH_LANGUAGE:
            return say(lang, "Nobody in this session speaks this language.")
        case Why.NOT_ITS_LANGUAGE:
            return say(lang, "A team relays through one of its own languages.")
        case Why.HAD_NO_ROOMS:
            return say(lang, "This item has had no rooms that could be kept.")
        case _:
            assert_never(why)


TURNED: dict[str, Callable[[str], str]] = {
    "unknown-code": lambda lang: say(lang, "We do not know this code. Please look at it again, letter by letter."),
    "revoked": lambda lang: say(lang, "This link has been replaced. Please use your new link."),
    "removed": lambda lang: refusal(lang, Why.REMOVED),
    "too-many-codes": lambda lang: say(lang, "Too many codes were wrong. Please wait a minute and try again."),
    "wrong-key": lambda lang: say(lang, "This is not the organiser’s key."),
}


def turned(lang: str, reason: str) -> str:
    """Why somebody does not come in: a reason at the door."""
    return TURNED[reason](lang)
