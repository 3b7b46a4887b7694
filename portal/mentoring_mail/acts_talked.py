"""We met, from a mail: one press writes a talk down as the one whose mail it is. One link writes down one talk at most."""

from datetime import date, timedelta
from typing import Any

from flask import current_app, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from wtforms import IntegerField, SelectField, TimeField
from wtforms.validators import Optional

from portal.activities.meetings import MODES, NOON, moment
from portal.db import db
from portal.mentoring import policy
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations_contacts import confirm_contact, log_contact
from portal.mentoring.queries import names_of, pairing_in
from portal.mentoring.talks import Talk
from portal.mentoring_mail.operations_dates import note_not_met, set_next_date
from portal.mentoring_mail.queries_dates import dated_before, open_date, talks_on, written_since
from portal.networks.scope import Here, scope_by_link
from portal.web import clock, dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.choices import choices_of
from portal.web.day_fields import DateField
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link, absolute, signed_token

ACT, DAYS = "talked", 30
LENGTHS = ("20", "30", "45", "60")
TYPED, NOT, OTHER = "typed", "not", "other"


class TalkedForm(SignedForm):
    on = DateField(_l("The day"), validators=[Optional()])
    minutes = IntegerField(_l("Another number of minutes"), validators=[Optional()])
    mode = SelectField(_l("How"), choices=choices_of(MODES), default="in_person")
    next_on = DateField(_l("Next date"), validators=[Optional()])
    next_time = TimeField(_l("At"), validators=[Optional()])

    def begin(self, link: Link) -> None:
        """The day of the date that the mail was about; what an answer by mail was understood to say goes before it."""
        self.on.data = _day_of(link)
        for field in (self.on, self.minutes, self.mode, self.next_on, self.next_time):
            said = request.args.get(field.name, "")[:20]
            if said and (field is not self.mode or said in dict(MODES)):
                try:
                    field.process_formdata([said])
                except ValueError:
                    field.data = None


def talked_link(person_id: int, pairing_id: int, choice: str = "", **typed: object) -> str:
    """The address that opens it with what is known filled in, for a mail. Holds a day and numbers, never a word."""
    more = {name: value for name, value in typed.items() if value not in (None, "")}
    if choice:
        more["want"] = choice
    return absolute("acts.open_act", act_token=signed_token(ACT, person_id, pairing_id, days=DAYS), **more)


def look_at_pair(link: Link) -> Look:
    scope, pairing = _pair(link)
    other = names_of(pairing)[policy.other_of(link.person_id, pairing)]
    done = written_since(pairing.id, link.person_id, link.issued_at)
    page = absolute("mentoring.pair", network=scope.network.slug, pairing_id=pairing.id)
    lines = [
        _("Only the day, the minutes and how you met are written down here. Your notes stand on the page of your pair.")
    ]
    if done:
        talk = absolute("mentoring.contact", network=scope.network.slug, talk_id=done.id)
        doors = [(_("Put it right, or add your notes (you sign in first)"), talk), (_("Your pair"), page)]
        return Look(_("You met %(name)s", name=other), lines, _stands(done, scope), [], doors, scope.network.name)
    return Look(
        _("You and %(name)s", name=other), lines, "", _buttons(pairing, link, scope.network.time_zone),
        [(_("The whole page, with notes (you sign in first)"), page)], scope.network.name,
    )  # fmt: skip


def answer_pair(link: Link, choice: str, form: Any) -> str:
    scope, pairing = _pair(link)
    done = written_since(pairing.id, link.person_id, link.issued_at)
    if done:
        return _stands(done, scope)
    zone = scope.network.time_zone
    if choice == NOT:
        note_not_met(pairing, link.person_id, link.issued_at, zone)
        return _("Noted: you did not meet. Nobody asks about that date again.")
    next_at = moment(form.next_on.data, form.next_time.data or NOON, zone) if form.next_on.data else None
    if choice == OTHER:
        if next_at is None:
            raise DomainError(_("Type the new date."), "next_on")
        set_next_date(pairing, link.person_id, next_at, zone)
        return _("The new date stands. Both of you see it.")
    minutes = int(choice) if choice in LENGTHS else form.minutes.data
    if minutes is None or choice not in (*LENGTHS, TYPED):
        raise DomainError(_("Type how many minutes it was, or press one of the numbers."), "minutes")
    return _write(link, scope, pairing, Talk(
        at=moment(form.on.data or _day_of(link), NOON, zone), minutes=minutes, mode=form.mode.data, next_at=next_at, how="mail",
    ))  # fmt: skip


