"""Two records of one school made one, and apart again."""

from sqlalchemy import select

from portal.db import db, writing
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Merge
from tests import cast


def twins(app):
    with app.app_context(), writing():
        made = Organisation(
            name="Low Garrick",
            sort_name="low garrick",
            place="Low Garrick",
            code_scheme="URN",
            code="9",
            phone="5",
            created_at=cast.NOW,
        )
        db.session.add(made)
        db.session.flush()
        db.session.add(Affiliation(person_id=cast.person_id("leon"), organisation_id=made.id))
        db.session.commit()
        return db.session.execute(
            select(Organisation.id).where(Organisation.name == "Low Garrick School")
        ).scalar_one(), made.id


def facts(app, organisation_id):
    with app.app_context():
        row = db.session.get(Organisation, organisation_id)
        return row.name, row.code, row.phone, row.merged_into


def test_a_school_takes_the_code_of_its_twin_and_gives_it_back(app, as_):
    kept, gone = twins(app)
    before, ines = (facts(app, kept), facts(app, gone)), as_("ines")
    chosen = {f"take-{name}": str(gone) for name in ("code", "code_scheme", "phone")}
    assert ines.post(f"/organisations/{kept}/same/{gone}", data=chosen).location == f"/organisations/{kept}"
    assert facts(app, kept) == ("Low Garrick School", "9", "5", None)
    assert facts(app, gone)[1:] == (None, "5", kept)
    assert "Leon Farrowby" in ines.get(f"/organisations/{kept}").text
    assert ines.get(f"/organisations/{gone}").location == f"/organisations/{kept}"
    with app.app_context():
        merge = db.session.execute(select(Merge.id)).scalar_one()
    ines.post(f"/organisations/merges/{merge}/undo")
    assert (facts(app, kept), facts(app, gone)) == before


def test_the_other_one_is_found_by_its_name(app, as_):
    kept, _gone = twins(app)
    page = as_("ines").get(f"/organisations/{kept}/same?q=low+garrick").text
    assert "URN 9" in page


def test_a_member_may_not(app, as_):
    kept, gone = twins(app)
    assert as_("tobi").post(f"/organisations/{kept}/same/{gone}").status_code == 403
