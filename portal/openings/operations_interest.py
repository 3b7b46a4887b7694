"""I would like this: said with a line, withdrawn, and answered by a coordinator with a kind mail."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.openings.letters import tell_coordinators, tell_free, tell_her
from portal.openings.models import Opening, OpeningInterest
from portal.openings.postings import ANSWERS, SUBJECT, state_of
from portal.openings.queries import interest_of, waiting_for
from portal.web import clock
from portal.web.errors import DomainError

# Who would like it is between her and the coordinators: the history says that, and not what she wrote.
phrases.declare(
    {
        "opening.wanted": _l("%(actor)s would like it"),
        "opening.withdrawn": _l("%(actor)s no longer asks for it"),
        "opening.taken": _l("%(actor)s said yes to %(person)s"),
        "opening.not_now": _l("%(actor)s said “not now” to %(person)s"),
    }
)


@operation
def say_interest(opening: Opening, person_id: int, says: str, today: date) -> OpeningInterest:
    """I would like this. Said again it replaces the line; coordinators get one mail. Raises DomainError once it is over."""
    if opening.deleted_at or state_of(opening, today) != "open":
        raise DomainError(_("This opening is no longer open. Ask a coordinator whether there is another."))
    known = interest_of(opening.id, person_id)
    if known and known.withdrawn_at is None:
        if known.answer:
            raise DomainError(_("You have an answer already. Write to a coordinator if it has changed for you."))
        known.says = says
        return known
    if known is None:
        known = OpeningInterest(opening_id=opening.id, person_id=person_id)
        db.session.add(known)
    known.says, known.said_at, known.withdrawn_at = says, clock.now(), None
    known.answer, known.answered_at, known.answered_by = "", None, None
    db.session.flush()
    history.record(person_id, "opening.wanted", SUBJECT, opening.id, opening.network_id)
    tell_coordinators(opening, known)
    return known


@operation
def withdraw_interest(opening: Opening, interest: OpeningInterest) -> None:
    """No reason is asked, and her line is gone. Whoever had said yes to her is told: a place is free again."""
    if interest.withdrawn_at is None:
        if interest.answer == "taken":
            tell_free(opening, interest)
        interest.withdrawn_at, interest.says = clock.now(), ""
        history.record(interest.person_id, "opening.withdrawn", SUBJECT, opening.id, opening.network_id)


@operation
def answer_interest(opening: Opening, interest: OpeningInterest, by: int, answer: str) -> None:
    """Yes, or not now: she reads it in a mail. The same answer twice is one; another one later is told as well."""
    if answer not in ANSWERS:
        raise DomainError(_("Choose one of the answers."))
    if interest.withdrawn_at:
        raise DomainError(_("She no longer asks for it."))
    if interest.answer != answer:
        interest.answer, interest.answered_at, interest.answered_by = answer, clock.now(), by
        history.record(by, f"opening.{answer}", SUBJECT, opening.id, opening.network_id, person_id=interest.person_id)
        tell_her(opening, interest, by)


@operation
def answer_rest(opening: Opening, by: int) -> int:
    """ "Not now" to everybody who still waits, each in a mail of her own. Returns how many that were; twice is once."""
    waiting = waiting_for(opening.id)
    for interest in waiting:
        answer_interest(opening, interest, by, "not_now")
    return len(waiting)
