"""From a roster to people: what columns are taken for, and every fault by its row and column."""

from __future__ import annotations

import msgspec
import pytest

from rooms.people import Role
from server.faults import tell
from server.roster import Invited, Languages, mapping_of, read, recognise
from tests.roster.given import LANGUAGES, SIDES, csv_of, placed, reading_of, table_of, xlsx_of


def meanings(*headings: str) -> list[str]:
    table = table_of(csv_of(";".join(f'"{each}"' for each in headings), ";".join("x" for _ in headings)))
    return [column.meaning for column in recognise(table)]


@pytest.mark.parametrize(
    "headings",
    [
        "Prénom|Nom|Rôle|Langue(s) parlée(s)|Comprend|Pays|E-mail|Téléphone|Besoins|Groupe",
        "Vorname|Nachname|Rolle|Sprache(n)|versteht|Land|E-Mail-Adresse|Telefonnummer|Bedarf|Tisch",
        "First name|Name|Role|Languages spoken|Understands|Country|Email|Phone|Needs|Table",
        "VORNAME*|Name|Funktion|spricht|Verstandene Sprachen|Seite|Mail|Handy|Barrierefreiheit|Gruppe",
        "Prénom(s)|NOM|Fonction|Langue parlée|Langues comprises|Côté|Courriel|Tél.|Besoins particuliers|N° de table",
    ],
)
def test_columns_are_recognised_in_three_languages(headings: str) -> None:
    assert meanings(*headings.split("|")) == [
        "first-name", "last-name", "role", "speaks", "understands", "side", "email", "telephone", "needs", "group",
    ]  # fmt: skip


def test_a_name_alone_is_the_whole_name() -> None:
    assert meanings("Nom") == ["name"]
    assert meanings("Name", "Ort") == ["name", "attribute"]
    assert meanings("Nom et prénom", "Prénom") == ["name", "first-name"]


def test_other_headings_are_attributes_and_several_columns_may_mean_languages() -> None:
    assert meanings("Name", "Âge", "Langue 1", "Langue 2", "Téléphone", "Portable", "Rôle / Rolle") == [
        "name", "attribute", "speaks", "speaks", "telephone", "attribute", "role",
    ]  # fmt: skip


def test_each_column_shows_samples() -> None:
    columns = recognise(table_of(csv_of("Name;Âge", "A;30", "B;", "C;30", "D;41", "E;52", "F;63")))

    assert columns[1].heading == "Âge"
    assert columns[1].samples == ("30", "41", "52")


def test_people_come_out_in_the_shape_of_the_protocol() -> None:
    reading = reading_of(
        csv_of(
            "Pays;Nom;Prénom;Langues;Comprend;Rôle;Courriel;Tél.;Besoins;Âge;Table",
            "France;7;Citoyenne;français;allemand, anglais;citoyen·ne;c7@example.org;+33 3 88 00 00 00;boucle;41;A",
            "Allemagne;;Bürger 8;Deutsch;;;;;—;;",
            ";;Lead 1;fr/de;;animatrice principale;;;;;",
            encoding="cp1252",
        )
    )

    assert reading.faults == ()
    assert reading.warnings == ()
    first, second, third = reading.people
    assert msgspec.json.decode(msgspec.json.encode(first)) == {
        "name": "Citoyenne 7",
        "role": "citizen",
        "languages": {"speaks": ["fr"], "understands": ["de", "en"]},
        "side": "FR",
        "group": "A",
        "attributes": {"Âge": "41"},
        "email": "c7@example.org",
        "telephone": "+33 3 88 00 00 00",
        "needs": "boucle",
        "accompanies": None,
    }
    assert second == Invited("Bürger 8", Role.CITIZEN, Languages(("de",), ("de",)), "DE")
    assert third == Invited("Lead 1", Role.LEAD, Languages(("fr", "de"), ("fr", "de")))


def test_a_spreadsheet_gives_the_same_people() -> None:
    lines = csv_of("Name;Seite;Tisch;Telefon;Rolle", "Bürgerin 7;D;4;49761123456;", "Lead;;;;Leitung")
    raw = xlsx_of(
        ["Name", "Seite", "Tisch", "Telefon", "Rolle"],
        ["Bürgerin 7", "D", 4, 49761123456, None],
        ["Lead", None, None, None, "Leitung"],
    )

    assert reading_of(raw, "roster.xlsx") == reading_of(lines)
    assert reading_of(lines).people[0].group == "4"


