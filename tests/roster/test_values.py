"""Roles, languages, sides and contacts as people write them in three languages."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation.programme import Side
from rooms.people import Role
from server.roster.contacts import is_email, is_telephone
from server.roster.languages import UnknownLanguage, find_languages
from server.roster.roles import find_role
from server.roster.sides import Sides
from server.roster.words import clean
from tests.roster.given import SIDES


@pytest.mark.parametrize(
    ("role", "written"),
    [
        (Role.CITIZEN, "citizen|Citoyen·ne|citoyen.ne|citoyen(ne)|Citoyen-ne|citoyenne|citoyen ou citoyenne"),
        (Role.CITIZEN, "Bürger/in|Bürger:in|Bürger*in|Bürger_in|BürgerIn|Bürgerin|BÜRGER|Teilnehmende|participant·e"),
        (
            Role.LEAD,
            "lead|Lead facilitator|Leitung|Hauptmoderation|animatrice principale|facilitateur·rice principal·e",
        ),
        (Role.FACILITATOR, "facilitator|animateur|animateur / animatrice|Moderator:in|Tischmoderation|facilitatrice"),
        (Role.NOTE_TAKER, "note-taker|note_taker|Protokollführer/in|preneur·se de notes|Protokoll|secrétaire"),
        (Role.INTERPRETER, "interpreter|interprète|Dolmetscherin|Dolmetscher*in|Dolmetscher:in (FR-DE)"),
        (Role.EXPERT, "expert·e|Experte/Expertin|Referent:in|intervenante|speaker"),
        (Role.SUPPORT, "support|Technik|assistance technique|hotline|Helfer/in"),
        (Role.GUEST, "guest|invité·e|Gast"),
        (Role.OBSERVER, "observer|observateur·rice|Beobachter:in|Beobachtende"),
        (Role.EVALUATOR, "evaluator|évaluatrice|Evaluator/in"),
    ],
)
def test_a_role_is_known_in_three_languages_and_inclusive_forms(role: Role, written: str) -> None:
    assert {each: find_role(each) for each in written.split("|")} == dict.fromkeys(written.split("|"), role)


@pytest.mark.parametrize("written", ["king", "citizen / expert", "???", "", "citoyen roi"])
def test_other_words_are_no_role(written: str) -> None:
    assert find_role(written) is None


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("fr", ("fr",)),
        ("FR", ("fr",)),
        ("fr-CH", ("fr",)),
        ("français, allemand", ("fr", "de")),
        ("Deutsch/Französisch", ("de", "fr")),
        ("fr+de", ("fr", "de")),
        ("FR-DE", ("fr", "de")),
        ("FR DE", ("fr", "de")),
        ("German and French", ("de", "fr")),
        ("Deutsch und Englisch", ("de", "en")),
        ("français et estonien", ("fr", "et")),
        ("et", ("et",)),
        ("Englisch (C1); Deutsch (Muttersprache)", ("en", "de")),
        ("allemand B2", ("de",)),
        ("Türkçe & العربية", ("tr", "ar")),
        ("Elsässisch, alsacien", ("gsw",)),
        ("français, français", ("fr",)),
    ],
)
def test_languages_are_known_by_code_and_by_name(written: str, codes: tuple[str, ...]) -> None:
    assert find_languages(written) == codes


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(UnknownLanguage, match=r"^Klingon$"):
        find_languages("français, Klingon")


@pytest.mark.parametrize(
    ("written", "side"),
    [("FR", "FR"), ("fr", "FR"), ("France", "FR"), ("Frankreich", "FR"), ("F", "FR"), ("FRA", "FR"), ("français", "FR"),
     ("DE", "DE"), ("d", "DE"), ("Germany", "DE"), ("Allemagne", "DE"), ("Deutschland", "DE"), ("Suisse", None)],
)  # fmt: skip
def test_a_side_is_known_by_its_id_its_title_and_its_country(written: str, side: str | None) -> None:
    assert Sides(SIDES).find(written) == side


def test_a_side_is_a_country_by_its_title_as_well() -> None:
    sides = Sides([Side("west", {"fr": "Côté France"}), Side("ost", {"de": "Deutschland"})])

    assert sides.find("allemagne") == "ost"
    assert sides.find("Cote france") == "west"
    assert sides.find("France") is None


def test_a_name_of_two_sides_is_neither() -> None:
    assert Sides([Side("a", {"fr": "Nord"}), Side("b", {"fr": "nord"})]).find("Nord") is None


@pytest.mark.parametrize("text", ["citizen.12@example.org", "bürgerin7@exämple.de", "a+b@mail.example.co.uk"])
def test_an_email_address_looks_like_one(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize("text", ["citizen", "a@b", "a b@example.org", "a@example..org", ".a@example.org", "a@b@c.org",
                                  "a@example.org, b@example.org", "<a@example.org>", "a@-example.org"])  # fmt: skip
def test_what_is_no_email_address(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize("text", ["+33 3 88 00 00 00", "(0761) 123-45", "0033.388.000000", "0761/12345", "112233"])
def test_a_telephone_number_looks_like_one(text: str) -> None:
    assert is_telephone(text)


@pytest.mark.parametrize("text", ["call me", "12", "+", "0761 12345 or 67", "1" * 21, "3.3388E+10"])
def test_what_is_no_telephone_number(text: str) -> None:
    assert not is_telephone(text)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_cell_breaks_a_reader(cell: str) -> None:
    text = clean(cell)
    find_role(text)
    is_email(text)
    is_telephone(text)
    Sides(SIDES).find(text)
    with suppress(UnknownLanguage):
        find_languages(text)
