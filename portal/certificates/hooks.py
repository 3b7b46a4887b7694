"""After an evaluation comes the certificate: made in the same moment, and offered on the page that says thank you."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.certificates.operations import make_for_person
from portal.certificates.queries_event import EVENT
from portal.certificates.signed import certificate_link
from portal.credit.queries_certificates import certificates_about
from portal.evaluation.hooks import after_answer


@after_answer
def offer_certificates(event_id: int, person_id: int) -> list[tuple[str | LazyString, str]]:
    """Issue what her answer was the last thing missing for; a link to each certificate that she has by now, credit first."""
    make_for_person(event_id, person_id)
    hers = [one for one in certificates_about(EVENT, event_id, person_id) if not one.voided_at and one.name]
    hers.sort(key=lambda one: one.kind == "attendance")
    return [(_label(one.kind, one.printed.get("units", "")), certificate_link(one)) for one in hers]


def _label(kind: str, units: str) -> LazyString:
    return (
        _l("Your certificate of %(units)s", units=units) if kind == "credit" else _l("Your certificate of attendance")
    )
