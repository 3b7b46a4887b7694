"""Four weeks after a pack was taken one question comes, and its answer counts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.activities.models import Use
from portal.db import db
from portal.mail.models import OutboxMail
from portal.resources.models import PackTaken
from portal.resources.operations_asking import ask_about_packs
from portal.web import clock, gathered
from tests import cast
from tests.conversations.talking import forget_gathered
from tests.resources import packs

HOST = "http://127.0.0.1:8000"


@pytest.fixture
def taken(in_app, as_):
    """A pack of Tobi's that Leon took today; its id."""
    with in_app():
        pack_id = packs.make_pack()
        db.session.add(PackTaken(pack_id=pack_id, person_id=cast.person_id("leon"), taken_at=cast.NOW))
        db.session.add(PackTaken(pack_id=pack_id, person_id=cast.person_id("tobi"), taken_at=cast.NOW))
        db.session.commit()
    return pack_id


def asked_after(in_app, **later):
    clock.freeze(cast.NOW + timedelta(**later))
    with in_app():
        ask_about_packs()
        rows = select(OutboxMail.to_name, OutboxMail.text).where(OutboxMail.kind == "pack-used")
        return db.session.execute(rows).all()


def test_asked_once_after_four_weeks_and_never_about_her_own(in_app, taken):
    assert asked_after(in_app, days=27) == []
    [(name, text)] = asked_after(in_app, days=29)
    assert name == "Leon Farrowby" and "Paper bridges" in text
    assert len(asked_after(in_app, days=60)) == 1


def test_who_told_us_before_is_not_asked(in_app, taken):
    with in_app():
        db.session.add(
            Use(
                network_id=cast.network_id(), subject_kind="pack", subject_id=taken, person_id=cast.person_id("leon"),
                used_on=cast.NOW.date(), classes=1, recorded_at=cast.NOW,
            )
        )  # fmt: skip
        db.session.commit()
    assert asked_after(in_app, days=29) == []


def test_the_answer_counts_with_its_classes(client, in_app, taken):
    [(_name, text)] = asked_after(in_app, days=29)
    path = next(word for word in text.split() if word.startswith(f"{HOST}/a/used-")).removeprefix(HOST)
    assert client.get(path).status_code == 200
    wrong = client.post(path, data={"choice": "yes", "classes": "many", "what_changed": "Fewer straws"})
    assert wrong.status_code == 422 and "Fewer straws" in wrong.text
    assert (
        client.post(path, data={"choice": "yes", "used_on": "2026-12-08", "classes": "2", "students": "54"}).status_code
        == 303
    )
    with in_app():
        [use] = db.session.execute(select(Use)).scalars()
        assert (use.classes, use.students, use.students_how, use.person_id) == (
            2,
            54,
            "teacher",
            cast.person_id("leon"),
        )


def test_taking_the_zip_is_remembered_once(as_, in_app):
    forget_gathered()
    with in_app():
        pack_id = packs.make_pack()
    leon = as_("leon")
    for _time in range(2):
        leon.get(f"{packs.PAGE}{pack_id}/archive").close()
    with in_app():
        gathered.write_now()
        assert db.session.execute(select(PackTaken.person_id)).scalars().all() == [cast.person_id("leon")]
