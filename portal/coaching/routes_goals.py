"""The doors of the needs list and of goals: marking, writing, closing, opening again, ordering."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.coaching import operations_goals as act
from portal.coaching import policy, queries
from portal.coaching.access import goal_of_mine, key, the_goal, the_pair
from portal.coaching.blueprints import coaching
from portal.coaching.desks import closing_desk, goal_desk, needs_desk, new_goal_desk, offer_needs
from portal.coaching.forms import HOW_MUCH, NEED, CloseGoalForm, GoalForm, needs_form
from portal.coaching.queries_needs import needs_of
from portal.coaching.writing import held, mark_of
from portal.mentoring.kept import REMOVED_FOR, is_past_bringing_back
from portal.mentoring.models import Pairing
from portal.vocabulary.queries import choices, labels
from portal.web.access import me
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@coaching.get("/pairs/<int:pairing_id>/needs")
def needs(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    if not policy.may_mark_needs(me().person_id, pairing):
        return _needs_to_read(pairing)
    desk = needs_desk(pairing)
    return desk.page(*desk.opened())


@coaching.post("/pairs/<int:pairing_id>/needs")
def mark_needs(pairing_id: int) -> AnyResponse:
    pairing = the_pair(pairing_id, policy.may_mark_needs)
    form = needs_form(choices("mentoring_need"))
    if form.accepted() and form.attempt(
        act.mark_needs, pairing, me().person_id, form.marked(), form.seen.data or "", key()
    ):
        return done(url_for(".index", pairing_id=pairing.id), _("Kept. Choose up to three goals from it."))
    form.replaces(form.seen, mark_of(key(), needs_of(pairing, key()).fields, form.names()))
    return needs_desk(pairing).page(form)


@coaching.get("/pairs/<int:pairing_id>/goals/new")
def new_goal(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id, policy.may_work)
    desk = new_goal_desk(pairing)
    return desk.page(*desk.opened())


@coaching.post("/pairs/<int:pairing_id>/goals/new")
def make_goal(pairing_id: int) -> AnyResponse:
    pairing = the_pair(pairing_id, policy.may_work)
    form = GoalForm()
    offer_needs(form, needs_of(pairing, key()))
    made = form.attempt(act.make_goal, pairing, me().person_id, form.words(), key()) if form.accepted() else None
    if made:
        return done(url_for(".index", pairing_id=pairing.id), _("A goal of you two. Begin a cycle when you like."))
    return new_goal_desk(pairing).page(form)


@coaching.get("/goals/<int:goal_id>/edit")
def edit_goal(goal_id: int) -> Response:
    desk = goal_desk(*the_goal(goal_id))
    return desk.page(*desk.opened())


@coaching.post("/goals/<int:goal_id>/edit")
def change_goal(goal_id: int) -> AnyResponse:
    goal, pairing = the_goal(goal_id, removed=True)
    form = GoalForm()
    offer_needs(form, needs_of(pairing, key()))
    if form.accepted():
        seen = form.seen.data or ""
        if form.attempt(act.change_goal, goal, pairing, me().person_id, form.words(), seen, key()):
            return done(url_for(".index", pairing_id=pairing.id), _("Changed. You two read it."))
    there = held(key(), act.goal_text(goal, pairing))
    form.replaces(form.seen, mark_of(key(), there.fields, form.WORDS))
    return goal_desk(goal, pairing).page(form)


@coaching.get("/goals/<int:goal_id>/close")
def ask_close_goal(goal_id: int) -> Response:
    desk = closing_desk(*the_goal(goal_id, policy.may_close))
    return desk.page(*desk.opened())


@coaching.post("/goals/<int:goal_id>/close")
def close_goal(goal_id: int) -> AnyResponse:
    goal, pairing = the_goal(goal_id, policy.may_close, removed=True)
    form = CloseGoalForm()
    if form.accepted():
        growth = {"growth": form.growth.data or ""}
        seen = form.seen.data or ""
        if form.attempt(act.close_goal, goal, pairing, me().person_id, form.result.data, growth, seen, key()):
            undo = url_for(".reopen_goal", goal_id=goal.id)
            return done(url_for(".index", pairing_id=pairing.id), _("The goal is closed."), undo)
    there = held(key(), act.goal_text(goal, pairing))
    form.replaces(form.seen, mark_of(key(), there.fields, ("growth",)))
    return closing_desk(goal, pairing).page(form)


@coaching.post("/goals/<int:goal_id>/reopen")
def reopen_goal(goal_id: int) -> AnyResponse:
    goal, pairing = the_goal(goal_id, policy.may_close)
    form = pressed(act.reopen_goal, goal, pairing, me().person_id)
    return done_unless_refused(form, url_for(".index", pairing_id=pairing.id), _("The goal is open again."))


@coaching.get("/goals/<int:goal_id>/remove")
def ask_remove_goal(goal_id: int) -> Response:
    goal, pairing = goal_of_mine(goal_id)
    words = {} if goal.deleted_at else held(key(), act.goal_text(goal, pairing)).fields
    return page(
        "coaching/remove_goal.html",
        form=ActForm(),
        goal=goal,
        words=words,
        pairing=pairing,
        two=queries.two_of(pairing),
        cycles=queries.cycles_to(goal.id),
        is_gone=is_past_bringing_back(goal),
        goes_at=goal.deleted_at + REMOVED_FOR if goal.deleted_at else None,
    )


@coaching.post("/goals/<int:goal_id>/remove")
def remove_goal(goal_id: int) -> AnyResponse:
    goal, pairing = goal_of_mine(goal_id)
    form, undo = pressed(act.remove_goal, goal, me().person_id), url_for(".restore_goal", goal_id=goal.id)
    said = _("The goal is removed. In a week its words go for good.")
    return done_unless_refused(form, url_for(".index", pairing_id=pairing.id), said, undo)


@coaching.post("/goals/<int:goal_id>/restore")
def restore_goal(goal_id: int) -> AnyResponse:
    goal, pairing = goal_of_mine(goal_id)
    form = pressed(act.restore_goal, goal, me().person_id)
    return done_unless_refused(form, url_for(".index", pairing_id=pairing.id), _("The goal is back as it was."))


@coaching.post("/goals/<int:goal_id>/up")
def move_goal(goal_id: int) -> AnyResponse:
    goal, pairing = the_goal(goal_id)
    if ActForm().accepted():
        act.move_up(goal, me().person_id)
    return done(url_for(".index", pairing_id=pairing.id))


def _needs_to_read(pairing: Pairing) -> Response:
    there = needs_of(pairing, key())
    words, marks = labels("mentoring_need"), dict(HOW_MUCH)
    told = [
        (words.get(name.removeprefix(NEED), name.removeprefix(NEED)), how)
        for name, how in there.fields.items()
        if name.startswith(NEED)
    ]
    groups = [(marks[how], sorted(label for label, it in told if it == how)) for how in ("most", "help", "well")]
    return page("coaching/needs_read.html", pairing=pairing, two=queries.two_of(pairing), there=there, groups=groups)
