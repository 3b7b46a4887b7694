"""Five people, two programmes: a shared coach, a group, support, a corrected, a removed and an unanswered talk."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from portal.db import db
from portal.mentoring.models import Pairing, PairProgramme, PairTalk
from portal.mentoring.operations import start_pairing
from portal.mentoring.operations_contacts import change_contact, confirm_contact, log_contact
from portal.mentoring.operations_removing import delete_contact
from portal.mentoring.talks import Talk
from portal.organisations.models import Organisation
from portal.programmes.models import Programme, ProgrammeReader
from tests import cast

KEY, ZONE = bytes(32), "Europe/London"
BASE = "/n/tarn-and-tide/mentoring/hours"
SECRET = "the word that nobody else reads"


@dataclass(frozen=True)
class World:
    """Ids. Induction counts everything; the college neither support nor what nobody confirmed, and caps a mentor."""

    induction: int
    college: int
    tobi: int
    leon: int
    petra: int


def programme(name: str, **rules: object) -> Programme:
    made = Programme(network_id=cast.network_id(), name=name, created_at=cast.NOW, **rules)
    db.session.add(made)
    db.session.flush()
    return made


def pair(mentor: str, mentee: str, *programmes: int, since: date = date(2026, 9, 1)) -> Pairing:
    made = start_pairing(
        cast.network_id(), cast.person_id(mentor), cast.person_id(mentee), cast.person_id("ines"), since
    )
    db.session.add_all(PairProgramme(pairing_id=made.id, programme_id=one, since=since) for one in programmes)
    db.session.flush()
    return made


def talk(day: date, minutes: int, **more: object) -> Talk:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Talk(at=at, minutes=minutes, **more)  # type: ignore[arg-type]


def log(
    of: Pairing, day: date, minutes: int, confirmed: bool = False, by: int | None = None, **more: object
) -> PairTalk:
    told = log_contact(of, by or of.mentor_id, talk(day, minutes, **more), KEY, ZONE)
    if confirmed:
        confirm_contact(told, of.mentee_id)
    return told


def make_world() -> World:
    """Dafydd mentors tobi for both programmes and leon for induction; mairead mentors petra for the college.

    265 minutes in the network: 45 confirmed, 60 in a group that leon alone confirmed, 30 support, 40 corrected and not
    answered, 90 confirmed. 25 were removed.
    """
    college_of = Organisation(name="Fellside College", sort_name="Fellside College", created_at=cast.LONG_AGO)
    db.session.add(college_of)
    db.session.flush()
    induction = programme("Induction", statement="These hours were worked as said.", signed_by="principal")
    college = programme(
        "College practice", organisation_id=college_of.id, counts_support=False, unit="clock hour", units="clock hours",
        round_to=15, most_units_a_mentee=1, most_units_a_year=3,
    )  # fmt: skip
    reads = {"leon": induction, "kofi": college, "petra": college}
    db.session.add_all(
        ProgrammeReader(programme_id=one.id, person_id=cast.person_id(who), since=cast.NOW)
        for who, one in reads.items()
    )
    tobi = pair("dafydd", "tobi", induction.id, college.id)
    leon = pair("dafydd", "leon", induction.id)
    petra = pair("mairead", "petra", college.id)
    log(tobi, date(2026, 10, 6), 45, confirmed=True, parked=SECRET, only_me=SECRET)
    group = log(tobi, date(2026, 10, 13), 60, kind="group", also=(leon.id,))
    confirm_contact(next(one for one in group.contact.talks if one.pairing_id == leon.id), leon.mentee_id)
    log(tobi, date(2026, 10, 14), 30, kind="support")
    corrected = log(leon, date(2026, 10, 20), 50)
    # As a later request finds it.
    db.session.expire_all()
    change_contact(corrected, leon.mentor_id, talk(date(2026, 10, 20), 40), KEY, ZONE)
    removed = log(tobi, date(2026, 10, 21), 25)
    delete_contact(removed.contact, tobi.mentor_id, ZONE)
    log(petra, date(2026, 11, 3), 90, confirmed=True)
    return World(induction.id, college.id, tobi.id, leon.id, petra.id)
