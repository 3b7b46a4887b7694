"""What a new or corrected talk asks for: the other one's word, and a trail with both figures and never a private word.

Belongs inside an operation.
"""

from flask_babel import lazy_gettext as _l

from portal import history
from portal.history import phrases
from portal.mentoring.models import MentoringContact, PairTalk
from portal.mentoring.talks import Talk
from portal.web import clock

phrases.declare(
    {
        "contact.corrected": _l("%(actor)s corrected a talk from %(before)s to %(after)s minutes"),
        "contact.redated": _l("%(actor)s moved a talk from %(before)s to %(after)s"),
        "contact.retimed": _l("%(actor)s changed at what time a talk began"),
        "contact.rekinded": _l("%(actor)s changed what kind of talk it was"),
        "contact.remoded": _l("%(actor)s changed how the two met"),
        "contact.replanned": _l("%(actor)s changed the next date from %(before)s to %(after)s"),
        "contact.unplanned": _l("%(actor)s took the next date away"),
    }
)


def ask_whether_met(told: PairTalk) -> None:
    """Have the one who did not write the talk down be asked, anew where it was changed. Belongs inside an operation.

    The mail is written some minutes later, with whatever else waits for her; nobody is asked about support.
    """
    told.asked_at = told.reminded_at = None
    if told.contact.contact_kind == "support":
        told.asked_at = clock.now()


def record_changes(contact: MentoringContact, by: int, talk: Talk, time_zone: str) -> bool:
    """Write the trail. Returns whether the other one has to be asked again: about another day, other minutes, or whether
    it was a talk at all and not the mentor's own time.
    """
    about = ("contact", contact.id, contact.network_id)
    before, after = (clock.local(at, time_zone) for at in (contact.starts_at, talk.at))
    if contact.minutes != talk.minutes:
        history.record(by, "contact.corrected", *about, before=contact.minutes, after=talk.minutes)
    if before.date() != after.date():
        old, new = before.date().isoformat(), after.date().isoformat()
        history.record(by, "contact.redated", *about, before=old, after=new)
    elif (contact.has_time, before) != (talk.has_time, after):
        history.record(by, "contact.retimed", *about)
    if contact.contact_kind != talk.kind:
        history.record(by, "contact.rekinded", *about)
    if contact.mode != talk.mode:
        history.record(by, "contact.remoded", *about)
    _record_next_date(contact, by, talk, time_zone)
    was_own, is_own = contact.contact_kind == "support", talk.kind == "support"
    return contact.minutes != talk.minutes or before.date() != after.date() or was_own != is_own


def _record_next_date(contact: MentoringContact, by: int, talk: Talk, time_zone: str) -> None:
    about = ("contact", contact.id, contact.network_id)
    if contact.next_at == talk.next_at:
        return
    if talk.next_at is None:
        history.record(by, "contact.unplanned", *about)
        return
    before = clock.local(contact.next_at, time_zone).date().isoformat() if contact.next_at else "–"
    after = clock.local(talk.next_at, time_zone).date().isoformat()
    history.record(by, "contact.replanned", *about, before=before, after=after)
