"""The doors at the end: its use is told, it is closed without, lost, found."""

from dataclasses import fields

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.lending.fields import UseReturned
from portal.lending.forms import CloseForm
from portal.lending.forms_use import UseForm
from portal.lending.operations_closing import close_loan, find_kit, lose_kit, tell_use
from portal.lending.policy import can_tell_use
from portal.lending.queries_loan import LoanSeen, use_of
from portal.lending.routes import decides, loans_pages, the_loan, today, undo_of, words_of_loans
from portal.web.access import me
from portal.web.forms import ActForm, Form, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@loans_pages.get("/<int:loan_id>/use")
def use(loan_id: int) -> Response:
    seen = the_loan(loan_id, can_tell_use)
    return _use_page(UseForm(today(), data=_told_before(seen)), seen)


@loans_pages.post("/<int:loan_id>/use")
def told(loan_id: int) -> Response:
    seen, form = the_loan(loan_id, can_tell_use), UseForm(today())
    if form.accepted() and form.attempt(tell_use, me().person_id, loan_id, form.told(), today()):
        return done(_back(loan_id), _("Counted. The next teacher knows whether it works."))
    return _use_page(form, seen)


def _told_before(seen: LoanSeen) -> dict[str, object]:
    """What was told before, so that a correction need not be typed anew; else what she expected."""
    if (use := use_of(seen.loan)) is not None:
        said = {one.name: getattr(use, one.name) for one in fields(UseReturned)}
        return said | {"engagement": str(use.engagement or "")}
    loan = seen.loan
    if loan.use_told_at:
        return {"classes": 0}
    return {
        "classes": loan.classes,
        "students": loan.students,
        "year_group": loan.year_group,
        "used_on": loan.starts_on,
    }


def _use_page(form: Form, seen: LoanSeen) -> Response:
    return page("lending/use.html", form=form, seen=seen, loan=seen.loan, kit=seen.kit, **words_of_loans())


@loans_pages.get("/<int:loan_id>/closing")
def closing(loan_id: int) -> Response:
    return _closing_page(CloseForm(), the_loan(loan_id, decides))


@loans_pages.post("/<int:loan_id>/closing")
def close(loan_id: int) -> Response:
    seen, form = the_loan(loan_id, decides), CloseForm()
    if form.accepted() and form.attempt(close_loan, me().person_id, loan_id, form.why.data or ""):
        told = _("Closed without the return of its use. Reports say that it is missing, never that nobody came.")
        return done(_back(loan_id), told, undo_of(loan_id))
    return _closing_page(form, seen)


def _closing_page(form: Form, seen: LoanSeen) -> Response:
    return page("lending/closing.html", form=form, seen=seen, loan=seen.loan, **words_of_loans())


@loans_pages.get("/<int:loan_id>/loss")
def losing(loan_id: int) -> Response:
    seen = the_loan(loan_id, decides)
    return page("lending/loss.html", form=ActForm(), seen=seen, loan=seen.loan, **words_of_loans())


@loans_pages.post("/<int:loan_id>/loss")
def lose(loan_id: int) -> Response:
    seen, form = the_loan(loan_id, decides), ActForm()
    if form.accepted() and form.attempt(lose_kit, me().person_id, loan_id, today()):
        told = _("Noted as lost. The box is out of service until it is found or replaced.")
        return done(_back(loan_id), told, url_for(".find", loan_id=loan_id))
    return page("lending/loss.html", form=form, seen=seen, loan=seen.loan, **words_of_loans())


@loans_pages.post("/<int:loan_id>/loss/undo")
def find(loan_id: int) -> Response:
    the_loan(loan_id, decides)
    form = pressed(find_kit, me().person_id, loan_id)
    return done_unless_refused(form, _back(loan_id), _("Found. It is out again, and in service."))


def _back(loan_id: int) -> str:
    return url_for(".show", loan_id=loan_id)
