"""Hours: the two read their own, coordinators all; petra reads a programme's totals for its organisation, and no more."""

from datetime import date

from sqlalchemy import select

from portal.db import db
from portal.mentoring.models import Pairing, PairProgramme, PairTalk, PairTalkProgramme
from portal.programmes.models import Programme
from tests import cast
from tests.access.mentoring import COORDINATORS, MEMBERS, STRANGERS

PAIR_AND_COORDINATORS = MEMBERS | {"petra": "403"}
OF_A_PAIR = MEMBERS | {"ines": "404", "petra": "404"}
READERS = {"ines": "may", "tobi": "403", "dafydd": "403", "petra": "may"} | STRANGERS

MATRIX = {
    "GET statements.index": MEMBERS,
    "GET statements.mine": MEMBERS,
    "GET statements.mine_pdf": OF_A_PAIR,
    "GET statements.pair": PAIR_AND_COORDINATORS,
    "GET statements.pair_pdf": PAIR_AND_COORDINATORS,
    "GET statements.mentor": COORDINATORS,
    "GET statements.mentor_pdf": COORDINATORS,
    "GET statements.payroll": COORDINATORS,
    "GET statements.payroll_pdf": COORDINATORS,
    "GET statements.report": COORDINATORS,
    "GET statements.report_pdf": COORDINATORS,
    "GET statements.report_rows_of": COORDINATORS,
    "GET statements.counts": READERS,
    "GET statements.count": READERS,
}


def prepare() -> dict[str, object]:
    """Dafydd's and tobi's pair, with its talk, counts for the programme whose totals petra reads."""
    pairing = db.session.execute(select(Pairing).order_by(Pairing.id.desc())).scalars().first()
    programme = db.session.execute(select(Programme).order_by(Programme.id.desc())).scalars().first()
    db.session.add(PairProgramme(pairing_id=pairing.id, programme_id=programme.id, since=date(2026, 9, 1)))
    told = db.session.execute(select(PairTalk.id).where(PairTalk.pairing_id == pairing.id)).scalars().first()
    db.session.add(PairTalkProgramme(pair_talk_id=told, programme_id=programme.id))
    db.session.flush()
    return {"report_key": "pairs", "mentor_id": cast.person_id("dafydd")}
