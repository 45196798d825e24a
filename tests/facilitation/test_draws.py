"""Draws by lot in a session: who stands, what is published before the number, who has a seat, and who sees what."""

from __future__ import annotations

import json

import msgspec
import pytest

from facilitation import commands as c
from facilitation import draws
from facilitation.asked import Done
from facilitation.draws import Draw
from facilitation.programme import DrawPlan, Item, Mode, elsewhere
from facilitation.refusals import Refusal, Why
from facilitation.session import HOUSE
from rooms.lot.page import figures
from rooms.lot.panels import Lack
from rooms.lot.quotas import Quota
from rooms.people import Card, ItemId, Person, PersonId, Role
from server.drawing.command import Drawn, Entry, page_of
from tests.facilitation.given import CITIZENS, Meeting, plain, programme, public, replayed
from web.drawwords import told

TWO_AND_TWO = DrawPlan(2, 1, groups=("side",), differ="gender")
PANEL = DrawPlan(2, 2, quotas={"gender": {"woman": (1, 1)}})
GENDERS = dict(zip(CITIZENS, ["w", "Mann", "homme", "Frau", "femme", "x"], strict=True))


def given(plan: DrawPlan = TWO_AND_TWO) -> Meeting:
    """Everybody is here; the first item is a draw."""
    item = Item(ItemId("d"), {"fr": "Porte-parole"}, 1, Mode.DRAW, draw=plan)
    meeting = Meeting(msgspec.structs.replace(programme(), items=(item, *programme().items)))
    for name in CITIZENS:
        card = meeting.cards[PersonId(name)]
        meeting.cards[PersonId(name)] = Card(card.name, attributes={"Sexe": GENDERS[name]})
        meeting.may(HOUSE, c.Arrive(name, "w"))
    meeting.may("lea", c.StartSession())
    return meeting


def draw_of(meeting: Meeting) -> Draw:
    return meeting.session.draws[ItemId("d")]


def stood(plan: DrawPlan = TWO_AND_TWO, *who: str) -> Meeting:
    meeting = given(plan)
    meeting.may("lea", c.OpenDraw("d"))
    for name in who or CITIZENS:
        meeting.may(name, c.Volunteer("d", True))
    return meeting


def kept(meeting: Meeting) -> c.KeepDraw:
    """What is made beside the clerk of a list that was closed."""
    draw = draw_of(meeting)
    names = {each: meeting.scene.name(each) for each in draw.standing}
    lines = list(draws.listed(names, meeting.session.people, meeting.cards, draw.plan))
    asked = Drawn(tuple(Entry(name, values) for _, name, values in lines), **msgspec.structs.asdict(_shape(draw.plan)))
    page = page_of(asked, {entry.name: entry.attributes for entry in asked.people})
    person = {name: who for who, name, _ in lines}
    order = tuple(person[name] for name in page.names)
    return c.KeepDraw("d", draw.closed or 0, order, msgspec.structs.replace(page, names=()))


class _Shape(msgspec.Struct):
    seats: int
    substitutes: int
    quotas: dict[str, dict[str, tuple[int, int]]]
    groups: tuple[str, ...]
    differ: str


def _shape(plan: DrawPlan) -> _Shape:
    return _Shape(plan.seats, plan.substitutes, plan.quotas, plan.groups, plan.differ)


def listed(plan: DrawPlan = TWO_AND_TWO, *who: str) -> Meeting:
    meeting = stood(plan, *who)
    meeting.may("lea", c.CloseDraw("d"), at=1_000)
    meeting.may(HOUSE, kept(meeting), at=1_100)
    return meeting


def drawn(plan: DrawPlan = TWO_AND_TWO, number: str = "417") -> Meeting:
    meeting = listed(plan)
    page = draw_of(meeting).page
    assert page is not None
    meeting.may("lea", c.EnterNumber("d", number.zfill(figures(page))), at=2_000)
    return meeting


def seats(meeting: Meeting) -> list[list[str | None]]:
    return [[who for who, _ in part.seats] for part in draw_of(meeting).result]


