"""The doors of one visit: reading it, putting it right, removing it, and keeping what was promised."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.activities.meetings import HOW_MET
from portal.history.queries import lines_about
from portal.networks.scope import here
from portal.organisations.queries import name_of
from portal.people.queries_names import names_of
from portal.support import queries
from portal.support.blueprints import support
from portal.support.forms import KINDS, VisitForm, filled
from portal.support.models import SupportVisit
from portal.support.operations import change_visit, delete_visit, keep_promise, reopen_promise, restore_visit
from portal.support.operations_along import say_not_there, say_was_there
from portal.support.routes import offered, visit_page
from portal.support.visits import SUBJECT
from portal.vocabulary.queries import labels
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@support.get("/<int:visit_id>")
def show(visit_id: int) -> Response:
    visit = _the_visit(visit_id)
    topics, there = labels("support_topic"), queries.there_at(visit.id)
    return page(
        "support/show.html",
        visit=visit,
        school=name_of(visit.organisation_id),
        there=there,
        is_hers=me().person_id in there,
        names=names_of([*there, visit.recorded_by, visit.met_id]),
        topics=[topics.get(code, code) for code in visit.topics],
        kinds=dict(KINDS),
        modes=HOW_MET,
        today=clock.today(here().network.time_zone),
        lines=lines_about(SUBJECT, visit.id),
        act=ActForm(),
    )


@support.get("/<int:visit_id>/edit")
def edit(visit_id: int) -> Response:
    visit = _the_visit(visit_id)
    return visit_page(offered(filled(visit, queries.there_at(visit.id), here().network.time_zone), visit), visit)


@support.post("/<int:visit_id>/edit")
def change(visit_id: int) -> AnyResponse:
    visit = _the_visit(visit_id)
    form = offered(VisitForm(), visit)
    zone = here().network.time_zone
    if form.accepted():
        version = form.row_version.data or 0
        form.attempt(change_visit, visit, version, me().person_id, form.visit(zone), zone)
        if not form.errors:
            return done(url_for(".show", visit_id=visit.id), _("Put right."))
    form.replaces(form.row_version, visit.row_version)
    return visit_page(form, visit)


@support.post("/<int:visit_id>/delete")
def delete(visit_id: int) -> AnyResponse:
    visit = _the_visit(visit_id)
    if ActForm().accepted():
        delete_visit(visit, me().person_id)
    undo = url_for(".restore", visit_id=visit.id)
    return done(url_for(".index"), _("Removed. It no longer counts."), undo)


@support.post("/<int:visit_id>/restore")
def restore(visit_id: int) -> AnyResponse:
    visit = _the_visit(visit_id, removed=True)
    if ActForm().accepted():
        restore_visit(visit, me().person_id)
    return done(url_for(".show", visit_id=visit.id), _("It is back, and counts again."))


@support.post("/<int:visit_id>/promise/kept")
def keep(visit_id: int) -> AnyResponse:
    visit = _the_visit(visit_id)
    form = pressed(keep_promise, visit, me().person_id)
    told, undo = _("Done, as promised: “%(what)s”.", what=visit.next_step), url_for(".reopen", visit_id=visit.id)
    return done_unless_refused(form, url_for(".show", visit_id=visit.id), told, undo)


@support.post("/<int:visit_id>/promise/open")
def reopen(visit_id: int) -> AnyResponse:
    visit = _the_visit(visit_id)
    form = pressed(reopen_promise, visit, me().person_id)
    return done_unless_refused(form, url_for(".show", visit_id=visit.id), _("It stands as open again."))


@support.post("/<int:visit_id>/not-there")
def not_there(visit_id: int) -> AnyResponse:
    visit = _the_visit(visit_id)
    form = pressed(say_not_there, visit, me().person_id)
    told, undo = _("You no longer stand there. The visit stays."), url_for(".was_there", visit_id=visit.id)
    return done_unless_refused(form, url_for(".show", visit_id=visit.id), told, undo)


@support.post("/<int:visit_id>/there")
def was_there(visit_id: int) -> AnyResponse:
    visit = _the_visit(visit_id)
    form = pressed(say_was_there, visit, me().person_id)
    told, undo = _("You were there too: its minutes are yours as well."), url_for(".not_there", visit_id=visit.id)
    return done_unless_refused(form, url_for(".show", visit_id=visit.id), told, undo)


def _the_visit(visit_id: int, removed: bool = False) -> SupportVisit:
    found = queries.visit_in(here().network.id, visit_id)
    if found is None or (found.deleted_at and not removed):
        raise NotHere
    return found
