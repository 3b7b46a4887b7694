"""The mail to the owner of a pack: somebody looked at it, and this is what she said."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds
from portal.networks.models import Network
from portal.networks.queries_members import current_membership
from portal.people.models import Person
from portal.resources.letters import mail_about_pack
from portal.resources.models import Pack
from portal.reviewing.fields import PASSED
from portal.reviewing.models import PackReview
from portal.web.links import absolute

kinds.declare(
    "pack-looked-at",
    why=_l("You get this because the pack is yours."),
    name=_l("Mails about what coordinators say of your packs"),
)


def tell_its_owner(pack: Pack, review: PackReview) -> None:
    """Passed, or sent back with a note. Nobody is mailed about what she did herself, or has left the network."""
    if review.made_by == pack.owner_id or current_membership(pack.network_id, pack.owner_id) is None:
        return
    network, by = db.session.get_one(Network, pack.network_id), db.session.get_one(Person, review.made_by)
    passed = review.decision == PASSED
    mail_about_pack(
        "pack-looked-at",
        pack.owner_id,
        network,
        pack,
        lambda: (
            _("“%(title)s” has passed", title=pack.title)
            if passed
            else _("“%(title)s” comes back with a note", title=pack.title)
        ),
        "pack_looked_at",
        review=review,
        passed=passed,
        by=by,
        is_seen=pack.shared_at is not None,
        page=absolute("resources.show", network=network.slug, pack_id=pack.id),
    )