def test_every_fault_is_told_with_its_row_and_column() -> None:
    reading = reading_of(
        csv_of(
            "Nom;Rôle;Langue;Pays;E-mail;Téléphone",
            "Citoyen 1;roi;fr;FR;c1@example.org;0388000000",
            ";citoyen;fr;FR;c2@example.org;",
            "Citoyen 3;citoyen;klingon;Suisse;pas une adresse;appelez-moi",
            "Citoyen 4;citoyen;de;;C1@example.org;",
            f"{'C' * 201};citoyen;de;DE;;",
            "Citoyen\x07 6;citoyen;de;DE;;",
            "Citoyen 7;citoyen;de;DE;;;trop",
        )
    )

    assert reading.people == ()
    assert placed(reading) == [
        (2, "Rôle", "unknown-role"),
        (3, "Nom", "empty-name"),
        (4, "Langue", "unknown-language"),
        (4, "Pays", "unknown-side"),
        (4, "E-mail", "bad-email"),
        (4, "Téléphone", "bad-telephone"),
        (5, "Pays", "side-missing"),
        (5, "E-mail", "email-twice"),
        (6, "Nom", "too-long"),
        (7, "Nom", "control-character"),
        (8, None, "cell-without-heading"),
    ]
    assert all(told["say"] and told["row"] for told in tell("en", reading.faults))


def test_a_fault_says_what_it_found() -> None:
    reading = reading_of(csv_of("Name;Side", "Citizen 1;Suisse"))

    (told,) = tell("en", reading.faults)

    assert told == {
        "row": 2, "column": "Side", "reason": "unknown-side", "say": told["say"],
    }  # fmt: skip
    assert reading.faults[0].params == {"value": "Suisse", "sides": "FR, DE"}


def test_a_roster_without_names_is_refused() -> None:
    assert placed(reading_of(csv_of("Rôle;Pays", "citoyen;FR"))) == [(1, None, "no-name-column")]


def test_citizens_without_any_side_column_are_each_missing_one() -> None:
    reading = reading_of(csv_of("Name;Role", "Citizen 1;citizen", "Lead 1;lead"))

    assert placed(reading) == [(2, None, "side-missing")]


def test_a_side_where_there_are_none_is_a_fault_and_none_is_fine() -> None:
    table = table_of(csv_of("Name;Side", "Citizen 1;FR", "Citizen 2;"))

    reading = read(table, mapping_of(recognise(table)), (), LANGUAGES)

    assert placed(reading) == [(2, "Side", "no-sides")]


def test_a_person_may_change_what_a_column_means() -> None:
    table = table_of(csv_of("Who;Where;What;Role", "Citizen 1;FR;secret;lead"))

    reading = read(table, {0: "name", 1: "side", 2: "ignore", 3: "attribute"}, SIDES, LANGUAGES)

    (person,) = reading.people
    assert person == Invited("Citizen 1", Role.CITIZEN, side="FR", attributes={"Role": "lead"})


@pytest.mark.parametrize(
    ("mapping", "reasons"),
    [
        ({0: "name", 7: "side"}, ["no-such-column"]),
        ({0: "name", 1: "shoe-size"}, ["unknown-meaning"]),
        ({0: "name", 1: "name"}, ["meaning-twice"]),
        ({}, ["no-name-column"]),
    ],
)
def test_a_wrong_mapping_is_refused(mapping: dict[int, str], reasons: list[str]) -> None:
    table = table_of(csv_of("Who;Where", "Citizen 1;FR"))

    assert [fault.reason for fault in read(table, mapping, SIDES, LANGUAGES).faults] == reasons


def test_what_somebody_should_look_at_is_a_warning() -> None:
    reading = reading_of(csv_of("Name;Side;Language", "Citizen 1;FR;fr", "citizen 1;DE;de", "Citizen 2;DE;polski"))

    assert len(reading.people) == 3
    assert [(warning.row, warning.reason) for warning in reading.warnings] == [
        (3, "name-twice"),
        (4, "no-shared-language"),
        (None, "no-lead"),
    ]
    assert all(told["say"] for told in tell("fr", reading.warnings))


def test_needs_may_be_longer_than_other_cells() -> None:
    reading = reading_of(csv_of("Name;Side;Needs", f"Citizen 1;FR;{'n' * 1000}", f"Citizen 2;FR;{'n' * 1001}"))

    assert placed(reading) == [(3, "Needs", "too-long")]
