"""Real directories: each comes in with the count that its source gives, twice without change, bad rows returned."""

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.organisations.importing import OrganisationsImporter
from portal.organisations.models import Organisation
from portal.vocabulary.operations import start_words
from portal.web.importing import guess_columns, run
from portal.web.tables import read_pasted, read_sheet

DIRECTORIES = [
    ("washington_districts.csv", 342),
    ("washington_districts_nces_download.xls", 342),
    ("geocoded_washington_schools.csv", 2553),
    ("missouri_districts.csv", 558),
    ("missouri_districts.geojson", 558),
    ("missouri_schools_coordinates.csv", 2412),
    ("nces_districts_MO_OR_WA.csv", 1128),
    ("england_edubase_2017_subset.csv", 2807),
]


def bring(sheet, source="", **more):
    return run(
        OrganisationsImporter(source=source), sheet, guess_columns(sheet.headings, OrganisationsImporter.fields), **more
    )


def bring_text(text):
    return bring(read_pasted(text))


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count"), DIRECTORIES)
def test_a_directory_comes_in_whole_and_a_second_time_changes_nothing(in_app, shared_data, name, count):
    sheet = read_sheet(shared_data / "schools" / name, name)
    with in_app():
        first, again = bring(sheet, name), bring(sheet, name)
    assert (first.read, first.created + first.updated + first.unchanged, len(first.rejected)) == (count, count, 0)
    assert first.created >= count - 1
    assert again.counts() == {
        "read": count,
        "created": 0,
        "updated": 0,
        "unchanged": count,
        "skipped": 0,
        "rejected": 0,
    }


@pytest.mark.shared
def test_schools_find_their_districts_and_keep_their_zeros(in_app, shared_data):
    with in_app():
        start_words()
        for name in ("washington_districts.csv", "geocoded_washington_schools.csv", "england_edubase_2017_subset.csv"):
            bring(read_sheet(shared_data / "schools" / name, name), name)
        orphans = select(func.count()).where(
            Organisation.kind == "school", Organisation.parent_id.is_(None), Organisation.code_scheme == "NCES"
        )
        assert db.session.execute(orphans).scalar_one() == 0
        authorities = select(func.count()).where(Organisation.code_scheme == "LA")
        assert db.session.execute(authorities).scalar_one() == 83
        school = db.session.execute(select(Organisation).where(Organisation.code == "530486002475")).scalar_one()
        assert (school.enrolment, school.phase, school.locale) == (159, "6–8", "suburb")


def test_marks_for_nothing_are_nothing(in_app):
    with in_app():
        bring_text("School name\tURN\tTown\tPhone\tStudents\nBeck School\t0042\tNA\t†\t–\n")
        made = db.session.execute(select(Organisation).where(Organisation.code == "0042")).scalar_one()
        assert (made.place, made.phone, made.enrolment) == ("", "", None)


def test_one_name_with_two_codes_is_two_schools(in_app):
    with in_app():
        assert bring_text("School name\tURN\tTown\nBeck School\t1\tBeck\nBeck School\t2\tBeck\n").created == 2


def test_without_codes_name_and_place_tell(in_app):
    with in_app():
        outcome = bring_text("Name\tTown\nBeck School\tBeck\nBeck School\tFell\nbeck  school\tBECK\n")
    assert (outcome.created, outcome.unchanged) == (2, 1)


def test_a_code_is_learnt_by_what_was_known_by_name(in_app):
    with in_app():
        outcome = bring_text("Name\tURN\tTown\nFenwater Seconday\t\tFenwater\nNew Beck\t\tBeck\n")
        again = bring_text("Name\tURN\tTown\nNew Beck\t77\tBeck\n")
    assert (outcome.created, again.created, again.updated) == (2, 0, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [("\t1\t\t", "no name"), ("A\t1\t91\t", "coordinates"), ("A\t1\t\tmany", "number"), (f"{'x' * 251}\t1\t\t", "250")],
)
def test_a_row_that_cannot_be_read_says_why(in_app, row, reason):
    with in_app():
        outcome = bring_text(f"Name\tURN\tLatitude\tStudents\n{row}\n")
    assert reason in outcome.rejected[0].reason


def test_formulas_are_plain_text(in_app):
    with in_app():
        bring_text("Name\tURN\n=HYPERLINK(1)\t9\n")
        assert (
            db.session.execute(select(Organisation.name).where(Organisation.code == "9")).scalar_one()
            == "=HYPERLINK(1)"
        )
