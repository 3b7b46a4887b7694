"""Pairing two people, and ending a pair without fault."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.history.queries import last_actor
from portal.mentoring import hooks, letters_pairing
from portal.mentoring.first_programmes import begin_in
from portal.mentoring.models import Pairing
from portal.mentoring.queries import left_for_good, open_pair_of
from portal.mentoring.terms import Terms
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "pairing.started": _l("%(actor)s paired %(person)s with a mentor"),
        "pairing.changed": _l("%(actor)s changed the rhythm of this pair"),
        "pairing.ended": _l("%(actor)s ended this pair"),
        "pairing.resumed": _l("%(actor)s took the ending of this pair back"),
    }
)


@operation
def start_pairing(
    network_id: int,
    mentor_id: int,
    mentee_id: int,
    by: int,
    started_on: date,
    purpose: str = "",
    rhythm: str = "",
    monthly_minutes: int | None = None,
    *,
    every_days: int | None = None,
    arranges: str = "both",
    programme_ids: tuple[int, ...] = (),
    tell: bool = False,
) -> Pairing:
    """Make a pair of two members. Raises DomainError for one person twice and for a pair that is open already.

    An open wish for a mentor ends with it (see ``hooks``). With ``tell`` both get a mail with the way to their agreement.
    """
    refuse_pair(network_id, mentor_id, mentee_id)
    pairing = Pairing(
        network_id=network_id, mentor_id=mentor_id, mentee_id=mentee_id, purpose=purpose, rhythm=rhythm,
        every_days=every_days, arranges=arranges, monthly_minutes=monthly_minutes, started_on=started_on,
        paired_by=by, created_at=clock.now(),
    )  # fmt: skip
    db.session.add(pairing)
    db.session.flush()
    begin_in(pairing.id, network_id, programme_ids, started_on)
    history.record(by, "pairing.started", "pairing", pairing.id, network_id, person_id=mentee_id)
    hooks.tell_begun(pairing)
    if tell:
        letters_pairing.tell_begun(pairing)
    return pairing


def refuse_pair(network_id: int, mentor_id: int, mentee_id: int) -> None:
    """Raises DomainError for two that can't become a pair."""
    if mentor_id == mentee_id:
        raise DomainError(_("Nobody is her own mentor. Choose somebody else."), "mentee_id")
    if open_pair_of(network_id, mentor_id, mentee_id):
        raise DomainError(_("These two are a pair already."), "mentee_id")


@operation
def change_pairing(pairing: Pairing, by: int, terms: Terms, version: int | None = None) -> None:
    """Change what the pair is for and its rhythm; both are told, and nobody is asked to agree anew.

    Raises Conflict where ``version`` is not the one that stands, DomainError for a pair that has ended.
    """
    if pairing.ended_on:
        raise DomainError(_("This pair has ended."))
    if version is not None and pairing.row_version != version:
        raise Conflict({"purpose": pairing.purpose, "rhythm": pairing.rhythm})
    before = terms_of(pairing)
    pairing.purpose, pairing.rhythm, pairing.every_days = terms.purpose, terms.rhythm, terms.every_days
    pairing.arranges, pairing.monthly_minutes = terms.arranges, terms.monthly_minutes
    history.record(by, "pairing.changed", "pairing", pairing.id, pairing.network_id)
    if (before.rhythm, before.every_days, before.arranges) != (terms.rhythm, terms.every_days, terms.arranges):
        letters_pairing.tell_changed(pairing, by)


def terms_of(pairing: Pairing) -> Terms:
    return Terms(pairing.purpose, pairing.rhythm, pairing.every_days, pairing.arranges, pairing.monthly_minutes)


@operation
def end_pairing(pairing: Pairing, by: int, on: date, tell: bool = False) -> None:
    """End a pair from a day on; no reason is asked. Its talks stay counted and its notes stay with their readers.

    With ``tell`` both get a mail, and the three questions that nobody has to answer.
    """
    if pairing.ended_on:
        raise DomainError(_("This pair has ended already."))
    pairing.ended_on = on
    history.record(by, "pairing.ended", "pairing", pairing.id, pairing.network_id)
    if tell:
        hooks.tell_ended(pairing)


@operation
def resume_pairing(pairing: Pairing, by: int, may_undo_others: bool = True) -> None:
    """Take an ending back. What the two answered about it is theirs to keep; what nobody answered is not asked.

    Raises DomainError where the other one ended it: nobody is made one of a pair again by whom she left. Coordinators,
    who pair, may (``may_undo_others``); but nobody where one of the two left the portal for good.
    """
    if left_for_good(pairing):
        raise DomainError(_("One of the two left the portal for good."))
    if not may_undo_others and last_actor("pairing.ended", "pairing", pairing.id) != by:
        raise DomainError(_("Whoever ended it can take that back, or a coordinator."))
    if open_pair_of(pairing.network_id, pairing.mentor_id, pairing.mentee_id):
        raise DomainError(_("These two are a pair already."))
    pairing.ended_on = None
    history.record(by, "pairing.resumed", "pairing", pairing.id, pairing.network_id)
    hooks.tell_resumed(pairing)
