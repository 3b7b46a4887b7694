"""The import through its pages: the sheet, its columns, a look ahead, what came of it."""

from io import BytesIO

from sqlalchemy import select

from portal.db import db
from portal.networks.models import Membership, NetworkOrganisation
from portal.people.models import Person
from tests import cast

SHEET = "Name,Email,School\nAda Farrow,ada@x.example,Beck School\nT. Larkhill,,Low Garrick School\n,nobody@x.example,\n"


def upload(browser, text=SHEET, where="/people/import", name="list.csv", **more):
    data = {"file": (BytesIO(text.encode()), name), "choice": "tarn-and-tide"} | more
    return browser.post(where, data=data, content_type="multipart/form-data")


def test_a_list_goes_through_all_four_steps(app, as_):
    ines = as_("ines")
    step = upload(ines).location
    page = ines.get(step).text
    assert "Which column is what" in page and "Ada Farrow" in page
    ahead = ines.post(step, data={"column-0": "name", "column-1": "email", "column-2": "organisation"}).location
    page = ines.get(ahead).text
    assert "Look alike" in page and "Tobi Larkhill" in page and "There is no name" in page
    result = ines.post(ahead, data={"duplicates": "update", "row-3": "keep"}).location
    page = ines.get(result).text
    assert "The sheet is in" in page and "3 rows were read" in page
    back = ines.get(result.replace("/done", "/rejects.csv"))
    assert b"nobody@x.example" in back.data and b"no name" in back.data
    with app.app_context():
        ada = db.session.execute(select(Person).where(Person.name == "Ada Farrow")).scalar_one()
        member = db.session.execute(select(Membership).where(Membership.person_id == ada.id)).scalar_one()
        assert (member.network_id, member.role, member.how, ada.admitted_at) == (
            cast.network_id(),
            "member",
            "import",
            None,
        )
        assert (
            len(
                db.session.execute(
                    select(NetworkOrganisation).where(NetworkOrganisation.network_id == cast.network_id())
                ).all()
            )
            == 5
        )
        assert db.session.execute(select(Person).where(Person.name == "T. Larkhill")).first() is None


def test_nothing_is_kept_before_the_last_step(app, as_):
    ines = as_("ines")
    step = upload(ines).location
    ines.post(step, data={"column-0": "name"})
    ines.get(step.removesuffix("/columns"))
    with app.app_context():
        assert db.session.execute(select(Person).where(Person.name == "Ada Farrow")).first() is None


def test_rows_can_be_pasted(as_):
    answer = as_("ines").post("/people/import", data={"pasted": "Name\tEmail\nAda\ta@x.example\n", "choice": ""})
    assert answer.status_code == 303


def test_what_cannot_be_read_is_said_beside_the_field(as_):
    ines = as_("ines")
    assert ines.post("/people/import", data={"choice": ""}).status_code == 422
    answer = upload(ines, "<html><body>Access denied</body></html>", name="list.xlsx")
    assert answer.status_code == 422 and "web page" in answer.text


def test_columns_that_make_no_sense_are_asked_for_again(as_):
    ines = as_("ines")
    step = upload(ines).location
    answer = ines.post(step, data={"column-0": "name", "column-1": "name"})
    assert answer.status_code == 422 and "Two columns" in answer.text


def test_a_choice_of_columns_is_offered_again(as_):
    ines = as_("ines")
    ines.post(upload(ines).location, data={"column-0": "called", "column-1": "email", "column-2": "name"})
    page = ines.get(upload(ines).location).text
    assert '<option value="called" selected>' in page


def test_a_waiting_sheet_is_nobody_elses(as_):
    step = upload(as_("ines")).location
    assert as_("mairead").get(step).status_code == 404
    assert as_("tobi").get(step).status_code == 403


def test_a_network_of_others_is_not_offered(as_):
    assert "fell-and-furrow" not in as_("ines").get("/people/import").text
    assert upload(as_("ines"), choice="fell-and-furrow").status_code == 422


def test_organisations_come_in_by_the_same_steps(app, as_):
    ines = as_("ines")
    text = "School name,URN,Town\nBeck School,77,Beck\nLow Garrick School,,Low Garrick\n"
    step = upload(ines, text, "/organisations/import", choice="").location
    ahead = ines.post(step, data={"column-0": "name", "column-1": "code", "column-2": "place"}).location
    assert "Beck School" in ines.get(ahead).text
    result = ines.post(ahead, data={"duplicates": "update"}).location
    assert "2 rows were read" in ines.get(result).text
