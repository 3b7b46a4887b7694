"""The agreement that borrowers accept gets a new wording."""

from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.lending.models import LoanAgreement
from portal.lending.queries import current_agreement
from portal.web import clock
from portal.web.errors import Conflict
from portal.web.prose import render

declare({"loan.agreement": _l("%(actor)s wrote version %(version)s of the agreement for loans")})


@operation
def write_agreement(actor_id: int, network_id: int, seen: int, text: str) -> int:
    """A new wording is a new version, which each borrower accepts once; the same wording stays as it is.

    Returns the version. ``seen`` is the version that its writer had before her, 0 for none; raises Conflict for a newer.
    """
    current = current_agreement(network_id)
    version = current.version if current else 0
    if current and current.text == text:
        return version
    if current and version != seen:
        raise Conflict({"text": current.text})
    db.session.add(
        LoanAgreement(
            network_id=network_id,
            version=version + 1,
            text=text,
            text_html=str(render(text)),
            made_at=clock.now(),
            made_by=actor_id,
        )
    )
    history.record(actor_id, "loan.agreement", "network", network_id, network_id, version=version + 1)
    return version + 1
