"""The doors of deciding: yes, no, other days, cancelled, longer; and the way back."""

from datetime import date

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.kit.models import Kit
from portal.kit.policy import Member
from portal.lending import operations_asking as act
from portal.lending.forms import AnswerForm, DeclineForm, LongerForm, MoveForm
from portal.lending.models import DeliveryRun, Loan
from portal.lending.operations_longer import ask_longer
from portal.lending.operations_runs import put_on_run
from portal.lending.policy import can_ask_longer, can_cancel
from portal.lending.queries_loan import LoanSeen
from portal.lending.queries_runs import nearest_run
from portal.lending.routes import decides, loans_pages, the_loan, today, undo_of, words_of_loans
from portal.lending.rules import clash_in
from portal.lending.windows import in_reach
from portal.web.access import me
from portal.web.forms import Form, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@loans_pages.post("/<int:loan_id>/approval")
def approve(loan_id: int) -> Response:
    seen, form = the_loan(loan_id, decides), AnswerForm()
    if form.accepted() and form.attempt(act.approve_loan, me().person_id, loan_id, today(), form.answer.data or ""):
        if (run := _run_for(seen)) and request.form.get("run") == str(run.id):
            put_on_run(me().person_id, run.id, loan_id)
        told = _("“%(title)s” is booked for %(name)s. She has been told.", title=seen.kit.title, name=seen.person)
        return done(_back(loan_id), told, undo_of(loan_id))
    return page("lending/approval.html", form=form, seen=seen, loan=seen.loan, run=_run_for(seen), **words_of_loans())


@loans_pages.get("/<int:loan_id>/approval")
def approval(loan_id: int) -> Response:
    seen = the_loan(loan_id, decides)
    run = _run_for(seen)
    return page("lending/approval.html", form=AnswerForm(), seen=seen, loan=seen.loan, run=run, **words_of_loans())


def _run_for(seen: LoanSeen) -> DeliveryRun | None:
    """The run that could bring it: the last one before its first day."""
    return nearest_run(seen.kit.network_id, seen.loan.starts_on, today())


@loans_pages.get("/<int:loan_id>/refusal")
def refusal(loan_id: int) -> Response:
    return _refusal_page(DeclineForm(), the_loan(loan_id, decides))


@loans_pages.post("/<int:loan_id>/refusal")
def decline(loan_id: int) -> Response:
    seen, form = the_loan(loan_id, decides), DeclineForm()
    if form.accepted() and form.attempt(act.decline_loan, me().person_id, loan_id, form.answer.data or ""):
        told = _("Declined. %(name)s has been told, with your sentence.", name=seen.person)
        return done(_back(loan_id), told, url_for(".restore", loan_id=loan_id))
    return _refusal_page(form, seen)


def _refusal_page(form: Form, seen: LoanSeen) -> Response:
    return page("lending/refusal.html", form=form, seen=seen, loan=seen.loan, **words_of_loans())


@loans_pages.get("/<int:loan_id>/cancellation")
def cancellation(loan_id: int) -> Response:
    seen = the_loan(loan_id, can_cancel)
    return page("lending/cancellation.html", form=AnswerForm(), seen=seen, loan=seen.loan, **words_of_loans())


@loans_pages.post("/<int:loan_id>/cancellation")
def cancel(loan_id: int) -> Response:
    seen, form = the_loan(loan_id, can_cancel), AnswerForm()
    if form.accepted() and form.attempt(act.cancel_loan, me().person_id, loan_id, form.answer.data or ""):
        told = _("Cancelled. Its days are free again, and the other side has been told.")
        return done(_back(loan_id), told, url_for(".restore", loan_id=loan_id))
    return page("lending/cancellation.html", form=form, seen=seen, loan=seen.loan, **words_of_loans())


@loans_pages.post("/<int:loan_id>/cancellation/undo")
def restore(loan_id: int) -> Response:
    loan = the_loan(loan_id, _may_restore).loan
    form = pressed(act.restore_loan, me().person_id, loan.id, today())
    return done_unless_refused(form, _back(loan_id), _("It stands again."))


def _may_restore(member: Member, kit: Kit, loan: Loan) -> bool:
    """Whoever cancelled it may take that back; what was declined or cancelled by those who mind the kit, only they."""
    return loan.cancelled_by == member.person_id or decides(member, kit, loan)


@loans_pages.get("/<int:loan_id>/window")
def window(loan_id: int) -> Response:
    seen = the_loan(loan_id, decides)
    wanted = {"starts_on": seen.loan.starts_on, "ends_on": _asked_day() or seen.loan.ends_on}
    return _window_page(MoveForm(today(), seen.loan.out_at is not None, data=wanted), seen)


@loans_pages.post("/<int:loan_id>/window")
def move(loan_id: int) -> Response:
    seen = the_loan(loan_id, decides)
    form = MoveForm(today(), seen.loan.out_at is not None)
    days = form.days(seen.loan.starts_on) if form.accepted() else None
    if days and form.attempt(act.move_loan, me().person_id, loan_id, *days, today()):
        return done(_back(loan_id), _("Moved. %(name)s has been told.", name=seen.person))
    return _window_page(form, seen)


def _asked_day() -> date | None:
    """The last day that a mail or the page proposes."""
    try:
        return date.fromisoformat(request.args.get("ends_on", ""))
    except ValueError:
        return None


def _window_page(form: MoveForm, seen: LoanSeen) -> Response:
    loan = seen.loan
    typed = form.ends_on.data
    last = typed if typed and in_reach(typed, today()) else loan.ends_on
    clash = clash_in(seen.kit, loan.starts_on, last, today(), but=loan.id)
    return page("lending/window.html", form=form, seen=seen, loan=loan, clash=clash, **words_of_loans())


@loans_pages.get("/<int:loan_id>/longer")
def longer(loan_id: int) -> Response:
    seen = the_loan(loan_id, can_ask_longer)
    return page("lending/longer.html", form=LongerForm(today()), seen=seen, loan=seen.loan, **words_of_loans())


@loans_pages.post("/<int:loan_id>/longer")
def ask_to_keep(loan_id: int) -> Response:
    seen, form = the_loan(loan_id, can_ask_longer), LongerForm(today())
    if form.accepted() and form.attempt(ask_longer, me().person_id, loan_id, form.day()):
        return done(_back(loan_id), _("Asked. Until somebody says yes it is due back as before."))
    return page("lending/longer.html", form=form, seen=seen, loan=seen.loan, **words_of_loans())


def _back(loan_id: int) -> str:
    return url_for(".show", loan_id=loan_id)
