"""A wording of what pairs promise each other, and one of a pair saying yes to it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.agreements.models import MentoringAgreement, PairAgreement
from portal.agreements.queries import current_agreement
from portal.agreements.starting_text import starting_text
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.models import Pairing
from portal.networks.models import Network
from portal.web import clock
from portal.web.errors import Conflict, DomainError
from portal.web.languages import in_language
from portal.web.prose import render

phrases.declare(
    {
        "mentoring.agreement": _l("%(actor)s wrote version %(version)s of the agreement for pairs"),
        "pairing.agreed": _l("%(actor)s said yes to version %(version)s of the agreement"),
    }
)


@operation
def write_agreement(actor_id: int, network_id: int, seen: int, text: str) -> int:
    """A new wording is a new version; who said yes to an earlier one has said yes to that. The same wording stays.

    Returns the version. ``seen`` is the version that its writer had before her, 0 for none; raises Conflict for a newer.
    """
    current = current_agreement(network_id)
    version = current.version if current else 0
    if current and current.text == text:
        return version
    if current and version != seen:
        raise Conflict({"text": current.text})
    _add(network_id, version + 1, text, actor_id)
    history.record(actor_id, "mentoring.agreement", "network", network_id, network_id, version=version + 1)
    return version + 1


@operation
def agree(pairing: Pairing, person_id: int, version: int) -> None:
    """One of the two says yes to the wording that she read. Saying it twice is once.

    The first yes in a network without a wording of its own keeps the starting text as version 1. Raises DomainError for
    a wording that was changed since she read it, and for a pair that has ended.
    """
    if pairing.ended_on:
        raise DomainError(_("This pair has ended."))
    current = current_agreement(pairing.network_id) or _keep_starting_text(pairing.network_id)
    if current.version != version:
        raise DomainError(_("The wording changed since you opened this page. Read it once more, then say yes."))
    said = select(PairAgreement.id).where(
        PairAgreement.pairing_id == pairing.id,
        PairAgreement.person_id == person_id,
        PairAgreement.agreement_id == current.id,
    )
    if db.session.execute(said).first():
        return
    db.session.add(
        PairAgreement(pairing_id=pairing.id, person_id=person_id, agreement_id=current.id, agreed_at=clock.now())
    )
    history.record(person_id, "pairing.agreed", "pairing", pairing.id, pairing.network_id, version=version)


def _keep_starting_text(network_id: int) -> MentoringAgreement:
    with in_language(db.session.get_one(Network, network_id).locale):
        return _add(network_id, 1, starting_text(), None)


def _add(network_id: int, version: int, text: str, by: int | None) -> MentoringAgreement:
    made = MentoringAgreement(
        network_id=network_id, version=version, text=text, text_html=str(render(text)), made_at=clock.now(), made_by=by
    )
    db.session.add(made)
    db.session.flush()
    return made
