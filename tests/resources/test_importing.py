"""Lesson catalogues become packs: every record, twice without change, unclear licences returned."""

import csv
import json

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.networks.models import Network
from portal.resources.importing import PacksImporter
from portal.resources.importing_text import first_sentence, tidy_markdown
from portal.resources.licences import licence_code, licence_name
from portal.resources.models import Pack, PackStandard, PackWord
from portal.resources.queries import words_of_packs
from portal.standards.importing import StandardsImporter
from portal.vocabulary.models import Word
from portal.web.errors import DomainError
from portal.web.importing import guess_columns, run
from portal.web.tables import read_pasted, read_sheet
from tests import cast

OER = "oer-lessons"
ROW = "title,author,licence,code,ages,minutes,standards\n"


def bring(path, **options):
    return _run(read_sheet(path, path.name), **options)


def paste(text, **options):
    return _run(read_pasted(text), **options)


def _run(sheet, **options):
    usual = {"actor_id": cast.person_id("ines"), "network_id": cast.network_id()}
    importer = PacksImporter(**(usual | options))
    return run(importer, sheet, guess_columns(sheet.headings, importer.fields)), importer


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "records", "with_codes"),
    [("csunplugged_lessons.csv", 26, 0), ("bootstrap_lessons.csv", 71, 56), ("teals_python_lessons.csv", 44, 39)],
)
def test_every_lesson_arrives_and_a_second_time_changes_nothing(in_app, shared_data, name, records, with_codes):
    with in_app():
        first, importer = bring(shared_data / OER / name)
        assert (first.read, first.created, first.rejected) == (records, records, [])
        assert db.session.execute(select(func.count(func.distinct(PackStandard.pack_id)))).scalar_one() == with_codes
        assert bool(importer.remarks) == bool(with_codes)
        second, _importer = bring(shared_data / OER / name)
        assert (second.read, second.unchanged) == (records, records)


@pytest.mark.shared
def test_a_lesson_is_told_in_plain_words(in_app, shared_data):
    with in_app():
        bring(shared_data / OER / "csunplugged_lessons.csv")
        bring(shared_data / OER / "bootstrap_lessons.csv")
        packs = list(db.session.execute(select(Pack)).scalars())
        texts = [text for pack in packs for text in (pack.title, pack.strapline, pack.about)]
        assert not [text for text in texts if "@lesson" in text or "{" in text]
        assert not [pack.strapline for pack in packs if "**" in pack.strapline]
        assert all(pack.strapline and len(pack.strapline) <= 300 for pack in packs)
        assert {pack.licence for pack in packs} == {"cc-by-sa-4.0", "cc-by-nc-sa-4.0"}


@pytest.mark.shared
def test_ages_become_the_words_of_the_region(in_app, shared_data):
    with in_app():
        bring(shared_data / OER / "csunplugged_lessons.csv")
        packs = list(db.session.execute(select(Pack.id, Pack.minutes)))
        phases = {word.code for said in words_of_packs([row.id for row in packs]).values() for word in said["phase"]}
        assert phases == {"primary", "secondary"}
        assert {row.minutes for row in packs} == {30, 45, 60}


@pytest.mark.shared
def test_codes_find_the_standards_that_are_imported(in_app, shared_data):
    with in_app():
        sheet = read_sheet(shared_data / "standards-us" / "standards-csta-dictionary.json")
        run(StandardsImporter("CSTA"), sheet, {"code": "code", "description": "statement"})
        bring(shared_data / OER / "teals_python_lessons.csv")
        assert db.session.execute(select(func.count(PackStandard.standard_id))).scalar_one() >= 39


def test_they_are_drafts_unless_a_coordinator_says_otherwise(in_app):
    with in_app():
        paste(ROW + "One,Ann,CC BY 4.0,a1,8-10,45,")
        paste(ROW + "Two,Ann,CC BY 4.0,a2,8-10,45,", state="shared")
        states = {pack.title: pack.state for pack in db.session.execute(select(Pack)).scalars()}
        assert states == {"One": "draft", "Two": "shared"}


def test_rows_that_are_unclear_come_back(in_app):
    with in_app():
        outcome, _importer = paste(
            ROW + "One,Ann,CC BY 4.0,a1,8-10,soon,\nTwo,,CC BY 4.0,a2,,,\n,Ann,CC BY,a3,,,\nFour,Ann,Fair use,a4,,,"
        )
        assert [(one.number, one.reason.split()[0]) for one in outcome.rejected] == [
            (2, "“soon”"),
            (3, "The"),
            (4, "The"),
            (5, "The"),
        ]
        assert outcome.created == 0


