"""Six weeks later: asked whether a class tried it, and what she answers. A yes is a use in the ledger."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row

from portal.activities.models import Use
from portal.activities.uses import UseTold
from portal.db import db, operation, writing
from portal.evaluation import letters
from portal.evaluation.models import FollowUp
from portal.evaluation.queries import SUBJECT
from portal.evaluation.queries_due import networks_by_day
from portal.evaluation.queries_follow_up import due_follow_up, due_once_more, follow_up_of, organisation_then
from portal.events.models import Event
from portal.events.queries_letters import person_to_write, sender_of
from portal.history import phrases, record
from portal.mail.queries import has_stopped
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.housekeeping import each_round

BATCH = 50
A_MONTH, UNDONE_WITHIN = timedelta(days=30), timedelta(days=14)

phrases.declare(
    {
        "follow-up.asked": _l("%(count)s were asked whether a class tried “%(title)s”"),
        "follow-up.tried": _l("%(actor)s told that a class tried “%(title)s”"),
        "follow-up.taken_back": _l("%(actor)s took back that a class tried “%(title)s”"),
        # Who did not is nobody's business but hers.
        "follow-up.answered": _l("Somebody answered whether a class tried “%(title)s”"),
    }
)


def ask_whether_tried() -> int:
    """Everybody who is due, in small transactions; returns how many. Done at each round of the worker."""
    now, asked = clock.now(), 0
    networks = networks_by_day()
    for query in (due_follow_up(now, networks), due_once_more(now, networks)) if networks else ():
        while db.session.execute(query.limit(1)).first():
            with writing():
                asked += _ask_batch(db.session.execute(query.limit(BATCH)).all())
    return asked


@operation
def _ask_batch(rows: Sequence[Row[int, int]]) -> int:
    for event_id in dict.fromkeys(event_id for event_id, _person in rows):
        event = db.session.get_one(Event, event_id)
        sender = sender_of(event)
        people = [person_id for one, person_id in rows if one == event_id]
        for person_id in people:
            again = _note(event_id, person_id)
            to = person_to_write(person_id)
            if to and not has_stopped(person_id, "event-tried", event.network_id):
                letters.ask_whether_tried(event, to, sender, again)
        record(None, "follow-up.asked", "event", event_id, event.network_id, title=event.title, count=len(people))
    return len(rows)


def _note(event_id: int, person_id: int) -> bool:
    """The row that says she was asked; true for the second time, after which "not yet" is offered no more."""
    known = follow_up_of(event_id, person_id)
    if known is None:
        db.session.add(FollowUp(event_id=event_id, person_id=person_id, asked_at=clock.now()))
        return False
    known.asked_at, known.ask_again_at, known.answer = clock.now(), None, "again"
    return True


@operation
def tell_tried(event: Event, person_id: int, told: UseTold, today: date) -> int:
    """A class tried it: a use of the event, with the organisation where she worked on that day. Returns its id.

    Raises DomainError for a day before the event or still to come, and when she has told of it already.
    """
    known = _open(event, person_id)
    if told.used_on > today:
        raise DomainError(_("This day is still to come. Tell us when it has been."), "used_on")
    first = min(one.starts_at for one in event.sessions)
    if told.used_on < first.date():
        raise DomainError(_("That was before the event. When did a class try what you took from it?"), "used_on")
    noon = datetime.combine(told.used_on, time(12), UTC)
    use = Use(
        network_id=event.network_id, subject_kind=SUBJECT, subject_id=event.id, person_id=person_id,
        organisation_id=organisation_then(event.id, person_id, noon), recorded_at=clock.now(), **told.said,
    )  # fmt: skip
    db.session.add(use)
    db.session.flush()
    _answer(known, "yes")
    known.use_id = use.id
    record(person_id, "follow-up.tried", "event", event.id, event.network_id, title=event.title)
    return use.id


@operation
def take_back(event: Event, person_id: int) -> bool:
    """It was a mistake: the use counts no more, and she can answer anew. Within a fortnight; then the coordinator can."""
    known = follow_up_of(event.id, person_id)
    if known is None or known.answer not in ("yes", "no", "later"):
        return False
    if not can_take_back(known):
        raise DomainError(_("That was more than two weeks ago. Answer the mail, and the coordinator puts it right."))
    use = db.session.get(Use, known.use_id) if known.use_id else None
    if use and use.withdrawn_at is None:
        use.withdrawn_at = clock.now()
        record(person_id, "follow-up.taken_back", "event", event.id, event.network_id, title=event.title)
    known.answer, known.why_not, known.use_id, known.answered_at, known.ask_again_at = "", "", None, None, None
    return True


@operation
def say_not_yet(event: Event, person_id: int) -> bool:
    """Asked once more in a month, and not again after that."""
    known = _open(event, person_id)
    if known.answer == "again":
        raise DomainError(_("We asked twice and leave it at that. If a class tries it one day, this page stays open."))
    _answer(known, "later")
    known.ask_again_at = clock.now() + A_MONTH
    record(None, "follow-up.answered", "event", event.id, event.network_id, title=event.title)
    return True


@operation
def say_no(event: Event, person_id: int, why: str) -> bool:
    """It was not tried, and perhaps why: the coordinators read the reason, without her name."""
    known = _open(event, person_id)
    _answer(known, "no")
    known.why_not = why.strip()
    record(None, "follow-up.answered", "event", event.id, event.network_id, title=event.title)
    return True


def can_take_back(known: FollowUp) -> bool:
    return bool(known.answered_at and clock.now() - known.answered_at <= UNDONE_WITHIN)


def _open(event: Event, person_id: int) -> FollowUp:
    """Her row while it waits for an answer; made now where she tells before she was asked."""
    known = follow_up_of(event.id, person_id)
    if known is None:
        known = FollowUp(event_id=event.id, person_id=person_id, asked_at=clock.now())
        db.session.add(known)
    if known.answer in ("yes", "no"):
        raise DomainError(_("You have answered already. Take that back first."))
    return known


def _answer(known: FollowUp, answer: str) -> None:
    known.answer, known.answered_at, known.ask_again_at = answer, clock.now(), None


each_round(ask_whether_tried)
