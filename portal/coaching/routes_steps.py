"""The doors of the six steps: one short screen each."""

from functools import partial
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.coaching import policy, steps
from portal.coaching.access import key, the_cycle
from portal.coaching.blueprints import coaching
from portal.coaching.drafts import Desk
from portal.coaching.forms_steps import CheckForm, LineForm, LookForsForm, StepForm, TalkedForm
from portal.coaching.models import STEPS, CoachingCycle, CycleStep
from portal.coaching.operations_cycles import step_of
from portal.coaching.operations_steps import open_step, save_step
from portal.coaching.queries_frame import Standard, lines_of, lines_to_choose
from portal.coaching.queries_reading import CycleRead, read_cycle
from portal.coaching.queries_talks import talk_on, talks_behind
from portal.coaching.queries_things import STEP
from portal.coaching.saving import Saved
from portal.coaching.steps_desk import fill, form_of, is_talk, mark, words_of
from portal.mentoring.draft_keeping import Place
from portal.mentoring.models import Pairing
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page


@coaching.get("/cycles/<int:cycle_id>/steps/<step_name>")
def step(cycle_id: int, step_name: str) -> AnyResponse:
    cycle, pairing = the_cycle(cycle_id)
    one = _the_step(cycle, step_name)
    may_save_step(pairing, step_name)
    desk = step_desk(cycle, one, pairing)
    form, draft = desk.opened()
    if cycle.closed_at and draft is None:
        return done(url_for(".show", cycle_id=cycle.id), _("This cycle is closed. Open it again to write in it."))
    return desk.page(form, draft)


@coaching.post("/cycles/<int:cycle_id>/steps/<step_name>")
def save(cycle_id: int, step_name: str) -> AnyResponse:
    cycle, pairing = the_cycle(cycle_id)
    one = _the_step(cycle, step_name)
    may_save_step(pairing, step_name)
    standards = lines_of(cycle.id)
    form = _make(step_name, standards, pairing)
    if form.accepted():
        words = words_of(form, one, pairing, me().person_id, key())
        saved = _saved(form, words, standards)
        if form.attempt(save_step, cycle, one, pairing, me().person_id, saved, key(), here().network.time_zone):
            undo = url_for(".reopen", cycle_id=cycle.id) if saved.result else None
            return done(url_for(".show", cycle_id=cycle.id), _said(saved), undo)
    if form.conflict:
        mark(form, one, pairing, me().person_id, key())
    return step_desk(cycle, one, pairing).page(form)


@coaching.post("/cycles/<int:cycle_id>/steps/<step_name>/open")
def reopen_step(cycle_id: int, step_name: str) -> AnyResponse:
    cycle, pairing = the_cycle(cycle_id)
    one = _the_step(cycle, step_name)
    if not policy.may_write_step(me().person_id, pairing, cycle, step_name):
        raise NotYours
    if ActForm().accepted():
        open_step(one, me().person_id)
    return done(url_for(".show", cycle_id=cycle.id), _("The step is open again. What you wrote is still there."))


def _the_step(cycle: CoachingCycle, name: str) -> CycleStep:
    if name not in STEPS:
        raise NotHere
    return step_of(cycle, name)


def may_save_step(pairing: Pairing, name: str) -> None:
    if not policy.may_save_step(me().person_id, pairing, name):
        raise NotYours


def _make(name: str, standards: list[Standard], pairing: Pairing, **made: Any) -> StepForm:
    form = form_of(name, standards, **made)
    if isinstance(form, LookForsForm):
        offered = lines_to_choose(pairing.id, clock.today(here().network.time_zone))
        # A line that was retired stays with the cycle that works on it.
        offered += [one for one in standards if one.id not in {line.id for line in offered}]
        form.offer(offered)
    return form


def _saved(form: StepForm, words: Any, standards: list[Standard]) -> Saved:
    zone = here().network.time_zone
    return Saved(
        words=words,
        due_on=form.due_on.data,
        is_done=form.is_done,
        told=form.told(clock.today(zone), zone, [one.id for one in standards])
        if isinstance(form, TalkedForm)
        else None,
        lines=form.standards.data if isinstance(form, LookForsForm) else None,
        result=form.result.data or "" if isinstance(form, CheckForm) else "",
        reopens=form.reopens.data == "y",
    )


def _said(saved: Saved) -> str:
    if saved.result:
        return _("The cycle is closed. Begin the next one from here, when you like.")
    if saved.told:
        return _("Kept, and written down as a talk.")
    return _("Kept. This step is done.") if saved.is_done else _("Kept. This step is still open.")


def step_desk(cycle: CoachingCycle, one: CycleStep, pairing: Pairing) -> Desk:
    """The screen of a step, as this one of the two may read it."""
    read = read_cycle(cycle, pairing, me().person_id, key())
    return Desk(
        Place(STEP, one.id),
        pairing,
        url_for("coaching.save", cycle_id=cycle.id, step_name=one.step),
        partial(_make, one.step, read.standards, pairing),
        lambda form: fill(form, one, read, key()),
        partial(_step_page, one, read),
    )


def _step_page(one: CycleStep, read: CycleRead, form: StepForm, line: LineForm | None = None, **more: Any) -> Response:
    """422, or 409 with both versions, by itself."""
    zone = here().network.time_zone
    has_twin = isinstance(form, TalkedForm) and (form.same.errors or form.same.data)
    return page(
        f"coaching/step_{one.step}.html",
        ("noting", "draft"),
        form=form,
        line=line or LineForm().with_look_fors(read.look_fors),
        step=one,
        read=read,
        cycle=read.cycle,
        pairing=read.pairing,
        name=steps.NAMES[one.step],
        about=steps.ABOUT[one.step],
        is_lost=read.texts[one.step].key_is_missing,
        both=form.both(),
        talk=talks_behind({one.pair_talk_id}).get(one.pair_talk_id) if one.pair_talk_id else None,
        twin=talk_on(read.pairing.id, form.on.data or clock.today(zone), zone) if has_twin else None,
        is_talk=is_talk(form),
        today=clock.today(zone),
        act=ActForm(),
        **more,
    )
