"""Yes, we met: the answer of the other one of a pair, from a mail. Shows a date and minutes, never a word of content."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from wtforms import HiddenField

from portal.db import db
from portal.mentoring import policy
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations_contacts import confirm_contact, dispute_contact
from portal.mentoring.queries import talk_in
from portal.mentoring.stale import fact_of
from portal.mentoring_mail.operations_asking import confirm_all
from portal.mentoring_mail.queries_asking import talks_asked_by, writers_of
from portal.networks.scope import Here, scope_by_link
from portal.web import clock, dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link, absolute


def _talk(link: Link) -> tuple[PairTalk, Here]:
    """The talk, and the network. Raises NotHere for one taken back, and for whoever may not confirm it."""
    ours = select(Pairing.network_id).join(PairTalk).where(PairTalk.id == link.thing_id)
    scope = scope_by_link(db.session.execute(ours).scalar() or 0, link.person_id, "mentoring")
    told = talk_in(scope.network.id, link.thing_id)
    if told is None or told.contact.deleted_at or not policy.may_confirm(scope.membership, told):
        raise NotHere
    return told, scope


def look_at_talk(link: Link) -> Look:
    told, scope = _talk(link)
    writer = writers_of([told])[told.contact.logged_by]
    state = ""
    if told.confirmed_at:
        state = _("You confirmed it.")
    elif told.disputed_at:
        state = _("You said that it was otherwise. %(name)s sees that and can correct it.", name=writer)
    page = absolute("mentoring.contact", network=scope.network.slug, talk_id=told.id)
    return Look(
        _("Did you two meet?"),
        [_line(told, writer, scope), _("What you said to each other is not in this page, nor in any mail.")],
        state,
        [Button("yes", _("Yes, we met")), Button("no", _("No, it was otherwise"))],
        [(_("Your notes of it (you sign in first)"), page)],
        scope.network.name,
    )


class MetForm(SignedForm):
    """What stood on the page: a yes is a yes to that."""

    seen = HiddenField()

    def begin(self, link: Link) -> None:
        self.seen.data = _fact_of(_talk(link)[0])


def answer_talk(link: Link, choice: str, form: Any) -> str:
    told, _scope = _talk(link)
    if choice == "yes":
        seen, form.seen.data = form.seen.data or "", _fact_of(told)
        confirm_contact(told, link.person_id, seen)
        return _("Thank you, it counts.")
    if choice != "no":
        raise DomainError(_("Choose one of the answers."))
    dispute_contact(told, link.person_id)
    return _("Thank you. The other one of you sees that, and can correct it.")


def look_at_all(link: Link) -> Look:
    """All that one mail asked about and still waits; those answered one by one meanwhile are no longer in it."""
    scope = scope_by_link(link.thing_id, link.person_id, "mentoring")
    waiting = talks_asked_by(scope.network.id, link.person_id, link.issued_at)
    writers = writers_of(waiting)
    lines = [_line(told, writers[told.contact.logged_by], scope) for told in waiting]
    label = ngettext("Yes, it is right", "Yes, all %(num)s are right", len(waiting))
    return Look(
        _("Are these right?"),
        [*lines, _("What you said to each other is not in this page, nor in any mail.")],
        "" if waiting else _("All of them are answered. Thank you."),
        [Button("yes", label)] if waiting else [],
        [(_("Your pairs (you sign in first)"), absolute("mentoring.index", network=scope.network.slug))],
        scope.network.name,
    )


def answer_all(link: Link, choice: str, form: SignedForm) -> str:
    scope = scope_by_link(link.thing_id, link.person_id, "mentoring")
    if choice != "yes":
        raise DomainError(_("Choose one of the answers."))
    confirmed = confirm_all(scope.network.id, link.person_id, link.issued_at)
    return ngettext(
        "Thank you, it counts.", "Thank you, all %(num)s count.", confirmed
    ) if confirmed else _("All of them are answered. Thank you.")  # fmt: skip


def _fact_of(told: PairTalk) -> str:
    return fact_of(told.contact.starts_at, told.contact.minutes)


def _line(told: PairTalk, writer: str, scope: Here) -> str:
    contact = told.contact
    day = dates.day(clock.local(contact.starts_at, scope.network.time_zone).date())
    return _("%(name)s wrote down: %(day)s, %(time)s.", name=writer, day=day, time=dates.minutes(contact.minutes))


def declare_acts() -> None:
    declare_signed("met", look_at_talk, answer_talk, MetForm)
    declare_signed("metall", look_at_all, answer_all)
