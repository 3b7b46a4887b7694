"""The doors of her who hands on: pick, say whom it is for, see it exactly, send it, take it back. For nobody but herself."""

from typing import Any

from flask import Response, current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.db import db
from portal.handing_on.blueprints import handing_on
from portal.handing_on.document import read
from portal.handing_on.forms import PickForm, SendForm, WhomForm
from portal.handing_on.making import made_of, reader_name
from portal.handing_on.models import HandOver
from portal.handing_on.offering import pieces_of
from portal.handing_on.operations import address, begin, freeze, pick_again, send
from portal.handing_on.pieces import HEADINGS, Piece, by_kind, keys_of
from portal.handing_on.queries import content_of, hers, received_by, sent_by
from portal.handing_on.reach import has_address, members_to_choose
from portal.mentoring.queries_texts import was_unopened
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column


@handing_on.get("/")
def index() -> Response:
    network_id, now = here().network.id, clock.now()
    newest = Sort("newest", _("Newest first"), (HandOver.made_at.desc(), HandOver.id.desc()))
    mine = Listing(sent_by(me().person_id, network_id), [newest])
    if kind := wanted_export():
        return export(_("handed-on"), COLUMNS, mine.everything(), kind, _cells)
    return page(
        "handing_on/index.html",
        mine=mine,
        received=db.session.execute(received_by(me().person_id, network_id)).all(),
        now=now,
    )


COLUMNS = [Column(_l("For")), Column(_l("Place of work")), Column(_l("Sent")), Column(_l("Opened"))]


def _cells(row: Any) -> list[object]:
    return [row.reader or row.to_name, row.to_organisation, row.sent_at, row.opened_at]


@handing_on.get("/new")
def new() -> Response:
    pieces = _pieces()
    return _pick_page(PickForm().offer(pieces), pieces)


@handing_on.post("/new")
def create() -> AnyResponse:
    pieces = _pieces()
    form = PickForm().offer(pieces)
    if form.accepted():
        made = form.attempt(begin, me().person_id, here().network.id, form.picked)
        if made:
            return done(url_for(".whom", draft_id=made.id))
    return _pick_page(form, pieces)


@handing_on.get("/<int:draft_id>/pieces")
def pick(draft_id: int) -> Response:
    one, pieces = _draft(draft_id), _pieces()
    return _pick_page(PickForm(pieces=keys_of(one.picked)).offer(pieces), pieces, one)


@handing_on.post("/<int:draft_id>/pieces")
def update_pieces(draft_id: int) -> AnyResponse:
    one, pieces = _draft(draft_id), _pieces()
    form = PickForm().offer(pieces)
    if form.accepted():
        form.attempt(pick_again, one, form.picked)
        if not form.errors:
            return _on_to_the_preview(one)
    return _pick_page(form, pieces, one)


@handing_on.get("/<int:draft_id>/reader")
def whom(draft_id: int) -> Response:
    one = _draft(draft_id)
    member = str(one.to_person_id or "")
    return _whom_page(WhomForm(obj=one, member_id=member), one)


@handing_on.post("/<int:draft_id>/reader")
def update_whom(draft_id: int) -> AnyResponse:
    one, form = _draft(draft_id), _offered(WhomForm())
    if form.accepted():
        form.attempt(address, one, form.recipient)
        if not form.errors:
            return _on_to_the_preview(one)
    return _whom_page(form, one)


@handing_on.get("/<int:draft_id>/preview")
def preview(draft_id: int) -> AnyResponse:
    one = _draft(draft_id)
    if not one.is_addressed:
        return done(url_for(".whom", draft_id=one.id))
    return _preview_page(SendForm(), one)


@handing_on.post("/<int:draft_id>/sending")
def send_it(draft_id: int) -> AnyResponse:
    one, form = mine(draft_id), SendForm()
    if not one.is_addressed:
        raise NotHere
    sent = None
    if form.accepted():
        content = made_of(one, _key()) if not one.sent_at else b""
        sent = form.attempt(send, one, form.seen.data or "", content, _key())
    if sent:
        return done(url_for(".show", hand_over_id=one.id), _told(one))
    if one.sent_at:
        return done(url_for(".show", hand_over_id=one.id), form.refusal(), kind="wrong")
    return _preview_page(form, one, status=409 if sent is False else None)


def _told(one: HandOver) -> str:
    if one.to_person_id and not has_address(one.to_person_id):
        return _(
            "No mail reaches %(name)s. It waits on the page for mentoring, after signing in.", name=reader_name(one)
        )
    return _("%(name)s gets a mail now.", name=reader_name(one))


def mine(hand_over_id: int) -> HandOver:
    """One of her own of this network; 404 for anybody else's."""
    found = hers(me().person_id, here().network.id, hand_over_id)
    if found is None:
        raise NotHere
    return found


def _draft(draft_id: int) -> HandOver:
    """Not sent yet; what was sent has no page to change it."""
    one = mine(draft_id)
    if one.sent_at:
        raise NotHere
    return one


def _on_to_the_preview(one: HandOver) -> AnyResponse:
    if not one.is_addressed:
        return done(url_for(".whom", draft_id=one.id))
    freeze(one, made_of(one, _key()), _key())
    return done(url_for(".preview", draft_id=one.id))


def _preview_page(form: SendForm, one: HandOver, status: int | None = None) -> Response:
    content = content_of(one)
    form.seen.data = one.digest
    return page(
        "handing_on/preview.html", form=form, one=one, shown=read(content) if content else None,
        reader=reader_name(one), has_changed=status == 409, act=ActForm(), status=status,
    )  # fmt: skip


def _pick_page(form: PickForm, pieces: list[Piece], one: HandOver | None = None) -> Response:
    return page(
        "handing_on/pick.html", form=form, groups=by_kind(pieces), headings=HEADINGS, boxes=form.boxes(), one=one,
        key_is_missing=was_unopened(),
    )  # fmt: skip


def _whom_page(form: WhomForm, one: HandOver) -> Response:
    return page("handing_on/whom.html", form=_offered(form), one=one)


def _offered(form: WhomForm) -> WhomForm:
    return form.offer(members_to_choose(here().network.id, me().person_id))


def _pieces() -> list[Piece]:
    return pieces_of(me().person_id, _key())


def _key() -> bytes:
    key: bytes = current_app.config["SETTINGS"].key("mentoring")
    return key
