"""Standards on the page: found by code in any spelling or by words, with the packs that serve each."""

import pytest
from sqlalchemy import select

from portal.db import db
from portal.standards.importing import StandardsImporter
from portal.standards.models import Framework, Standard
from portal.web.importing import guess_columns, run
from portal.web.tables import read_pasted
from tests.resources.packs import make_pack

TEXT = """code,statement,grade,sep_codes
MS-PS2-1,Apply Newton's third law to collisions,6-8,"INV-M1, MOD=P4"
MS-PS2-2,Plan an investigation of motion,6-8,
INV-M1,Plan an investigation,6-8,
"""


@pytest.fixture
def lines(in_app) -> dict[str, int]:
    with in_app():
        for framework, text in (("NGSS", TEXT), ("CSTA", "code,statement\n2-AP-11,Create named variables")):
            sheet = read_pasted(text)
            importer = StandardsImporter(framework)
            run(importer, sheet, guess_columns(sheet.headings, importer.fields))
        make_pack(standards=("ms ps2 1",))
        make_pack(shared=False, title="A draft", standards=("MS-PS2-1",))
        make_pack("kofi", network="fell-and-furrow", title="Elsewhere", standards=("MS-PS2-1",))
        return {row.code: row.id for row in db.session.execute(select(Standard.code, Standard.id))}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"MS-PS2-1", "MS-PS2-2", "INV-M1", "2-AP-11"}),
        ("q=ms+ps2.1", {"MS-PS2-1"}),
        ("q=MSPS2", {"MS-PS2-1", "MS-PS2-2"}),
        ("q=NGSS:ms-ps2-2", {"MS-PS2-2"}),
        ("q=collisions", {"MS-PS2-1"}),
        ("framework=CSTA", {"2-AP-11"}),
        ("q=investigation&framework=CSTA", set()),
    ],
)
def test_a_line_is_found(as_, lines, query, codes):
    page = as_("tobi").get(f"/standards/?{query}").text
    assert {code for code in lines if f">{code}</a>" in page} == codes


def test_packs_are_counted_for_the_networks_i_belong_to(as_, lines):
    where = f"/standards/{lines['MS-PS2-1']}"
    assert "Paper bridges" in as_("tobi").get(where).text
    assert "Elsewhere" not in as_("tobi").get(where).text and "A draft" not in as_("tobi").get(where).text
    assert "Elsewhere" in as_("kofi").get(where).text
    assert "None yet in the networks" in as_("hana").get(where).text
    assert as_("tobi").get("/standards/999").status_code == 404


def test_a_code_that_leads_nowhere_is_told(app, as_, lines):
    assert "(leads nowhere)" in as_("tobi").get(f"/standards/{lines['MS-PS2-1']}").text
    with app.app_context():
        framework = db.session.execute(select(Framework.id).where(Framework.code == "NGSS")).scalar_one()
    assert "MOD=P4" in as_("tobi").get(f"/standards/frameworks/{framework}/unknown-codes").text


def test_the_list_is_a_spreadsheet_too(as_, lines):
    answer = as_("tobi").get("/standards/?framework=NGSS&format=csv")
    assert "MS-PS2-1" in answer.text and "2-AP-11" not in answer.text


def test_strangers_sign_in_first(client, lines):
    assert client.get("/standards/").status_code == 303


def test_the_pages_ask_little_of_the_database(as_, queries, lines):
    tobi = as_("tobi")
    tobi.get("/standards/")
    for where in ("/standards/?q=investigation", f"/standards/{lines['MS-PS2-1']}"):
        with queries() as seen:
            assert tobi.get(where).status_code == 200
        assert len(seen) <= 12
