"""What a borrower's links do about a loan: it is back, longer, how it was used. Pressed twice is once."""

from dataclasses import replace
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from portal.db import db
from portal.kit.models import Kit
from portal.lending.models import Loan
from portal.lending.operations_closing import tell_use
from portal.lending.operations_longer import ask_longer
from portal.lending.operations_steps import take_back
from portal.lending.policy import can_decide
from portal.lending.queries_loan import told_before
from portal.networks.models import Network
from portal.networks.scope import scope_by_link
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.web import clock, dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.choices import choices_of
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link

MOST = 100_000
AGAIN = (("yes", _l("Yes")), ("changed", _l("With changes")), ("no", _l("No")))


class LongerForm(SignedForm):
    """Until when."""

    until = DateField(_l("Until when do you need it?"), [DataRequired(_l("Say a day."))])


class UseForm(SignedForm):
    """The three questions of the return of a use. Counts, never names."""

    classes = IntegerField(
        _l("How many classes used it? None is an answer too."),
        [InputRequired(_l("A number, 0 if nobody used it.")), NumberRange(0, 500, _l("From 0 to 500."))],
    )
    students = IntegerField(
        _l("How many children in all? Leave it empty if you do not know."),
        [Optional(), NumberRange(0, MOST, _l("That is more than a region has."))],
    )
    again = RadioField(_l("Would you use it again?"), [Optional()], choices=choices_of(AGAIN))


def borrowed(link: Link) -> tuple[Loan, Kit]:
    """Her own loan, or one of a box that she minds.

    Whoever has a box may bring it back and say how it was used, though she left the network since: at the box itself
    anybody may.
    """
    loan = db.session.get(Loan, link.thing_id)
    if loan is None:
        raise NotHere
    if loan.person_id != link.person_id:
        return minded(link, loan)
    kit = db.session.get_one(Kit, loan.kit_id)
    network = db.session.get_one(Network, kit.network_id)
    if network.closed_at or "kit" not in network.rooms:
        raise NotHere
    return loan, kit


def minded(link: Link, loan: Loan | None) -> tuple[Loan, Kit]:
    """A loan of a box that she decides about, by what she is today."""
    if loan is None:
        raise NotHere
    kit = db.session.get_one(Kit, loan.kit_id)
    if not can_decide(scope_by_link(kit.network_id, link.person_id, "kit").membership, kit):
        raise NotHere
    return loan, kit


def today(kit: Kit) -> date:
    return clock.today(db.session.get_one(Network, kit.network_id).time_zone)


def about(loan: Loan, kit: Kit, state: str, buttons: list[Button], *more: str) -> Look:
    person = db.session.get_one(Person, loan.person_id).name
    school = db.session.get_one(Organisation, loan.organisation_id).name if loan.organisation_id else ""
    who = f"{person}, {school}" if school else person
    window = _("%(first)s to %(last)s", first=dates.day(loan.starts_on), last=dates.day(loan.ends_on))
    lines = [who, window, *(line for line in more if line)]
    return Look(kit.title, lines, state, buttons, network=db.session.get_one(Network, kit.network_id).name)


def stands(loan: Loan, kit: Kit) -> str:
    """How it stands, in a sentence for whoever opened the link."""
    if loan.state == "out":
        late = loan.is_overdue(today(kit))
        return _("It should be back by now.") if late else _("It is due back on %(day)s.", day=dates.day(loan.ends_on))
    return {
        "requested": _("Nobody has answered yet."),
        "approved": _("It was approved."),
        "ready": _("It is packed."),
        "declined": _("It was declined."),
        "cancelled": _("It was cancelled."),
        "lost": _("It was noted as lost."),
    }.get(loan.state, _("It is back."))


def look_back(link: Link) -> Look:
    loan, kit = borrowed(link)
    buttons = [Button("back", _("It is back"))] if loan.state == "out" else []
    where = _("Bring it here: %(place)s", place=kit.home) if kit.home and buttons else ""
    return about(loan, kit, stands(loan, kit), buttons, where)


def bring_back(link: Link, choice: str, form: SignedForm) -> str:
    loan, kit = borrowed(link)
    take_back(link.person_id, loan.id, today(kit))
    return _("Thank you, it is noted. Whoever looks after the box counts what is in it.")


def look_longer(link: Link) -> Look:
    loan, kit = borrowed(link)
    buttons = [Button("ask", _("Ask to keep it longer"))] if loan.state == "out" else []
    return about(loan, kit, stands(loan, kit), buttons)


def request_longer(link: Link, choice: str, form: LongerForm) -> str:
    loan, _kit = borrowed(link)
    if form.until.data is None:
        raise DomainError(_("Say a day."), "until")
    ask_longer(link.person_id, loan.id, form.until.data)
    return _(
        "You asked to keep it until %(day)s. Nothing moves before somebody says yes.", day=dates.day(form.until.data)
    )


def look_use(link: Link) -> Look:
    loan, kit = borrowed(link)
    state = _("Nobody has told yet how it was used.")
    if loan.use_told_at:
        state = _("You told how it was used. Told again, the later answer stands.")
    if not loan.out_at:
        return about(loan, kit, stands(loan, kit), [])
    return about(loan, kit, state, [Button("tell", _("Tell how it was used"))])


def return_use(link: Link, choice: str, form: UseForm) -> str:
    loan, kit = borrowed(link)
    students = form.students.data if form.classes.data else None
    told = replace(told_before(loan), classes=form.classes.data or 0, students=students, again=form.again.data or "")
    tell_use(link.person_id, loan.id, told, today(kit))
    return _("Thank you: it counts for your class and your network.")


def declare_acts() -> None:
    declare_signed("kitback", look_back, bring_back)
    declare_signed("kitlonger", look_longer, request_longer, LongerForm)
    declare_signed("kituse", look_use, return_use, UseForm)
