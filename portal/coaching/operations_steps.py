"""Saving a step: its words, its day, whether it is done, and the talk that it was, all in one save."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.coaching.models import CoachingCycle, CycleStep
from portal.coaching.operations_cycles import close_cycle, refuse_closed, reopen_cycle, work_on
from portal.coaching.queries_talks import talk_on, talks_behind
from portal.coaching.queries_things import STEP
from portal.coaching.saving import Saved, Told
from portal.coaching.writing import replace_text
from portal.db import operation
from portal.history import phrases
from portal.mentoring.draft_keeping import Place, forget_draft
from portal.mentoring.kept import refuse_when_gone
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations_contacts import confirm_contact, log_contact
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "cycle.step_done": _l("%(actor)s did a step of the cycle"),
        "cycle.step_saved": _l("%(actor)s wrote in a step of the cycle"),
        "cycle.step_open": _l("%(actor)s opened a step of the cycle again"),
    }
)


@operation
def save_step(
    cycle: CoachingCycle, step: CycleStep, pairing: Pairing, by: int, saved: Saved, key: bytes, time_zone: str
) -> bool:
    """Keep what was typed, and write the talk down if she wishes so: all of it, or nothing.

    Raises Conflict and DomainError like ``replace_text`` and ``log_contact``, and DomainError at "same" where a talk of that
    day is written down already and she has not said whether it is the same one. A cycle that was closed while she wrote
    takes nothing, DomainError, unless she opens it again with the same save.
    """
    for words in saved.words:
        refuse_when_gone(pairing, words.typed)
    if cycle.closed_at and saved.reopens:
        reopen_cycle(cycle, pairing, by)
    changed = {words.where.layer for words in saved.words if replace_text(key, words.where, words.typed, words.seen)}
    refuse_closed(cycle.id)
    is_hers = not changed - {"only_me"} and saved.due_on == step.due_on and saved.told is None and saved.lines is None
    step.due_on = saved.due_on
    if saved.lines is not None:
        work_on(cycle, saved.lines)
    if saved.told and step.pair_talk_id not in talks_behind({step.pair_talk_id or 0}):
        step.pair_talk_id = _talk_of(pairing, by, saved.told, key, time_zone).id
    _mark(step, by, saved.is_done, is_hers)
    if saved.result:
        close_cycle(cycle, by, saved.result)
    forget_draft(Place(STEP, step.id), by, key)
    return True


@operation
def open_step(step: CycleStep, by: int) -> None:
    """Not done after all. What was written stays."""
    if step.done_at:
        step.done_at = step.done_by = None
        history.record(by, "cycle.step_open", "cycle", step.cycle_id)


def _mark(step: CycleStep, by: int, is_done: bool, is_hers: bool) -> None:
    """Both read these lines: that somebody wrote a note to herself (``is_hers``) is none of them."""
    if is_done and step.done_at is None:
        step.done_at, step.done_by = clock.now(), by
        history.record(by, "cycle.step_done", "cycle", step.cycle_id)
    elif not is_hers:
        history.record(by, "cycle.step_saved", "cycle", step.cycle_id)


def _talk_of(pairing: Pairing, by: int, told: Told, key: bytes, time_zone: str) -> PairTalk:
    """The talk of that day if she says that it is the same one, else a new one. Never the same talk twice."""
    twin = talk_on(pairing.id, clock.local(told.talk.at, time_zone).date(), time_zone)
    if twin is None or told.same == "no":
        return log_contact(pairing, by, told.talk, key, time_zone)
    if told.same != "yes":
        raise DomainError(_("A talk of that day is written down already. Say whether it is the same one."), "same")
    if twin.contact.logged_by != by:
        confirm_contact(twin, by)
    return twin
