"""The letter to somebody who asks for a code and is only known: who added her, and the choice she has."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.mail import kinds, outbox
from portal.networks.known_links import known_token
from portal.networks.queries_known import what_is_known
from portal.people.models import EmailAddress
from portal.people.names import fold_address
from portal.web.links import absolute

kinds.declare("known-person", why=_l("You get this because your address was typed to sign in."))


def write_to_the_known(person_id: int, address: str) -> None:
    """Mail the choice to come in or to be forgotten; belongs into the transaction of asking for a code."""
    query = select(EmailAddress.id).where(EmailAddress.folded == fold_address(address))
    token = known_token(db.session.execute(query).scalar_one())
    known = what_is_known(person_id)
    outbox.queue(
        "known-person",
        address,
        _("Staffroom knows your address. Come in, or be forgotten"),
        "invitation_known",
        to_name=known.name,
        person_id=person_id,
        known=known,
        link=absolute("acts.open_act", act_token=token),
    )
