"""The letters about passkeys: she hears of each that is added or taken away, since either may not have been she."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.mail import kinds, outbox
from portal.people.models import Person
from portal.people.queries_passkeys import address_for_news
from portal.web.links import absolute

kinds.declare("passkey", why=_l("You get this because it is about how you sign in."))


def tell_of_passkey(person: Person, name: str, was_added: bool) -> None:
    """To her; without an address the line in her history is all there is."""
    address = address_for_news(person.id)
    if address is None:
        return
    added, removed = _("A passkey was added to your page"), _("A passkey was removed from your page")
    outbox.queue(
        "passkey",
        address,
        added if was_added else removed,
        "passkey_changed",
        to_name=person.name,
        person_id=person.id,
        first_name=person.first_name,
        name=name,
        was_added=was_added,
        link=absolute("my_page.index"),
    )
