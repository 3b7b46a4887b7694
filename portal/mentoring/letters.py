"""The mail to the other one of a pair: you met, is that right? It holds a date and minutes, never a word of content."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.mentoring.models import PairTalk
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.people.models import Person
from portal.web import clock, dates
from portal.web.languages import in_language
from portal.web.links import act_link

kinds.declare("you-met", why=_l("You get this because you are one of this pair."), name=_l("“You met” mails"))
DAYS = 30


def ask_whether_met(told: PairTalk) -> None:
    """Ask the one who did not write the talk down. Without an address, or after she stopped these, nothing is sent."""
    contact, pairing = told.contact, told.pairing
    if contact.contact_kind == "support":
        return
    other_id = pairing.mentee_id if contact.logged_by == pairing.mentor_id else pairing.mentor_id
    to = primary_address(other_id)
    if to is None or has_stopped(other_id, "you-met", contact.network_id):
        return
    other, writer = db.session.get_one(Person, other_id), db.session.get_one(Person, contact.logged_by)
    network = db.session.get_one(Network, contact.network_id)
    local = clock.local(contact.starts_at, other.time_zone or network.time_zone).replace(tzinfo=None)
    with in_language(other.locale or network.locale):
        outbox.queue(
            "you-met", to, _("You met on %(day)s?", day=dates.day(local.date())), "you_met", to_name=other.name,
            person_id=other_id, network_id=network.id, from_name=network.short_name or network.name, network=network,
            first_name=other.first_name, writer=writer.name, day=dates.day(local.date()),
            length=dates.minutes(contact.minutes),
            yes=act_link("met", other_id, told.id, days=DAYS, choice="yes"),
            no=act_link("met", other_id, told.id, days=DAYS, choice="no"),
        )  # fmt: skip
