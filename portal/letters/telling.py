"""Word to the coordinators when a letter did not go at its hour: nobody should find out from silence."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.letters.models import Letter
from portal.mail import kinds, outbox
from portal.networks.models import Network
from portal.networks.queries_asking import coordinator_addresses
from portal.web.languages import in_language
from portal.web.links import absolute

GIVEN_BACK = {
    "no_coordinator": _l("The coordinator in whose name it was to go has stepped down. Send it in yours."),
    "nobody": _l("At its hour nobody was left who could get it."),
    "gone": _l("What it is about is called off, over or no longer there."),
}
kinds.declare("letter-back", why=_l("You get this because you coordinate this network."))


def tell_given_back(letter: Letter) -> None:
    """One mail to each coordinator; belongs into the transaction that gives the letter back."""
    network = db.session.get_one(Network, letter.network_id)
    with in_language(network.locale):
        for one in coordinator_addresses(network.id):
            outbox.queue(
                "letter-back",
                one.address,
                _("Your letter did not go: %(subject)s", subject=letter.subject),
                "letter_given_back",
                to_name=one.name,
                person_id=one.person_id,
                network_id=network.id,
                network=network,
                letter=letter,
                because=str(GIVEN_BACK[letter.given_back]),
                link=absolute("letters.show", network=network.slug, letter_id=letter.id),
            )
