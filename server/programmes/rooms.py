"""Rooms as a programme foresees them: by which rule, of which size, and what a good room is where a search makes them.

    rooms:
      rule: search            # all items still to come that say so are composed together
      size: 8
      recipe:
        taste: even           # mirror | even | meet most
        mirror: {side: 2, gender: 1, age: 1}    # or a list of names, each of weight 1
        languages: mixed      # mixed | own | any
        most-languages: 2
        groups: false
        least: [{attribute: age, value: under 25, people: 4}]
        telephone: 1          # at most so many by telephone in each room; or any
        alone: true           # nobody alone in a language, where that is possible
        facilitators: true    # never more rooms than facilitators
        topics: wishes        # the item in which people say what they would like to talk about
    rooms:
      keep-of: drafts         # the rooms of that item once more

Which attributes there are, only the roster knows; a name that it does not have is no fault, and nothing is mirrored.
Interpreters work in teams: those of one group in the roster. What else is to be known of a team is said once for the
programme:

    teams:
      - {id: team-1, languages: [fr, de], booth: A, turn: 30}
      - {id: team-2, languages: [fr, ar], relay: fr}
"""

from __future__ import annotations

from collections.abc import Iterable

from facilitation.programme import Item, Least, Mode, Recipe, RoomsPlan, TeamPlan
from facilitation.recipes import LANGUAGES, ON_WISHES, TASTES
from rooms.people import ItemId
from server.plain import Value
from server.programmes.texts import QUESTION, Frame, read_languages, read_text
from server.roster.languages import is_code

FIELDS = ("rule", "count", "size", "keep", "keep-of", "recipe", "opens", "names", "note", "minimum")
RULES = ("random", "language", "list", "hand", "search")
RECIPE = (
    "taste", "mirror", "languages", "most-languages", "groups", "least", "telephone", "alone", "facilitators", "topics",
)  # fmt: skip
ANY = "any"
MOST_ROOMS = 1_000
MOST_ATTRIBUTES = 30
MOST_WEIGHT = 100
MOST_LANGUAGES = 24
MOST_LEAST = 20
MOST_TEAMS = 200
MOST_MINUTES = 24 * 60
NAME = 64
VALUE = 200


def read_rooms(value: Value, frame: Frame) -> RoomsPlan:
    fields = value.fields(FIELDS)
    names = [each.text(NAME) for each in fields["names"].list(MOST_ROOMS)] if "names" in fields else []
    rule = (fields["rule"].choice(RULES) if "rule" in fields else None) or "random"
    if "recipe" in fields and rule != "search":
        fields["recipe"].blame("recipe-without-search")
    keep_of = fields["keep-of"].id() if "keep-of" in fields else None
    return RoomsPlan(
        rule=rule,
        count=fields["count"].whole(1, MOST_ROOMS) if "count" in fields else None,
        size=fields["size"].whole(1, MOST_ROOMS) if "size" in fields else None,
        keep=fields["keep"].flag() if "keep" in fields else False,
        opens=(fields["opens"].choice(("by-hand", "by-itself")) if "opens" in fields else None) or "by-hand",
        names=tuple(name for name in names if name is not None),
        note=read_text(fields.get("note"), frame, QUESTION, lines=True),
        minimum=fields["minimum"].whole(1, MOST_ROOMS) if "minimum" in fields else None,
        keep_of=None if keep_of is None else ItemId(keep_of),
        recipe=read_recipe(fields["recipe"]) if "recipe" in fields else None,
    )


def read_recipe(value: Value) -> Recipe:
    fields, usual = value.fields(RECIPE), Recipe()
    topics = fields["topics"].id() if "topics" in fields else None
    most = fields["most-languages"].whole(1, MOST_LANGUAGES) if "most-languages" in fields else None
    return Recipe(
        taste=(fields["taste"].choice(TASTES) if "taste" in fields else None) or usual.taste,
        mirror=_mirror(fields["mirror"]) if "mirror" in fields else {},
        languages=(fields["languages"].choice(LANGUAGES) if "languages" in fields else None) or usual.languages,
        most_languages=most or usual.most_languages,
        groups=fields["groups"].flag() if "groups" in fields else usual.groups,
        least=_least(fields["least"]) if "least" in fields else (),
        telephone=_telephone(fields["telephone"]) if "telephone" in fields else usual.telephone,
        alone=fields["alone"].flag() if "alone" in fields else usual.alone,
        facilitators=fields["facilitators"].flag() if "facilitators" in fields else usual.facilitators,
        topics=None if topics is None else ItemId(topics),
    )


