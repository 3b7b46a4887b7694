"""Papers are made in the background by the worker: a few at a time, the write lock never held while one is set.

A certificate exists from the moment it is issued; only its PDF and the mail follow. One whose paper fails is marked
with the reason and left alone until somebody asks for another try.
"""

import io
import logging
import time

from portal.certificates.letters import tell
from portal.certificates.queries_event import EVENT
from portal.credit.models import Certificate
from portal.credit.papers import file_name, paper_of
from portal.credit.queries_certificates import certificates_about, papers_to_make, papers_waiting_beside
from portal.db import db, operation, writing
from portal.events.models import Event
from portal.files.models import StoredFile
from portal.files.store import store
from portal.web import clock
from portal.web.housekeeping import each_round
from portal.web.papers import MEDIA_TYPE

BATCH = 20
# Then the mails get their turn; the rest follows at the next round.
SECONDS = 20.0
logger = logging.getLogger("staffroom")


def make_papers() -> int:
    """Make what waits, for at most some seconds; returns how many. Done at each round of the worker."""
    until, made = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        waiting = papers_to_make(BATCH)
        for certificate_id in waiting:
            made += _make(certificate_id)
        if len(waiting) < BATCH:
            break
    return made


def _make(certificate_id: int) -> int:
    """One paper: read, set it outside of any transaction, store its bytes, then one short transaction."""
    certificate = db.session.get(Certificate, certificate_id)
    if certificate is None:
        return 0
    db.session.expunge(certificate)
    db.session.rollback()
    try:
        digest, size = store().put(io.BytesIO(paper_of(certificate)))
        with writing():
            _keep(certificate_id, certificate.name, digest, size)
    except Exception as error:
        # Whatever is wrong with one paper or its mail must not keep the others; no name goes into the log.
        logger.exception("a certificate could not be made: %s", certificate_id)
        with writing():
            _note_fault(certificate_id, f"{type(error).__name__}: {error}")
        _tell_of_the_others(certificate_id)
        return 0
    return 1


@operation
def _note_fault(certificate_id: int, reason: str) -> None:
    db.session.get_one(Certificate, certificate_id).fault = reason[:300]


def _tell_of_the_others(certificate_id: int) -> None:
    """What else she gets of the event may have waited for this one alone. A mail that fails again leaves the fault noted."""
    try:
        with writing():
            _tell_of(certificate_id)
    except Exception:
        logger.exception("nobody was told of the papers beside %s", certificate_id)


@operation
def _tell_of(certificate_id: int) -> None:
    _tell_when_all_are_made(db.session.get_one(Certificate, certificate_id))


@operation
def _keep(certificate_id: int, name: str, digest: str, size: int) -> None:
    """The row of the file, and the mail once all that she gets of this event is made.

    Nothing is kept where the certificate was voided or its holder forgotten while the paper was set.
    """
    one = db.session.get_one(Certificate, certificate_id)
    if one.voided_at or one.name != name or one.made_at:
        return
    file = StoredFile(
        sha256=digest, name=file_name(one), kind="pdf", media_type=MEDIA_TYPE, size=size,
        uploaded_at=clock.now(), uploaded_by=None,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    one.stored_file_id, one.made_at = file.id, clock.now()
    db.session.flush()
    _tell_when_all_are_made(one)


def _tell_when_all_are_made(one: Certificate) -> None:
    """One mail for all that she gets of an event; the one that failed does not keep the others."""
    if one.subject_kind != EVENT or papers_waiting_beside(one):
        return
    about = certificates_about(one.subject_kind, one.subject_id, one.person_id)
    untold = [other for other in about if other.made_at and not other.told_at and not other.voided_at]
    if untold:
        tell(db.session.get_one(Event, one.subject_id), untold)


each_round(make_papers)
