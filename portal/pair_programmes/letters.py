"""The mail to whoever asked for a month: it is open again until a day, or it stays closed. No figure, no word of content."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mentoring.models import Pairing, PairMonth
from portal.mentoring.policy import other_of
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.people.models import Person
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import absolute

KIND = "pair-month"
kinds.declare(KIND, why=_l("You get this because you asked for a month to be opened again."), private=True)


def tell_answer(pairing: Pairing, row: PairMonth) -> None:
    """Once, to the one who asked and still waits; a month that was opened unasked is seen on the page."""
    if row.asked_at is None or row.asked_by is None:
        return
    to = primary_address(row.asked_by)
    if to is None:
        return
    person, other = (db.session.get_one(Person, one) for one in (row.asked_by, other_of(row.asked_by, pairing)))
    network = db.session.get_one(Network, pairing.network_id)
    with in_language(person.locale or network.locale):
        month, until = dates.month(row.month), dates.day(row.open_until) if row.open_until else ""
        subject = _("%(month)s is open again", month=month) if until else _("%(month)s stays closed", month=month)
        outbox.queue(
            KIND, to, subject, "pair_month", to_name=person.name, person_id=person.id, network_id=network.id,
            from_name=network.short_name or network.name, network=network, first_name=person.first_name,
            reply_to=address_for("mentoring", person.id, network.id),
            other=other.name, month=month, until=until,
            link=absolute("mentoring.pair", network=network.slug, pairing_id=pairing.id),
        )  # fmt: skip
