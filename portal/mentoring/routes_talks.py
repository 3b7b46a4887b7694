"""The doors of a talk that is written down: reading it, saying yes or no to it, removing it, bringing it back."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.meetings import MODES
from portal.history.queries import lines_about
from portal.mentoring import policy, queries
from portal.mentoring.counting import ANSWER_TIME
from portal.mentoring.forms_talks import NotesForm
from portal.mentoring.kept import are_gone
from portal.mentoring.models import PairTalk
from portal.mentoring.operations_contacts import confirm_contact, dispute_contact
from portal.mentoring.operations_removing import delete_contact, restore_contact, take_out
from portal.mentoring.queries_talks import books_of
from portal.mentoring.queries_ticks import programmes_counted, ticked
from portal.mentoring.routes import mentoring
from portal.mentoring.routes_contacts import my_contact, the_contact
from portal.mentoring.stale import fact_of
from portal.mentoring.talk_page import key, name_steps
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@mentoring.get("/talks/<int:talk_id>")
def contact(talk_id: int) -> Response:
    told = the_contact(talk_id)
    pairing, is_mine = told.pairing, policy.is_of_pair(me().person_id, told.pairing)
    is_group, names = told.contact.contact_kind == "group", queries.names_of(pairing)
    return page(
        "mentoring/contact.html",
        told=told,
        talk=told.contact,
        names=names,
        is_mine=is_mine,
        modes=dict(MODES),
        # The other pairs of a group are known to their mentor alone.
        books=books_of(told.contact_id) if is_group else [],
        are_gone=are_gone(pairing),
        is_mentor=me().person_id == pairing.mentor_id,
        on_one_word=_on_one_word(told),
        programmes=programmes_counted(told.id),
        seen_fact=fact_of(told.contact.starts_at, told.contact.minutes),
        may_change=policy.may_change(here().membership, told),
        may_confirm=policy.may_confirm(here().membership, told),
        lines=lines_about("contact", told.contact_id, by=(pairing.mentor_id, pairing.mentee_id)),
        act=ActForm(),
        **(_private(told, names) if is_mine else {}),
    )


def _private(told: PairTalk, names: dict[int, str]) -> dict[str, Any]:
    """What only the two read: texts and ticks. For anybody else it isn't asked for."""
    labels = name_steps(NotesForm(), told.pairing, names)
    return {"notes": queries.notes_for(me().person_id, told, key()), "labels": labels, "ticked": ticked(told.contact)}


def _on_one_word(told: PairTalk) -> bool:
    """Nobody answered within two weeks, by whole days as on a statement: it counts, and is told as the word of one."""
    is_open = told.confirmed_at is None and told.disputed_at is None and told.contact.contact_kind != "support"
    zone = here().network.time_zone
    return is_open and clock.today(zone) - clock.local(told.contact.starts_at, zone).date() > ANSWER_TIME


@mentoring.post("/talks/<int:talk_id>/confirm")
def confirm(talk_id: int) -> AnyResponse:
    told = _to_answer(talk_id)
    form = pressed(confirm_contact, told, me().person_id, request.form.get("seen", ""))
    return done_unless_refused(form, url_for(".contact", talk_id=told.id), _("Thank you. The talk is confirmed."))


@mentoring.post("/talks/<int:talk_id>/dispute")
def dispute(talk_id: int) -> AnyResponse:
    told = _to_answer(talk_id)
    if ActForm().accepted():
        dispute_contact(told, me().person_id)
    return done(url_for(".contact", talk_id=told.id), _("Noted. Whoever wrote it down sees that it was otherwise."))


@mentoring.get("/talks/<int:talk_id>/out")
def ask_out(talk_id: int) -> AnyResponse:
    """Ask first whether this pair goes out of the group, and say what goes with it."""
    told, form = my_contact(talk_id), ActForm()
    books = books_of(told.contact_id)
    if len(books) < 2:
        return done(url_for(".contact", talk_id=told.id), _("It stands in one book only."))
    return page(
        "mentoring/take_out.html",
        form=form,
        told=told,
        name=next(name for id, _pair, name in books if id == told.id),
        others=[name for id, _pair, name in books if id != told.id],
        is_ahead=bool(told.contact.next_at and told.contact.next_at > clock.now()),
    )


@mentoring.post("/talks/<int:talk_id>/out")
def leave_group(talk_id: int) -> AnyResponse:
    told = my_contact(talk_id)
    books = books_of(told.contact_id)
    form = pressed(take_out, told, me().person_id, here().network.time_zone)
    if refusal := form.refusal():
        return done(url_for(".contact", talk_id=told.id), refusal, kind="wrong")
    name = next(name for id, _pair, name in books if id == told.id)
    rest = next(id for id, _pair, _name in books if id != told.id)
    said = (
        _("%(name)s is out of it. It is a talk of two now.", name=name)
        if len(books) == 2
        else _("%(name)s is out of it; the others stay.", name=name)
    )
    return done(url_for(".contact", talk_id=rest), said, url_for(".restore", talk_id=told.id))


@mentoring.post("/talks/<int:talk_id>/delete")
def delete(talk_id: int) -> AnyResponse:
    told = my_contact(talk_id)
    form = pressed(delete_contact, told.contact, me().person_id, here().network.time_zone)
    if refusal := form.refusal():
        return done(url_for(".contact", talk_id=told.id), refusal, kind="wrong")
    undo = url_for(".restore", talk_id=told.id)
    return done(url_for(".pair", pairing_id=told.pairing_id), _removed(len(told.contact.talks)), undo)


def _removed(books: int) -> str:
    return ngettext(
        "Removed. It no longer counts; “Our notes” brings it back.",
        "Removed from the books of all %(num)s. It no longer counts; “Our notes” brings it back.",
        books,
    )


@mentoring.post("/talks/<int:talk_id>/restore")
def restore(talk_id: int) -> AnyResponse:
    told = my_contact(talk_id, deleted=True)
    form = pressed(restore_contact, told.contact, me().person_id, here().network.time_zone)
    if refusal := form.refusal():
        return done(url_for(".pair", pairing_id=told.pairing_id), refusal, kind="wrong")
    return done(url_for(".contact", talk_id=told.id), _("It is back, and counts again."))


def _to_answer(talk_id: int) -> PairTalk:
    found = the_contact(talk_id)
    if not policy.may_confirm(here().membership, found):
        raise NotYours
    return found
