"""A next date that came to nothing: they did not meet, or meet on another day."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import operation
from portal.history import phrases
from portal.mentoring.models import MentoringContact, Pairing
from portal.mentoring_mail.queries_dates import days_told, newest_talk, next_dated, open_date
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "pairing.not_met": _l("%(actor)s said that the two did not meet on %(day)s"),
        "pairing.redated": _l("%(actor)s set another next date: %(day)s"),
    }
)


@operation
def note_not_met(pairing: Pairing, by: int, moment: datetime, time_zone: str) -> None:
    """The pair's last date before a moment came to nothing: nobody is asked about it again.

    Twice is once, and so it is when both of them say so; a date of which something is written down stays as it was.
    """
    dated = open_date(pairing.id, moment, time_zone)
    if dated is None or dated.next_at is None:
        return
    day = clock.local(dated.next_at, time_zone).date().isoformat()
    if len(dated.talks) == 1:
        # A date that was made in a group is the others' too, and stands.
        dated.next_at = None
    if day not in days_told("pairing.not_met", "pairing", pairing.id):
        history.record(by, "pairing.not_met", "pairing", pairing.id, pairing.network_id, day=day)


@operation
def set_next_date(pairing: Pairing, by: int, at: datetime, time_zone: str) -> None:
    """Another next date, in the place of the one that passed or of the one to come.

    Raises DomainError for one that is over, and where there is nothing that it could hang on.
    """
    if at <= clock.now():
        raise DomainError(_("That day is over. Choose one that is still to come."), "next_on")
    dated = _where_it_hangs(pairing, time_zone)
    dated.next_at = at
    day = clock.local(at, time_zone).date()
    history.record(by, "pairing.redated", "pairing", pairing.id, pairing.network_id, day=day.isoformat())


def _where_it_hangs(pairing: Pairing, time_zone: str) -> MentoringContact:
    """The talk that holds the date which is replaced, else the newest: one that these two had alone."""
    asked = (open_date(pairing.id, clock.now(), time_zone), next_dated(pairing.id), newest_talk(pairing.id))
    found = [one for one in asked if one is not None]
    alone = next((one for one in found if len(one.talks) == 1), None)
    if alone is not None:
        return alone
    if found:
        said = _("You made that date in a group. Whoever wrote that talk down can change it for all of you.")
        raise DomainError(said, "next_on")
    raise DomainError(_("Write your first talk down, and the next date with it."), "next_on")
