"""Two hundred pairs of a programme: a page of them in few queries, in each order, and all of them to take along."""

import csv
import io
from datetime import date

from portal.db import db
from portal.mentoring.models import Pairing, PairProgramme
from portal.people.models import Person
from portal.programmes.models import Programme
from portal.programmes.operations import name_reader
from tests import cast
from tests.milestones.world import BASE, LIST, ask, pair_in

FORMULA = "=HYPERLINK(1)"


def many(programme_id, number):
    people = [
        Person(name=name, sort_name=name, listing={}, created_at=cast.LONG_AGO)
        for name in [FORMULA, *(f"Mentee {one:03}" for one in range(number - 1))]
    ]
    db.session.add_all(people)
    db.session.flush()
    pairs = [
        Pairing(
            network_id=cast.network_id(), mentor_id=cast.person_id("dafydd"), mentee_id=one.id, purpose="", rhythm="",
            started_on=date(2026, 9, 1), paired_by=cast.person_id("ines"), created_at=cast.NOW,
        )
        for one in people
    ]  # fmt: skip
    db.session.add_all(pairs)
    db.session.flush()
    db.session.add_all(
        PairProgramme(pairing_id=one.id, programme_id=programme_id, since=date(2026, 9, 1)) for one in pairs
    )
    db.session.commit()


def test_two_hundred_pairs(as_, in_app, queries):
    with in_app():
        made = ask()
        programme_id = made.programme_id
        ask(db.session.get_one(Programme, programme_id), "First talk", within_days=10, known_by="talk")
        ask(db.session.get_one(Programme, programme_id), "First meeting", within_days=10, checklist=LIST)
        many(programme_id, 200)
    ines, path = as_("ines"), f"{BASE}/programmes/{programme_id}/milestones"
    ines.get(path)
    for question in ("", "?sort=name&page=8", "?sort=mentor&page=2"):
        with queries() as asked:
            page = ines.get(path + question).text
        assert len(asked) <= 12, asked
        assert page.count('<th scope="row">') == 25 and "Done in 0 of 200 pairs" in page
    rows = list(csv.DictReader(io.StringIO(ines.get(f"{path}?format=csv").text.removeprefix("\ufeff"))))
    assert len(rows) == 600 and {row["Mentee"] for row in rows if "HYPER" in row["Mentee"]} == {f"'{FORMULA}"}


def test_whoever_reads_the_totals_and_is_one_of_a_pair_reads_her_own_pair_and_no_other(as_, in_app):
    with in_app():
        made = ask()
        programme_id, pair_id, other = made.programme_id, pair_in(made), pair_in(made, "leon")
        many(programme_id, 5)
        name_reader(db.session.get_one(Programme, programme_id), cast.person_id("tobi"), cast.person_id("ines"))
    tobi = as_("tobi")
    page = tobi.get(f"{BASE}/programmes/{programme_id}/milestones")
    assert (
        "Done in 0 of 7 pairs" in page.text and "How the pairs stand" not in page.text and "Mentee 0" not in page.text
    )
    taken = tobi.get(f"{BASE}/programmes/{programme_id}/milestones?format=csv")
    assert taken.mimetype == "text/html" and "Mentee 0" not in taken.text
    assert tobi.get(f"{BASE}/pairs/{pair_id}/milestones").status_code == 200
    assert tobi.get(f"{BASE}/pairs/{other}/milestones").status_code == 403
