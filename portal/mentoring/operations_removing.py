"""Removing a talk, or taking one pair out of a talk of a group, and bringing back what was removed."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import operation
from portal.history import phrases
from portal.mentoring.group_books import group_before, put_back, refuse_closed_of, split_off
from portal.mentoring.models import MentoringContact, PairTalk
from portal.mentoring.talk_checks import refuse_closed
from portal.mentoring.twins import written_since_removal
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "contact.deleted": _l("%(actor)s removed a talk"),
        "contact.restored": _l("%(actor)s brought a talk back"),
    }
)


@operation
def delete_contact(contact: MentoringContact, by: int, time_zone: str) -> None:
    """Take a talk out of the count; it can be brought back. Raises DomainError where its month is closed."""
    if contact.deleted_at is None:
        _refuse_closed_now(contact, time_zone)
        contact.deleted_at = contact.cancelled_at = clock.now()
        history.record(by, "contact.deleted", "contact", contact.id, contact.network_id)


@operation
def take_out(told: PairTalk, by: int, time_zone: str) -> None:
    """This pair was not there: the talk stands in its book no more, with what was written beside it; the others stay.

    Where one pair is left, its talk is one to one from then on. Raises DomainError where no other pair sat in it, and
    where the month is closed for this pair, or for the only one that is left.
    """
    if told.contact.deleted_at or len(told.contact.talks) < 2:
        raise DomainError(_("It stands in one book only. Remove the talk instead."))
    refuse_closed_of(told, told.contact, time_zone)
    split_off(told, by)


@operation
def restore_contact(contact: MentoringContact, by: int, time_zone: str) -> None:
    """Let it count again; what was taken out of a group goes back into it.

    Raises DomainError where its month has closed, or where it was written down anew meanwhile.
    """
    if contact.deleted_at is not None:
        if group := group_before(contact):
            put_back(contact.talks[0], group, by, time_zone)
            return
        _refuse_closed_now(contact, time_zone)
        if written_since_removal(contact, time_zone):
            raise DomainError(
                _("It was written down once more meanwhile, of that day and length. One talk counts once.")
            )
        contact.deleted_at = contact.cancelled_at = None
        history.record(by, "contact.restored", "contact", contact.id, contact.network_id)


def _refuse_closed_now(contact: MentoringContact, time_zone: str) -> None:
    day = clock.local(contact.starts_at, time_zone).date()
    refuse_closed([one.pairing for one in contact.talks], day, time_zone)
