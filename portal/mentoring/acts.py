"""Yes, we met: the answer of the other one of a pair, from a mail. Shows a date and minutes, never a word of content."""

from flask_babel import gettext as _

from portal.db import db
from portal.mentoring import policy
from portal.mentoring.models import MentoringContact
from portal.mentoring.operations_contacts import confirm_contact, dispute_contact
from portal.mentoring.queries import contact_in, names_of
from portal.networks.scope import scope_by_link
from portal.web import dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link, absolute


def _contact(link: Link) -> tuple[MentoringContact, str]:
    """The talk, and the network's name. Raises NotHere for one taken back, and for whoever may not confirm it."""
    network_id = getattr(db.session.get(MentoringContact, link.thing_id), "network_id", 0)
    scope = scope_by_link(network_id, link.person_id, "mentoring")
    contact = contact_in(network_id, link.thing_id)
    if contact is None or contact.deleted_at or not policy.may_confirm(scope.membership, contact):
        raise NotHere
    return contact, scope.network.name


def look_at_talk(link: Link) -> Look:
    contact, network = _contact(link)
    writer = names_of(contact.pairing)[contact.logged_by]
    day, length = dates.day(contact.starts_at), dates.minutes(contact.minutes)
    said = _("%(name)s wrote down: %(day)s, %(time)s.", name=writer, day=day, time=length)
    state = ""
    if contact.confirmed_at:
        state = _("You confirmed it.")
    elif contact.disputed_at:
        state = _("You said that it was otherwise. %(name)s sees that and can correct it.", name=writer)
    slug = scope_by_link(contact.network_id, link.person_id, "mentoring").network.slug
    page = absolute("mentoring.contact", network=slug, contact_id=contact.id)
    return Look(
        _("Did you two meet?"),
        [said, _("What you said to each other is not in this page, nor in any mail.")],
        state,
        [Button("yes", _("Yes, that is right")), Button("no", _("No, it was otherwise"))],
        [(_("Your notes of it (you sign in first)"), page)],
        network,
    )


def answer_talk(link: Link, choice: str, form: SignedForm) -> str:
    contact, _network = _contact(link)
    if choice == "yes":
        confirm_contact(contact, link.person_id)
        return _("Thank you, it counts.")
    if choice != "no":
        raise DomainError(_("Choose one of the answers."))
    dispute_contact(contact, link.person_id)
    return _("Thank you. The other one of you sees that, and can correct it.")


def declare_acts() -> None:
    declare_signed("met", look_at_talk, answer_talk)
