"""The doors of goals and cycles together: everything of a pair, one cycle, beginning one, opening one again."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.coaching import policy, queries, steps
from portal.coaching.access import key, the_cycle, the_pair
from portal.coaching.blueprints import coaching
from portal.coaching.drafts_waiting import drafts_waiting
from portal.coaching.forms import BeginForm
from portal.coaching.models import CoachingCycle
from portal.coaching.operations_cycles import begin_cycle, reopen_cycle
from portal.coaching.queries_reading import goal_words, read_cycle
from portal.coaching.queries_talks import talks_behind
from portal.history.queries import lines_about
from portal.mentoring.kept import REMOVED_FOR
from portal.mentoring.models import Pairing
from portal.mentoring.queries_texts import Private
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.numbers import number_of

NO_GOAL = 0


@coaching.get("/pairs/<int:pairing_id>")
def index(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    goals, removed = queries.goals_and_removed(pairing.id, clock.now() - REMOVED_FOR)
    cycles = queries.cycles_of(pairing.id)
    words = goal_words([goal.id for goal in goals], pairing, me().person_id, key())
    called = {goal_id: there.ours_by(pairing.mentee_id).get("what", "") for goal_id, there in words.items()}
    return page(
        "coaching/index.html",
        pairing=pairing,
        two=queries.two_of(pairing),
        goals=goals,
        words=words,
        nothing=Private(),
        cycles=cycles,
        drafts=drafts_waiting(pairing, goals, called, cycles),
        results=steps.RESULT_NAMES,
        names=steps.NAMES,
        next_of=steps.next_of,
        may_work=policy.may_work(me().person_id, pairing),
        may_close=policy.may_close(me().person_id, pairing),
        removed=removed,
        removed_for=REMOVED_FOR,
        may_remove=lambda goal: policy.may_remove(me().person_id, pairing, goal),
        act=ActForm(),
    )


@coaching.get("/cycles/<int:cycle_id>")
def show(cycle_id: int) -> Response:
    cycle, pairing = the_cycle(cycle_id)
    ids = {one.pair_talk_id for one in cycle.steps if one.pair_talk_id}
    return page(
        "coaching/show.html",
        read=read_cycle(cycle, pairing, me().person_id, key()),
        pairing=pairing,
        cycle=cycle,
        results=steps.RESULT_NAMES,
        names=steps.NAMES,
        fields=steps.OURS,
        talks=talks_behind(ids),
        today=clock.today(here().network.time_zone),
        may_write=lambda step: policy.may_write_step(me().person_id, pairing, cycle, step),
        may_work=policy.may_work(me().person_id, pairing),
        may_close=policy.may_close(me().person_id, pairing),
        lines=lines_about("cycle", cycle.id),
        act=ActForm(),
    )


@coaching.get("/pairs/<int:pairing_id>/cycles/new")
def new(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id, policy.may_work)
    after = _earlier(pairing, request.args.get("after"))
    form = BeginForm(after=str(after.id) if after else "")
    return _begin_page(form, pairing, after)


@coaching.post("/pairs/<int:pairing_id>/cycles/new")
def begin(pairing_id: int) -> AnyResponse:
    pairing = the_pair(pairing_id, policy.may_work)
    form = BeginForm()
    after = _earlier(pairing, form.after.data)
    _offer_goals(form, pairing, after)
    if form.accepted():
        made = form.attempt(
            begin_cycle,
            pairing,
            me().person_id,
            form.goal.data or None,
            form.weeks.data,
            clock.today(here().network.time_zone),
            key(),
            after if form.take_along.data else None,
        )
        if made:
            return done(url_for(".show", cycle_id=made.id), _("The cycle has begun. Its days are suggestions."))
    return _begin_page(form, pairing, after)


@coaching.post("/cycles/<int:cycle_id>/reopen")
def reopen(cycle_id: int) -> AnyResponse:
    cycle, pairing = the_cycle(cycle_id, policy.may_close)
    form = pressed(reopen_cycle, cycle, pairing, me().person_id)
    return done_unless_refused(form, url_for(".show", cycle_id=cycle.id), _("The cycle is open again."))


def _begin_page(form: BeginForm, pairing: Pairing, after: CoachingCycle | None) -> Response:
    if form.goal.choices is None:
        _offer_goals(form, pairing, after)
    return page("coaching/begin.html", form=form, pairing=pairing, two=queries.two_of(pairing), after=after)


def _offer_goals(form: BeginForm, pairing: Pairing, after: CoachingCycle | None) -> None:
    """The open goals in their own words: both of the two read them. Chosen is that of the earlier cycle, or the first."""
    still = [goal.id for goal in queries.goals_of(pairing.id) if not goal.closed_at]
    words = goal_words(still, pairing, me().person_id, key())
    named = [(one, words[one].ours_by(pairing.mentee_id).get("what") or _("A goal")) for one in still]
    form.goal.choices = choices_of([*named, (NO_GOAL, _("No goal of the list"))])
    if form.goal.data is None and (still or after):
        same = after.goal_id if after and after.goal_id in still else None
        form.goal.data = same or next(iter(still), NO_GOAL)


def _earlier(pairing: Pairing, typed: str | None) -> CoachingCycle | None:
    """The cycle of this pair that the new one follows."""
    wanted = number_of(typed)
    return next((one for one in queries.cycles_of(pairing.id) if one.id == wanted), None) if wanted else None
