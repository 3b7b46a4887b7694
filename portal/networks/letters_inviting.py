"""The invitation as a letter, sent or only looked at.

Somebody who stands on a list since an import has heard nothing of it: her letter says who put her there, when, what is
written down about her, and how to have it removed.
"""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.models import OutboxMail
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.networks.queries_known import what_is_known
from portal.networks.queries_members import current_membership
from portal.networks.roles import role_name
from portal.people.models import Person
from portal.web.links import absolute

LASTS = timedelta(days=60)

kinds.declare(
    "invitation",
    why=_l("You get this because a coordinator asks you to join. Until you say yes, you are only on her list."),
)


def write_invitation(
    network_id: int, by: int, person: Person, address: str, said: tuple[str, str], token: str
) -> OutboxMail:
    """Put the letter into the outbox; belongs into the transaction of inviting. ``said`` are role and note."""
    network, inviter = db.session.get_one(Network, network_id), db.session.get_one(Person, by)
    is_listed = person.admitted_at is None and current_membership(network_id, person.id) is not None
    return outbox.queue(
        "invitation",
        address,
        _("%(inviter)s invites you to %(network)s", inviter=inviter.name, network=network.name),
        "first_mail" if is_listed else "invitation",
        to_name=person.name,
        person_id=person.id,
        network_id=network.id,
        from_name=inviter.name,
        reply_to=primary_address(inviter.id),
        network=network,
        inviter=inviter.name,
        first_name=person.first_name,
        role=role_name(said[0]),
        note=said[1],
        known=what_is_known(person.id) if is_listed else None,
        address=address,
        link=absolute("acts.open_act", act_token=token),
        days=LASTS.days,
    )


def look_at_invitation(network_id: int, by: int, person_id: int, address: str, note: str) -> OutboxMail:
    """The same letter, not sent: its link leads to nothing, and nothing of it is kept."""
    person = db.session.get_one(Person, person_id)
    mail = write_invitation(network_id, by, person, address, ("member", note), "invitation-looked-at")
    db.session.expunge(mail)
    return mail