def test_who_stands_may_take_it_back_until_the_list_is_closed() -> None:
    meeting = stood(TWO_AND_TWO, "ana", "ben")

    meeting.may("ana", c.Volunteer("d", False))
    assert meeting.view("ana")["me.draws.d"]["stands"] is False
    assert meeting.ask("ana", c.Volunteer("d", False)) == Done("ana")
    meeting.may("lea", c.CloseDraw("d"))

    assert draw_of(meeting).standing == ("ben",)
    assert meeting.ask("ana", c.Volunteer("d", True)) == Refusal(Why.DRAW_CLOSED)


def test_the_desk_says_it_for_somebody_on_the_telephone_and_nobody_else_does() -> None:
    meeting = stood(TWO_AND_TWO, "ben")

    meeting.may("sue", c.Volunteer("d", True, "ana"))

    assert PersonId("ana") in draw_of(meeting).volunteers
    assert meeting.ask("ben", c.Volunteer("d", True, "cleo")) == Refusal(Why.NOT_PERMITTED)
    assert meeting.ask("sue", c.Volunteer("d", True)) == Refusal(Why.CANNOT_STAND)


def test_two_of_each_side_are_drawn_and_differ_in_gender_however_the_roster_writes_it() -> None:
    meeting = drawn()

    found = seats(meeting)

    sides = [{meeting.session.side(PersonId(who or "")) for who in part} for part in found]
    assert sides == [{"DE"}, {"FR"}]
    for part in found:
        assert len({_gender(who or "") for who in part}) == 2


def _gender(name: str) -> str:
    person = Person(PersonId(name), Role.CITIZEN)
    return draws.known(person, Card(name, attributes={"Geschlecht": GENDERS[name]}), ("gender",))["gender"]


def test_genders_are_read_in_three_languages_and_other_words_stay_as_they_are() -> None:
    assert [_gender(name) for name in CITIZENS] == ["woman", "man", "man", "woman", "woman", "x"]


def test_no_number_counts_before_the_list_is_published_nor_one_with_too_few_or_too_many_digits() -> None:
    meeting = stood()
    assert meeting.ask("lea", c.EnterNumber("d", "1")) == Refusal(Why.NOT_LISTED)
    meeting.may("lea", c.CloseDraw("d"))
    assert meeting.ask("lea", c.EnterNumber("d", "1")) == Refusal(Why.NOT_LISTED)
    meeting.may(HOUSE, kept(meeting))

    digits = meeting.view("lea")["draws.d"]["figures"]

    for wrong in ("4", "1" * (digits - 1), "1" + "0" * digits):
        assert meeting.ask("lea", c.EnterNumber("d", wrong)) == Refusal(Why.NOT_SUCH_A_NUMBER)
    meeting.may("lea", c.EnterNumber("d", "9" * digits))
    assert meeting.ask("lea", c.EnterNumber("d", "9" * digits)) == Done()
    assert meeting.ask("leo", c.EnterNumber("d", "0")) == Refusal(Why.DRAW_CLOSED)


def test_the_first_list_is_kept_and_one_of_an_earlier_close_is_not() -> None:
    meeting = stood()
    meeting.may("lea", c.CloseDraw("d"), at=1_000)
    late = kept(meeting)
    meeting.may("lea", c.VoidDraw("d", "somebody was missing"), at=1_500)
    meeting.may("lea", c.OpenDraw("d"), at=1_600)
    meeting.may("lea", c.CloseDraw("d"), at=2_000)

    assert meeting.ask(HOUSE, late) == Done()
    meeting.may(HOUSE, kept(meeting))
    assert meeting.ask(HOUSE, kept(meeting)) == Done()


