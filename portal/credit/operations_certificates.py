"""Certificates come into being, are voided, and are replaced. None is ever changed: it lies in somebody's folder."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.credit.drafts import CertificateDraft
from portal.credit.models import Certificate
from portal.credit.numbering import new_code, next_numbers
from portal.credit.queries_certificates import certificates_beside, times_renamed
from portal.db import db, operation
from portal.history import phrases, record
from portal.people.names import fold_name, tidy_name
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "certificates-issued": _l("%(actor)s issued certificates: %(count)s"),
        "certificate-voided": _l("%(actor)s voided certificate %(number)s"),
        "certificate-replaced": _l("%(actor)s replaced certificate %(number)s by %(other)s"),
        "certificate-renamed": _l("%(actor)s corrected the name on certificate %(number)s, which is now %(other)s"),
        "certificates-tried-again": _l("%(actor)s had the papers made once more: %(count)s"),
    }
)
# A name is put right soon after the paper came, and not again and again.
RENAMED_WITHIN = timedelta(days=365)
MOST_NAMES = 3
LONGEST_NAME = 120


@operation
def issue(drafts: Sequence[CertificateDraft], year: int, by: int | None) -> list[Certificate]:
    """New certificates with the next numbers of that year. Their papers are made later, by the worker."""
    now = clock.now()
    made = [
        Certificate(**_values(draft), number=number, check_code=new_code(), issued_at=now, issued_by=by)
        for draft, number in zip(drafts, next_numbers(year, len(drafts)), strict=True)
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


@operation
def void(certificate: Certificate, reason: str, by: int) -> None:
    """It counts no more; whoever checks it is told so. Raises DomainError without a reason, or when it is void already."""
    if not reason:
        raise DomainError(_("Say in a few words why. Its holder reads it."), "reason")
    _refuse_void(certificate)
    _end(certificate, reason, by)
    record(by, "certificate-voided", *_about(certificate), number=certificate.number)


@operation
def replace_by(certificate: Certificate, draft: CertificateDraft, year: int, reason: str, by: int) -> Certificate:
    """A new one in its place, and the old one voided with the reason and a pointer."""
    _refuse_void(certificate)
    other = _replace(certificate, draft, year, reason, by)
    record(by, "certificate-replaced", *_about(certificate), number=certificate.number, other=other.number)
    return other


@operation
def correct_name(certificate: Certificate, name: str, year: int) -> Certificate:
    """Her own correction of her name: it and its sisters about the same thing are issued anew, the old ones voided.

    Raises DomainError where the new name has no word in common with the old one (a coordinator changes such), for the
    fourth try, and after a year. Returns the one in place of ``certificate``.
    """
    _refuse_void(certificate)
    wanted = _checked_name(certificate, name)
    answer = None
    for one in certificates_beside(certificate):
        draft = replace(draft_again(one), name=wanted, printed=one.printed | {"own_name": True})
        other = _replace(one, draft, year, _("the name was corrected"), one.person_id)
        # On her own page of what she did; the coordinator sees both names beside the void one.
        record(one.person_id, "certificate-renamed", "certificate", other.id, number=one.number, other=other.number)
        answer = other if one.id == certificate.id else answer
    if answer is None:
        raise LookupError(certificate.id)
    return answer


def draft_again(certificate: Certificate) -> CertificateDraft:
    """All that a certificate states, for one that states the same but for a correction."""
    return CertificateDraft(**{one.name: getattr(certificate, one.name) for one in fields(CertificateDraft)})


def _values(draft: CertificateDraft) -> dict[str, Any]:
    return {one.name: getattr(draft, one.name) for one in fields(CertificateDraft)}


def _checked_name(certificate: Certificate, name: str) -> str:
    wanted = tidy_name(name)
    if not any(letter.isalpha() for letter in wanted):
        raise DomainError(_("Type your name as it stands in your licence or passport."), "name")
    if len(wanted) > LONGEST_NAME:
        raise DomainError(_("A name has at most %(most)s letters here.", most=LONGEST_NAME), "name")
    if wanted == certificate.name:
        raise DomainError(_("That is the name that stands there."), "name")
    if certificate.issued_at < clock.now() - RENAMED_WITHIN:
        raise DomainError(_("After a year only your coordinator can correct it. Answer the mail it came with."), "name")
    if times_renamed(certificate) >= MOST_NAMES:
        raise DomainError(_("You have corrected it three times. Write to your coordinator."), "name")
    if not set(fold_name(wanted).split()) & set(fold_name(certificate.name).split()):
        raise DomainError(
            _(
                "That shares no word with %(name)s, so a coordinator has to see it. Write to her.",
                name=certificate.name,
            ),
            "name",
        )
    return wanted


def _replace(old: Certificate, draft: CertificateDraft, year: int, reason: str, by: int) -> Certificate:
    [other] = issue([draft], year, by)
    _end(old, reason, by)
    old.replaced_by_id = other.id
    return other


def _end(certificate: Certificate, reason: str, by: int) -> None:
    certificate.voided_at, certificate.voided_by, certificate.void_reason = clock.now(), by, reason[:300]


def _refuse_void(certificate: Certificate) -> None:
    if certificate.voided_at:
        raise DomainError(_("This certificate is void already."))


def _about(certificate: Certificate) -> tuple[str, int, int]:
    return certificate.subject_kind, certificate.subject_id, certificate.network_id
