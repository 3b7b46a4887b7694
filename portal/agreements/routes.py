"""The doors of the agreement: the network's wording, and the two of a pair saying yes to it."""

from flask import Response, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from portal.agreements.blueprints import agreements
from portal.agreements.forms import AgreementForm, YesForm
from portal.agreements.operations import agree, write_agreement
from portal.agreements.queries import agreed_in, agreement_numbered, agreements_of, current_agreement
from portal.agreements.wording import wording_of
from portal.mentoring import policy, queries
from portal.mentoring.routes import the_pair
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of


@agreements.get("/agreement")
def index() -> Response:
    network = here().network
    return page(
        "agreements/index.html",
        wording=wording_of(network.id, network.locale),
        versions=agreements_of(network.id),
        can_write=policy.may_pair(here().membership),
    )


@agreements.get("/agreement/<int:version_number>")
def version(version_number: int) -> Response:
    found = agreement_numbered(here().network.id, version_number)
    if found is None:
        raise NotHere
    return page("agreements/version.html", agreement=found, text=Markup(found.text_html))


@agreements.get("/agreement/edit")
def edit() -> Response:
    _coordinators_only()
    network, current = here().network, current_agreement(here().network.id)
    seen = str(current.version) if current else "0"
    return _form_page(AgreementForm(data={"text": wording_of(network.id, network.locale).text, "seen": seen}))


@agreements.post("/agreement")
def save() -> AnyResponse:
    _coordinators_only()
    form = AgreementForm()
    if form.accepted():
        seen, text = number_of(form.seen.data) or 0, form.text.data or ""
        made = form.attempt(write_agreement, me().person_id, here().network.id, seen, text)
        if made:
            told = _("Version %(number)s is in force. Whoever said yes before keeps to what she read.", number=made)
            return done(url_for(".index"), told)
    if form.conflict and (current := current_agreement(here().network.id)):
        # Saving once more replaces the other wording knowingly.
        form.seen.data = str(current.version)
    return _form_page(form)


def _form_page(form: AgreementForm) -> Response:
    return page("agreements/edit.html", form=form)


@agreements.get("/pairs/<int:pairing_id>/agreement")
def pair(pairing_id: int) -> Response:
    return _pair_page(pairing_id, YesForm())


@agreements.post("/pairs/<int:pairing_id>/agreement")
def say_yes(pairing_id: int) -> AnyResponse:
    pairing, form = the_pair(pairing_id), YesForm()
    if not policy.is_of_pair(me().person_id, pairing):
        raise NotYours
    if form.accepted():
        form.attempt(agree, pairing, me().person_id, number_of(form.version.data) or 0)
        if not form.errors:
            return done(
                url_for("mentoring.pair", pairing_id=pairing.id), _("You said yes. Both of you see on which day.")
            )
    return _pair_page(pairing_id, form)


def _pair_page(pairing_id: int, form: YesForm) -> Response:
    pairing, network = the_pair(pairing_id), here().network
    wording, agreed = wording_of(network.id, network.locale), agreed_in(pairing.id)
    form.version.data = str(wording.version)
    mine = any(one.person_id == me().person_id and one.version == wording.version for one in agreed)
    return page(
        "agreements/pair.html",
        form=form,
        pairing=pairing,
        names=queries.names_of(pairing),
        wording=wording,
        agreed=agreed,
        may_say_yes=policy.is_of_pair(me().person_id, pairing) and not mine and not pairing.ended_on,
        is_mine=policy.is_of_pair(me().person_id, pairing),
    )


def _coordinators_only() -> None:
    if not policy.may_pair(here().membership):
        raise NotYours
