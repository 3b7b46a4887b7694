"""The certificates of an event, for who runs it: what each gets, making them, voiding one, making one anew."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.certificates import policy
from portal.certificates.blueprints import certificates
from portal.certificates.forms import VoidForm
from portal.certificates.operations import make_anew, make_certificates, try_papers_again
from portal.certificates.queries_event import EVENT, EventCertificates, certificates_due
from portal.certificates.record_pages import certificate_file
from portal.certificates.sheets import EVENT_COLUMNS, event_cells, event_rows
from portal.credit import wording
from portal.credit.models import Certificate
from portal.credit.operations_certificates import void
from portal.credit.queries_certificates import certificate_in, making_of
from portal.events import words
from portal.events.models import Event
from portal.events.queries_event import event_in
from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import ListingHere, Sort, export, wanted_export

BY_NAME = Sort("name", _l("By name"), (lambda person: person.who.sort_name,))
DIFFERING = Sort("differing", _l("What differs first"), (lambda person: not person.disagrees, BY_NAME.by[0]))
LONGEST = Sort("minutes", _l("Longest first"), (lambda person: -person.minutes, BY_NAME.by[0]))


@certificates.get("/<int:event_id>/certificates")
def index(event_id: int) -> AnyResponse:
    due = certificates_due(_event(event_id), here().network.time_zone)
    kind = wanted_export()
    if kind:
        return export(f"certificates-{event_id}", EVENT_COLUMNS, event_rows(due.people), kind, event_cells)
    return _page(due, ActForm())


@certificates.post("/<int:event_id>/certificates")
def make(event_id: int) -> AnyResponse:
    event, form = _event(event_id), ActForm()
    if form.accepted():
        made = form.attempt(make_certificates, event, here().network.time_zone, here().membership.person_id)
        if made is not None:
            return done(_url(event_id), _made(made))
    return _page(certificates_due(event, here().network.time_zone), form)


@certificates.post("/<int:event_id>/certificates/again")
def try_again(event_id: int) -> AnyResponse:
    if ActForm().accepted():
        try_papers_again(_event(event_id), here().membership.person_id)
    return done(_url(event_id), _("The papers that failed are made once more."))


@certificates.get("/certificates/<int:certificate_id>.pdf")
def paper(certificate_id: int) -> AnyResponse:
    return certificate_file(_certificate(certificate_id)[0])


@certificates.get("/certificates/<int:certificate_id>/voiding")
def ask_to_void(certificate_id: int) -> AnyResponse:
    return _void_page(*_certificate(certificate_id), VoidForm())


@certificates.post("/certificates/<int:certificate_id>/voiding")
def void_it(certificate_id: int) -> AnyResponse:
    (one, event), form = _certificate(certificate_id), VoidForm()
    if form.accepted():
        form.attempt(void, one, form.reason.data or "", here().membership.person_id)
        if not form.errors:
            return done(
                _url(event.id), _("Certificate %(number)s is void. Whoever checks it is told so.", number=one.number)
            )
    return _void_page(one, event, form)


@certificates.post("/certificates/<int:certificate_id>/anew")
def anew(certificate_id: int) -> AnyResponse:
    (one, event), form = _certificate(certificate_id), ActForm()
    if form.accepted():
        new = form.attempt(make_anew, one, event, here().network.time_zone, here().membership.person_id)
        if new:
            said = _("%(new)s takes the place of %(old)s, which is void.", new=new.number, old=one.number)
            return done(_url(event.id), said)
    return _page(certificates_due(event, here().network.time_zone), form)


def _event(event_id: int) -> Event:
    event = event_in(here().network.id, event_id)
    if not policy.can_certify(here().membership, event.owner_id):
        raise NotYours
    return event


def _certificate(certificate_id: int) -> tuple[Certificate, Event]:
    one = certificate_in(here().network.id, certificate_id)
    if one.subject_kind != EVENT or not one.name:
        raise NotHere
    return one, _event(one.subject_id)


def _page(due: EventCertificates, form: ActForm) -> AnyResponse:
    listing = ListingHere(due.people, (BY_NAME, DIFFERING, LONGEST), size=50)
    return page(
        "certificates/index.html", ("making",),
        due=due, event=due.event, form=form, listing=listing, making=making_of(EVENT, due.event.id), words=words,
        wording=wording, lines=lines_about(EVENT, due.event.id),
    )  # fmt: skip


def _void_page(one: Certificate, event: Event, form: VoidForm) -> AnyResponse:
    return page("certificates/void.html", one=one, event=event, form=form, wording=wording)


def _url(event_id: int, **more: Any) -> str:
    return url_for(".index", event_id=event_id, **more)


def _made(count: int) -> str:
    if not count:
        return _("Everybody has what is due to her. Nothing was made twice.")
    return ngettext(
        "%(num)s certificate is issued. Its paper is made now, and a mail goes to its holder.",
        "%(num)s certificates are issued. Their papers are made now, and a mail goes to each holder.",
        count,
    )
