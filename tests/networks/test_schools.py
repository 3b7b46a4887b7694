"""The organisations of a network: seen means that somebody came or told of a use; silence lasts two terms."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.activities.models import Activity, Participation, Use
from portal.db import db
from portal.networks.models import NetworkOrganisation
from portal.networks.queries import terms_of
from portal.networks.queries_schools import schools_of
from portal.networks.school_year import school_year
from portal.organisations.models import Organisation
from tests import cast

HERE = "/n/tarn-and-tide/schools"
BRACKENHYTHE, WITHEN, GARRICK, KESTREL = (
    "Brackenhythe Academy",
    "Withen Cross First School",
    "Low Garrick School",
    "Kestrel Lane Primary",
)


def school(name):
    return db.session.execute(select(Organisation.id).where(Organisation.name == name)).scalar_one()


def came(name, when, minutes=60, held=True):
    activity = Activity(
        kind="activity",
        network_id=cast.network_id(),
        title="A meeting",
        starts_at=when,
        minutes=60,
        held_at=when if held else None,
        created_at=when,
    )
    db.session.add(activity)
    db.session.flush()
    db.session.add(
        Participation(
            activity_id=activity.id,
            person_id=cast.person_id("leon"),
            organisation_id=school(name),
            minutes=minutes,
            recorded_at=when,
        )
    )


def used(name, when):
    db.session.add(
        Use(
            network_id=cast.network_id(),
            subject_kind="pack",
            subject_id=1,
            person_id=cast.person_id("tobi"),
            organisation_id=school(name),
            used_on=when.date(),
            recorded_at=when,
        )
    )


@pytest.fixture
def story(in_app):
    with in_app():
        came(BRACKENHYTHE, datetime(2026, 11, 5, 17, tzinfo=UTC))
        came(BRACKENHYTHE, datetime(2026, 6, 5, 17, tzinfo=UTC))
        used(GARRICK, datetime(2026, 5, 6, 17, tzinfo=UTC))
        came(KESTREL, datetime(2026, 3, 5, 17, tzinfo=UTC))
        # Not here, and not held: neither is seen.
        came(KESTREL, datetime(2026, 11, 1, 17, tzinfo=UTC), minutes=0)
        came(KESTREL, datetime(2026, 11, 2, 17, tzinfo=UTC), held=False)
        link = db.session.get(NetworkOrganisation, (cast.network_id(), school(WITHEN)))
        link.since = date(2026, 10, 1)
        db.session.commit()


def rows():
    year = school_year(cast.NOW.date(), terms_of(cast.network_id()))
    return {row.name: row for row in db.session.execute(schools_of(cast.network_id(), year, "Europe/London"))}


def test_standing_follows_from_what_happened(in_app, story):
    with in_app():
        assert {name: row.standing for name, row in rows().items()} == {
            BRACKENHYTHE: "now",
            WITHEN: "new",
            GARRICK: "earlier",
            KESTREL: "silent",
        }


def test_this_year_counts_from_the_first_term_after_the_long_holiday(in_app, story):
    with in_app():
        found = rows()[BRACKENHYTHE]
    assert (found.this_year, found.last_seen) == (1, datetime(2026, 11, 5, 17, tzinfo=UTC))
    assert found.members == 2


def test_the_year_is_read_from_the_terms():
    class Term:
        def __init__(self, starts_on, ends_on):
            self.starts_on, self.ends_on = starts_on, ends_on

    autumn, spring = Term(date(2025, 9, 1), date(2025, 12, 19)), Term(date(2026, 1, 5), date(2026, 3, 27))
    summer, next_autumn = Term(date(2026, 4, 13), date(2026, 7, 22)), Term(date(2026, 9, 1), date(2026, 12, 18))
    terms = [next_autumn, spring, summer, autumn]
    in_may = school_year(date(2026, 5, 10), terms)
    assert (in_may.year_from, in_may.term_from, in_may.silent_before) == (
        date(2025, 9, 1),
        date(2026, 4, 13),
        date(2026, 1, 5),
    )
    in_august = school_year(date(2026, 8, 10), terms)
    assert in_august.term_from == date(2026, 4, 13)
    assert school_year(date(2026, 9, 2), terms).year_from == date(2026, 9, 1)
    assert school_year(date(2026, 9, 2), []).year_from == date(2026, 9, 2) - timedelta(days=365)


def test_the_page_says_it_longest_unseen_first_and_filters(as_, story):
    tobi = as_("tobi")
    page = tobi.get(HERE).text
    assert page.index(f"{KESTREL}</a><small>") < page.index(f"{BRACKENHYTHE}</a><small>")
    assert "Silent two terms" in page and "Seen this term" in page
    silent = tobi.get(f"{HERE}?standing=silent").text
    assert f"{KESTREL}</a><small>" in silent and f"{BRACKENHYTHE}</a><small>" not in silent
    assert GARRICK in tobi.get(f"{HERE}?q=garrick").text and KESTREL not in tobi.get(f"{HERE}?q=garrick").text


def test_the_list_can_be_taken_along(as_, story):
    answer = as_("tobi").get(f"{HERE}?format=csv")
    assert answer.mimetype == "text/csv" and KESTREL in answer.text and "Fenwater" not in answer.text


def test_adding_taking_off_and_undoing(in_app, as_):
    ines = as_("ines")
    with in_app():
        fenwater = school("Fenwater Secondary")
    assert "Fenwater Secondary" in ines.get(f"{HERE}/add?q=fenwater").text
    ines.post(f"{HERE}/add", data={"organisation_id": fenwater})
    assert "Fenwater Secondary" in ines.get(HERE).text
    answer = ines.post(f"{HERE}/{fenwater}/remove", follow_redirects=True)
    assert "What happened with it stays" in answer.text and f"{HERE}/{fenwater}/restore" in answer.text
    ines.post(f"{HERE}/{fenwater}/restore")
    assert "Fenwater Secondary" in ines.get(HERE).text


def test_an_organisation_that_does_not_exist_cannot_be_added(as_):
    ines = as_("ines")
    assert ines.post(f"{HERE}/add", data={"organisation_id": 99999}).status_code == 404
    assert ines.post(f"{HERE}/add", data={"organisation_id": "x"}).status_code == 422
    assert ines.post(f"{HERE}/99999/remove").status_code == 404


def test_a_host_takes_part_and_stands_on_the_first_page(in_app, as_):
    with in_app():
        fenwater = school("Fenwater Secondary")
    ines = as_("ines")
    ines.post("/n/tarn-and-tide/settings/hosts", data={"organisation_id": fenwater})
    assert "Fenwater Secondary" in ines.get("/n/tarn-and-tide/").text
    ines.post(f"/n/tarn-and-tide/settings/hosts/{fenwater}/remove")
    assert "Fenwater Secondary" in ines.get(HERE).text


def test_a_long_list_asks_few_questions(in_app, as_, queries, story):
    with in_app():
        for number in range(60):
            one = Organisation(name=f"School {number}", sort_name=f"School {number}", created_at=cast.NOW)
            db.session.add(one)
            db.session.flush()
            db.session.add(NetworkOrganisation(network_id=cast.network_id(), organisation_id=one.id))
        db.session.commit()
    ines = as_("ines")
    with queries() as seen:
        assert ines.get(HERE).status_code == 200
    assert len(seen) <= 12
