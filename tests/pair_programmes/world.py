"""What tests of programmes and caseloads share: pairs, programmes that they are in, and their talks."""

from datetime import UTC, date, datetime

import pytest

from portal.caseloads.queries_programmes import in_programmes
from portal.mentoring.operations import start_pairing
from portal.mentoring.operations_contacts import confirm_contact, log_contact
from portal.mentoring.operations_removing import delete_contact
from portal.mentoring.spans import spans_of
from portal.mentoring.talks import Talk
from portal.pair_programmes.operations import join_programme
from portal.programmes.operations import add_programme
from portal.programmes.queries import programmes_in
from portal.programmes.starting import rules
from tests import cast

BASE = "/n/tarn-and-tide/mentoring"
KEY, ZONE = bytes(32), "Europe/London"
TODAY = date(2026, 11, 10)
SPANS = spans_of([], TODAY, ZONE)


def pair(mentee="tobi", since=date(2026, 9, 1), mentor="dafydd"):
    return start_pairing(*(cast.network_id(), *map(cast.person_id, (mentor, mentee, "ines"))), since)


def talk(on, minutes=45, **more):
    return Talk(at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC), minutes=minutes, **more)


def met(pairing, on, minutes=45, **more):
    return log_contact(pairing, pairing.mentor_id, talk(on, minutes, **more), KEY, ZONE)


def programme(name="Induction", **asked):
    return add_programme(cast.network_id(), rules(name, **asked), cast.person_id("ines"))


def join(pairing, into, since=None, earlier=True):
    return join_programme(pairing, into, cast.person_id("ines"), since or pairing.started_on, earlier, SPANS)


@pytest.fixture
def year(in_app):
    """Two pairs of one mentor; Tobi's is in two programmes of which one counts less."""
    with in_app():
        tobi, leon = pair(), pair("leon")
        strict = programme("Placement", only_confirmed=True, counts_support=False, counts_group=False, every_days=7)
        for into in (programme(minutes_a_year=75 * 60, closes_on_day=15), strict):
            join(tobi, into)
        confirm_contact(met(tobi, date(2026, 9, 15), 60), tobi.mentee_id)
        met(tobi, date(2026, 10, 6), 30)
        met(tobi, date(2026, 11, 3), 40, kind="group", also=(leon.id,))
        met(tobi, date(2026, 11, 4), 25, kind="support")
        delete_contact(met(tobi, date(2026, 11, 5), 500).contact, tobi.mentor_id, ZONE)
        return {"tobi": tobi.id, "leon": leon.id}


def minutes_by_programme(pairing_id):
    programmes = programmes_in(cast.network_id(), retired=True)
    found = in_programmes([pairing_id], programmes, spans_of(programmes, TODAY, ZONE))[pairing_id]
    return {one.programme.name: one.minutes for one in found}