def _write(link: Link, scope: Here, pairing: Pairing, talk: Talk) -> str:
    """Write it down, or say yes to what the other one has written down of the same talk.

    What she wrote down herself before that mail, of that day and length, is the same talk too.
    """
    zone = scope.network.time_zone
    there = talks_on(pairing.id, clock.local(talk.at, zone).date(), zone)
    # Of two that day the one of the same length is meant.
    there.sort(key=lambda one: one.contact.minutes != talk.minutes)
    mine = next((one for one in there if _is_hers(one, link, talk)), None)
    if mine:
        return _stands(mine, scope)
    theirs = next((one for one in there if _may_be(one, link)), None)
    if theirs:
        contact = theirs.contact
        if contact.minutes != talk.minutes:
            name = names_of(pairing)[contact.logged_by]
            raise DomainError(_(
                "%(name)s wrote down %(time)s for that day. Open the page below and say whether it is right.",
                name=name, time=dates.minutes(contact.minutes),
            ))  # fmt: skip
        confirm_contact(theirs, link.person_id)
        return _("It stood there already, and now both of you say so. Thank you.")
    told = log_contact(pairing, link.person_id, talk, current_app.config["SETTINGS"].key("mentoring"), zone)
    return _stands(told, scope)


def _is_hers(told: PairTalk, link: Link, talk: Talk) -> bool:
    contact = told.contact
    return contact.logged_by == link.person_id and (contact.contact_kind, contact.minutes) == (talk.kind, talk.minutes)


def _may_be(told: PairTalk, link: Link) -> bool:
    contact = told.contact
    return contact.contact_kind != "support" and contact.logged_by != link.person_id and not told.confirmed_at


def _buttons(pairing: Pairing, link: Link, time_zone: str) -> list[Button]:
    """What can be pressed. Of a date on which something is written down nobody says that they did not meet."""
    lengths = [Button(one, ngettext("We met: %(num)s minute", "We met: %(num)s minutes", int(one))) for one in LENGTHS]
    buttons = [*lengths, Button(TYPED, _("We met: minutes as typed"))]
    if open_date(pairing.id, link.issued_at, time_zone):
        buttons.append(Button(NOT, _("We did not meet")))
        buttons.append(Button(OTHER, _("We meet on the next date above")))
    return buttons


def _stands(told: PairTalk, scope: Here) -> str:
    contact = told.contact
    day = dates.day(clock.local(contact.starts_at, scope.network.time_zone).date())
    return _("It is written down: %(day)s, %(time)s. Thank you.", day=day, time=dates.minutes(contact.minutes))


def _day_of(link: Link) -> date:
    """The day of the last date before the mail; without one the day of the mail itself."""
    _scope, pairing = _pair(link)
    zone = _scope.network.time_zone
    issued = clock.local(link.issued_at, zone).date()
    dated = dated_before(pairing.id, link.issued_at)
    if dated is None or dated.next_at is None:
        return issued
    day = clock.local(dated.next_at, zone).date()
    return day if issued - day <= timedelta(days=DAYS) else issued


def _pair(link: Link) -> tuple[Here, Pairing]:
    """The pair, for one of its two. Raises NotHere for anybody else, and for whoever left the network."""
    ours = select(Pairing.network_id).where(Pairing.id == link.thing_id)
    scope = scope_by_link(db.session.execute(ours).scalar() or 0, link.person_id, "mentoring")
    pairing = pairing_in(scope.network.id, link.thing_id)
    if pairing is None or not policy.may_log(scope.membership, pairing):
        raise NotHere
    return scope, pairing


def declare_talked() -> None:
    declare_signed(ACT, look_at_pair, answer_pair, TalkedForm)
