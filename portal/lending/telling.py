"""Mails of a loan: one function a step, called by its operation and written in the same transaction.

What borrowers get answers what they asked for, so it can't be stopped; those who mind a kit may stop theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from portal.db import db
from portal.kit.models import Kit
from portal.lending.linking import longer_link
from portal.lending.models import Loan
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.networks.models import Membership, Network
from portal.networks.queries_asking import primary_address
from portal.networks.queries_members import current_membership
from portal.organisations.models import Organisation
from portal.people.models import EmailAddress, Person
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

BORROWED, KEPT = "loan", "loan-kept"
kinds.declare(BORROWED, why=_l("You get this because you asked for this box."))
kinds.declare(
    KEPT,
    why=_l("You get this because you look after this box or coordinate its network."),
    name=_l("Mails about boxes that people ask for"),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a mail is for, and in which language."""

    person_id: int
    name: str
    first_name: str
    address: str
    locale: str


def requested(loan: Loan, kit: Kit) -> int:
    """To coordinators and keeper: somebody waits for a yes."""
    subject = _l("%(name)s asks for “%(title)s”", name=_borrower(loan).name, title=kit.name)
    return _tell_minders("loan_requested", subject, loan, kit, but=loan.requested_by)


def approved(loan: Loan, kit: Kit) -> int:
    return _tell_borrower("loan_approved", _l("It is yours: %(title)s", title=kit.name), loan, kit)


def declined(loan: Loan, kit: Kit) -> int:
    return _tell_borrower("loan_declined", _l("Not this time: %(title)s", title=kit.name), loan, kit)


def cancelled(loan: Loan, kit: Kit) -> int:
    """To the other side: those who mind the kit where she cancelled herself, else to her."""
    subject = _l("Cancelled: %(title)s", title=kit.name)
    if loan.cancelled_by == loan.person_id:
        return _tell_minders("loan_cancelled_by_her", subject, loan, kit, but=loan.person_id)
    return _tell_borrower("loan_cancelled", subject, loan, kit)


def restored(loan: Loan, kit: Kit, by: int) -> int:
    """It stands again after all: to whoever was told that it does not."""
    subject = _l("It stands again: %(title)s", title=kit.name)
    if by == loan.person_id:
        return _tell_minders("loan_restored_by_her", subject, loan, kit, but=by)
    return _tell_borrower("loan_restored", subject, loan, kit)


def moved(loan: Loan, kit: Kit) -> int:
    return _tell_borrower("loan_moved", _l("Other days: %(title)s", title=kit.name), loan, kit)


def ready(loan: Loan, kit: Kit) -> int:
    return _tell_borrower("loan_ready", _l("Packed for you: %(title)s", title=kit.name), loan, kit)


def returned(loan: Loan, kit: Kit) -> int:
    """Thanks; and where the return of its use is still missing, the way to it."""
    return _tell_borrower("loan_returned", _l("It is back: %(title)s", title=kit.name), loan, kit)


def lost(loan: Loan, kit: Kit) -> int:
    return _tell_borrower("loan_lost", _l("Noted as lost: %(title)s", title=kit.name), loan, kit)


def longer_asked(loan: Loan, kit: Kit, until: date) -> int:
    """To those who decide, with the page on which the window is moved."""
    subject = _l("Longer, please: %(title)s", title=kit.name)
    return _tell_minders("loan_longer", subject, loan, kit, but=None, until=until)


def _tell_borrower(template: str, subject: LazyString, loan: Loan, kit: Kit) -> int:
    network = db.session.get_one(Network, loan.network_id)
    her = _borrower(loan)
    if (address := primary_address(her.id)) is None:
        return 0
    to = Reader(her.id, her.name, her.first_name, address, her.locale or network.locale)
    _queue(BORROWED, template, subject, to, network, loan, kit)
    return 1


def _tell_minders(
    template: str, subject: LazyString, loan: Loan, kit: Kit, but: int | None, until: date | None = None
) -> int:
    network = db.session.get_one(Network, kit.network_id)
    told = 0
    for to in minders_of(kit, network):
        if to.person_id != but and not has_stopped(to.person_id, KEPT, network.id):
            _queue(KEPT, template, subject, to, network, loan, kit, until=until)
            told += 1
    return told


def minders_of(kit: Kit, network: Network) -> Iterable[Reader]:
    """The coordinators of the kit's network and its keeper, those whom mail reaches (one query)."""
    hers = or_(Membership.role == "coordinator", Membership.person_id == kit.keeper_id)
    rows = db.session.execute(
        select(Person, EmailAddress.address)
        .join(Membership, Membership.person_id == Person.id)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(Membership.network_id == network.id, Membership.ended_at.is_(None), hers)
        .order_by(Person.id)
    )
    return [Reader(one.id, one.name, one.first_name, to, one.locale or network.locale) for one, to in rows]


def _queue(
    kind: str, template: str, subject: LazyString, to: Reader, network: Network, loan: Loan, kit: Kit, **more: Any
) -> None:
    with in_language(to.locale):
        outbox.queue(
            kind, to.address, str(subject), template, to_name=to.name, person_id=to.person_id, network_id=network.id,
            from_name=network.short_name or network.name, network=network, first_name=to.first_name,
            reply_to=_reply_to(loan, kit, to.person_id), loan=loan, kit=kit, borrower=_borrower(loan).name,
            school=_school(loan), start=dates.day(loan.starts_on), end=dates.day(loan.ends_on),
            link=absolute("loans.show", network=network.slug, loan_id=loan.id),
            decide=act_link("kitdecide", to.person_id, loan.id, days=60),
            use=act_link("kituse", to.person_id, loan.id, days=60),
            let=longer_link(to.person_id, loan.id, more["until"]) if more.get("until") else "", **more,
        )  # fmt: skip


def _reply_to(loan: Loan, kit: Kit, reader_id: int) -> str | None:
    """The other side: the borrower for those who mind the kit, for her whoever keeps it or said yes."""
    other = whom_to_ask(loan, kit) if reader_id == loan.person_id else loan.person_id
    return primary_address(other) if other else None


def whom_to_ask(loan: Loan, kit: Kit) -> int | None:
    """Who answers for the kit: its keeper, whoever said yes, whoever wrote it down. Not who has left since."""
    asked = dict.fromkeys(one for one in (kit.keeper_id, loan.approved_by, kit.owner_id) if one)
    return next((one for one in asked if current_membership(kit.network_id, one)), None)


def _borrower(loan: Loan) -> Person:
    return db.session.get_one(Person, loan.person_id)


def _school(loan: Loan) -> str:
    return db.session.get_one(Organisation, loan.organisation_id).name if loan.organisation_id else ""
