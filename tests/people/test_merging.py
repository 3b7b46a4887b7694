"""Two records of one person made one: every reference moves, twins are joined, and seven days long it can be undone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.activities.models import Activity, Participation
from portal.db import Base, db, writing
from portal.networks.models import Membership
from portal.people.models import EmailAddress, Merge, Person
from portal.people.names import sort_name
from portal.web import clock
from tests import cast


@pytest.fixture
def twin(app):
    """Another record of Tobi, made by a list: an address, a membership, and an hour that Tobi's own record has too."""
    with app.app_context(), writing():
        network, tobi, now = cast.network_id(), cast.person_id("tobi"), cast.NOW
        other = Person(
            name="Tobias Larkhill", sort_name=sort_name("Tobias Larkhill"), phone="77", listing={}, created_at=now
        )
        held = [
            Activity(network_id=network, title=title, starts_at=now, minutes=60, held_at=now, created_at=now)
            for title in "ab"
        ]
        db.session.add_all([other, *held])
        db.session.flush()
        db.session.add_all(
            [
                EmailAddress(person_id=other.id, address="t@x.example", folded="t@x.example", is_primary=True),
                Membership(network_id=network, person_id=other.id, role="member", started_at=now, how="import"),
                Participation(activity_id=held[0].id, person_id=tobi, minutes=0, recorded_at=now),
                Participation(activity_id=held[0].id, person_id=other.id, minutes=60, recorded_at=now),
                Participation(activity_id=held[1].id, person_id=other.id, minutes=45, recorded_at=now),
            ]
        )
        db.session.commit()
        return other.id


def snapshot(app):
    """Every row of every table that merging may touch."""
    left = {"history_line", "merge", "sign_in_session", "handled_form"}
    with app.app_context():
        return {
            table.name: sorted(
                map(
                    repr,
                    (
                        tuple(v for k, v in row.items() if k != "row_version")
                        for row in db.session.execute(select(table)).mappings()
                    ),
                )
            )
            for table in Base.metadata.sorted_tables
            if table.name not in left
        }


def test_everything_moves_and_the_better_hour_counts_once(app, as_, twin):
    ines = as_("ines")
    with app.app_context():
        tobi = cast.person_id("tobi")
    page = ines.get(f"/people/{twin}/same/{tobi}").text
    assert "Tobias Larkhill" in page and "77" in page
    assert ines.post(f"/people/{twin}/same/{tobi}", data={"take-phone": str(twin)}).location == f"/people/{tobi}"
    with app.app_context():
        kept, gone = db.session.get(Person, tobi), db.session.get(Person, twin)
        hours = db.session.execute(select(Participation.minutes).where(Participation.person_id == tobi)).scalars().all()
        open_roles = db.session.execute(
            select(Membership).where(Membership.person_id == tobi, Membership.ended_at.is_(None))
        ).all()
        addresses = (
            db.session.execute(select(EmailAddress.is_primary).where(EmailAddress.person_id == tobi)).scalars().all()
        )
    assert (kept.phone, kept.name, gone.merged_into) == ("77", "Tobi Larkhill", tobi)
    assert sorted(hours) == [45, 60] and len(open_roles) == 1 and sorted(addresses) == [False, True]
    assert ines.get(f"/people/{twin}").location == f"/people/{tobi}"


def test_taking_them_apart_restores_every_row(app, as_, twin):
    before, ines = snapshot(app), as_("ines")
    with app.app_context():
        tobi = cast.person_id("tobi")
    ines.post(f"/people/{tobi}/same/{twin}", data={"take-phone": str(twin), "take-name": str(twin)})
    assert snapshot(app) != before
    with app.app_context():
        merge = db.session.execute(select(Merge.id)).scalar_one()
    assert "Take them apart" in ines.get(f"/people/{tobi}").text
    assert ines.post(f"/people/merges/{merge}/undo").location == f"/people/{tobi}"
    assert snapshot(app) == before


def test_after_seven_days_it_stays(app, as_, twin):
    ines = as_("ines")
    with app.app_context():
        tobi = cast.person_id("tobi")
    ines.post(f"/people/{tobi}/same/{twin}")
    with app.app_context():
        merge = db.session.execute(select(Merge.id)).scalar_one()
    clock.freeze(cast.NOW + timedelta(days=7, minutes=1))
    answer = as_("mairead").post(f"/people/merges/{merge}/undo", follow_redirects=True)
    assert "seven days ago" in answer.text


def test_two_who_sign_in_are_not_made_one_by_others(app, as_):
    with app.app_context():
        tobi, leon = cast.person_id("tobi"), cast.person_id("leon")
    answer = as_("ines").post(f"/people/{tobi}/same/{leon}", follow_redirects=True)
    assert "Both sign in" in answer.text
    with app.app_context():
        assert db.session.execute(select(Merge)).first() is None


def test_a_member_and_a_coordinator_of_others_may_not(app, as_, twin):
    with app.app_context():
        tobi = cast.person_id("tobi")
    assert as_("leon").post(f"/people/{tobi}/same/{twin}").status_code == 403
    assert as_("bryony").post(f"/people/{tobi}/same/{twin}").status_code == 404


def test_names_alike_are_suggested(app, as_):
    with app.app_context(), writing():
        db.session.add(
            Person(
                name="tobi larkhill",
                sort_name="larkhill, tobi",
                listing={},
                created_at=cast.NOW,
                added_by=cast.person_id("ines"),
            )
        )
        db.session.commit()
    assert "tobi larkhill" in as_("ines").get("/people/duplicates").text
    assert "tobi larkhill" not in as_("bryony").get("/people/duplicates").text


def test_an_address_that_a_merge_brings_opens_no_door(app, as_, client, twin):
    with app.app_context():
        tobi = cast.person_id("tobi")
    as_("ines").post(f"/people/{tobi}/same/{twin}")
    client.post("/sign-in", data={"address": "t@x.example"})
    with client.session_transaction() as session:
        code, code_id = session["shown_code"], session["code_id"]
    assert code and code_id
    assert client.post("/sign-in/code", data={"code": code}).status_code == 422
