"""What is printed on a ballot in words: its rule, who may vote, who can see what. In the reader's language.

All of them take a poll as the views show it (`polls.<id>`).
"""

from __future__ import annotations

from typing import Any

from babel.lists import format_list
from babel.numbers import format_percent

from facilitation.counting.rule import needed_of
from web.roster import role
from web.texts import LANGUAGES, many, say


def rule_words(
    rule: dict[str, Any] | None,
    lang: str,
    method: str = "yes-no-abstain",
    poll: dict[str, Any] | None = None,
) -> str | None:
    """When something is adopted, and how it is counted; None where there is nothing to say.

    `poll` lets it name the sides and, once the poll is open, how many people a share is of.
    """
    poll = poll or {}
    sentences = [*_counted(method, rule, poll, lang)]
    if rule is not None:
        sentences += _adopted(rule, method, poll, lang)
    return " ".join(sentences) or None


def who_sees(lang: str, poll: dict[str, Any] | None = None) -> str:
    """What is kept of a ballot, and who can see it."""
    poll = poll or {}
    if not poll.get("secret"):
        return say(
            lang,
            "This vote is not secret: the organiser's record keeps your name with your choice. "
            "Everybody else sees only the totals.",
        )
    sentences = [say(lang, "This vote is secret: that you voted is kept, but nobody sees what you chose.")]
    if _tells_sides_apart(poll):
        sentences.append(say(lang, "Your side stands on the ballot, so that each side can be counted."))
    if poll.get("patterns"):
        sentences.append(say(lang, "Each ballot is published whole, without a name, to show how it was counted."))
    if poll.get("method") in ("consent", "words"):
        sentences.append(say(lang, "Words that you write are published, without a name."))
    if poll.get("receipts"):
        sentences.append(
            say(lang, "You may keep a code to check your ballot by. Whoever has it can see how you voted.")
        )
    sentences.append(say(lang, "On the telephone, two members of the team hear your choice."))
    return " ".join(sentences)


def whom_words(poll: dict[str, Any], lang: str) -> str:
    """Who may vote; and, once that is settled, how many they are."""
    sentences = [_whom(poll.get("whom") or {}, poll, lang)]
    if poll.get("opened") is not None:
        sentences.append(many(lang, "{n} person is on the list.", "{n} people are on the list.", poll["electorate"]))
    return " ".join(sentences)


def _whom(whom: dict[str, Any], poll: dict[str, Any], lang: str) -> str:
    if poll.get("each_room"):
        return say(lang, "Each room votes by itself.")
    if whom.get("people") is not None:
        return many(
            lang, "{n} person named by the team may vote.", "{n} people named by the team may vote.", whom["people"]
        )
    if whom.get("roles") is not None:
        roles = _listed([role(lang, name) for name in whom["roles"]], lang)
        return say(lang, "Whoever is here in one of these roles may vote: {roles}.", roles=roles)
    if poll.get("room") is not None:
        return say(lang, "Whoever has a seat in this room may vote.")
    if whom.get("rooms") is not None:
        return many(
            lang,
            "Whoever has a seat in one room may vote.",
            "Whoever has a seat in one of {n} rooms may vote.",
            whom["rooms"],
        )
    if whom.get("sides") is not None:
        return say(lang, "Whoever has checked in may vote on this side: {sides}.", sides=_listed(whom["sides"], lang))
    return say(lang, "Whoever has checked in to this part of the day may vote.")


def _counted(method: str, rule: dict[str, Any] | None, poll: dict[str, Any], lang: str) -> list[str]:
    """How the ballots become a result, where that is not plain."""
    said = [say(lang, "Each text is voted on by itself.")] if poll.get("texts") else []
    scheme = poll.get("scheme") or {}
    match method, scheme.get("count") or "borda":
        case "ranking", "borda":
            said.append(say(lang, "Places are counted as points: the higher a place, the more points (Borda)."))
        case "ranking", "schulze":
            said.append(say(lang, "The options are compared two by two over all ballots (Schulze)."))
        case "ranking", "irv":
            said.append(
                say(lang, "Round by round the last option drops out and its ballots go on to their next place.")
            )
        case "ranking", _:
            n = scheme.get("seats") or 1
            said.append(
                many(
                    lang,
                    "{n} place is filled by single transferable vote.",
                    "{n} places are filled by single transferable vote.",
                    n,
                )
            )
        case "single", _ if rule is not None:
            said.append(say(lang, "The option with most votes counts."))
        case "approval", _ if rule is not None:
            said.append(say(lang, "Each option is counted by itself."))
        case "consent", _ if rule is not None:
            said.append(say(lang, "Consent and reservation count as yes, against as no."))
    if method == "consent" and scheme.get("veto"):
        said.append(say(lang, "A single veto stops it."))
    return said


