"""The doors of asking: which days, who has it then, and what it is for. Whoever minds a kit books it for others."""

from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.kit.models import Kit
from portal.kit.queries import kit_in, parts_of
from portal.lending import operations_asking as act
from portal.lending.forms import AskForm, BookForm, DaysForm
from portal.lending.policy import can_borrow, can_decide
from portal.lending.queries import accepted_at, current_agreement
from portal.lending.queries_loan import members_to_book_for, others_who_asked
from portal.lending.routes import loans_pages, today
from portal.lending.rules import Answer, how_it_stands, why_not_she
from portal.lending.windows import Window, in_reach, usual, weeks_from
from portal.lending.words import window as in_words
from portal.networks.queries import terms_of
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done, page


@loans_pages.get("/new/<int:kit_id>")
def new(kit_id: int) -> Response:
    kit = _kit(kit_id)
    return _ask_page(kit, *_days(kit, kit.most_days))


@loans_pages.post("/new/<int:kit_id>")
def ask(kit_id: int) -> Response:
    kit, form = _kit(kit_id), AskForm(today())
    if form.accepted():
        loan_id = form.attempt(act.request_loan, me().person_id, here().network.id, kit_id, form.asked(), today())
        if loan_id:
            told = _("Asked for. Whoever looks after it has been told; you get a mail with the answer.")
            return done(url_for(".show", loan_id=loan_id), told, url_for(".cancel", loan_id=loan_id))
    days, wanted = _days_of(form, kit, kit.most_days)
    return _ask_page(kit, days, wanted, form)


@loans_pages.get("/book/<int:kit_id>")
def new_booking(kit_id: int) -> Response:
    kit = _kit(kit_id, to_mind=True)
    return _book_page(kit, *_days(kit, None))


@loans_pages.post("/book/<int:kit_id>")
def book(kit_id: int) -> Response:
    kit = _kit(kit_id, to_mind=True)
    form = BookForm(today(), members_to_book_for(here().network.id))
    if form.accepted():
        loan_id = form.attempt(
            act.book_loan, me().person_id, form.person_id.data, here().network.id, kit_id, form.asked(), today()
        )
        if loan_id:
            told = _("Booked, and she has been told.")
            return done(url_for(".show", loan_id=loan_id), told, url_for(".cancel", loan_id=loan_id))
    days, wanted = _days_of(form, kit, None)
    return _book_page(kit, days, wanted, form)


def _kit(kit_id: int, to_mind: bool = False) -> Kit:
    member = here().membership
    kit = kit_in(member, kit_id)
    if kit is None:
        raise NotHere
    if not (can_decide(member, kit) if to_mind else can_borrow(member)):
        raise NotYours
    return kit


def _days(kit: Kit, most_days: int | None) -> tuple[DaysForm, Window | None]:
    """The days that the address asks for; two weeks from a Monday on where it asks for none."""
    terms = terms_of(here().network.id)
    if "starts_on" in request.args:
        days = DaysForm(terms, today(), most_days, formdata=request.args)
        return days, days.window()
    wanted = usual(today(), kit.notice_days, kit.most_days)
    said = vars_of(wanted)
    if wanted == weeks_from(wanted.starts_on, 2):
        # In weeks the last day follows when the first one moves.
        said = {"starts_on": wanted.starts_on, "length": "w2"}
    return DaysForm(terms, today(), most_days, data=said), wanted


def _days_of(form: AskForm, kit: Kit, most_days: int | None) -> tuple[DaysForm, Window | None]:
    """The days that were sent with the rest, so that the page shows how it stands with them now."""
    first, last = form.starts_on.data, form.ends_on.data
    wanted = Window(first, last) if first and last and in_reach(first, today()) and in_reach(last, today()) else None
    days = DaysForm(terms_of(here().network.id), today(), most_days, formdata=None, data=vars_of(wanted))
    return days, wanted


def vars_of(wanted: Window | None) -> dict[str, Any]:
    return {"starts_on": wanted.starts_on, "ends_on": wanted.ends_on, "length": ""} if wanted else {}


def _ask_page(kit: Kit, days: DaysForm, wanted: Window | None, form: AskForm | None = None) -> Response:
    stands = _stands(kit, wanted)
    agreement = current_agreement(kit.network_id)
    return page(
        "lending/ask.html",
        fragments=("answer",),
        kit=kit,
        days=days,
        wanted=wanted,
        not_she=list(why_not_she(kit, me().person_id, today())),
        reasons=stands.reasons,
        agreement=agreement if agreement and not accepted_at(me().person_id, agreement.id) else None,
        agreement_html=Markup(agreement.text_html) if agreement else "",
        form=form or AskForm(today(), data=vars_of(wanted) | {"agreement_id": agreement.id if agreement else ""}),
        **_around(kit, wanted, stands),
    )


def _book_page(kit: Kit, days: DaysForm, wanted: Window | None, form: BookForm | None = None) -> Response:
    stands = _stands(kit, wanted)
    return page(
        "lending/book.html",
        fragments=("answer",),
        kit=kit,
        days=days,
        wanted=wanted,
        reasons=[stands.clash] if stands.clash else [],
        bends=stands.bends,
        form=form or BookForm(today(), members_to_book_for(here().network.id), data=vars_of(wanted)),
        **_around(kit, wanted, stands),
    )


def _stands(kit: Kit, wanted: Window | None) -> Answer:
    if wanted is None:
        return Answer()
    return how_it_stands(kit, wanted.starts_on, wanted.ends_on, today(), reader_in=here().network.id)


def _around(kit: Kit, wanted: Window | None, stands: Answer) -> dict[str, Any]:
    """What else a borrower wants to know: others who asked, what is short in the box, other days that are free."""
    free = Window(stands.free, stands.free + timedelta(days=wanted.days - 1)) if stands.free and wanted else None
    return {
        # Which schools ask is read in the kit's own network.
        "others": others_who_asked(kit.id, wanted.starts_on, wanted.ends_on)
        if wanted and kit.network_id == here().network.id
        else [],
        "short": [part for part in parts_of(kit.id) if part.there < part.quantity] if wanted else [],
        "free": free,
        "window": in_words,
    }
