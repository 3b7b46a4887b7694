"""Whoever has a box asks to keep it longer: signed in or at the box. Whoever minds it decides."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db, operation
from portal.history.phrases import declare
from portal.history.queries import was_said_lately
from portal.kit.models import Kit
from portal.lending import telling
from portal.lending.operations_asking import note
from portal.lending.operations_steps import open_loan
from portal.lending.windows import in_reach
from portal.web import clock, dates
from portal.web.errors import DomainError

ASKED = "loan.longer_asked"
# At the box anybody may ask: one mail a day to those who decide is enough.
AGAIN = timedelta(days=1)

declare(
    {
        ASKED: _l("%(actor)s asked to keep “%(title)s” until %(until)s"),
        "loan.longer_asked_at_the_box": _l("Somebody at the box asked to keep “%(title)s” until %(until)s"),
    }
)


@operation
def ask_longer(actor_id: int | None, loan_id: int, until: date) -> bool:
    """Tell whoever minds the kit; nothing moves by that. Raises DomainError for a box that is not out, or no later day."""
    loan = open_loan(loan_id)
    if not loan.out_at or loan.returned_at:
        raise DomainError(_("This box is not out."))
    if until <= loan.ends_on:
        raise DomainError(_("It is due back on %(day)s anyway. Say a later day.", day=dates.day(loan.ends_on)), "until")
    if not in_reach(until, loan.ends_on):
        raise DomainError(_("This day is years away. Look at the year once more."), "until")
    if actor_id is None and was_said_lately(f"{ASKED}_at_the_box", "loan", loan_id, clock.now() - AGAIN):
        raise DomainError(_("Somebody asked for that already. Whoever looks after the box has been told."), "until")
    kit = db.session.get_one(Kit, loan.kit_id)
    note(actor_id, ASKED if actor_id else f"{ASKED}_at_the_box", loan, kit, until=dates.day(until))
    telling.longer_asked(loan, kit, until)
    return True
