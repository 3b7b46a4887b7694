"""A catalogue comes in through the pages, is looked at as a list of drafts, and shared in one act."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.resources.models import Pack, PackWord
from tests import cast
from tests.resources.packs import PAGE, make_pack, word_id

SHEET = (
    "title,author,licence,code,ages,minutes,description\n"
    "Binary cards,Ann,CC BY 4.0,a1,8-10,45,Cards with dots.\n"
    "Sorting,Ann,CC BY 4.0,a2,8-10,30,A network on the floor.\n"
    "Parity,Ben,Fair use,a3,8-10,30,A trick.\n"
)
ROWS = tuple(SHEET.splitlines())
OER = "oer-lessons"
CATALOGUES = {"csunplugged_lessons.csv": 26, "bootstrap_lessons.csv": 71, "teals_python_lessons.csv": 44}
LOOKED = {"consent": "y", "works": "y", "safe": "y", "clear": "y", "audience": "members"}


def bring(ines, content, name="lessons.csv", subject="computing"):
    """All steps; the page that tells what came of it."""
    data = {"file": (BytesIO(content), name), "choice": subject}
    step = ines.post(f"{PAGE}import", data=data, content_type="multipart/form-data").location
    columns = ines.get(step)
    chosen = {
        part.split('"')[0]: part.split("selected>")[0].rpartition('value="')[2].split('"')[0]
        for part in columns.text.split('name="')[1:]
        if part.startswith("column-") and "selected>" in part.split("</select>")[0]
    }
    preview = ines.post(step, data=chosen).location
    assert "Nothing is kept yet" in ines.get(preview).text
    return ines.get(ines.post(preview).location).text


@pytest.fixture
def ines(as_):
    return as_("ines")


def count(in_app, *conditions):
    with in_app():
        return db.session.execute(select(func.count(Pack.id)).where(*conditions)).scalar_one()


def test_a_coordinator_brings_in_a_catalogue_and_twice_changes_nothing(in_app, as_, ines):
    page = bring(ines, SHEET.encode())
    assert "The sheet is in" in page and f'href="{PAGE}import/drafts"' in page
    assert count(in_app, Pack.shared_at.is_(None)) == 2
    again = bring(ines, SHEET.encode())
    assert count(in_app) == 2 and "left as they are" in again
    assert as_("tobi").get(f"{PAGE}import").status_code == 403
    assert "Binary cards" not in as_("tobi").get(PAGE).text


def test_the_drafts_say_what_they_lack_and_are_shared_in_one_act(in_app, as_, ines):
    bring(ines, SHEET.encode())
    page = ines.get(f"{PAGE}import/drafts").text
    assert "Still needs: what is needed, the safety note" in page
    with in_app():
        ids = db.session.execute(select(Pack.id)).scalars().all()
    unseen = ines.post(f"{PAGE}import/drafts", data={"pack": ids, "audience": "members"})
    assert unseen.status_code == 422 and "Look through it for names and faces first." in unseen.text
    short = ines.post(f"{PAGE}import/drafts", data=LOOKED | {"pack": ids})
    assert "2 stay drafts" in ines.get(short.location).text
    gaps = {"materials": "Nothing", "safety_note": "Nothing beyond the usual"}
    answer = ines.post(f"{PAGE}import/drafts", data=LOOKED | gaps | {"pack": ids})
    assert "2 packs are shared." in ines.get(answer.location).text
    assert "Binary cards" in as_("tobi").get(PAGE).text
    with in_app():
        pack = db.session.execute(select(Pack).where(Pack.title == "Sorting")).scalar_one()
        assert (pack.materials, pack.safety_note, pack.minutes) == ("Nothing", "Nothing beyond the usual", 30)
        words = db.session.execute(select(PackWord.word_id).where(PackWord.pack_id == pack.id)).scalars().all()
        assert set(words) == {word_id("subject", "computing"), word_id("phase", "primary")}


def test_only_the_ticked_ones_and_only_her_own(in_app, ines):
    bring(ines, SHEET.encode())
    with in_app():
        first = db.session.execute(select(Pack.id).order_by(Pack.id).limit(1)).scalar_one()
        his = make_pack(shared=False)
    gaps = {"materials": "Nothing", "safety_note": "None"}
    ines.post(f"{PAGE}import/drafts", data=LOOKED | gaps | {"pack": [first, his, "x"]})
    assert count(in_app, Pack.shared_at.is_not(None)) == 1


def test_the_list_of_drafts_narrows_exports_and_asks_little(ines, queries):
    bring(ines, "\n".join([*ROWS[:3], "Third,Cleo,CC0,b1,8-10,20,Three."]).encode())
    page = ines.get(f"{PAGE}import/drafts", query_string={"author": "Cleo"}).text
    assert "Third" in page and "Sorting" not in page
    assert ines.get(f"{PAGE}import/drafts?format=csv").text.count("\n") == 4
    with queries() as seen:
        ines.get(f"{PAGE}import/drafts")
    assert len(seen) <= 12


@pytest.mark.shared
@pytest.mark.parametrize(("name", "records"), CATALOGUES.items())
def test_every_catalogue_comes_in_through_the_pages_and_can_be_shared(in_app, ines, shared_data, name, records):
    bring(ines, (shared_data / OER / name).read_bytes(), name)
    assert count(in_app) == records
    with in_app():
        ids = db.session.execute(select(Pack.id)).scalars().all()
        gaps = {"phases": word_id("phase", "secondary"), "minutes": 50, "materials": "A computer"}
    gaps |= {"safety_note": "Nothing beyond the usual"}
    answer = ines.post(f"{PAGE}import/drafts", data=LOOKED | gaps | {"pack": ids})
    assert f"{records} packs are shared." in ines.get(answer.location).text
    assert count(in_app, Pack.shared_at.is_not(None), Pack.owner_id == _ines(in_app)) == records


def _ines(in_app):
    with in_app():
        return cast.person_id("ines")
