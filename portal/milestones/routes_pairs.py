"""The doors of one pair: what its programmes ask, saying that something is done, and a checklist for the two alone."""

from datetime import date

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.mentoring.models import Pairing
from portal.mentoring.queries import names_of
from portal.mentoring.routes import the_pair
from portal.milestones import operations_pairs as act
from portal.milestones import policy, words
from portal.milestones.blueprints import milestones
from portal.milestones.due import State, state_at
from portal.milestones.forms import DoneForm, TickForm
from portal.milestones.queries import milestone_in
from portal.milestones.queries_pairs import mark_of, states_of_pair
from portal.networks.scope import here
from portal.web import clock, dates
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@milestones.get("/pairs/<int:pairing_id>/milestones")
def of_pair(pairing_id: int) -> Response:
    pairing = the_pair(pairing_id)
    return page(
        "milestones/pair.html",
        pairing=pairing,
        names=names_of(pairing),
        states=states_of_pair(pairing, _today(), here().network.time_zone, lines=True),
        is_mine=policy.is_of_pair(me().person_id, pairing),
        today=_today(),
        words=words,
        act=ActForm(),
    )


@milestones.get("/pairs/<int:pairing_id>/milestones/<int:milestone_id>/<period>")
def one(pairing_id: int, milestone_id: int, period: str) -> AnyResponse:
    pairing = the_pair(pairing_id)
    if name := _over(pairing, milestone_id, period):
        said = _("“%(name)s” is not asked for any more: there is nothing that you need to do.", name=name)
        return done(url_for(".of_pair", pairing_id=pairing.id), said)
    return _one_page(pairing, _state(pairing, milestone_id, period))


@milestones.post("/pairs/<int:pairing_id>/milestones/<int:milestone_id>/<period>/done")
def say_done(pairing_id: int, milestone_id: int, period: str) -> AnyResponse:
    pairing = _to_say(pairing_id)
    state, form = _state(pairing, milestone_id, period), DoneForm()
    if form.accepted():
        by, on = me().person_id, form.done_on.data or _today()
        mark, name = form.attempt(act.say_done, pairing, state.asked, on, _today(), by), words.asked_name(state.asked)
        if mark and mark.done_on != on:
            day = dates.short_day(mark.done_on)
            return _back(pairing, _("“%(name)s” was said to be done on %(day)s already.", name=name, day=day))
        if mark:
            undo = url_for(".take_back", pairing_id=pairing.id, milestone_id=milestone_id, period=period)
            return _back(pairing, _("“%(name)s” is done.", name=name), undo)
    return _one_page(pairing, state, done_form=form)


@milestones.post("/pairs/<int:pairing_id>/milestones/<int:milestone_id>/<period>/open")
def take_back(pairing_id: int, milestone_id: int, period: str) -> AnyResponse:
    pairing = _to_say(pairing_id)
    state = _state(pairing, milestone_id, period)
    form = pressed(act.take_back, pairing, state.asked, me().person_id)
    said = words.taken_back(_state(pairing, milestone_id, period))
    return done_unless_refused(form, url_for(".of_pair", pairing_id=pairing.id), said)


@milestones.post("/pairs/<int:pairing_id>/milestones/<int:milestone_id>/<period>/lines")
def tick(pairing_id: int, milestone_id: int, period: str) -> AnyResponse:
    """For the two alone: a coordinator reads that a list is done, never which lines."""
    pairing = the_pair(pairing_id)
    if not policy.is_of_pair(me().person_id, pairing):
        raise NotYours
    state = _state(pairing, milestone_id, period)
    form = TickForm().offer(state.asked.milestone.live_lines)
    if form.accepted():
        typed = form.ticked.data or []
        mark = form.attempt(act.tick, pairing, state.asked, typed, form.was_seen(), _today(), me().person_id)
        if mark:
            name = words.asked_name(state.asked)
            said = _("“%(name)s” is done.", name=name) if mark.done_on else _("Kept. What is not ticked waits for you.")
            return _back(pairing, said)
    return _one_page(pairing, state, tick_form=form)


def _one_page(
    pairing: Pairing, state: State, done_form: DoneForm | None = None, tick_form: TickForm | None = None
) -> Response:
    asked, is_mine = state.asked, policy.is_of_pair(me().person_id, pairing)
    lines = asked.milestone.live_lines
    mark = mark_of(pairing.id, asked.milestone.id, asked.period)
    ticked = [one.line_id for one in mark.ticks] if mark and is_mine else []
    ticks = tick_form or (TickForm(formdata=None).offer(lines, ticked) if is_mine and lines else None)
    begin = DoneForm(formdata=None, done_on=asked.day_for(_today()))
    return page(
        "milestones/one.html",
        status=422 if done_form or tick_form else None,
        pairing=pairing,
        names=names_of(pairing),
        state=state,
        lines=lines,
        # The one that could not be kept makes the title say so.
        form=done_form or ticks,
        ticks=ticks,
        all_ticked=bool(lines) and {line.id for line in lines} <= set(ticked),
        done_form=done_form or begin,
        said=bool(mark and mark.done_on),
        is_mine=is_mine,
        words=words,
        act=ActForm(),
    )


def _state(pairing: Pairing, milestone_id: int, period: str) -> State:
    """Only what is asked now has a page; 404 for another month and for what is asked no more."""
    state = _found(pairing, milestone_id, period)
    if state is None:
        raise NotHere
    return state


def _found(pairing: Pairing, milestone_id: int, period: str) -> State | None:
    if (begins := _begins(period)) is None:
        return None
    return state_at(states_of_pair(pairing, _today(), here().network.time_zone), milestone_id, begins)


def _over(pairing: Pairing, milestone_id: int, period: str) -> str | None:
    """What it was called, if this pair was told of it and it is not asked now: a mail may still lead here."""
    begins = _begins(period)
    mark = mark_of(pairing.id, milestone_id, begins) if begins else None
    if mark is None or _found(pairing, milestone_id, period):
        return None
    found = milestone_in(pairing.network_id, milestone_id)
    return words.named(found[0], mark.period) if found else None


def _begins(period: str) -> date | None:
    try:
        day = date.fromisoformat(period)
    except ValueError:
        return None
    return day if day.isoformat() == period else None


def _to_say(pairing_id: int) -> Pairing:
    pairing = the_pair(pairing_id)
    if not policy.may_say(here().membership, pairing):
        raise NotYours
    return pairing


def _back(pairing: Pairing, said: str, undo: str | None = None) -> AnyResponse:
    return done(url_for(".of_pair", pairing_id=pairing.id), said, undo)


def _today() -> date:
    return clock.today(here().network.time_zone)