def _adopted(rule: dict[str, Any], method: str, poll: dict[str, Any], lang: str) -> list[str]:
    decides = method in ("yes-no-abstain", "consent", "single", "approval")
    said = [_threshold(rule, method, lang), *_of_how_many(rule, poll, lang)] if decides else []
    if decides and rule.get("each-side"):
        said.append(say(lang, "This must hold on each side as well."))
    if decides and rule.get("components"):
        sides = _listed(poll.get("components") or rule["components"], lang)
        said.append(say(lang, "It must hold in each of these as well: {sides}.", sides=sides))
    if rule.get("quorum"):
        said.append(_quorum(rule["quorum"], poll, lang))
    match list(rule.get("ties") or ()):
        case ["run-off", "lot"]:
            said.append(say(lang, "On a tie there is a run-off; if that is a tie too, the lot decides."))
        case ["run-off", *_]:
            said.append(say(lang, "On a tie there is a run-off."))
        case ["lot", *_]:
            said.append(say(lang, "On a tie the lot decides."))
    return said


def _threshold(rule: dict[str, Any], method: str, lang: str) -> str:
    share = _share(rule["threshold"], lang)
    enough = rule["compare"] == ">="
    base = rule["base"]
    if base == "yes+no" and method not in ("yes-no-abstain", "consent"):
        base = "cast"
    match base, enough:
        case "cast", True:
            return say(lang, "Adopted with at least {share} of all ballots.", share=share)
        case "cast", False:
            return say(lang, "Adopted with more than {share} of all ballots.", share=share)
        case "present", True:
            return say(lang, "Adopted with at least {share} of those who are present.", share=share)
        case "present", False:
            return say(lang, "Adopted with more than {share} of those who are present.", share=share)
        case "registered", True:
            return say(lang, "Adopted with at least {share} of all who are registered, here or not.", share=share)
        case "registered", False:
            return say(lang, "Adopted with more than {share} of all who are registered, here or not.", share=share)
        case _, True:
            return say(lang, "Adopted if yes has at least {share} of yes and no together.", share=share)
        case _:
            return say(lang, "Adopted if yes has more than {share} of yes and no together.", share=share)


def _of_how_many(rule: dict[str, Any], poll: dict[str, Any], lang: str) -> list[str]:
    """Where the base is known before anybody votes: the number of votes that it takes."""
    base = {"present": poll.get("electorate"), "registered": poll.get("registered")}.get(rule["base"])
    if poll.get("opened") is None or not base:
        return []
    needed = needed_of(rule["threshold"], rule["compare"], base)
    return [say(lang, "That is {needed} of {total} people.", needed=needed, total=base)]


def _quorum(share: str, poll: dict[str, Any], lang: str) -> str:
    said = say(
        lang, "At least {share} of those who are registered, here or not, must take part.", share=_share(share, lang)
    )
    registered = poll.get("registered")
    if not registered:
        return said
    number = say(
        lang, "That is {needed} of {total} people.", needed=needed_of(share, ">=", registered), total=registered
    )
    return f"{said} {number}"


def _tells_sides_apart(poll: dict[str, Any]) -> bool:
    rule = poll.get("rule") or {}
    return bool(poll.get("by_side") or rule.get("each-side") or rule.get("components"))


def _share(fraction: str, lang: str) -> str:
    """A fraction as people read it: in per cent where that is exact, else as it is."""
    above, below = (int(part) for part in fraction.split("/"))
    if below == 0 or 100 * above % below:
        return fraction
    return format_percent(above / below, locale=lang)


def _listed(words: list[str], lang: str) -> str:
    return format_list([str(word) for word in words], locale=lang if lang in LANGUAGES else "en")