def test_silence_changes_nothing_and_news_is_taken(in_app):
    with in_app():
        paste(ROW + "One,Ann,CC BY 4.0,a1,8-10,45,MS-PS2-1")
        outcome, _importer = paste(ROW + "One again,Ann,CC BY 4.0,a1,,,")
        pack = db.session.execute(select(Pack)).scalar_one()
        assert (outcome.updated, pack.title, pack.minutes) == (1, "One again", 45)
        assert db.session.execute(select(func.count(PackWord.word_id))).scalar_one() == 1


def test_without_a_network_nothing_happens(in_app):
    with in_app(), pytest.raises(DomainError, match="which network"):
        paste(ROW, network_id=None)


def test_without_an_importer_they_belong_to_a_coordinator(in_app):
    with in_app():
        paste(ROW + "One,Ann,CC BY 4.0,a1,,,", actor_id=None)
        owner = db.session.execute(select(Pack.owner_id)).scalar_one()
        assert owner in {cast.person_id("ines"), cast.person_id("mairead")}


def test_american_networks_read_grades(in_app):
    with in_app():
        db.session.add_all(Word(kind="phase", code=code, label=code) for code in ("elementary", "middle", "high"))
        db.session.get(Network, cast.network_id()).locale = "en_US"
        paste("title,author,licence,grades\nOne,Ann,CC BY 4.0,Grades 6-8")
        pack_id = db.session.execute(select(Pack.id)).scalar_one()
        assert [word.code for word in words_of_packs([pack_id])[pack_id]["phase"]] == ["middle"]


SPELLINGS = {
    "Creative Commons 4.0 - NC - SA": "cc-by-nc-sa-4.0",
    "Apache License Version 2.0": "apache-2.0",
    "Public Domain": "public-domain",
    "CCO 1.0 Universal": "cc0-1.0",
    "CC BY-SA 4.0": "cc-by-sa-4.0",
    "NonCommercial-ShareAlike 2.0 Generic (CC BY-NC-SA 2.0)": "cc-by-nc-sa-2.0",
    "CC - BY - SA": "cc-by-sa-4.0",
    "Creative Commons 2.0 - BY - SA": "cc-by-sa-2.0",
    "Creative Commons BY-SA 2.0": "cc-by-sa-2.0",
    "Creative Commons 4.0 - BY 4.0": "cc-by-4.0",
    "Creative Commons 2.0 - CC - BY": "cc-by-2.0",
    "Creative Commons Attribution-Share Alike 2.0 Generic": "cc-by-sa-2.0",
    "Creative Commons 1.0 Public Domain": "public-domain",
    "Creative Commons 2.0 - NC - ND": "cc-by-nc-nd-2.0",
    "CC BY-NC 2.0": "cc-by-nc-2.0",
    "Used with permission from the creator.": "permission",
    "Pixabay License (no attribution required)": None,
    "Creative Commons 2.0 - Generic": None,
    "Creative Commons 2.0": None,
    "This image is used under the guidelines for Fair Use of media": None,
    "All Rights Reserved": None,
    "": None,
}


@pytest.mark.parametrize(("spelling", "code"), SPELLINGS.items())
def test_a_licence_is_known_by_its_spelling_or_refused(spelling, code):
    assert licence_code(spelling) == code


@pytest.mark.shared
def test_the_spellings_of_the_wild_are_all_settled(shared_data):
    with (shared_data / OER / "bootstrap_image_credits.csv").open(encoding="utf-8-sig") as file:
        spellings = {row["license"] for row in csv.DictReader(file)}
    known = {spelling: licence_code(spelling) for spelling in spellings}
    assert len(known) == 27
    assert sum(code is None for code in known.values()) == 7
    assert sum(code == "public-domain" for code in known.values()) == 3


@pytest.mark.shared
def test_names_of_another_catalogue_agree(shared_data):
    names = [one["name"] for one in json.loads((shared_data / OER / "kolibri_licenselookup.json").read_text()).values()]
    found = [licence_code(name) for name in names]
    assert [licence_name(code).removesuffix(" 4.0") for code in found[:6]] == names[:6]
    assert found[6:] == [None, "public-domain", "permission"]


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("work in @proglang. _See @lesson-link{project-logo}_", "work in proglang. _See project logo_"),
        ('{panel type="x"} Hello <b>you</b>', "Hello you"),
        ("[Binary lessons]('topics:topic' 'searching').", "Binary lessons."),
        ("link:https://example.org/a[Here] and @link{https://example.org, there}", "Here and there"),
    ],
)
def test_marks_of_other_systems_become_words(text, tidy):
    assert tidy_markdown(text) == tidy


def test_the_first_sentence_is_one_and_plain():
    assert first_sentence("Define: **IDE**, **Python** and more. Then go on.") == "Define: IDE, Python and more."
    assert len(first_sentence("word " * 200)) <= 300
