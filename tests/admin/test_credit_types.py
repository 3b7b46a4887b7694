"""Administration → Credit: kinds of credit are data, which the region changes, retires and puts in its own order."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from portal import create_app
from portal.cli import init_commands
from portal.config import Settings
from portal.credit.models import ROUNDINGS, CreditType
from portal.credit.operations_types import STARTING_TYPES, start_credit_types
from portal.credit.queries_outside import kinds_in_use
from portal.credit.queries_types import CHANGED, all_types
from portal.db import db

PDU = {
    "name": "Learning hour", "authority": "Tarn Council", "unit": "learning hour", "units": "learning hours",
    "minutes_a_unit": "1 h", "round_to": "30", "shortest": "45", "categories": "STEM\n\n  Equity \nSTEM",
    "needs_approval": "y", "years_kept": "5", "statement": "Was there.", "blank_line": "Licence number",
}  # fmt: skip


@pytest.fixture
def started(in_app):
    with in_app():
        start_credit_types()
    return {kind.code: kind.id for kind in _all(in_app)}


def _all(in_app):
    with in_app():
        kinds = all_types()
        db.session.expunge_all()
    return kinds


def _one(in_app, code):
    return next(kind for kind in _all(in_app) if kind.code == code)


def test_a_region_begins_with_kinds_that_say_where_each_number_comes_from(in_app):
    rows = json.loads(STARTING_TYPES.read_text(encoding="utf-8"))["types"]
    assert all(set(row) == {"code", "source", *CHANGED} for row in rows)
    assert all("7.1" in row["source"] and row["round_to"] in ROUNDINGS for row in rows)
    with in_app():
        assert start_credit_types() == len(rows) == 8
        assert [kind.code for kind in all_types()] == [row["code"] for row in rows]


def test_what_the_sources_say_of_each_place(in_app, started):
    kinds = {kind.code: kind for kind in _all(in_app)}
    assert {code: kind.years_kept for code, kind in kinds.items()} == {
        "wa-clock-hour": 7, "or-pdu": 7, "mo-contact-hour": 7, "tx-cpe-hour": 7, "il-pd-hour": 6, "ny-ctle-hour": 8,
        "ceu": 7, "uk-cpd-hour": 7,
    }  # fmt: skip
    assert kinds["wa-clock-hour"].shortest == 60 and kinds["wa-clock-hour"].categories == ["STEM", "Equity"]
    illinois = kinds["il-pd-hour"]
    assert illinois.needs_times and illinois.needs_evaluation and illinois.round_to == 15
    assert kinds["ceu"].minutes_a_unit == 600
    assert [code for code, kind in kinds.items() if not kind.needs_approval] == ["or-pdu", "uk-cpd-hour"]


def test_starting_again_leaves_what_the_region_changed_and_retired(as_, in_app, started):
    ravi = as_("ravi")
    ravi.post(f"/admin/credit/{started['ceu']}/retire")
    page = ravi.get(f"/admin/credit/{started['wa-clock-hour']}").text
    version = page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    ravi.post(f"/admin/credit/{started['wa-clock-hour']}", data=PDU | {"version": version})
    with in_app():
        assert start_credit_types() == 0
    assert _one(in_app, "wa-clock-hour").name == "Learning hour" and not _one(in_app, "ceu").in_use


def test_setup_gives_them_to_a_portal_and_does_so_once(tmp_path):
    made = create_app(replace(Settings(), instance=tmp_path, environment="development"), testing=True)
    init_commands(made)
    with made.app_context():
        for _again in range(2):
            assert made.test_cli_runner().invoke(args=["setup"]).exit_code == 0
            assert len(all_types()) == 8
            db.session.rollback()
        db.engine.dispose()


def test_a_kind_is_added_with_all_that_was_typed(as_, in_app):
    assert as_("ravi").post("/admin/credit/new", data=PDU).status_code == 303
    kind = _one(in_app, "tarn-council-learning-hour")
    assert (kind.minutes_a_unit, kind.round_to, kind.shortest, kind.years_kept) == (60, 30, 45, 5)
    assert kind.categories == ["STEM", "Equity"] and kind.needs_approval and not kind.needs_times
    assert kind.statement == "Was there." and kind.blank_line == "Licence number"
    html = as_("ravi").get("/admin/credit").text
    assert "Learning hour, Tarn Council" in html and "down to the half hour" in html


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Type what it is called"),
        ("unit", " ", "Type how one is called"),
        ("units", "", "Type how several are called"),
        ("minutes_a_unit", "0", "Type a number from 1 to 6000"),
        ("minutes_a_unit", "-5", "is not a length of time"),
        ("minutes_a_unit", "an hour or so", "is not a length of time"),
        ("shortest", "7000", "Type a number from 0 to 6000"),
        ("years_kept", "0", "Type a number from 1 to 99"),
        ("years_kept", "seven", "is not a"),
        ("round_to", "7", "Choose one from the list"),
        ("categories", "\n".join(f"C{n}" for n in range(21)), "At most 20 categories"),
        ("categories", "x" * 121, "at most 120 characters"),
        ("statement", "x" * 1001, ""),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(as_, in_app, field, typed, said):
    answer = as_("ravi").post("/admin/credit/new", data=PDU | {field: typed})
    assert answer.status_code == 422 and said in answer.text
    assert f'href="#{field}"' in answer.text and "Tarn Council" in answer.text
    assert not _all(in_app)


def test_two_kinds_of_one_name_and_authority_are_one(as_, in_app, started):
    ravi = as_("ravi")
    same = PDU | {"name": "CLOCK-HOUR", "authority": "washington"}
    assert "is there already" in ravi.post("/admin/credit/new", data=same).text
    ravi.post(f"/admin/credit/{started['wa-clock-hour']}/retire")
    assert "was retired" in ravi.post("/admin/credit/new", data=same).text
    assert ravi.post("/admin/credit/new", data=same | {"authority": "Idaho"}).status_code == 303


def test_a_retired_kind_is_no_longer_offered_and_comes_back(as_, in_app, started):
    ravi = as_("ravi")
    answer = ravi.post(f"/admin/credit/{started['ceu']}/retire", follow_redirects=True)
    assert "no longer offered" in answer.text and f"/admin/credit/{started['ceu']}/restore" in answer.text
    with in_app():
        assert started["ceu"] not in dict(kinds_in_use())
    ravi.post(f"/admin/credit/{started['ceu']}/restore")
    with in_app():
        assert started["ceu"] in dict(kinds_in_use())
    assert "brought back the kind of credit" in ravi.get(f"/admin/credit/{started['ceu']}").text


def test_the_order_is_the_regions_own(as_, in_app, started):
    ravi = as_("ravi")
    first = [kind.code for kind in _all(in_app)][:2]
    ravi.post(f"/admin/credit/{started[first[0]]}/down")
    assert [kind.code for kind in _all(in_app)][:2] == first[::-1]
    ravi.post(f"/admin/credit/{started[first[0]]}/up")
    ravi.post(f"/admin/credit/{started[first[0]]}/up")
    assert [kind.code for kind in _all(in_app)][:2] == first


def test_the_second_of_two_administrators_sees_both(as_, in_app, started):
    ravi, address = as_("ravi"), f"/admin/credit/{started['or-pdu']}"
    version = ravi.get(address).text.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    typed = PDU | {"version": version}
    assert ravi.post(address, data=typed | {"name": "Hers"}).status_code == 303
    second = ravi.post(address, data=typed | {"name": "His"})
    assert second.status_code == 409 and "Hers" in second.text and "His" in second.text
    assert _one(in_app, "or-pdu").name == "Hers"
    version = second.text.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    assert ravi.post(address, data=typed | {"name": "His", "version": version}).status_code == 303
    assert _one(in_app, "or-pdu").name == "His"


def test_a_step_that_came_from_elsewhere_is_kept_and_said(as_, in_app, started):
    with in_app():
        db.session.execute(select(CreditType).where(CreditType.code == "ceu")).scalar_one().round_to = 6
        db.session.commit()
    html = as_("ravi").get(f"/admin/credit/{started['ceu']}").text
    assert '<option selected value="6">down to steps of 6 min</option>' in html


def test_nobody_else_comes_in(as_, started):
    assert as_("ines").get("/admin/credit").status_code == 403
    assert as_("ravi").get("/admin/credit/999999").status_code == 404


def test_the_pages_stay_within_their_queries(as_, started, queries):
    ravi = as_("ravi")
    for path in ("/admin/credit", f"/admin/credit/{started['ceu']}"):
        ravi.get(path)
        with queries() as seen:
            assert ravi.get(path).status_code == 200
        assert len(seen) <= 12, path
