"""The doors of the agreement: what is in force, what was before, and a new wording."""

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.lending.forms import AgreementForm
from portal.lending.operations_agreement import write_agreement
from portal.lending.policy import can_write_agreement
from portal.lending.queries import current_agreement
from portal.lending.queries_loan import agreement_numbered, agreements_of
from portal.lending.routes import loans_pages
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of


@loans_pages.get("/agreement")
def agreement() -> Response:
    versions = agreements_of(here().network.id)
    return page(
        "lending/agreement.html",
        versions=versions,
        current=versions[0] if versions else None,
        text=Markup(versions[0].LoanAgreement.text_html) if versions else "",
        can_write=can_write_agreement(here().membership),
    )


@loans_pages.get("/agreement/<int:version_number>")
def agreement_version(version_number: int) -> Response:
    found = agreement_numbered(here().network.id, version_number)
    if found is None:
        raise NotHere
    return page("lending/agreement_version.html", agreement=found, text=Markup(found.text_html))


@loans_pages.get("/agreement/edit")
def edit_agreement() -> Response:
    _may_write()
    current = current_agreement(here().network.id)
    text, seen = (current.text, current.version) if current else ("", 0)
    return _form_page(AgreementForm(data={"text": text, "seen": str(seen)}))


@loans_pages.post("/agreement")
def save_agreement() -> Response:
    _may_write()
    form = AgreementForm()
    if form.accepted():
        seen, text = number_of(form.seen.data) or 0, form.text.data or ""
        version = form.attempt(write_agreement, me().person_id, here().network.id, seen, text)
        if version:
            told = _("Version %(number)s is in force. Each borrower accepts it with her next loan.", number=version)
            return done(url_for(".agreement"), told)
    if form.conflict and (current := current_agreement(here().network.id)):
        # Saving once more replaces the other wording knowingly.
        form.seen.data = str(current.version)
    return _form_page(form)


def _form_page(form: AgreementForm) -> Response:
    return page("lending/agreement_edit.html", form=form)


def _may_write() -> None:
    if not can_write_agreement(here().membership):
        raise NotYours
