"""The doors at the door: packed, handed over, back, counted. Made for a phone."""

from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.files.queries import file_by_id
from portal.files.receiving import receive
from portal.files.serving import send
from portal.kit.queries import parts_of
from portal.lending.fields import Counted
from portal.lending.forms_door import CheckForm, HandOverForm, check_form, hand_over_form
from portal.lending.models import LoanAgreement
from portal.lending.operations_checking import Count, check_kit
from portal.lending.operations_steps import hand_over, make_ready, step_back, take_back
from portal.lending.policy import can_tell_use
from portal.lending.queries import accepted_at, current_agreement
from portal.lending.queries_loan import LoanSeen, counts_of, told_meanwhile
from portal.lending.routes import decides, loans_pages, the_loan, today, undo_of, words_of_loans
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page


@loans_pages.post("/<int:loan_id>/packing")
def pack(loan_id: int) -> Response:
    seen, form = the_loan(loan_id, decides), ActForm()
    if form.accepted() and form.attempt(make_ready, me().person_id, loan_id):
        told = _("Packed. %(name)s has been told where to collect it.", name=seen.person)
        return done(_back(loan_id), told, undo_of(loan_id))
    return done(_back(loan_id), form.refusal(), kind="wrong")


@loans_pages.get("/<int:loan_id>/hand-over")
def at_the_door(loan_id: int) -> Response:
    seen = the_loan(loan_id, decides)
    return _door_page(hand_over_form(parts_of(seen.kit.id), today()), seen)


@loans_pages.post("/<int:loan_id>/hand-over")
def give(loan_id: int) -> Response:
    seen = the_loan(loan_id, decides)
    form = hand_over_form(parts_of(seen.kit.id), today())
    if form.accepted():
        said = (form.went(), form.on_day.data, form.collected_by.data or "", form.agreed_to())
        if form.attempt(hand_over, me().person_id, loan_id, *said):
            return done(_back(loan_id), _("It is out."), undo_of(loan_id))
    return _door_page(form, seen)


def _door_page(form: HandOverForm, seen: LoanSeen) -> Response:
    agreement = _to_accept(seen)
    if agreement and not form.agreement_id.data:
        form.agreement_id.data = str(agreement.id)
    return page(
        "lending/hand_over.html",
        form=form,
        seen=seen,
        loan=seen.loan,
        kit=seen.kit,
        agreement=agreement,
        agreement_html=Markup(agreement.text_html) if agreement else "",
        **words_of_loans(),
    )


def _to_accept(seen: LoanSeen) -> LoanAgreement | None:
    """The wording that the borrower has not accepted yet, if there is one."""
    current = current_agreement(seen.kit.network_id)
    return current if current and not accepted_at(seen.loan.person_id, current.id) else None


@loans_pages.post("/<int:loan_id>/return")
def bring_back(loan_id: int) -> Response:
    """Borrower or keeper: it is back, today. The count comes after."""
    the_loan(loan_id, can_tell_use)
    form = ActForm()
    if form.accepted() and form.attempt(take_back, me().person_id, loan_id, today()):
        seen = the_loan(loan_id)
        undo = undo_of(loan_id) if decides(here().membership, seen.kit, seen.loan) else None
        return done(_back(loan_id), _("Noted: it is back. Thank you."), undo)
    return done(_back(loan_id), form.refusal(), kind="wrong")


@loans_pages.get("/<int:loan_id>/check")
def checking(loan_id: int) -> Response:
    seen = the_loan(loan_id, decides)
    return _check_page(_check_form(seen), seen)


@loans_pages.post("/<int:loan_id>/check")
def check(loan_id: int) -> Response:
    seen = the_loan(loan_id, decides)
    form = _check_form(seen)
    is_right = form.accepted()
    photos = receive(form.photo, me().person_id)
    if is_right and not form.photo.errors and form.on_day.data:
        count = Count(form.counted(), form.note.data or "", photos[0] if photos else None)
        if form.attempt(check_kit, me().person_id, loan_id, count, form.on_day.data):
            told = _("Counted. What is short stands on the refill list.")
            return done(_back(loan_id), told, undo_of(loan_id))
    return _check_page(form, seen)


def _check_form(seen: LoanSeen) -> CheckForm:
    loan, counted = seen.loan, counts_of(seen.loan.id)
    known = {one.part_id: Counted(one.part_id, one.missing, one.broken, one.used) for one in counted.values()}
    is_first = loan.checked_at is None and not any(one.missing or one.broken or one.used for one in known.values())
    if loan.out_at and is_first:
        known = told_meanwhile(loan)
    back = clock.local(loan.returned_at, here().network.time_zone).date() if loan.returned_at else today()
    went = {part_id: one.went for part_id, one in counted.items()}
    return check_form(parts_of(seen.kit.id), went, known, back, today())


def _check_page(form: CheckForm, seen: LoanSeen) -> Response:
    told = seen.loan.out_at and not seen.loan.checked_at and told_meanwhile(seen.loan)
    return page("lending/check.html", form=form, seen=seen, loan=seen.loan, kit=seen.kit, told=told, **words_of_loans())


@loans_pages.get("/<int:loan_id>/photo")
def photo(loan_id: int) -> Response:
    loan = the_loan(loan_id).loan
    file = file_by_id(loan.check_photo_id) if loan.check_photo_id else None
    if file is None:
        raise NotHere
    return send(file, inline=True)


@loans_pages.post("/<int:loan_id>/step-back")
def take_step_back(loan_id: int) -> Response:
    the_loan(loan_id, decides)
    form = ActForm()
    if form.accepted() and form.attempt(step_back, me().person_id, loan_id, request.args.get("seen", "")):
        return done(_back(loan_id), _("Taken back."))
    return done(_back(loan_id), form.refusal(), kind="wrong")


def _back(loan_id: int) -> str:
    return url_for(".show", loan_id=loan_id)
