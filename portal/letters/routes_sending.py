"""Before and after a letter goes: the mail as it will arrive, a test, the hour, calling back, what became of it."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.letters.forms import SendForm
from portal.letters.models import Letter
from portal.letters.operations_sending import call_back, send_letter
from portal.letters.queries import did_since, figures_of, state_of, what_happened
from portal.letters.queries_audience import count_by_reason, told_reasons
from portal.letters.question import questioned
from portal.letters.routes import letters, reading_of
from portal.letters.routes_letters import this
from portal.mail.reasons import reason_of, reason_words
from portal.networks.scope import here
from portal.people.models import Person
from portal.web import clock
from portal.web.access import me
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.numbers import number_of
from portal.web.tables import Column


@letters.get("/<int:letter_id>/sending")
def sending(letter_id: int) -> AnyResponse:
    letter = this(letter_id)
    if letter.send_at:
        return done(url_for(".show", letter_id=letter_id))
    return _sending_page(letter, SendForm(version=str(letter.row_version)))


@letters.post("/<int:letter_id>/sending")
def send(letter_id: int) -> AnyResponse:
    letter = this(letter_id)
    form = SendForm()
    if form.accepted():
        sent = form.attempt(_send, letter_id, form)
        if sent:
            text = _("It waits to go. Until then you can call it back.")
            return done(url_for(".show", letter_id=letter_id), text, undo=url_for(".back", letter_id=letter_id))
    return _sending_page(letter, form)


@letters.post("/<int:letter_id>/back")
def back(letter_id: int) -> AnyResponse:
    this(letter_id)
    call_back(here().membership, letter_id)
    return done(
        url_for(".show", letter_id=letter_id), _("Called back: it is a draft again, and nobody was written to.")
    )


@letters.get("/<int:letter_id>/outcome")
def outcome(letter_id: int) -> Response:
    """Person by person what became of it."""
    letter = this(letter_id)
    listing = Listing(what_happened(letter, me().person_id), _sorts(letter))
    if kind := wanted_export():
        name = f"{here().network.slug}-letter-{letter.id}"
        return export(name, _columns(), listing.everything(), kind, _cells)
    return page(
        "letters/outcome.html", letter=letter, listing=listing, figures=figures_of(letter), words=in_words, why=_why
    )


def _send(letter_id: int, form: SendForm) -> Letter:
    at = form.moment(here().network.time_zone)
    return send_letter(here(), letter_id, number_of(form.version.data) or 0, at)


def _sending_page(letter: Letter, form: SendForm) -> Response:
    form.replaces(form.version, letter.row_version)
    reading = reading_of(questioned(letter.question))
    counts = count_by_reason(reading, letter.id)
    return page(
        "letters/sending.html",
        letter=letter,
        form=form,
        reading=reading,
        count=counts.get("", 0),
        reasons=told_reasons(counts),
        today=clock.today(here().network.time_zone),
    )


def _sorts(letter: Letter) -> tuple[Sort, ...]:
    by_state = Sort("state", _("By what became of it"), (state_of(letter), Person.sort_name, Person.id))
    did = Sort("did", _("Those who answered first"), (did_since(letter).desc(), Person.sort_name, Person.id))
    by_name = Sort("name", _("By name"), (Person.sort_name, Person.id))
    return (by_name, by_state, did) if letter.about_kind else (by_name, by_state)


def in_words(row: Any) -> str:
    """The state of one mail."""
    words = {
        "waits": _("waits to be sent"),
        "sent": _("sent"),
        "back": _("came back"),
        "stopped": _("wants no more letters"),
        "gone": _("was forgotten at her wish"),
    }
    return words[row.state]


def _why(row: Any) -> str:
    """Why a mail came back; nothing for the others."""
    return str(reason_words(reason_of(row.last_error or ""))) if row.state == "back" else ""


def _columns() -> list[Column]:
    return [Column(name) for name in (_("Name"), _("Written"), _("Sent"), _("What became of it"), _("Why"), _("Acted"))]


def _cells(row: Any) -> list[object]:
    return [row.name, row.written_at, row.sent_at, in_words(row), _why(row), _("yes") if row.did else _("no")]
