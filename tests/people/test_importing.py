"""Real lists of people: matched by address, else by name where they work; twice without change; bad rows returned."""

import pytest
from sqlalchemy import delete, func, select

from portal.db import db
from portal.mail.models import OutboxMail
from portal.organisations.workplaces import Workplaces
from portal.people.importing import PeopleImporter
from portal.people.models import Affiliation, EmailAddress, Person
from portal.web.errors import DomainError
from portal.web.importing import Ask, guess_columns, rehearse, rejects_csv, run
from portal.web.tables import read_pasted, read_sheet
from tests import cast

LISTS = [
    # name, rows, rows without a name
    ("tx_superintendents.csv", 1218, 2),
    ("reencoded/tx_superintendents__utf8bom_semicolon_crlf.csv", 1218, 2),
    ("ca_districts_raw.txt", 1070, 10),
    ("reencoded/ca_superintendents__cp1252_comma.csv", 1070, 10),
    ("oh_districts_raw.csv", 607, 0),
    ("reencoded/oh_superintendents__saved_as.xlsx", 607, 0),
    ("reencoded/oh_districts__excel_unicode_text_utf16le_tab.txt", 607, 0),
]


def bring(sheet, by=None, **more):
    importer = PeopleImporter(by, None, "list.csv", Workplaces())
    return run(importer, sheet, guess_columns(sheet.headings, PeopleImporter.fields), **more)


def bring_text(text, **more):
    return bring(read_pasted(text), **more)


def person(name):
    return db.session.execute(select(Person).where(Person.name == name)).scalar_one()


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count", "nameless"), LISTS)
def test_a_list_comes_in_whole_and_a_second_time_changes_nothing(in_app, shared_data, name, count, nameless):
    sheet = read_sheet(shared_data / "people-spreadsheets" / name, name)
    with in_app():
        first, again = bring(sheet), bring(sheet)
        mailed = db.session.execute(select(func.count()).select_from(OutboxMail)).scalar_one()
    assert (first.read, len(first.rejected), first.created + first.updated + first.unchanged) == (
        count,
        nameless,
        count - nameless,
    )
    assert (again.created, again.updated, again.unchanged, len(again.rejected)) == (0, 0, count - nameless, nameless)
    assert mailed == 0


@pytest.mark.shared
def test_one_address_at_two_districts_is_one_person(in_app, shared_data):
    name = "tx_superintendents.csv"
    with in_app():
        outcome = bring(read_sheet(shared_data / "people-spreadsheets" / name, name))
        busiest = (
            select(func.count())
            .select_from(Affiliation)
            .group_by(Affiliation.person_id)
            .order_by(func.count().desc())
            .limit(1)
        )
        assert db.session.execute(busiest).scalar_one() == 7
    assert (outcome.created, outcome.updated) == (1201, 15)


@pytest.mark.shared
def test_names_of_every_script_come_in_as_they_are(in_app, shared_data):
    name = "cldr_sample_person_names.csv"
    with in_app():
        outcome = bring(read_sheet(shared_data / "unicode-names" / name, name))
        names = set(db.session.execute(select(Person.name)).scalars())
    assert (outcome.read, outcome.rejected) == (504, [])
    assert {"ललित शर्मा", "安藤一郎", "ไอริณ กล้าหาญ", "Mátrai Dóra"} & names >= {"ललित शर्मा", "安藤一郎", "ไอริณ กล้าหาญ"}


@pytest.mark.shared
def test_strings_that_trip_others_are_names_like_any(in_app, shared_data):
    lines = (shared_data / "unicode-names" / "blns.txt").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    text = "Name,Email\n" + "".join(
        '"{}",n{}@blns.example\n'.format(row.replace('"', '""'), place) for place, row in enumerate(rows)
    )
    with in_app():
        outcome = bring(read_sheet(text.encode(), "blns.csv"))
        again = bring(read_sheet(text.encode(), "blns.csv"))
    assert outcome.read == len(rows) and outcome.created + len(outcome.rejected) == len(rows)
    assert all("name" in one.reason for one in outcome.rejected)
    assert again.created == again.updated == 0


def test_a_surname_with_a_comma_and_parts_of_a_name_are_one_name(in_app):
    with in_app():
        bring_text("Teacher\tEmail\nFarrow, Ada\ta@x.example\nJoe Field, Jr.\tb@x.example\n")
        bring_text("First name\tSurname\tEmail\nNell\tde la Cruz\tc@x.example\n")
        names = set(db.session.execute(select(Person.name)).scalars())
    assert {"Ada Farrow", "Joe Field, Jr.", "Nell de la Cruz"} <= names


def test_an_address_of_somebody_else_is_sent_back_with_her_name(in_app):
    with in_app():
        outcome = bring_text("Name\tEmail\nMoss Beck\tTOBI@tarn-and-tide.example\n")
    assert outcome.rejected[0].reason == "This address belongs to Tobi Larkhill."


def test_a_coordinator_learns_nothing_of_other_networks_by_an_import(in_app):
    with in_app():
        ines = cast.person_id("ines")
        outcome = bring_text(
            "Name\tEmail\tPhone\nMoss Beck\tkofi@tarn-and-tide.example\t\nKofi Marrable\tkofi@tarn-and-tide.example\t123\n",
            by=ines,
        )
        assert person("Kofi Marrable").phone is None
    assert "Kofi" not in outcome.rejected[0].reason and outcome.unchanged == 1


