"""Links that open a certificate, or for half an hour a whole record, without signing in."""

from datetime import timedelta

from portal.credit.models import Certificate
from portal.web import clock
from portal.web.links import Link, act_link

# A certificate is looked for when a licence is renewed; its link works for a year, then signing in does.
CERTIFICATE_DAYS = 365
RECORD_FOR = timedelta(minutes=30)
CERTIFICATE, RECORD = "certificate", "record"


def certificate_link(one: Certificate) -> str:
    """The address for a mail or a page that follows an evaluation."""
    return act_link(CERTIFICATE, one.person_id, one.id, days=CERTIFICATE_DAYS)


def record_link(person_id: int) -> str:
    """The address for the mail that somebody asked for; good for half an hour (links count in days, so it is asked again)."""
    return act_link(RECORD, person_id, days=1)


def is_out_of_date(link: Link) -> bool:
    """Half an hour for a record, the link's own end for everything else."""
    end = min(link.ends_at, link.issued_at + RECORD_FOR) if link.act == RECORD else link.ends_at
    return clock.now() >= end
