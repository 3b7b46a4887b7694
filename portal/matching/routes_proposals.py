"""The doors of one proposal: how it stands, what the two know of each other, yes, no, and taking it back."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.db import db
from portal.history.queries import lines_about
from portal.matching import policy, queries, reasons
from portal.matching.acts import answer as give_answer
from portal.matching.acts import said, standing
from portal.matching.blueprints import matching
from portal.matching.models import MatchProposal, MentorAsk
from portal.matching.operations_proposals import Outcome, withdraw
from portal.matching.queries_people import known_of, known_to_each_other
from portal.matching.words import labels_of
from portal.mentoring.first_programmes import programmes_to_choose
from portal.networks.queries_asking import primary_address
from portal.networks.scope import here
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page


@matching.get("/proposals/<int:proposal_id>")
def proposal(proposal_id: int) -> Response:
    """The mentor reads the wish, the mentee the offer, coordinators both; nobody reads what the other one answered."""
    found, person_id = _proposal_here(proposal_id), me().person_id
    may_answer = policy.may_answer(person_id, found)
    # Who is asked herself reads nothing of what the other one said, whatever she is besides.
    is_coordinator = policy.coordinates(here().membership) and not may_answer
    ask = db.session.get(MentorAsk, found.ask_id) if found.ask_id else None
    offer = queries.offer_of(found.network_id, found.mentor_id)
    is_open = found.state == "open"
    return page(
        "matching/proposal.html",
        proposal=found,
        people=known_of((found.mentor_id, found.mentee_id)) if is_coordinator else known_to_each_other(found),
        ask=ask if ask and (is_coordinator or (is_open and person_id == found.mentor_id)) else None,
        offer=offer if offer and (is_coordinator or (is_open and person_id == found.mentee_id)) else None,
        is_coordinator=is_coordinator,
        may_answer=may_answer,
        unreached=[one for one in found.waits_for() if primary_address(one) is None] if is_coordinator else [],
        standing=standing(found, person_id),
        programmes=[name for one, name in programmes_to_choose(found.network_id) if one in found.programme_ids],
        words=labels_of(),
        reasons=reasons,
        lines=lines_about("match_proposal", found.id) if is_coordinator else [],
        act=ActForm(),
    )


@matching.post("/proposals/<int:proposal_id>/answer")
def answer(proposal_id: int) -> AnyResponse:
    found, form = _proposal_here(proposal_id), ActForm()
    if not policy.may_answer(me().person_id, found):
        raise NotYours
    outcome = None
    if form.accepted():
        outcome = form.attempt(give_answer, found, me().person_id, request.form.get("choice", ""))
    if outcome is None:
        return done(url_for(".proposal", proposal_id=found.id), form.refusal(), kind="wrong")
    if outcome == Outcome.PAIRED:
        return done(url_for("mentoring.pair", pairing_id=found.pairing_id), said(outcome))
    return done(url_for(".proposal", proposal_id=found.id), said(outcome))


@matching.get("/proposals/<int:proposal_id>/withdraw")
def ask_withdraw(proposal_id: int) -> Response:
    """Both get a mail at once, and asking them anew is another mail: so it is asked first."""
    found = _to_withdraw(proposal_id)
    people = known_of((found.mentor_id, found.mentee_id), with_words=False)
    return page("matching/withdraw.html", proposal=found, people=people, form=ActForm())


@matching.post("/proposals/<int:proposal_id>/withdraw")
def withdraw_proposal(proposal_id: int) -> AnyResponse:
    found = _to_withdraw(proposal_id)
    form = pressed(withdraw, found, me().person_id)
    told = _("Taken back. Both are told that nothing is asked of them.")
    return done_unless_refused(form, url_for(".proposal", proposal_id=found.id), told)


def _to_withdraw(proposal_id: int) -> MatchProposal:
    found = _proposal_here(proposal_id)
    if not policy.coordinates(here().membership):
        raise NotYours
    return found


def _proposal_here(proposal_id: int) -> MatchProposal:
    found = queries.proposal_in(here().network.id, proposal_id, me().person_id)
    if found is None:
        raise NotHere
    if not policy.may_see_proposal(here().membership, found):
        raise NotYours
    return found
