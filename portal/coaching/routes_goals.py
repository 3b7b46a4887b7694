"""The doors of the needs list and of goals: marking, writing, closing, opening again, ordering."""

from collections.abc import Mapping

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.coaching import operations_goals as act
from portal.coaching import policy, queries
from portal.coaching.access import key, the_goal, the_pair
from portal.coaching.blueprints import coaching
from portal.coaching.forms import HOW_MUCH, NEED, CloseGoalForm, GoalForm, NeedsForm, needs_form
from portal.coaching.queries_needs import needs_of
from portal.coaching.writing import Held, held, mark_of
from portal.mentoring.models import PairGoal, Pairing
from portal.vocabulary.queries import choices, labels
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@coaching.get("/pairs/<int:pairing_id>/needs")
def needs(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    if not policy.may_mark_needs(me().person_id, pairing):
        return _needs_to_read(pairing)
    form, there = needs_form(choices("mentoring_need")), needs_of(pairing, key())
    form.show(there.fields)
    form.seen.data = mark_of(key(), there.fields, form.names())
    return _needs_page(form, pairing, there)


@coaching.post("/pairs/<int:pairing_id>/needs")
def mark_needs(pairing_id: int) -> AnyResponse:
    pairing = the_pair(pairing_id, policy.may_mark_needs)
    form = needs_form(choices("mentoring_need"))
    if form.accepted() and form.attempt(
        act.mark_needs, pairing, me().person_id, form.marked(), form.seen.data or "", key()
    ):
        return done(url_for(".index", pairing_id=pairing.id), _("Kept. Choose up to three goals from it."))
    there = needs_of(pairing, key())
    form.replaces(form.seen, mark_of(key(), there.fields, form.names()))
    return _needs_page(form, pairing, there)


@coaching.get("/pairs/<int:pairing_id>/goals/new")
def new_goal(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id, policy.may_work)
    return _goal_page(GoalForm(), pairing)


@coaching.post("/pairs/<int:pairing_id>/goals/new")
def make_goal(pairing_id: int) -> AnyResponse:
    pairing = the_pair(pairing_id, policy.may_work)
    form = GoalForm()
    _offer_needs(form, needs_of(pairing, key()))
    made = form.attempt(act.make_goal, pairing, me().person_id, form.words(), key()) if form.accepted() else None
    if made:
        return done(url_for(".index", pairing_id=pairing.id), _("A goal of you two. Begin a cycle when you like."))
    return _goal_page(form, pairing)


@coaching.get("/goals/<int:goal_id>/edit")
def edit_goal(goal_id: int) -> Response:
    goal, pairing = the_goal(goal_id)
    form, there = GoalForm(), held(key(), act.goal_text(goal, pairing))
    form.show(there.fields)
    form.seen.data = mark_of(key(), there.fields, form.WORDS)
    return _goal_page(form, pairing, goal, there)


@coaching.post("/goals/<int:goal_id>/edit")
def change_goal(goal_id: int) -> AnyResponse:
    goal, pairing = the_goal(goal_id)
    form = GoalForm()
    _offer_needs(form, needs_of(pairing, key()))
    if form.accepted():
        seen = form.seen.data or ""
        if form.attempt(act.change_goal, goal, pairing, me().person_id, form.words(), seen, key()):
            return done(url_for(".index", pairing_id=pairing.id), _("Changed. You two read it."))
    there = held(key(), act.goal_text(goal, pairing))
    form.replaces(form.seen, mark_of(key(), there.fields, form.WORDS))
    return _goal_page(form, pairing, goal, there)


@coaching.get("/goals/<int:goal_id>/close")
def ask_close_goal(goal_id: int) -> Response:
    goal, pairing = the_goal(goal_id, policy.may_close)
    form, there = CloseGoalForm(), held(key(), act.goal_text(goal, pairing))
    form.growth.data = there.fields.get("growth", "")
    form.seen.data = mark_of(key(), there.fields, ("growth",))
    return _close_page(form, goal, pairing, there)


@coaching.post("/goals/<int:goal_id>/close")
def close_goal(goal_id: int) -> AnyResponse:
    goal, pairing = the_goal(goal_id, policy.may_close)
    form = CloseGoalForm()
    if form.accepted():
        growth = {"growth": form.growth.data or ""}
        seen = form.seen.data or ""
        if form.attempt(act.close_goal, goal, pairing, me().person_id, form.result.data, growth, seen, key()):
            undo = url_for(".reopen_goal", goal_id=goal.id)
            return done(url_for(".index", pairing_id=pairing.id), _("The goal is closed."), undo)
    there = held(key(), act.goal_text(goal, pairing))
    form.replaces(form.seen, mark_of(key(), there.fields, ("growth",)))
    return _close_page(form, goal, pairing, there)


@coaching.post("/goals/<int:goal_id>/reopen")
def reopen_goal(goal_id: int) -> AnyResponse:
    goal, pairing = the_goal(goal_id, policy.may_close)
    form = pressed(act.reopen_goal, goal, pairing, me().person_id)
    return done_unless_refused(form, url_for(".index", pairing_id=pairing.id), _("The goal is open again."))


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


def _needs_page(form: NeedsForm, pairing: Pairing, there: Held) -> Response:
    return page(
        "coaching/needs.html",
        form=form,
        pairing=pairing,
        two=queries.two_of(pairing),
        there=there,
        questions=[form[name] for name in form.names() if name.startswith(NEED)],
        both=_named(form.both(), {name: str(label) for name, label in HOW_MUCH}),
    )


def _goal_page(form: GoalForm, pairing: Pairing, goal: PairGoal | None = None, there: Held | None = None) -> Response:
    marked = needs_of(pairing, key())
    _offer_needs(form, marked)
    return page(
        "coaching/goal.html",
        form=form,
        pairing=pairing,
        goal=goal,
        two=queries.two_of(pairing),
        there=there,
        both=_named(form.both(), labels("mentoring_need")),
    )


def _close_page(form: CloseGoalForm, goal: PairGoal, pairing: Pairing, there: Held) -> Response:
    return page(
        "coaching/close_goal.html",
        form=form,
        goal=goal,
        pairing=pairing,
        two=queries.two_of(pairing),
        there=there,
        both=form.both(),
    )


def _named(both: list[tuple[str, str, str]], words: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Both versions with what was chosen by its name."""
    return [(label, words.get(mine, mine), words.get(theirs, theirs)) for label, mine, theirs in both]


def _offer_needs(form: GoalForm, marked: Held) -> None:
    """The region's needs, those first that are marked most of all."""
    order = {"most": 0, "help": 1}
    known = sorted(choices("mentoring_need"), key=lambda one: order.get(marked.fields.get(NEED + one[0], ""), 2))
    offered = {code for code, _label in known}
    # A word that the region retired stays with the goal that has it.
    old = (
        []
        if (form.need.data or "") in {"", *offered}
        else [(form.need.data, labels("mentoring_need").get(form.need.data))]
    )
    form.need.choices = choices_of([("", _("None of it")), *known, *(one for one in old if one[1])])
