"""The doors of a visit's notes: a line at a time, putting one right, showing them, taking them back."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.coaching import policy
from portal.coaching.access import key, the_cycle
from portal.coaching.blueprints import coaching
from portal.coaching.forms_steps import LineForm
from portal.coaching.models import CoachingCycle, CycleStep
from portal.coaching.observing import Line
from portal.coaching.operations_cycles import step_of
from portal.coaching.operations_observing import (
    change_line,
    hide_notes,
    line_with,
    note_line,
    show_notes,
    take_line_out,
    where_notes_lie,
)
from portal.coaching.routes_steps import step_desk
from portal.coaching.steps import LOOK_FORS
from portal.coaching.writing import Where, held, open_or_refuse
from portal.mentoring.models import Pairing
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page


@coaching.post("/cycles/<int:cycle_id>/lines")
def note(cycle_id: int) -> AnyResponse:
    cycle, pairing, step = _the_visit(cycle_id)
    form = _line_form(step_of(cycle, "look_fors"), pairing)
    if form.accepted():
        text = "" if form.only_time.data else form.text.data or ""
        hour = form.hour(clock.local(clock.now(), here().network.time_zone))
        if form.attempt(note_line, step, me().person_id, hour, form.look_for.data or 0, text, key()):
            return done(url_for(".step", cycle_id=cycle.id, step_name="observation") + "#noting")
    desk = step_desk(cycle, step, pairing)
    whole, draft = desk.opened()
    return desk.page(whole, draft, line=form)


@coaching.get("/cycles/<int:cycle_id>/lines/<int:line_number>")
def edit_line(cycle_id: int, line_number: int) -> Response:
    cycle, pairing, step = _the_visit(cycle_id)
    there = _line(step, line_number)
    form = _line_form(step_of(cycle, "look_fors"), pairing)
    form.text.data, form.look_for.data, form.seen.data = there.text, there.look_for, there.mark
    form.at.data = clock.now().replace(hour=int(there.at[:2]), minute=int(there.at[3:])).time()
    return _line_page(form, cycle, pairing, there)


@coaching.post("/cycles/<int:cycle_id>/lines/<int:line_number>")
def save_line(cycle_id: int, line_number: int) -> AnyResponse:
    cycle, pairing, step = _the_visit(cycle_id)
    there = _line(step, line_number)
    form = _line_form(step_of(cycle, "look_fors"), pairing)
    if form.accepted():
        hour = f"{form.at.data:%H:%M}" if form.at.data else there.at
        line = Line(line_number, hour, form.look_for.data or 0, form.text.data or "")
        if form.attempt(change_line, step, me().person_id, line, form.seen.data or "", key()):
            return done(
                url_for(".step", cycle_id=cycle.id, step_name="observation") + "#noting", _("The line is put right.")
            )
    form.replaces(form.seen, there.mark)
    return _line_page(form, cycle, pairing, there)


@coaching.post("/cycles/<int:cycle_id>/lines/<int:line_number>/remove")
def remove_line(cycle_id: int, line_number: int) -> AnyResponse:
    cycle, _pairing, step = _the_visit(cycle_id)
    if ActForm().accepted():
        take_line_out(step, me().person_id, line_number, key())
    return done(url_for(".step", cycle_id=cycle.id, step_name="observation") + "#noting", _("The line is gone."))


@coaching.post("/cycles/<int:cycle_id>/notes/show")
def show_lines(cycle_id: int) -> AnyResponse:
    cycle, _pairing, step = _the_visit(cycle_id)
    if ActForm().accepted() and show_notes(step, me().person_id, key()):
        undo = url_for(".hide_lines", cycle_id=cycle.id)
        return done(
            url_for(".step", cycle_id=cycle.id, step_name="observation"), _("You two read these notes now."), undo
        )
    return done(url_for(".step", cycle_id=cycle.id, step_name="observation"))


@coaching.post("/cycles/<int:cycle_id>/notes/hide")
def hide_lines(cycle_id: int) -> AnyResponse:
    cycle, _pairing, step = _the_visit(cycle_id)
    if ActForm().accepted() and hide_notes(step, me().person_id, key()):
        undo = url_for(".show_lines", cycle_id=cycle.id)
        return done(
            url_for(".step", cycle_id=cycle.id, step_name="observation"), _("You alone read these notes again."), undo
        )
    return done(url_for(".step", cycle_id=cycle.id, step_name="observation"))


def _the_visit(cycle_id: int) -> tuple[CoachingCycle, Pairing, CycleStep]:
    cycle, pairing = the_cycle(cycle_id, policy.may_work)
    return cycle, pairing, step_of(cycle, "observation")


def _line(step: CycleStep, number: int) -> Line:
    return line_with(open_or_refuse(key(), where_notes_lie(step, me().person_id, key())), number)


def _line_form(look_fors: CycleStep, pairing: Pairing) -> LineForm:
    there = held(key(), Where("cycle_step", look_fors.id, pairing.mentee_id, "we_two"))
    # Where they can't be opened just now, their numbers are still good.
    words = dict.fromkeys(LOOK_FORS, "…") if there.is_lost else there.fields
    named = [(number, words[name]) for number, name in enumerate(LOOK_FORS, 1) if words.get(name)]
    return LineForm().with_look_fors(named)


def _line_page(form: LineForm, cycle: CoachingCycle, pairing: Pairing, there: Line) -> Response:
    return page(
        "coaching/line.html",
        form=form,
        cycle=cycle,
        pairing=pairing,
        there=there,
        both=form.both(),
        act=ActForm(),
    )
