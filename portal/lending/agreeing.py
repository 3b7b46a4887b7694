"""Accepting the agreement: once for each wording, with the first loan that asks for it."""

from flask_babel import gettext as _

from portal.kit.models import Kit
from portal.lending.models import Loan
from portal.lending.queries import accepted_at, current_agreement
from portal.web import clock
from portal.web.errors import DomainError


def accept_agreement(loan: Loan, kit: Kit, agreed_to: int | None) -> None:
    """Note which wording stands behind a loan, and since when. ``agreed_to`` is the wording that was just ticked.

    Raises DomainError where she accepted neither now nor before what is in force. Part of an operation.
    """
    current = current_agreement(kit.network_id)
    if current is None or loan.agreement_id == current.id:
        return
    before = accepted_at(loan.person_id, current.id)
    if before is None and agreed_to != current.id:
        raise DomainError(_("Read the agreement and accept it: its wording may have changed."), "agreed")
    loan.agreement_id, loan.agreed_at = current.id, before or clock.now()
