"""The forms of the needs list and of goals: how each is made, what it shows when nothing is typed, how its page is drawn."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from portal.coaching import operations_goals as act
from portal.coaching import policy, queries
from portal.coaching.access import key
from portal.coaching.drafts import Desk
from portal.coaching.forms import HOW_MUCH, NEED, CloseGoalForm, GoalForm, NeedsForm, needs_form
from portal.coaching.queries_needs import needs_of
from portal.coaching.queries_things import CLOSING, GOAL, NEEDS, NEW_GOAL
from portal.coaching.writing import Held, held, mark_of
from portal.mentoring.draft_keeping import Place
from portal.mentoring.models import PairGoal, Pairing
from portal.vocabulary.queries import choices, labels
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.hypermedia import page


def needs_desk(pairing: Pairing) -> Desk:
    there = needs_of(pairing, key())

    def fill(form: NeedsForm) -> None:
        form.show(there.fields)
        form.seen.data = mark_of(key(), there.fields, form.names())

    return Desk(
        Place(NEEDS, pairing.id),
        pairing,
        url_for("coaching.mark_needs", pairing_id=pairing.id),
        partial(needs_form, choices("mentoring_need")),
        fill,
        partial(_needs_page, pairing, there),
    )


def _needs_page(pairing: Pairing, there: Held, form: NeedsForm, **more: Any) -> Response:
    return page(
        "coaching/needs.html",
        ("draft",),
        form=form,
        pairing=pairing,
        two=queries.two_of(pairing),
        there=there,
        questions=[form[name] for name in form.names() if name.startswith(NEED)],
        both=_named(form.both(), {name: str(label) for name, label in HOW_MUCH}),
        **more,
    )


def new_goal_desk(pairing: Pairing) -> Desk:
    door = url_for("coaching.make_goal", pairing_id=pairing.id)
    return Desk(Place(NEW_GOAL, pairing.id), pairing, door, GoalForm, _nothing, partial(_goal_page, pairing))


def goal_desk(goal: PairGoal, pairing: Pairing) -> Desk:
    there = held(key(), act.goal_text(goal, pairing))

    def fill(form: GoalForm) -> None:
        form.show(there.fields)
        form.seen.data = mark_of(key(), there.fields, form.WORDS)

    door, draw = url_for("coaching.change_goal", goal_id=goal.id), partial(_goal_page, pairing, goal=goal, there=there)
    return Desk(Place(GOAL, goal.id), pairing, door, GoalForm, fill, draw, partial(act.refuse_removed, goal))


def _nothing(form: GoalForm) -> None:
    """A new goal begins empty."""


def _goal_page(
    pairing: Pairing, form: GoalForm, goal: PairGoal | None = None, there: Held | None = None, **more: Any
) -> Response:
    offer_needs(form, needs_of(pairing, key()))
    return page(
        "coaching/goal.html",
        ("draft",),
        form=form,
        pairing=pairing,
        goal=goal,
        may_remove=goal is not None and policy.may_remove(me().person_id, pairing, goal),
        two=queries.two_of(pairing),
        there=there,
        both=_named(form.both(), labels("mentoring_need")),
        **more,
    )


def closing_desk(goal: PairGoal, pairing: Pairing) -> Desk:
    there = held(key(), act.goal_text(goal, pairing))

    def fill(form: CloseGoalForm) -> None:
        form.growth.data = there.fields.get("growth", "")
        form.seen.data = mark_of(key(), there.fields, ("growth",))

    door, draw = url_for("coaching.close_goal", goal_id=goal.id), partial(_close_page, goal, pairing, there)
    return Desk(Place(CLOSING, goal.id), pairing, door, CloseGoalForm, fill, draw, partial(act.refuse_removed, goal))


def _close_page(goal: PairGoal, pairing: Pairing, there: Held, form: CloseGoalForm, **more: Any) -> Response:
    return page(
        "coaching/close_goal.html",
        ("draft",),
        form=form,
        goal=goal,
        pairing=pairing,
        two=queries.two_of(pairing),
        there=there,
        both=form.both(),
        **more,
    )


def _named(both: list[tuple[str, str, str]], words: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Both versions with what was chosen by its name."""
    return [(label, words.get(mine, mine), words.get(theirs, theirs)) for label, mine, theirs in both]


def offer_needs(form: GoalForm, marked: Held) -> None:
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
