"""The doors of this room's drafts: keeping what is typed into one of its forms, and throwing it away."""

from collections.abc import Callable

from flask import Response, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.coaching import policy, queries
from portal.coaching.access import key, the_cycle, the_goal, the_pair
from portal.coaching.blueprints import coaching
from portal.coaching.desks import closing_desk, goal_desk, needs_desk, new_goal_desk
from portal.coaching.drafts import Desk
from portal.coaching.queries_things import CLOSING, GOAL, NEEDS, NEW_GOAL, STEP
from portal.coaching.routes_steps import may_save_step, step_desk
from portal.mentoring.operations_drafts import keep_draft, throw_draft
from portal.mentoring.routes_drafts import throw_page
from portal.networks.scope import here
from portal.web.access import keeps_its_place, me
from portal.web.errors import DomainError, NotHere
from portal.web.forms import ActForm
from portal.web.forms_once import was_handled
from portal.web.hypermedia import done


def _step(step_id: int) -> Desk:
    found = queries.step_in(here().network.id, step_id)
    if found is None:
        raise NotHere
    step, cycle = found
    _cycle, pairing = the_cycle(cycle.id)
    may_save_step(pairing, step.step)
    return step_desk(cycle, step, pairing)


# Each by the number of what it hangs on: a pair, a goal or a step. Whoever may not save there has no draft there either.
# A goal that was removed has a desk for keeping alone: what was typed there comes back, with the sentence why.
DESKS: dict[str, Callable[[int, bool], Desk]] = {
    NEEDS: lambda number, removed: needs_desk(the_pair(number, policy.may_mark_needs)),
    NEW_GOAL: lambda number, removed: new_goal_desk(the_pair(number, policy.may_work)),
    GOAL: lambda number, removed: goal_desk(*the_goal(number, removed=removed)),
    CLOSING: lambda number, removed: closing_desk(*the_goal(number, policy.may_close, removed)),
    STEP: lambda number, removed: _step(number),
}


@coaching.post("/drafts/<draft_kind>/<int:draft_number>")
@keeps_its_place
def keep(draft_kind: str, draft_number: int) -> AnyResponse:
    """Whatever is typed so far, right or not. Keeping twice is keeping once, so the form stays good for its own button."""
    desk, form = _desk(draft_kind, draft_number, removed=True), ActForm()
    # Kept by itself while "Save" was on its way, it would come back as a draft of what is saved.
    if form.accepted() and not was_handled(request.form.get("form_key"), desk.door):
        try:
            desk.check()
            keep_draft(desk.pairing, desk.place, me().person_id, desk.unsaved(), key())
        except DomainError as refusal:
            form.refuse(refusal)
    if not form.errors:
        return redirect(f"{desk.door}#draft", code=303)
    shown = desk.make()
    shown.form_errors = [sentence for _id, sentence in form.lines()]
    return desk.page(shown, refusal=form.refusal())


@coaching.get("/drafts/<draft_kind>/<int:draft_number>/throw")
def ask_throw(draft_kind: str, draft_number: int) -> Response:
    desk = _desk(draft_kind, draft_number)
    return throw_page(desk.door, _("Back to what you write"), _("What was saved stays as it is."))


@coaching.post("/drafts/<draft_kind>/<int:draft_number>/throw")
def throw(draft_kind: str, draft_number: int) -> AnyResponse:
    desk = _desk(draft_kind, draft_number)
    if ActForm().accepted():
        throw_draft(desk.place, me().person_id)
    return done(desk.door, _("The draft is gone. What was saved stands as it was."))


def _desk(kind: str, number: int, removed: bool = False) -> Desk:
    if kind not in DESKS:
        raise NotHere
    return DESKS[kind](number, removed)
