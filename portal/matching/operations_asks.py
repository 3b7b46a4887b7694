"""A wish for a mentor: said, changed, paused, taken back and said again."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.matching import letters
from portal.matching.models import MatchProposal, MentorAsk
from portal.matching.queries import OPEN, is_a_member, open_ask_of
from portal.matching.said import AskSaid, write_into
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "ask.made": _l("%(actor)s asked for a mentor"),
        "ask.made_for": _l("%(actor)s asked for a mentor for %(person)s"),
        "ask.changed": _l("%(actor)s changed the wish for a mentor"),
        "ask.paused": _l("%(actor)s set the wish for a mentor aside for now"),
        "ask.resumed": _l("%(actor)s took the wish for a mentor up again"),
        "ask.taken_back": _l("%(actor)s took the wish for a mentor back"),
        "ask.restored": _l("%(actor)s asks for a mentor after all"),
    }
)


@operation
def ask_for_mentor(network_id: int, person_id: int, by: int, said: AskSaid) -> MentorAsk:
    """Somebody wishes for a mentor; ``by`` is a coordinator where she has no account.

    Raises DomainError where her wish stands already, and for somebody who is not in this network.
    """
    if not is_a_member(network_id, person_id):
        raise DomainError(_("She is not a member of this network."), "person_id")
    if open_ask_of(network_id, person_id):
        raise DomainError(_("This wish stands already. Change that one."), "person_id")
    ask = MentorAsk(network_id=network_id, person_id=person_id, asked_at=clock.now())
    write_into(ask, said)
    db.session.add(ask)
    db.session.flush()
    action = "ask.made" if by == person_id else "ask.made_for"
    history.record(by, action, "mentor_ask", ask.id, network_id, person_id=person_id)
    return ask


@operation
def change_ask(ask: MentorAsk, by: int, said: AskSaid, version: int) -> None:
    """Raises Conflict where somebody changed it meanwhile."""
    if ask.row_version != version:
        raise Conflict({"route": ask.route})
    write_into(ask, said)
    history.record(by, "ask.changed", "mentor_ask", ask.id, ask.network_id)


@operation
def pause_ask(ask: MentorAsk, by: int) -> None:
    """Not now: it keeps its place, and nobody is proposed."""
    if ask.paused_at is None and ask.ended_at is None:
        ask.paused_at = clock.now()
        history.record(by, "ask.paused", "mentor_ask", ask.id, ask.network_id)


@operation
def resume_ask(ask: MentorAsk, by: int) -> None:
    if ask.paused_at is not None:
        ask.paused_at = None
        history.record(by, "ask.resumed", "mentor_ask", ask.id, ask.network_id)


@operation
def take_ask_back(ask: MentorAsk, by: int) -> None:
    """It ends, and what was proposed for it with it; whoever was asked is told. Twice is once."""
    if ask.ended_at is not None:
        return
    ask.ended_at = clock.now()
    history.record(by, "ask.taken_back", "mentor_ask", ask.id, ask.network_id)
    withdraw_all_for(ask, by, but=by)


@operation
def restore_ask(ask: MentorAsk, by: int) -> None:
    """The wish stands again, with its place. Raises DomainError where it became a pair, or a newer one stands."""
    if ask.ended_at is None:
        return
    if ask.pairing_id is not None:
        raise DomainError(_("This wish became a pair. Ask anew if you would like another mentor."))
    if open_ask_of(ask.network_id, ask.person_id):
        raise DomainError(_("A newer wish stands already. Change that one."))
    ask.ended_at = None
    history.record(by, "ask.restored", "mentor_ask", ask.id, ask.network_id)


def withdraw_all_for(ask: MentorAsk, by: int | None, but: int) -> None:
    """Every open proposal for a wish is off, by whoever did it; those who were asked are told, but one. Inside an operation."""
    query = select(MatchProposal).where(MatchProposal.ask_id == ask.id, OPEN)
    for proposal in db.session.execute(query).scalars():
        proposal.withdrawn_at = proposal.closed_at = clock.now()
        history.record(by, "match.withdrawn", "match_proposal", proposal.id, proposal.network_id)
        letters.tell_off(proposal, to=[one for one in (proposal.mentor_id, proposal.mentee_id) if one != but])
