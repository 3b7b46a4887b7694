"""The mail that something was handed on: from whom, and a link. Not a word of what is in it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.handing_on.models import HandOver
from portal.mail import kinds, outbox
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.people.models import Person
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import absolute

kinds.declare(
    "handed-on", why=_l("You get this because a teacher chose you to read something of her own."), is_key=True
)
# How long a link opens what was handed on to somebody without an account.
DAYS = 60


def tell_member(one: HandOver) -> None:
    """To a member: the page is behind her sign-in. Without an address she finds it on her mentoring page."""
    assert one.to_person_id is not None
    to, reader = primary_address(one.to_person_id), db.session.get_one(Person, one.to_person_id)
    network = db.session.get_one(Network, one.network_id)
    if to is None:
        return
    link = absolute("handing_on.received", network=network.slug, hand_over_id=one.id)
    with in_language(reader.locale or network.locale):
        _write(one, to, reader.name, reader.first_name, network, link, person_id=reader.id)


def tell_outside(one: HandOver, token: str) -> None:
    network = db.session.get_one(Network, one.network_id)
    link = absolute("handed.cover", hand_token=token)
    with in_language(network.locale):
        _write(one, one.to_address, one.to_name, one.to_name, network, link, person_id=None)


def _write(
    one: HandOver, to: str, name: str, first_name: str, network: Network, link: str, person_id: int | None
) -> None:
    sender = db.session.get_one(Person, one.person_id)
    outbox.queue(
        "handed-on", to, _("%(name)s hands something on to you", name=sender.name), "handed_on", to_name=name,
        person_id=person_id, network_id=network.id, from_name=network.short_name or network.name, network=network,
        reply_to=primary_address(sender.id), first_name=first_name, handing=sender.name, link=link,
        needs_sign_in=person_id is not None, until=dates.day(one.expires_at) if one.expires_at else "",
    )  # fmt: skip
