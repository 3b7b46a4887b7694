"""What the links of whoever minds a box do: yes or no to a request, yes to keeping it longer. Pressed twice is once."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from portal.db import db
from portal.kit.models import Kit
from portal.lending.acts import about, minded, stands, today
from portal.lending.linking import read_longer
from portal.lending.models import Loan
from portal.lending.operations_asking import approve_loan, decline_loan, move_loan
from portal.lending.rules import clash_in
from portal.web import dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError
from portal.web.links import Link


class AnswerForm(SignedForm):
    """A line for the borrower."""

    answer = TextAreaField(_l("A line for her"), [Optional(), Length(max=1000)])


def look_request(link: Link) -> Look:
    """A request, what stands in its way, and yes or no."""
    loan, kit = minded(link, db.session.get(Loan, link.thing_id))
    if loan.state != "requested":
        return about(loan, kit, stands(loan, kit), [])
    clash = clash_in(kit, loan.starts_on, loan.ends_on, today(kit), but=loan.id)
    buttons = [Button("no", _("Not this time"), grave=True)]
    if not clash:
        buttons.insert(0, Button("yes", _("Yes, lend it")))
    counts = _("%(classes)s classes", classes=loan.classes) if loan.classes else ""
    return about(loan, kit, clash or _("The days are free."), buttons, loan.purpose, counts)


def decide(link: Link, choice: str, form: AnswerForm) -> str:
    loan, kit = minded(link, db.session.get(Loan, link.thing_id))
    if choice == "yes":
        approve_loan(link.person_id, loan.id, today(kit), form.answer.data or "")
        return _("It is hers. She gets a mail.")
    if choice != "no":
        raise DomainError(_("Choose one of the answers."))
    decline_loan(link.person_id, loan.id, form.answer.data or "")
    return _("She gets a mail that it does not work this time.")


def look_let(link: Link) -> Look:
    """Somebody asks to keep a box longer: whether it is free, and a yes."""
    loan, kit, until = _longer(link)
    if loan.state != "out" or loan.ends_on >= until:
        return about(loan, kit, stands(loan, kit), [])
    clash = clash_in(kit, loan.starts_on, until, today(kit), but=loan.id)
    ask = _("She asks to keep it until %(day)s.", day=dates.day(until))
    buttons = [] if clash else [Button("yes", _("Yes, until %(day)s", day=dates.day(until)))]
    return about(loan, kit, clash or _("Nobody else needs it in these days."), buttons, ask)


def let_longer(link: Link, choice: str, form: SignedForm) -> str:
    loan, kit, until = _longer(link)
    if loan.ends_on < until:
        move_loan(link.person_id, loan.id, loan.starts_on, until, today(kit))
    return _("It is due back on %(day)s. She gets a mail.", day=dates.day(until))


def _longer(link: Link) -> tuple[Loan, Kit, date]:
    """Days are counted from the one on which the link was made: moving the loan does not move the answer."""
    loan_id, longer = read_longer(link.thing_id)
    loan, kit = minded(link, db.session.get(Loan, loan_id))
    return loan, kit, link.issued_at.date() + timedelta(days=longer)


def declare_deciding_acts() -> None:
    declare_signed("kitdecide", look_request, decide, AnswerForm)
    declare_signed("kitlet", look_let, let_longer)
