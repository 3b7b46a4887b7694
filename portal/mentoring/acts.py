"""Yes, we met: the answer of the other one of a pair, from a mail. Shows a date and minutes, never a word of content."""

from flask_babel import gettext as _
from sqlalchemy import select

from portal.db import db
from portal.mentoring import policy
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations_contacts import confirm_contact, dispute_contact
from portal.mentoring.queries import names_of, talk_in
from portal.networks.scope import scope_by_link
from portal.web import dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link, absolute


def _talk(link: Link) -> tuple[PairTalk, str]:
    """The talk, and the network's name. Raises NotHere for one taken back, and for whoever may not confirm it."""
    ours = select(Pairing.network_id).join(PairTalk).where(PairTalk.id == link.thing_id)
    network_id = db.session.execute(ours).scalar() or 0
    scope = scope_by_link(network_id, link.person_id, "mentoring")
    told = talk_in(network_id, link.thing_id)
    if told is None or told.contact.deleted_at or not policy.may_confirm(scope.membership, told):
        raise NotHere
    return told, scope.network.name


def look_at_talk(link: Link) -> Look:
    told, network = _talk(link)
    contact = told.contact
    writer = names_of(told.pairing)[contact.logged_by]
    day, length = dates.day(contact.starts_at), dates.minutes(contact.minutes)
    said = _("%(name)s wrote down: %(day)s, %(time)s.", name=writer, day=day, time=length)
    state = ""
    if told.confirmed_at:
        state = _("You confirmed it.")
    elif told.disputed_at:
        state = _("You said that it was otherwise. %(name)s sees that and can correct it.", name=writer)
    slug = scope_by_link(contact.network_id, link.person_id, "mentoring").network.slug
    page = absolute("mentoring.contact", network=slug, talk_id=told.id)
    return Look(
        _("Did you two meet?"),
        [said, _("What you said to each other is not in this page, nor in any mail.")],
        state,
        [Button("yes", _("Yes, that is right")), Button("no", _("No, it was otherwise"))],
        [(_("Your notes of it (you sign in first)"), page)],
        network,
    )


def answer_talk(link: Link, choice: str, form: SignedForm) -> str:
    told, _network = _talk(link)
    if choice == "yes":
        confirm_contact(told, link.person_id)
        return _("Thank you, it counts.")
    if choice != "no":
        raise DomainError(_("Choose one of the answers."))
    dispute_contact(told, link.person_id)
    return _("Thank you. The other one of you sees that, and can correct it.")


def declare_acts() -> None:
    declare_signed("met", look_at_talk, answer_talk)
