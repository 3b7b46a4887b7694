"""My page: what is known about me, who sees each item, what I agreed to, and how to take it along or have it deleted."""

from io import BytesIO

from flask import Blueprint, Response, current_app, request, send_file, session, url_for
from flask_babel import gettext as _
from flask_login import logout_user
from werkzeug.wrappers import Response as AnyResponse

from portal.history.models import HistoryLine
from portal.history.queries import lines_by, told
from portal.people.consents import WORDINGS
from portal.people.exporting import as_csv_zip, as_json
from portal.people.forms import AddressCodeForm, AddressForm, EraseForm
from portal.people.listed import ITEMS, is_listed
from portal.people.names import initials
from portal.people.operations_leaving import erase_person
from portal.people.operations_me import (
    choose_listed,
    confirm_address,
    give_consent,
    make_first,
    remove_address,
    send_address_code,
    withdraw_consent,
)
from portal.people.operations_sessions import end_all_sessions, end_session
from portal.people.own_means import only_by_her_own_means
from portal.people.queries import consents_of, open_sessions, person_seen
from portal.people.queries_passkeys import passkeys_of
from portal.people.queries_slips import slips_untold
from portal.web.access import me
from portal.web.errors import DomainError
from portal.web.forms import ActForm, Form, pressed
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort

my_page = Blueprint("my_page", __name__, url_prefix="/me")


@my_page.get("")
def index() -> Response:
    return _page(AddressForm())


def _page(form: Form) -> Response:
    seen = person_seen(me().person_id, me().person_id)
    given = consents_of(seen.id)
    return page(
        "people/me.html", person=seen, initials=initials(seen.name), form=form, sign=ActForm(), items=ITEMS,
        listed={item: is_listed(seen.listing, item) for item, _label in ITEMS}, wordings=WORDINGS,
        agreed={one.kind: one for one in given if one.withdrawn_at is None}, given=given,
        sessions=open_sessions(seen.id), here=me().session_id, passkeys=passkeys_of(seen.id), untold=slips_untold(seen.id),
    )  # fmt: skip


@my_page.post("/listed")
def list_items() -> AnyResponse:
    pressed(choose_listed, me().person_id, set(request.form.getlist("listed")))
    return done(url_for(".index"), _("Fellow members see what you chose, from now on."))


@my_page.post("/addresses")
def add_address() -> AnyResponse:
    only_by_her_own_means()
    form = AddressForm()
    if form.accepted():
        sent = form.attempt(send_address_code, me().person_id, form.address.data or "")
        if sent:
            session["address_code"] = [sent.id, form.address.data]
            session["shown_address_code"] = sent.code if current_app.config["IS_DEVELOPMENT"] else None
            return done(url_for(".type_code"))
    return _page(form)


@my_page.get("/addresses/code")
def type_code() -> AnyResponse:
    if "address_code" not in session:
        return done(url_for(".index"))
    return _code_page(AddressCodeForm())


@my_page.post("/addresses/code")
def check_code() -> AnyResponse:
    form = AddressCodeForm()
    if "address_code" not in session:
        return done(url_for(".index"))
    if form.accepted():
        refusal = form.attempt(confirm_address, me().person_id, session["address_code"][0], form.code.data or "")
        if refusal == "":
            address = session.pop("address_code")[1]
            session.pop("shown_address_code", None)
            return done(url_for(".index"), _("%(address)s is yours. You can sign in with it, too.", address=address))
        if refusal:
            form.code.errors = [refusal]
    return _code_page(form)


def _code_page(form: Form) -> Response:
    address, shown = session["address_code"][1], session.get("shown_address_code")
    return page("people/address_code.html", form=form, address=address, shown_code=shown)


@my_page.post("/addresses/<int:address_id>/first")
def first_address(address_id: int) -> AnyResponse:
    return _try(_("Mail goes there from now on."), make_first, address_id)


@my_page.post("/addresses/<int:address_id>/remove")
def drop_address(address_id: int) -> AnyResponse:
    return _try(_("The address is gone from your page."), remove_address, address_id)


def _try(notice: str, verb: object, address_id: int) -> AnyResponse:
    only_by_her_own_means()
    try:
        verb(me().person_id, address_id)  # type: ignore[operator]
    except DomainError as refusal:
        return done(url_for(".index"), refusal.sentence, kind="wrong")
    return done(url_for(".index"), notice)


@my_page.post("/agreements/<agreement>")
def agree(agreement: str) -> AnyResponse:
    give_consent(me().person_id, agreement)
    return done(url_for(".index") + "#agreements", _("Noted, with today’s date."))


@my_page.post("/agreements/<agreement>/withdraw")
def disagree(agreement: str) -> AnyResponse:
    withdraw_consent(me().person_id, agreement)
    return done(url_for(".index") + "#agreements", _("Taken back, from this moment."))


@my_page.post("/sessions/<int:sign_in_id>/end")
def end_one(sign_in_id: int) -> AnyResponse:
    end_session(me().person_id, sign_in_id, here=sign_in_id == me().session_id)
    return done(url_for(".index") + "#sessions", _("That browser is signed out."))


@my_page.post("/sessions/end-others")
def end_others() -> AnyResponse:
    end_all_sessions(me().person_id, but=me().session_id)
    return done(url_for(".index") + "#sessions", _("Only this browser is signed in now."))


@my_page.get("/history")
def history() -> Response:
    newest = Sort("new", _("Newest first"), (HistoryLine.at.desc(), HistoryLine.id.desc()))
    listing = Listing(lines_by(me().person_id), [newest])
    return page("people/my_history.html", listing=listing, lines=told(listing.items))


@my_page.get("/export.<any(json, zip):packing>")
def export(packing: str) -> Response:
    only_by_her_own_means()
    content = as_json(me().person_id) if packing == "json" else as_csv_zip(me().person_id)
    media_type = "application/json" if packing == "json" else "application/zip"
    response = send_file(
        BytesIO(content), media_type, as_attachment=True, download_name=f"staffroom-about-me.{packing}"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@my_page.get("/delete")
def before_erasing() -> Response:
    return page("people/erase.html", form=EraseForm())


@my_page.post("/delete")
def erase() -> AnyResponse:
    only_by_her_own_means()
    form = EraseForm()
    if form.accepted():
        form.attempt(erase_person, me().person_id)
        if not form.errors:
            logout_user()
            session.clear()
            return done(
                url_for("signing_in.ask"), _("Your name and addresses are deleted. Thank you for having been here.")
            )
    return page("people/erase.html", form=form)