def test_a_list_makes_no_member_of_somebody_who_signs_in_elsewhere(in_app):
    joined = []
    rows = "Name\tEmail\nKofi Marrable\tkofi@tarn-and-tide.example\n"
    with in_app():
        ines, kofi = cast.person_id("ines"), cast.person_id("kofi")
        importer = PeopleImporter(
            ines, cast.network_id(), after_write=lambda person_id, place: joined.append(person_id)
        )
        outcome = run(importer, read_pasted(rows), {"Name": "name", "Email": "email"})
        chosen = run(
            PeopleImporter(ines, cast.network_id(), after_write=lambda person_id, place: joined.append(person_id)),
            read_pasted("Name\nKofi Marrable\n"),
            {"Name": "name"},
            decisions={2: str(kofi)},
        )
    assert "Invite her" in outcome.rejected[0].reason
    assert kofi not in joined and len(chosen.rejected) == 1


def test_what_a_person_said_herself_stands(in_app):
    with in_app():
        person("Tobi Larkhill").phone = "1"
        db.session.flush()
        bring_text("Name\tEmail\tPhone\nTobi Larkhill\ttobi@tarn-and-tide.example\t2\n")
        assert person("Tobi Larkhill").phone == "1"


def test_an_address_that_a_list_brings_opens_no_door(app, client, in_app):
    with in_app():
        outcome = bring_text("Name\tEmail\tSchool\nTobi Larkhill\tmine@elsewhere.example\tLow Garrick School\n")
        assert outcome.updated == 1
    client.post("/sign-in", data={"address": "mine@elsewhere.example"})
    with app.app_context():
        assert db.session.execute(select(OutboxMail)).first() is None


def test_nor_where_she_who_signs_in_has_no_address_at_all(app, client, in_app):
    """Codes for her door would go there, to whoever brought the list."""
    with in_app():
        leon = cast.person_id("leon")
        db.session.execute(delete(EmailAddress).where(EmailAddress.person_id == leon))
        db.session.commit()
        outcome = bring_text("Name\tEmail\tSchool\nLeon Farrowby\tl@x.example\tWithen Cross First School\n")
        assert outcome.updated == 1, outcome
        brought = db.session.execute(select(EmailAddress).where(EmailAddress.folded == "l@x.example")).scalar_one()
        assert brought.person_id == leon and not brought.is_primary
    client.post("/sign-in", data={"address": "l@x.example"})
    with app.app_context():
        codes = select(OutboxMail).where(OutboxMail.kind == "sign-in-code")
        assert db.session.execute(codes).first() is None


def test_without_addresses_name_and_school_tell(in_app):
    with in_app():
        first = bring_text(
            "Name\tSchool\nAda Farrow\tLow Garrick School\nAda Farrow\tKestrel Lane Primary\nada farrow\tLow Garrick School\n"
        )
    assert (first.created, first.unchanged) == (2, 1)


def test_a_similar_name_at_the_same_school_is_asked_about(in_app):
    sheet = read_pasted("Name\tSchool\nT. Larkhill\tLow Garrick School\n")
    columns, asked = guess_columns(sheet.headings, PeopleImporter.fields), []
    with in_app():
        rehearse(
            PeopleImporter(None, None, "", Workplaces()), sheet, columns, watch=lambda row, plan: asked.append(plan)
        )
        assert isinstance(asked[0], Ask) and asked[0].candidates[0].label.startswith("Tobi Larkhill")
        same = run(
            PeopleImporter(None, None, "", Workplaces()), sheet, columns, decisions={2: str(asked[0].candidates[0].id)}
        )
    assert (same.created, same.unchanged) == (0, 1)


def test_roles_subjects_and_the_rest_find_their_place(in_app):
    with in_app():
        bring_text(
            "Name\tEmail\tSchool\tRole\tSubjects\nAda Farrow\ta@x.example\tBeck School\tTeacher\tPhysics; bee keeping\n"
        )
        ada = person("Ada Farrow")
        work = db.session.execute(select(Affiliation).where(Affiliation.person_id == ada.id)).scalar_one()
        address = db.session.execute(select(EmailAddress).where(EmailAddress.person_id == ada.id)).scalar_one()
        assert (ada.knows_about, ada.admitted_at, work.role_id is None, address.is_primary) == (
            "bee keeping",
            None,
            False,
            True,
        )


@pytest.mark.parametrize(
    ("row", "reason"),
    [("\ta@x.example", "no name"), ("Ada\tnot-an-address", "not an email address"), ("x" * 300 + "\t", "longer")],
)
def test_a_row_that_cannot_be_read_comes_back_with_its_reason(in_app, row, reason):
    with in_app():
        sheet = read_pasted(f"Name\tEmail\n{row}\n")
        outcome = bring(sheet)
        assert reason in outcome.rejected[0].reason and reason in rejects_csv(outcome, sheet).decode()


@pytest.mark.shared
def test_a_web_page_saved_as_a_workbook_is_refused_in_words(shared_data, in_app):
    with in_app(), pytest.raises(DomainError, match="web page"):
        read_sheet(shared_data / "people-spreadsheets" / "mi_districts.xlsx", "mi_districts.xlsx")
