"""Listing an opening, changing it, closing it; one whose last day is over drops out of the list by itself."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.openings.models import Opening
from portal.openings.postings import SUBJECT, Posting
from portal.web import clock, prose
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "opening.listed": _l("%(actor)s listed this opening"),
        "opening.changed": _l("%(actor)s changed the opening"),
        "opening.closed": _l("%(actor)s closed the opening"),
        "opening.reopened": _l("%(actor)s opened it again"),
        "opening.removed": _l("%(actor)s removed the opening"),
        "opening.restored": _l("%(actor)s brought the opening back"),
    }
)


@operation
def list_opening(network_id: int, by: int, posting: Posting, today: date) -> Opening:
    """List an opening for the members. Raises DomainError for a last day that is over, and for days in the wrong order."""
    _refuse_past(posting, today)
    _refuse_order(posting)
    made = Opening(network_id=network_id, posted_by=by, posted_at=clock.now())
    _take(made, posting)
    db.session.add(made)
    db.session.flush()
    history.record(by, "opening.listed", SUBJECT, made.id, network_id)
    return made


@operation
def change_opening(opening: Opening, version: int, by: int, posting: Posting, today: date) -> None:
    """Raises Conflict where another coordinator changed it meanwhile."""
    if opening.row_version != version:
        raise Conflict({"title": opening.title, "text": opening.text})
    if posting.answer_by != opening.answer_by:
        _refuse_past(posting, today)
    if (posting.answer_by, posting.starts_on) != (opening.answer_by, opening.starts_on):
        _refuse_order(posting)
    _take(opening, posting)
    history.record(by, "opening.changed", SUBJECT, opening.id, opening.network_id)


@operation
def close_opening(opening: Opening, by: int) -> None:
    """Nobody can say any more that she would like it; who has said so reads her answer all the same."""
    if opening.closed_at is None:
        opening.closed_at = clock.now()
        history.record(by, "opening.closed", SUBJECT, opening.id, opening.network_id)


@operation
def reopen_opening(opening: Opening, by: int, today: date) -> None:
    """Raises DomainError where its last day is over: then it needs a later one first."""
    if opening.answer_by < today:
        raise DomainError(_("Its last day is over. Change that first, then open it again."))
    if opening.closed_at is not None:
        opening.closed_at = None
        history.record(by, "opening.reopened", SUBJECT, opening.id, opening.network_id)


@operation
def remove_opening(opening: Opening, by: int) -> None:
    """Listed by mistake: gone from every list, and it can be brought back."""
    if opening.deleted_at is None:
        opening.deleted_at = clock.now()
        history.record(by, "opening.removed", SUBJECT, opening.id, opening.network_id)


@operation
def restore_opening(opening: Opening, by: int) -> None:
    if opening.deleted_at is not None:
        opening.deleted_at = None
        history.record(by, "opening.restored", SUBJECT, opening.id, opening.network_id)


def _refuse_past(posting: Posting, today: date) -> None:
    if posting.answer_by < today:
        raise DomainError(_("This day is over. Choose one on which somebody can still answer."), "answer_by")


def _refuse_order(posting: Posting) -> None:
    if posting.starts_on and posting.starts_on < posting.answer_by:
        raise DomainError(_("It would start before the last day to answer. Choose an earlier last day."), "answer_by")


def _take(opening: Opening, posting: Posting) -> None:
    opening.kind, opening.title, opening.text = posting.kind, posting.title, posting.text
    opening.text_html = str(prose.render(posting.text))
    opening.starts_on, opening.answer_by, opening.places = posting.starts_on, posting.answer_by, posting.places
    opening.subjects, opening.phases = list(posting.subjects), list(posting.phases)