@pytest.mark.parametrize("plan", [TWO_AND_TWO, PANEL])
def test_whoever_says_no_makes_room_for_the_next_and_that_is_told(plan: DrawPlan) -> None:
    meeting = drawn(plan)
    before = seats(meeting)
    leaves = before[0][0] or ""

    meeting.may(leaves, c.DeclineSeat("d"))

    after = seats(meeting)
    assert leaves not in after[0]
    assert after[0][0] is not None
    part = meeting.seen(public())["draws.d"]["parts"][0]
    assert part["seats"][0]["before"] == [f"Name-{leaves}"]
    assert meeting.view(leaves)["me.draws.d"]["declined"] is True
    if plan is PANEL:
        assert sum(_gender(who or "") == "woman" for who in after[0]) == 1


def test_support_says_no_for_somebody_who_called_and_a_citizen_only_for_themselves() -> None:
    meeting = drawn()
    first, other = seats(meeting)[0]

    assert meeting.ask(first or "", c.DeclineSeat("d", other)) == Refusal(Why.NOT_PERMITTED)
    meeting.may("sue", c.DeclineSeat("d", other))

    assert other not in seats(meeting)[0]


def test_among_everybody_those_who_are_here_are_drawn_without_being_asked() -> None:
    meeting = given(DrawPlan(2, 1, among="everybody"))

    meeting.may("lea", c.CloseDraw("d"))
    meeting.may(HOUSE, kept(meeting))

    assert sorted(draw_of(meeting).people) == sorted(CITIZENS)


def test_nobody_is_drawn_from_an_empty_list_nor_whoever_was_taken_out_meanwhile() -> None:
    meeting = given()
    meeting.may("lea", c.OpenDraw("d"))
    assert meeting.ask("lea", c.CloseDraw("d")) == Refusal(Why.NOBODY_STANDS)
    meeting.may("ana", c.Volunteer("d", True))
    meeting.may("ben", c.Volunteer("d", True))
    meeting.may("lea", c.RemovePerson("ana", "why"))

    meeting.may("lea", c.CloseDraw("d"))

    assert draw_of(meeting).standing == ("ben",)


def test_impossible_quotas_come_back_with_their_reason_and_the_list_can_be_opened_again() -> None:
    meeting = stood(PANEL, "ben", "cleo")
    meeting.may("lea", c.CloseDraw("d"))
    lack = Lack("few", Quota("gender", "woman", 1, 1), 0)

    meeting.may(HOUSE, c.FailDraw("d", draw_of(meeting).closed or 0, (lack,)))

    assert meeting.view("lea")["draws.d"]["lacks"][0]["here"] == 0
    assert "lacks" not in meeting.view("ana")["draws.d"]
    meeting.may("lea", c.OpenDraw("d"))
    assert sorted(draw_of(meeting).volunteers) == ["ben", "cleo"]


def test_a_void_draw_stays_on_record_and_can_be_held_again() -> None:
    meeting = drawn()
    page, number, result = draw_of(meeting).page, draw_of(meeting).number, draw_of(meeting).result

    meeting.may("lea", c.VoidDraw("d", "The wrong number was read."))

    voided = meeting.seen(public())["draws.d"]["voided"]
    assert page is not None
    assert voided == [{"reason": "The wrong number was read.", "hash": page.hash, "number": number}]
    meeting.may("lea", c.OpenDraw("d"))
    assert meeting.seen(public())["draws.d"]["parts"] == []
    kept_draw = draws.as_voided(draw_of(meeting), 0)
    assert kept_draw is not None
    assert kept_draw.state == "void"
    assert (kept_draw.page, kept_draw.number, kept_draw.result) == (page, number, result)
    assert draws.as_voided(draw_of(meeting), 1) is None
    assert plain(replayed(meeting.entries)) == plain(meeting.session)


def test_a_draw_that_was_void_before_its_list_was_published_leaves_nothing_to_look_at() -> None:
    meeting = stood()

    meeting.may("lea", c.VoidDraw("d", "somebody was missing"))

    assert draws.last_void(draw_of(meeting)) is None
    assert draws.as_voided(draw_of(meeting), 0) is None


