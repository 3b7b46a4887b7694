"""What the links of a mail let a person do about herself: how often we write, and that she has left her school."""

from flask_babel import gettext as _

from portal.db import db
from portal.people.models import Person
from portal.people.operations_mail import choose_rhythm
from portal.people.operations_person import end_work
from portal.people.queries import work_of
from portal.people.rhythms import NEVER, RHYTHMS
from portal.web import clock
from portal.web.acts_signed import Button, Look, SignedForm, Whose, declare_signed, know_people
from portal.web.errors import DomainError
from portal.web.links import Link, absolute


def whose(link: Link) -> Whose | None:
    """Whose link it is by now; None when she was forgotten or has ended her links since."""
    person = db.session.get(Person, link.person_id)
    if person is not None and person.merged_into:
        person = db.session.get(Person, person.merged_into)
    if person is None or person.erased_at or (person.links_since and link.issued_at <= person.links_since):
        return None
    return Whose(person.id, person.name, person.first_name, person.locale, person.time_zone)


def look_at_rhythm(link: Link) -> Look:
    rhythm = db.session.get_one(Person, link.person_id).rhythm
    return Look(
        title=_("How often shall we write?"),
        lines=[
            _(
                "One mail with all that is new: dates, packs, questions. Mails about your own bookings come all the same."
            )
        ],
        state=_("Now: %(rhythm)s.", rhythm=RHYTHMS[rhythm]),
        buttons=[Button(key, str(words)) for key, words in RHYTHMS.items() if key != rhythm],
    )


def change_rhythm(link: Link, choice: str, form: SignedForm) -> str:
    choose_rhythm(link.person_id, choice)
    return _("You get no more of these mails.") if choice == NEVER else _("Noted: %(rhythm)s.", rhythm=RHYTHMS[choice])


def look_at_work(link: Link) -> Look:
    """Where she works now, one button each."""
    work = work_of(link.person_id, with_past=False)
    leave = [Button(str(one.id), _("I have left %(place)s", place=one.name)) for one in work]
    return Look(
        title=_("Have you moved on?"),
        lines=[_("You stay a member. What you did while you were there stays counted there.")],
        state="" if work else _("No place of work is noted for you now. Sign in and add where you are, if you like."),
        buttons=leave,
        doors=[(_("My page"), absolute("my_page.index"))],
    )


def leave_work(link: Link, choice: str, form: SignedForm) -> str:
    held = next((one for one in work_of(link.person_id, with_past=False) if str(one.id) == choice), None)
    if held is None:
        raise DomainError(_("That was noted before."))
    end_work(link.person_id, held.id, clock.today(), link.person_id)
    return _("Noted. We wish you well at the next place: write to your coordinator, so that she knows where it is.")


def declare_acts() -> None:
    know_people(whose)
    declare_signed("rhythm", look_at_rhythm, change_rhythm)
    declare_signed("left", look_at_work, leave_work)