def _mirror(value: Value) -> dict[str, float]:
    """Attributes with their weights; as a list, each weighs 1."""
    if isinstance(value.raw, list | tuple):
        return {name: 1.0 for each in value.list(MOST_ATTRIBUTES) if (name := each.text(NAME)) is not None}
    weights = {name: each.number(0, MOST_WEIGHT) for name, each in value.entries(MOST_ATTRIBUTES).items()}
    return {name: float(weight) for name, weight in weights.items() if weight is not None}


def _least(value: Value) -> tuple[Least, ...]:
    found = []
    for each in value.list(MOST_LEAST):
        fields = each.fields(("attribute", "value", "people"), required=("attribute", "value"))
        attribute = fields["attribute"].text(NAME) if "attribute" in fields else None
        wanted = fields["value"].text(VALUE) if "value" in fields else None
        people = fields["people"].whole(1, MOST_ROOMS) if "people" in fields else 1
        if attribute is not None and wanted is not None:
            found.append(Least(attribute, wanted, people or 1))
    return tuple(found)


def _telephone(value: Value) -> int | None:
    return None if value.raw == ANY else value.whole(0, MOST_ROOMS)


def read_teams(value: Value) -> tuple[TeamPlan, ...]:
    found: dict[str, TeamPlan] = {}
    for each in value.list(MOST_TEAMS):
        fields = each.fields(("id", "languages", "booth", "turn", "relay"), required=("id", "languages"))
        team = fields["id"].id() if "id" in fields else None
        plan = _team(team or "", fields)
        if team in found:
            fields["id"].blame("twice", value=team)
        elif team is not None:
            found[team] = plan
    return tuple(found.values())


def _team(team: str, fields: dict[str, Value]) -> TeamPlan:
    languages = read_languages(fields.get("languages"))
    if languages and isinstance(fields["languages"].raw, list) and len(fields["languages"].raw) == 1:
        fields["languages"].blame("too-few", least=2)
    turn = fields["turn"].whole(1, MOST_MINUTES) if "turn" in fields else None
    return TeamPlan(
        team,
        languages,
        booth=(fields["booth"].text(NAME) if "booth" in fields else None) or "",
        turn=turn or TeamPlan("", ()).turn,
        relay=_language(fields["relay"]) if "relay" in fields else "",
    )


def _language(value: Value) -> str:
    if isinstance(value.raw, str) and is_code(value.raw):
        return value.raw
    value.blame("unknown-language", value=str(value.raw)[:64])
    return ""


def check_rooms(items: Iterable[tuple[Item | None, Value]]) -> None:
    """Notes what a plan refers to and is not there before it: rooms to keep, an item with wishes.

    Of an item that could not be read, nothing is known, so that nothing is noted for it.
    """
    rounds: set[str] = set()
    wishes: set[str] = set()
    for item, value in items:
        if item is None:
            unread = value.raw.get("id") if isinstance(value.raw, dict) else None
            rounds.add(str(unread))
            wishes.add(str(unread))
            continue
        _check_plan(item.rooms or RoomsPlan(), value.child(None, "rooms"), rounds, wishes)
        if item.mode is Mode.BREAKOUT:
            rounds.add(item.id)
        if item.poll is not None and item.poll.method in ON_WISHES and not item.poll.secret:
            wishes.add(item.id)


def _check_plan(plan: RoomsPlan, place: Value, rounds: set[str], wishes: set[str]) -> None:
    if plan.keep_of is not None and plan.keep_of not in rounds:
        place.child(None, "keep-of").blame("no-rooms-before", value=plan.keep_of)
    topics = plan.recipe.topics if plan.recipe is not None else None
    if topics is not None and topics not in wishes:
        place.child(None, "recipe").child(None, "topics").blame("no-wishes-before", value=topics)