def test_everybody_has_a_line_of_their_own_even_if_somebody_is_called_like_the_second_of_two() -> None:
    names = [PersonId(each) for each in ("a", "b", "c", "d")]
    standing = dict(zip(names, ["Anna", " Anna", "Anna (2)", "Anna"], strict=True))
    people = {each: Person(each, Role.CITIZEN) for each in names}

    lines = [name for _, name, _ in draws.listed(standing, people, {}, DrawPlan(1))]

    assert lines == ["Anna", "Anna (3)", "Anna (2)", "Anna (4)"]


def test_a_number_is_digits_and_nothing_else() -> None:
    assert msgspec.convert({"draw": "d", "number": "0" * 40}, c.EnterNumber).number == "0" * 40
    for wrong in ("12\n", "", "1 2", "-1", "٣", "0" * 41):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"draw": "d", "number": wrong}, c.EnterNumber)


def test_a_list_that_could_not_be_made_is_not_told_as_if_the_quotas_could_not_be_kept() -> None:
    meeting = stood(PANEL)
    meeting.may("lea", c.CloseDraw("d"))
    meeting.may(HOUSE, c.FailDraw("d", draw_of(meeting).closed or 0, (Lack("time", None, 6),)))

    seen = meeting.seen(public())["draws.d"]

    assert seen["unmade"] is True
    assert list(told(seen, 6, "en")) == ["The list could not be made. It is tried once more, or drawn by another rule."]


def test_everybody_sees_their_own_chance_and_nobody_that_of_others() -> None:
    meeting = listed(PANEL)
    page = draw_of(meeting).page
    assert page is not None

    for name in CITIZENS:
        place = draw_of(meeting).people.index(PersonId(name))
        assert meeting.view(name)["me.draws.d"]["chance"] == page.chances[place]
    for who in ("lea", "sue", "flo", "obi", "gil"):
        assert "me.draws.d" not in meeting.view(who)
        assert "chances" not in json.dumps(meeting.view(who)["draws.d"])


def test_how_many_of_each_there_are_is_for_leads_and_who_stands_for_the_desk() -> None:
    meeting = stood(PANEL, "ana", "ben")

    assert meeting.view("lea")["draws.d.standing"]["quotas"] == [
        {"attribute": "gender", "value": "woman", "least": 1, "most": 1, "people": 1}
    ]
    assert meeting.view("sue")["draws.d.standing"] == {"people": ["ana", "ben"]}
    for who in ("flo", "nic", "ina", "eva", "gil", "val", "ana", "obi"):
        assert "draws.d.standing" not in meeting.view(who)
        assert meeting.view(who)["draws.d.volunteers"] == 2


def test_before_it_is_opened_only_staff_know_of_it() -> None:
    meeting = given()

    assert "draws.d" in meeting.view("flo")
    assert "draws.d" not in meeting.view("ana")
    assert "draws.d" not in meeting.seen(public())


def test_the_journal_has_the_values_that_the_draw_used_and_no_name() -> None:
    meeting = drawn(PANEL)

    kept_entries = json.dumps([msgspec.to_builtins(entry) for entry in meeting.entries])

    assert "Name-" not in kept_entries
    assert '{"gender": "woman"}' in kept_entries
    assert plain(replayed(meeting.entries)) == plain(meeting.session)


def test_nothing_is_drawn_before_the_session_begins() -> None:
    item = Item(ItemId("d"), {"fr": "Porte-parole"}, 1, Mode.DRAW, draw=TWO_AND_TWO)
    meeting = Meeting(msgspec.structs.replace(programme(), items=(item, *programme().items)))

    assert meeting.ask("lea", c.OpenDraw("d")) == Refusal(Why.NOT_LIVE)
    assert meeting.ask("lea", c.OpenDraw("x")) == Refusal(Why.NO_SUCH_DRAW)


def test_a_draw_with_a_plan_is_not_prepared_elsewhere() -> None:
    assert list(elsewhere(Item(ItemId("d"), {}, 1, Mode.DRAW, draw=TWO_AND_TWO))) == []
    assert list(elsewhere(Item(ItemId("d"), {}, 1, Mode.DRAW))) == ["lot"]
