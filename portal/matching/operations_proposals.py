"""Asking two people whether they would be a pair, and their answers. A pair begins when both have said yes."""

from datetime import date
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.matching import letters
from portal.matching.models import MatchProposal, MentorAsk
from portal.matching.queries import is_a_member, offer_of, open_ask_of, open_between, pairs_now
from portal.mentoring.operations import refuse_pair, start_pairing
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "match.proposed": _l("%(actor)s asked two people whether they would be a pair"),
        "match.accepted": _l("%(actor)s said yes"),
        "match.declined": _l("%(actor)s said no"),
        "match.full": _l("%(actor)s said yes, and there was no place left"),
        "match.withdrawn": _l("%(actor)s took the proposal back"),
        "match.lapsed": _l("The proposal ended without an answer"),
    }
)


class Outcome(StrEnum):
    WAITS = "waits"
    PAIRED = "paired"
    FULL = "full"
    DECLINED = "declined"


@operation
def propose(
    network_id: int, mentor_id: int, mentee_id: int, by: int, started_on: date, purpose: str = "", rhythm: str = "",
    monthly_minutes: int | None = None, *, every_days: int | None = None, arranges: str = "both",
    programme_ids: tuple[int, ...] = (), tell: bool = True,
) -> MatchProposal:  # fmt: skip
    """Ask both by mail, and on their page. Handed what ``start_pairing`` is handed.

    Raises DomainError for one person twice, a pair or a proposal of the two that stands, a wish that was set aside, and a
    mentor whose places are taken by pairs. Two proposals may reach for her last place: see ``say_yes``.
    """
    refuse_pair(network_id, mentor_id, mentee_id)
    if open_between(network_id, mentor_id, mentee_id):
        raise DomainError(_("These two are being asked just now."), "mentee_id")
    if _has_no_place(network_id, mentor_id):
        raise DomainError(
            _("She has as many mentees as she takes. Choose somebody else, or ask her for more."), "mentor_id"
        )
    ask = open_ask_of(network_id, mentee_id)
    if ask and ask.paused_at:
        raise DomainError(_("Her wish is set aside just now. She takes it up again herself."), "mentee_id")
    proposal = MatchProposal(
        network_id=network_id, ask_id=ask.id if ask else None, mentor_id=mentor_id, mentee_id=mentee_id,
        purpose=purpose, rhythm=rhythm, every_days=every_days, arranges=arranges, monthly_minutes=monthly_minutes,
        starts_on=started_on, programme_ids=list(programme_ids), proposed_by=by, proposed_at=clock.now(),
    )  # fmt: skip
    db.session.add(proposal)
    db.session.flush()
    history.record(by, "match.proposed", "match_proposal", proposal.id, network_id)
    if tell:
        letters.ask_both(proposal)
    return proposal


def _has_no_place(network_id: int, mentor_id: int) -> bool:
    """By her own word; who offered nothing made no limit."""
    offer = offer_of(network_id, mentor_id)
    if offer is None or offer.ended_at is not None:
        return False
    return pairs_now(network_id, mentor_id) >= offer.most_mentees


@operation
def say_yes(proposal: MatchProposal, person_id: int) -> Outcome:
    """One of the two accepts; the second yes makes the pair. Twice is once, and a no can be turned into a yes.

    Where the mentor's last place went to somebody else meanwhile, the proposal ends and all are told: ``Outcome.FULL``.
    Raises DomainError for a proposal that ended otherwise.
    """
    if proposal.state == "paired":
        return Outcome.PAIRED
    _take_no_back(proposal, person_id)
    if proposal.closed_at is not None:
        raise DomainError(_("This was taken back or ended before you answered. Nothing is asked of you."))
    if person_id not in proposal.waits_for():
        return Outcome.WAITS
    if person_id == proposal.mentor_id:
        proposal.mentor_accepted_at = clock.now()
    else:
        proposal.mentee_accepted_at = clock.now()
    history.record(person_id, "match.accepted", "match_proposal", proposal.id, proposal.network_id)
    if proposal.waits_for():
        return Outcome.WAITS
    if _has_no_place(proposal.network_id, proposal.mentor_id):
        return _close_as_full(proposal, person_id)
    return _pair(proposal)


def _take_no_back(proposal: MatchProposal, person_id: int) -> None:
    """She thought better of her own no, while the wish is still open."""
    if proposal.state != "declined" or proposal.declined_by != person_id:
        return
    ask = db.session.get(MentorAsk, proposal.ask_id) if proposal.ask_id else None
    if ask is None or ask.ended_at is None:
        proposal.declined_at = proposal.declined_by = proposal.closed_at = None


def _pair(proposal: MatchProposal) -> Outcome:
    for person_id in (proposal.mentor_id, proposal.mentee_id):
        if not is_a_member(proposal.network_id, person_id):
            raise DomainError(_("The other one has left this network, so you can’t become a pair here."))
    pairing = start_pairing(
        proposal.network_id, proposal.mentor_id, proposal.mentee_id, proposal.proposed_by, proposal.starts_on,
        proposal.purpose, proposal.rhythm, proposal.monthly_minutes, every_days=proposal.every_days,
        arranges=proposal.arranges, programme_ids=tuple(proposal.programme_ids), tell=True,
    )  # fmt: skip
    proposal.pairing_id, proposal.closed_at = pairing.id, clock.now()
    letters.tell_proposer(proposal)
    return Outcome.PAIRED


def _close_as_full(proposal: MatchProposal, person_id: int) -> Outcome:
    proposal.closed_at = clock.now()
    history.record(person_id, "match.full", "match_proposal", proposal.id, proposal.network_id)
    letters.tell_off(proposal, to=[one for one in proposal.said_yes() if one != person_id])
    letters.tell_proposer(proposal)
    return Outcome.FULL


@operation
def say_no(proposal: MatchProposal, person_id: int) -> Outcome:
    """No reason is asked. Whoever had said yes already is told, without a word of who or why. Twice is once.

    Raises DomainError once they are a pair, and for a proposal that ended otherwise.
    """
    if proposal.state == "declined" and proposal.declined_by == person_id:
        return Outcome.DECLINED
    if proposal.state == "paired":
        raise DomainError(_("You two are a pair already. Either of you can end that on its page."))
    if proposal.closed_at is not None:
        raise DomainError(_("This was taken back or ended before you answered. Nothing is asked of you."))
    proposal.declined_at = proposal.closed_at = clock.now()
    proposal.declined_by = person_id
    history.record(person_id, "match.declined", "match_proposal", proposal.id, proposal.network_id)
    # A yes of her own from before is no yes any more.
    if person_id == proposal.mentor_id:
        proposal.mentor_accepted_at = None
    else:
        proposal.mentee_accepted_at = None
    letters.tell_off(proposal, to=proposal.said_yes())
    letters.tell_proposer(proposal)
    return Outcome.DECLINED


@operation
def withdraw(proposal: MatchProposal, by: int) -> None:
    """A coordinator takes the proposal back; both are told that nothing is asked of them. Twice is once."""
    if proposal.closed_at is not None:
        return
    proposal.withdrawn_at = proposal.closed_at = clock.now()
    history.record(by, "match.withdrawn", "match_proposal", proposal.id, proposal.network_id)
    letters.tell_off(proposal, to=[proposal.mentor_id, proposal.mentee_id])
