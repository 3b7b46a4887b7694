"""Standards as real files hold them: every record arrives, twice changes nothing, typing errors are reported."""

import json

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.standards.importing import StandardsImporter
from portal.standards.models import Framework, Standard
from portal.standards.queries import resolve, standards
from portal.web.errors import DomainError
from portal.web.importing import guess_columns, run
from portal.web.tables import read_pasted, read_sheet

US, ENGLAND = "standards-us", "standards-england"


def bring(path, **options):
    """Import a file as the command does, with the columns that are guessed."""
    sheet = read_sheet(path, path.name)
    importer = StandardsImporter(file_name=path.name, **options)
    return run(importer, sheet, guess_columns(sheet.headings, importer.fields)), importer


def paste(text, **options):
    sheet = read_pasted(text)
    importer = StandardsImporter(**options)
    return run(importer, sheet, guess_columns(sheet.headings, importer.fields)), importer


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "read", "created", "framework"),
    [
        (f"{US}/ngss_performance_expectations.csv", 208, 208, "NGSS"),
        (f"{US}/ngss_element_codes.csv", 654, 654, "NGSS"),
        (f"{US}/formatted_ngss.csv", 544, 544, "NGSS"),
        (f"{US}/formatted_CommonCoreMath.csv", 517, 517, "CCSS.Math"),
        (f"{US}/standards-ngss-dictionary.json", 100, 100, "NGSS"),
        (f"{US}/standards-csta-dictionary.json", 103, 103, "CSTA"),
        (f"{US}/standards-k12cs-dictionary.json", 34, 34, "K12CS"),
        (f"{US}/standards-cc-math-dictionary.json", 431, 431, "CCSS.Math"),
        (f"{US}/standards-or-dictionary.json", 226, 226, "OR"),
        # One concept stands in two of its source files.
        (f"{ENGLAND}/national_curriculum_concepts.csv", 52, 51, "NC-England"),
    ],
)
def test_every_record_arrives_and_a_second_time_changes_nothing(in_app, shared_data, name, read, created, framework):
    with in_app():
        first, _importer = bring(shared_data / name)
        assert (first.read, first.created, first.rejected) == (read, created, [])
        assert db.session.execute(select(Framework.code)).scalars().all() == [framework]
        second, _importer = bring(shared_data / name)
        assert (second.read, second.unchanged) == (read, read)
        assert db.session.execute(select(func.count(Standard.id))).scalar_one() == created


@pytest.mark.shared
def test_the_files_of_one_framework_meet_in_its_lines(in_app, shared_data):
    with in_app():
        bring(shared_data / US / "ngss_element_codes.csv")
        outcome, _importer = bring(shared_data / US / "formatted_ngss.csv")
        assert (outcome.created, outcome.updated + outcome.unchanged) == (0, 544)
        line = db.session.execute(select(Standard).where(Standard.code == "AQDP-P1")).scalar_one()
        assert line.grade == "K, 1, 2"


@pytest.mark.shared
def test_typing_errors_of_the_source_are_reported_and_kept(in_app, shared_data):
    with in_app():
        bring(shared_data / US / "ngss_element_codes.csv")
        _outcome, importer = bring(shared_data / US / "ngss_performance_expectations.csv")
        said = " ".join(importer.remarks)
        assert all(code in said for code in ("ARF-E6", "MOF-H5", "LS3.A-M1. LS3.B-M2", "INFLU-M4"))
        # A wrong sign or dot too many is no other code: MOD=P4 is MOD-P4, and leads there.
        assert "MOD=P4" not in said


@pytest.mark.shared
def test_a_code_is_found_in_both_its_spellings(in_app, shared_data):
    with in_app():
        bring(shared_data / US / "formatted_CommonCoreMath.csv")
        for typed in ("K.CC.A.1", "k cc a 1", "CCSS.Math:K.CC.A.1", "common core: K-CC-A-1"):
            assert resolve([typed])[typed].code == "K.CC.A.1"
        also = db.session.execute(standards("CC.A.1", "CCSS.Math")).all()
        assert "K.CC.A.1" in {row.code for row in also}


def test_the_same_code_in_other_spelling_is_the_same_line(in_app):
    with in_app():
        paste("code,statement\nHSA-SSE.A.1a,Old words", framework="CCSS.Math")
        outcome, _importer = paste("code,statement\nHSA.SSE.A.1.A,New words", framework="ccss")
        assert (outcome.created, outcome.updated) == (0, 1)
        line = db.session.execute(select(Standard)).scalar_one()
        assert (line.code, line.also, line.statement) == ("HSA-SSE.A.1a", "HSA.SSE.A.1.A", "New words")


def test_a_column_may_name_the_framework_of_each_row(in_app):
    with in_app():
        outcome, _importer = paste("framework,code,statement\nCSTA,1A-1,One\nLocal,L1,Two\n,L2,Three")
        assert outcome.created == 2
        assert [row.reason for row in outcome.rejected] == ["The framework is missing."]


def test_without_a_framework_nothing_is_guessed(in_app):
    with in_app(), pytest.raises(DomainError, match="Say which framework"):
        paste("code,statement\nX-1,Words")


def test_rows_that_say_too_little_come_back_with_the_reason(in_app):
    with in_app():
        outcome, _importer = paste(f"code,statement\n,Words\nX-1,\n{'X' * 81}1,Words\nX-2,Good", framework="Local")
        assert outcome.created == 1
        assert [row.number for row in outcome.rejected] == [2, 3, 4]


def test_silence_changes_nothing(in_app):
    with in_app():
        paste("code,statement,grade\nX-1,Words,06", framework="Local")
        outcome, _importer = paste("code,statement,grade\nX-1,Words,", framework="Local")
        assert outcome.unchanged == 1
        assert db.session.execute(select(Standard.grade)).scalar_one() == "6"


def test_skipping_duplicates_leaves_what_is_there(in_app):
    with in_app():
        paste("code,statement\nX-1,Old", framework="Local")
        sheet = read_pasted("code,statement\nX-1,New\nX-2,Also new")
        importer = StandardsImporter("Local")
        outcome = run(importer, sheet, guess_columns(sheet.headings, importer.fields), on_duplicate="skip")
        assert (outcome.created, outcome.skipped) == (1, 1)


def test_the_first_row_of_a_file_wins(in_app):
    text = "code,statement,code2\nX-1,First,\nX-1,Second,Y-1"
    with in_app():
        first, _importer = paste(text, framework="Local")
        assert (first.created, first.updated) == (1, 1)
        second, _importer = paste(text, framework="Local")
        assert second.unchanged == 2
        assert db.session.execute(select(Standard.statement)).scalar_one() == "First"


def test_a_code_that_two_frameworks_have_needs_its_framework(in_app):
    with in_app():
        paste("code,statement\n5.OA.A,One", framework="CCSS.Math")
        paste("code,statement\n5.OA.A,Other", framework="OR")
        assert resolve(["5.OA.A"]) == {}
        assert resolve(["OR:5.OA.A"])["OR:5.OA.A"].framework == "OR"


def test_a_dictionary_of_codes_is_a_table(in_app, tmp_path):
    file = tmp_path / "standards-csta-dictionary.json"
    file.write_text(json.dumps({"1B-CS-01": {"description": "Describe parts.", "lessons": []}}))
    with in_app():
        outcome, _importer = bring(file)
        assert outcome.created == 1
