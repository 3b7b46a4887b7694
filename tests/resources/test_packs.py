"""A pack from its form to the list: made as a draft, shared, found, changed, and never lost."""

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.history.models import HistoryLine
from portal.history.queries import lines_about
from portal.resources.models import Pack, PackItem, PackStandard
from tests.resources.packs import PAGE, make_pack, text_file, typed


@pytest.fixture
def pack(in_app) -> int:
    with in_app():
        return make_pack()


@pytest.fixture
def draft(in_app) -> int:
    with in_app():
        return make_pack(shared=False, title="Cranes and a lunch box")


def post_new(in_app, browser, files=(), **other):
    with in_app():
        form = typed(**other)
    return browser.post(PAGE, data=form | {"files": list(files)}, content_type="multipart/form-data")


def test_a_member_makes_a_draft_with_files_and_links(app, in_app, as_):
    tobi = as_("tobi")
    answer = post_new(
        in_app, tobi, [text_file(), text_file("sheet.md", "# Sheet")], links="https://example.org/egg A film"
    )
    assert answer.status_code == 303
    with app.app_context():
        pack = db.session.execute(select(Pack)).scalar_one()
        titles = db.session.execute(select(PackItem.title).order_by(PackItem.position)).scalars().all()
    assert (pack.state, pack.minutes, pack.lessons) == ("draft", 100, 2)
    assert titles == ["guide.txt", "sheet.md", "A film"]
    assert "Nobody else sees it yet" in tobi.get(answer.location).text


def test_what_is_missing_is_said_and_what_was_typed_and_brought_is_kept(app, in_app, as_):
    tobi = as_("tobi")
    answer = post_new(in_app, tobi, [text_file()], title="", minutes_each="soon", links="javascript:alert(1)")
    assert answer.status_code == 422
    page = answer.text
    assert "Give it a title." in page and "This is not the address of a page" in page
    assert "Trolley, ramp, eggs" in page and "guide.txt" in page and 'name="files-kept"' in page
    with app.app_context():
        assert db.session.execute(select(func.count(Pack.id))).scalar_one() == 0


def test_files_of_the_first_try_are_in_the_pack_of_the_second(app, in_app, as_):
    tobi = as_("tobi")
    first = post_new(in_app, tobi, [text_file()], title="")
    kept = first.text.split('name="files-kept" value="')[1].split('"')[0]
    assert post_new(in_app, tobi, **{"files-kept": kept}).status_code == 303
    with app.app_context():
        assert db.session.execute(select(PackItem.title)).scalars().all() == ["guide.txt"]


def test_files_of_somebody_else_can_not_be_taken_along(app, in_app, as_):
    first = post_new(in_app, as_("ines"), [text_file()], title="")
    kept = first.text.split('name="files-kept" value="')[1].split('"')[0]
    post_new(in_app, as_("tobi"), **{"files-kept": kept})
    with app.app_context():
        assert db.session.execute(select(func.count(PackItem.id))).scalar_one() == 0


def test_a_refused_file_is_named_beside_the_field(in_app, as_):
    answer = post_new(in_app, as_("tobi"), [text_file("run.exe", "MZ\x00\x90")])
    assert answer.status_code == 422 and "run.exe:" in answer.text


def test_work_of_others_needs_its_source(in_app, as_):
    answer = post_new(in_app, as_("tobi"), right_to_share="adapted")
    assert answer.status_code == 422 and "Say what it comes from" in answer.text


def test_an_observer_makes_no_packs(as_):
    assert as_("petra").get(PAGE + "new").status_code == 403


def test_a_draft_is_seen_by_its_owner_alone(as_, draft):
    assert as_("tobi").get(f"{PAGE}{draft}").status_code == 200
    assert as_("ines").get(f"{PAGE}{draft}").status_code == 404
    assert "Cranes" in as_("tobi").get(PAGE + "?state=draft").text
    assert "Cranes" not in as_("ines").get(PAGE + "?state=draft").text
    assert "Cranes" not in as_("tobi").get(PAGE).text


def test_a_shared_pack_is_for_members_and_not_for_strangers(as_, pack):
    assert as_("petra").get(f"{PAGE}{pack}").status_code == 200
    assert as_("kofi").get(f"{PAGE}{pack}").status_code == 404


def test_owner_and_coordinator_may_change_it_others_not(as_, pack):
    assert as_("ines").get(f"{PAGE}{pack}/edit").status_code == 200
    assert as_("dafydd").get(f"{PAGE}{pack}/edit").status_code == 403


def change(in_app, browser, pack_id, seen, **other):
    with in_app():
        form = typed(seen=seen, **other)
    return browser.post(f"{PAGE}{pack_id}", data=form)


def row_version(app, pack_id):
    with app.app_context():
        return db.session.get(Pack, pack_id).row_version


def test_the_second_of_two_who_edit_sees_both_texts_and_may_save_again(app, in_app, as_, pack):
    seen, tobi = row_version(app, pack), as_("tobi")
    assert change(in_app, as_("ines"), pack, seen, strapline="Ines wrote this.").status_code == 303
    answer = change(in_app, tobi, pack, seen, strapline="Tobi wrote this.")
    assert answer.status_code == 409
    assert "Ines wrote this." in answer.text and "Tobi wrote this." in answer.text
    again = row_version(app, pack)
    assert f'name="seen" type="hidden" value="{again}"' in answer.text
    assert change(in_app, tobi, pack, again, strapline="Both of us.").status_code == 303


def test_codes_are_kept_when_no_framework_knows_them(app, in_app, as_, pack):
    change(in_app, as_("tobi"), pack, row_version(app, pack), standards="MS-PS2-1, OK:OK.SP.1.5")
    with app.app_context():
        rows = db.session.execute(select(PackStandard.code, PackStandard.key)).all()
    assert [tuple(row) for row in rows] == [("MS-PS2-1", "msps21"), ("OK:OK.SP.1.5", "oksp15")]


def test_a_double_click_makes_one_pack(app, in_app, as_):
    tobi = as_("tobi")
    with in_app():
        form = typed(form_key="a" * 32)
    first, second = (tobi.post(PAGE, data=form) for _try in range(2))
    assert (first.location, second.status_code) == (second.location, 303)
    with app.app_context():
        assert db.session.execute(select(func.count(Pack.id))).scalar_one() == 1


def test_the_history_of_a_draft_is_not_told_to_the_network(in_app, draft):
    with in_app():
        networks = (
            db.session.execute(select(HistoryLine.network_id).where(HistoryLine.subject_id == draft)).scalars().all()
        )
        assert networks == [None]
        assert "Tobi Larkhill" in lines_about("pack", draft)[0].sentence


def test_the_pack_page_asks_little_of_the_database(in_app, as_, queries, pack):
    ines = as_("ines")
    ines.get(f"{PAGE}{pack}")
    with queries() as seen:
        assert ines.get(f"{PAGE}{pack}").status_code == 200
    assert len(seen) <= 12, "\n".join(seen)
