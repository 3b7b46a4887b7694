"""How long private texts live: the wish to keep them, deleting one's own at once, and what the rule deletes by itself."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mentoring.kept import REMOVED_FOR, are_gone
from portal.mentoring.models import PairGoal, Pairing, SealedText
from portal.mentoring.queries_things import texts_of
from portal.mentoring.things import OF_A_GOAL
from portal.note_keeping import keeping
from portal.note_keeping.letters import tell_that_notes_go
from portal.note_keeping.queries import ended_pairs, has_texts
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.housekeeping import each_hour

phrases.declare(
    {
        "pairing.keeps": _l("%(actor)s would keep the notes of this pair"),
        "pairing.lets_go": _l("%(actor)s lets the notes of this pair go"),
        "pairing.own_notes_deleted": _l("%(actor)s deleted what she had written"),
        "pairing.notes_told": _l("%(actor)s told both when the notes of this pair go"),
        "pairing.notes_gone": _l("The notes of this pair were deleted by the rule, twelve months after its end"),
        "goal.gone": _l("The words of a goal that was removed were deleted by the rule, a week later"),
    }
)
BATCH = 50
# What one of the two does with her notes is told to nobody else: these lines hang on no page of the coordinators.
OWN = "pairing_notes"


@operation
def wish_to_keep(pairing: Pairing, person_id: int, wishes: bool) -> None:
    """Say whether the texts stay; they do when both wish it. Saying it twice is once.

    Where both wished it and one of them changes her mind, both are told anew, and a year after the end they have thirty
    days. Raises DomainError while the two are a pair, and once the texts are gone.
    """
    if not pairing.ended_on:
        raise DomainError(_("You are a pair: nothing is deleted. This is asked when the pair has ended."))
    if are_gone(pairing):
        raise DomainError(_("The notes of this pair were deleted already."))
    if bool(keeping.wishes(pairing, person_id)) == wishes:
        return
    was_kept = keeping.both_wish(pairing)
    at = clock.now() if wishes else None
    if person_id == pairing.mentor_id:
        pairing.mentor_keeps_at = at
    else:
        pairing.mentee_keeps_at = at
    action = "pairing.keeps" if wishes else "pairing.lets_go"
    history.record(person_id, action, OWN, pairing.id)
    if was_kept:
        _go_after_all(pairing)


def _go_after_all(pairing: Pairing) -> None:
    """The other one had counted on them: they don't go within the hour, and both are told when."""
    is_due = keeping.goes_on(pairing.ended_on) <= clock.now().date() if pairing.ended_on else False
    pairing.notes_told_at = None
    if is_due and has_texts(pairing.id):
        _tell_both(pairing)


@operation
def delete_own_texts(pairing: Pairing, person_id: int) -> int:
    """Delete at once and for good whatever this one wrote in the pair; returns how many texts it was.

    What the two share that the other one wrote stays, and that they met stays counted.
    """
    hers = delete(SealedText).where(texts_of([pairing.id]), SealedText.author_id == person_id)
    done = db.session.execute(hers, execution_options={"synchronize_session": False})
    history.record(person_id, "pairing.own_notes_deleted", OWN, pairing.id)
    return int(done.rowcount)  # type: ignore[attr-defined]


def look_after_notes() -> None:
    """About once an hour: tell whose texts go in thirty days, delete those whose day has come, and of removed goals.

    Safe to kill and repeat.
    """
    today = clock.now().date()
    for step, ended in ((_tell, keeping.ended_by(today + keeping.TOLD_BEFORE)), (_delete, keeping.ended_by(today))):
        after: int | None = 0
        while after is not None:
            after = step(ended, after)
    _delete_removed_goals()


@operation
def _delete_removed_goals() -> None:
    """Their words, and what one of the two had typed of them and not saved."""
    due = select(PairGoal.id).where(PairGoal.deleted_at <= clock.now() - REMOVED_FOR)
    words = SealedText.thing.in_(OF_A_GOAL), SealedText.thing_id.in_(due)
    for goal_id in db.session.execute(select(SealedText.thing_id).where(*words).distinct()).scalars().all():
        history.record(None, "goal.gone", "pair_goal", goal_id)
    db.session.execute(delete(SealedText).where(*words), execution_options={"synchronize_session": False})


@operation
def _delete(ended: date, after: int) -> int | None:
    """One batch; returns the id to go on after."""
    batch = ended_pairs(ended, after, BATCH)
    for pairing in batch:
        if not keeping.both_wish(pairing) and keeping.due_on(pairing) <= clock.now().date():
            _delete_all_of(pairing)
    return batch[-1].id if batch else None


def _delete_all_of(pairing: Pairing) -> None:
    if has_texts(pairing.id):
        db.session.execute(delete(SealedText).where(texts_of([pairing.id])))
        history.record(None, "pairing.notes_gone", "pairing", pairing.id, pairing.network_id)
    pairing.notes_gone_at = clock.now()


@operation
def _tell(ended: date, after: int) -> int | None:
    batch = ended_pairs(ended, after, BATCH)
    for pairing in batch:
        if _is_to_be_told(pairing):
            _tell_both(pairing)
    return batch[-1].id if batch else None


def _is_to_be_told(pairing: Pairing) -> bool:
    """Not of what goes today: nobody could answer any more."""
    if keeping.were_told(pairing) or keeping.both_wish(pairing) or not pairing.ended_on:
        return False
    return keeping.goes_on(pairing.ended_on) > clock.now().date() and has_texts(pairing.id)


def _tell_both(pairing: Pairing) -> None:
    pairing.notes_told_at = clock.now()
    tell_that_notes_go(pairing)
    history.record(None, "pairing.notes_told", OWN, pairing.id)


each_hour(look_after_notes)
