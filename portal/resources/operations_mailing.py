"""Mail it to myself: the links to a pack, for the computer at which it is wanted."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.mail import kinds, outbox
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.people.models import Person
from portal.resources.models import Pack
from portal.resources.queries import items_of, size_of
from portal.web.errors import DomainError
from portal.web.limits import too_many
from portal.web.links import absolute

# Answers what somebody pressed a moment ago: nothing that could be stopped.
kinds.declare("pack-to-me", why=_l("You get this because you asked for it on the page of the pack."))
declare({"pack.mailed": _l("%(actor)s mailed “%(title)s” to herself")})
MOST, MINUTES = 12, 60
# A file that opens on a telephone within a moment.
SMALL = 2_000_000


@operation
def mail_pack_to(actor_id: int, pack_id: int) -> str:
    """Put the mail into the outbox; returns the address it goes to.

    Raises DomainError without an address, and for more than twelve within an hour.
    """
    pack, person = db.session.get_one(Pack, pack_id), db.session.get_one(Person, actor_id)
    network = db.session.get_one(Network, pack.network_id)
    to = primary_address(actor_id)
    if not to:
        raise DomainError(_("We have no address of yours. Add one on your own page."))
    if too_many("pack-to-me", str(actor_id), MOST, MINUTES):
        raise DomainError(_("That were twelve within an hour. They wait in your mailbox."))
    items = items_of(pack_id)
    here = {"network": network.slug, "pack_id": pack_id}
    small = [
        (item, absolute("resources.file", **here, item_id=item.id)) for item in items if (item.size or SMALL) < SMALL
    ]
    outbox.queue(
        "pack-to-me", to, pack.title, "pack_to_me", to_name=person.name, person_id=person.id, network_id=network.id,
        from_name=network.short_name or network.name, network=network, first_name=person.first_name, pack=pack,
        size=size_of(items), small=small, page=absolute("resources.show", **here),
        archive=absolute("resources.archive", **here),
    )  # fmt: skip
    # Her own line: what she takes home is nobody else's business.
    history.record(actor_id, "pack.mailed", "person", actor_id, title=pack.title)
    return to
