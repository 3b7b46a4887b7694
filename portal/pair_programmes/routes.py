"""The doors to a pair's programmes, for coordinators: what its talks count for, since when and until when."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.mentoring import policy, queries_pair
from portal.mentoring.models import Pairing
from portal.mentoring.routes import the_pair
from portal.mentoring.routes_pair import spans_here
from portal.networks.scope import here
from portal.pair_programmes.blueprints import pair_programmes
from portal.pair_programmes.forms import JoinForm, LeaveForm
from portal.pair_programmes.operations import join_programme, leave_programme, stay_in_programme
from portal.programmes.models import Programme
from portal.programmes.queries import programme_in, programmes_in
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page


@pair_programmes.get("/pairs/<int:pairing_id>/programmes")
def index(pairing_id: int) -> Response:
    pairing = _theirs(pairing_id)
    return _page(pairing, _offered(JoinForm(since=pairing.started_on)))


@pair_programmes.post("/pairs/<int:pairing_id>/programmes")
def join(pairing_id: int) -> AnyResponse:
    pairing = _theirs(pairing_id)
    form = _offered(JoinForm())
    if form.accepted():
        programme = programme_in(here().network.id, form.programme_id.data)
        if programme is None:
            raise NotHere
        typed = (me().person_id, form.since.data or pairing.started_on, form.also_earlier.data, spans_here())
        earlier = form.attempt(join_programme, pairing, programme, *typed)
        if earlier is not None:
            return done(url_for(".index", pairing_id=pairing.id), _joined(programme, earlier))
    return _page(pairing, form)


@pair_programmes.post("/pairs/<int:pairing_id>/programmes/<int:programme_id>/leave")
def leave(pairing_id: int, programme_id: int) -> AnyResponse:
    pairing, programme, form = _theirs(pairing_id), _programme(programme_id), LeaveForm()
    spans = spans_here()
    if form.accepted():
        day = form.until.data or spans.today
        later = form.attempt(leave_programme, pairing, programme, me().person_id, day, spans)
        if later is not None:
            undo = url_for(".stay", pairing_id=pairing.id, programme_id=programme.id)
            return done(url_for(".index", pairing_id=pairing.id), _left(programme, later), undo)
    begin = JoinForm(formdata=None, since=pairing.started_on)
    return _page(pairing, _offered(begin), form, programme.id)


def _left(programme: Programme, later: int) -> str:
    said = _("Ended. What counted for “%(name)s” until that day stays counted.", name=programme.name)
    if not later:
        return said
    out = ngettext("One later talk counts for it no more.", "%(num)s later talks count for it no more.", later)
    return f"{said} {out}"


@pair_programmes.post("/pairs/<int:pairing_id>/programmes/<int:programme_id>/stay")
def stay(pairing_id: int, programme_id: int) -> AnyResponse:
    pairing, programme = _theirs(pairing_id), _programme(programme_id)
    if ActForm().accepted():
        stay_in_programme(pairing, programme, me().person_id)
    said = _("The pair stays in “%(name)s”.", name=programme.name)
    return done(url_for(".index", pairing_id=pairing.id), said)


def _joined(programme: Programme, earlier: int) -> str:
    said = _("In “%(name)s” now.", name=programme.name)
    if not earlier:
        return said
    counted = ngettext(
        "One talk that was written down already counts too.",
        "%(num)s talks that were written down already count too.",
        earlier,
    )
    return f"{said} {counted}"


def _page(pairing: Pairing, form: JoinForm, leaving: LeaveForm | None = None, ending: int = 0) -> Response:
    """``leaving`` is the form of the programme ``ending`` with what is to be put right; the others have one each."""
    around = queries_pair.around(pairing)
    forms = {one.programme.id: LeaveForm(formdata=None, until=spans_here().today) for one in around.stays}
    if leaving is not None and ending in forms:
        forms[ending] = leaving
    for programme_id, one in forms.items():
        one.until.id = one.until.label.field_id = f"until-{programme_id}"
    return page(
        "pair_programmes/index.html",
        status=422 if leaving else None,
        pairing=pairing,
        names=around.names,
        stays=around.stays,
        form=form,
        leaving=forms,
        ending=ending,
        today=spans_here().today,
        act=ActForm(),
    )


def _offered(form: JoinForm) -> JoinForm:
    offered = [(one.id, one.name) for one in programmes_in(here().network.id)]
    form.programme_id.choices = choices_of([(0, _("Choose a programme")), *offered])
    return form


def _programme(programme_id: int) -> Programme:
    found = programme_in(here().network.id, programme_id)
    if found is None:
        raise NotHere
    return found


def _theirs(pairing_id: int) -> Pairing:
    pairing = the_pair(pairing_id)
    if not policy.may_pair(here().membership):
        raise NotYours
    return pairing
