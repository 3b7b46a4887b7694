"""The doors of whoever would like an opening: saying so, withdrawing, and the answer of a coordinator."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal.networks.scope import here
from portal.openings import policy, queries
from portal.openings.blueprints import openings
from portal.openings.forms import InterestForm
from portal.openings.models import Opening
from portal.openings.operations_interest import answer_interest, answer_rest, say_interest, withdraw_interest
from portal.openings.routes import opening_page, the_opening
from portal.people.queries_names import names_of
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@openings.post("/<int:opening_id>/interest")
def say(opening_id: int) -> AnyResponse:
    opening, form = the_opening(opening_id), InterestForm()
    if not policy.may_say(here().membership):
        raise NotYours
    if form.accepted():
        today = clock.today(here().network.time_zone)
        form.attempt(say_interest, opening, me().person_id, form.says.data or "", today)
        if not form.errors:
            told = _("The coordinators know. You get a mail with their answer.")
            return done(url_for(".show", opening_id=opening.id), told, url_for(".withdraw", opening_id=opening.id))
    return opening_page(opening, form)


@openings.post("/<int:opening_id>/interest/withdrawal")
def withdraw(opening_id: int) -> AnyResponse:
    opening = the_opening(opening_id)
    if not policy.may_say(here().membership):
        raise NotYours
    mine = queries.interest_of(opening.id, me().person_id)
    if ActForm().accepted() and mine:
        withdraw_interest(opening, mine)
    return done(url_for(".show", opening_id=opening.id), _("You no longer ask for it. Your line is gone."))


@openings.post("/<int:opening_id>/interest/<int:interest_id>/answer")
def answer(opening_id: int, interest_id: int) -> AnyResponse:
    opening = the_opening(opening_id)
    if not policy.may_list(here().membership):
        raise NotYours
    interest = queries.interest_in(opening.id, interest_id)
    if interest is None:
        raise NotHere
    form = pressed(answer_interest, opening, interest, me().person_id, request.form.get("answer", ""))
    return done_unless_refused(form, url_for(".show", opening_id=opening.id), _("She gets a mail with that now."))


@openings.get("/<int:opening_id>/interest/rest")
def ask_rest(opening_id: int) -> Response:
    """Several mails go out at once: it is asked first, with the names."""
    opening = _theirs_to_answer(opening_id)
    names = names_of([one.person_id for one in queries.waiting_for(opening.id)])
    return page("openings/rest.html", opening=opening, names=list(names.values()), form=ActForm())


@openings.post("/<int:opening_id>/interest/rest")
def say_not_now(opening_id: int) -> AnyResponse:
    opening, form, told = _theirs_to_answer(opening_id), ActForm(), 0
    if form.accepted():
        told = form.attempt(answer_rest, opening, me().person_id) or 0
    said = ngettext("One person gets a mail with that now.", "%(num)s people get a mail with that now.", told)
    return done(url_for(".show", opening_id=opening.id), said if told else _("Nobody waits any more."))


def _theirs_to_answer(opening_id: int) -> Opening:
    opening = the_opening(opening_id)
    if not policy.may_list(here().membership):
        raise NotYours
    return opening
