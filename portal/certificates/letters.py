"""The mail that brings a certificate: a link that opens it without signing in. The paper itself is behind the link."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.certificates.signed import certificate_link
from portal.credit import wording
from portal.credit.models import Certificate
from portal.events.models import Event
from portal.events.queries_letters import person_to_write, sender_of
from portal.mail import kinds, outbox
from portal.web import clock
from portal.web.languages import in_language

kinds.declare("certificate", why=_l("You get this because you were there and earned it."))


def tell(event: Event, certificates: Sequence[Certificate]) -> bool:
    """One mail for all that one person has of an event and was not told of yet. False without an address to write to."""
    to = person_to_write(certificates[0].person_id)
    for one in certificates:
        one.told_at = clock.now()
    if to is None:
        return False
    sender = sender_of(event)
    with in_language(to.locale or sender.locale):
        outbox.queue(
            "certificate", to.address, _("Certificate: %(title)s", title=event.title), "certificate",
            to_name=to.name, person_id=to.person_id, network_id=event.network_id, from_name=sender.from_name,
            reply_to=sender.reply_to, sender=sender, first_name=to.first_name, event=event,
            papers=[(wording.heading(one), wording.hours_in_full(one), certificate_link(one), one.number)
                    for one in certificates],
        )  # fmt: skip
    return True
