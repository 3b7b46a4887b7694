"""The doors of one wish for a mentor: said, looked at with who suits, changed, set aside, taken back."""

from collections.abc import Callable

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.history.queries import lines_about
from portal.matching import operations_asks as verbs
from portal.matching import policy, queries, reasons
from portal.matching.blueprints import matching
from portal.matching.forms import AskForm
from portal.matching.models import MentorAsk
from portal.matching.prefilled import for_whom, known_already, may_change, refuse_others
from portal.matching.queries_people import known_of
from portal.matching.queries_suggesting import candidates_for, side_of
from portal.matching.said import as_typed
from portal.matching.suggesting import suggest
from portal.matching.words import labels_of, to_choose
from portal.networks.scope import here
from portal.web import dates
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.numbers import number_of


@matching.get("/asks/new")
def new_ask() -> AnyResponse:
    words, people = to_choose(), for_whom()
    if people is None and (mine := queries.open_ask_of(here().network.id, me().person_id)):
        return done(url_for(".ask", ask_id=mine.id))
    return page("matching/ask_form.html", form=AskForm(words, people, data=known_already(people)), ask=None)


@matching.post("/asks/new")
def create_ask() -> AnyResponse:
    words, people = to_choose(), for_whom()
    form = AskForm(words, people)
    if form.accepted():
        person_id = form.person_id.data if people is not None else me().person_id
        made = form.attempt(verbs.ask_for_mentor, here().network.id, person_id, me().person_id, form.said())
        if made:
            return done(url_for(".ask", ask_id=made.id), _("The coordinators see it, and look for somebody who suits."))
    return page("matching/ask_form.html", form=form, ask=None)


@matching.get("/asks/<int:ask_id>")
def ask(ask_id: int) -> Response:
    """For its owner what she said; for a coordinator also who suits, with the reasons."""
    seen = _ask_here(ask_id)
    found = seen.ask
    person = known_of((found.person_id,), with_words=False)[found.person_id]
    looks = policy.coordinates(here().membership) and found.person_id != me().person_id
    looks_for = looks and found.ended_at is None and found.paused_at is None
    side = side_of(found, person.name, person.sort_name, person.place)
    fit, unfit = suggest(side, candidates_for(found, me().person_id)) if looks_for else ([], [])
    return page(
        "matching/ask.html",
        ask=found,
        person=person,
        fit=fit[:25],
        more=max(0, len(fit) - 25),
        unfit=unfit,
        looks_for=looks_for,
        within=seen.within,
        may_change=may_change(found, person.has_account),
        is_mine=found.person_id == me().person_id,
        words=labels_of(),
        reasons=reasons,
        days_ago=dates.days_ago,
        lines=lines_about("mentor_ask", found.id),
        act=ActForm(),
    )


@matching.get("/asks/<int:ask_id>/edit")
def edit_ask(ask_id: int) -> Response:
    found = _mine(ask_id)
    needs = [*found.needs, "", "", ""]
    typed = as_typed(found) | {"first": needs[0], "second": needs[1], "third": needs[2]}
    return page("matching/ask_form.html", form=AskForm(to_choose(found), data=typed), ask=found)


@matching.post("/asks/<int:ask_id>/edit")
def update_ask(ask_id: int) -> AnyResponse:
    found = _mine(ask_id)
    form = AskForm(to_choose(found))
    if form.accepted():
        form.attempt(verbs.change_ask, found, me().person_id, form.said(), number_of(form.row_version.data) or 0)
        if not form.errors:
            return done(url_for(".ask", ask_id=found.id), _("Changed."))
    form.replaces(form.row_version, found.row_version)
    return page("matching/ask_form.html", form=form, ask=found)


@matching.post("/asks/<int:ask_id>/pause")
def pause_ask(ask_id: int) -> AnyResponse:
    undo = url_for(".resume_ask", ask_id=ask_id)
    return _act(ask_id, verbs.pause_ask, _("Set aside. It keeps its place, and nobody is proposed meanwhile."), undo)


@matching.post("/asks/<int:ask_id>/resume")
def resume_ask(ask_id: int) -> AnyResponse:
    return _act(ask_id, verbs.resume_ask, _("The coordinators look for somebody again."))


@matching.post("/asks/<int:ask_id>/end")
def end_ask(ask_id: int) -> AnyResponse:
    undo = url_for(".restore_ask", ask_id=ask_id)
    return _act(ask_id, verbs.take_ask_back, _("Taken back. Nobody looks any more."), undo)


@matching.post("/asks/<int:ask_id>/restore")
def restore_ask(ask_id: int) -> AnyResponse:
    return _act(ask_id, verbs.restore_ask, _("It stands again, at its old place."))


def _act(ask_id: int, verb: Callable[[MentorAsk, int], None], told: str, undo: str | None = None) -> AnyResponse:
    form = pressed(verb, _mine(ask_id), me().person_id)
    return done_unless_refused(form, url_for(".ask", ask_id=ask_id), told, undo)


def _ask_here(ask_id: int) -> queries.AskSeen:
    """Hers, or for a coordinator any of the network but her own mentee's: see ``queries.mentored_by``."""
    seen = queries.ask_seen(here().network.id, ask_id, me().person_id)
    if seen is None:
        raise NotHere
    if seen.ask.person_id != me().person_id:
        if not policy.coordinates(here().membership):
            raise NotYours
        if seen.is_my_mentees:
            raise NotHere
    return seen


def _mine(ask_id: int) -> MentorAsk:
    found = _ask_here(ask_id).ask
    refuse_others(found)
    return found
