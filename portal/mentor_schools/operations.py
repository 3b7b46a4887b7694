"""Proposing that one organisation helps another, changing and taking back a proposal, ending what was agreed."""

from dataclasses import replace
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.mentor_schools.letters import ask_leads, tell_answer, tell_coordinators, tell_new_lead
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.pairs import SUBJECT, Proposal, leads, state_of
from portal.mentor_schools.queries import open_pair_of
from portal.networks.queries_places import is_in, workplaces_of, works_at
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "schools.proposed": _l("%(actor)s proposed this pair"),
        "schools.changed": _l("%(actor)s changed what was agreed"),
        "schools.lead": _l("%(actor)s named %(person)s as a lead"),
        "schools.removed": _l("%(actor)s took the proposal back"),
        "schools.restored": _l("%(actor)s made the proposal again"),
        "schools.ended": _l("%(actor)s noted the end and what came of it"),
        "schools.resumed": _l("%(actor)s took the ending back"),
    }
)


@operation
def propose_pair(network_id: int, by: int, proposal: Proposal, is_coordinator: bool) -> OrganisationPair:
    """Propose that one organisation helps another. A member does so for a place where she works, and leads its side.

    Who proposes has said yes for the side that she leads. The other leads are asked by mail; without one, coordinators
    name her. Raises DomainError for two that are none, or are a pair already.
    """
    proposal = proposal if is_coordinator else _as_her_own(by, proposal)
    _refuse(network_id, proposal)
    if open_pair_of(network_id, proposal.mentor_organisation_id, proposal.mentee_organisation_id):
        raise DomainError(_("These two are a pair already, or it is proposed."), "mentee")
    now = clock.now()
    pair = OrganisationPair(
        network_id=network_id,
        mentor_organisation_id=proposal.mentor_organisation_id,
        mentee_organisation_id=proposal.mentee_organisation_id,
        mentor_lead_id=proposal.mentor_lead_id,
        mentee_lead_id=proposal.mentee_lead_id,
        purpose=proposal.purpose,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        proposed_by=by,
        proposed_at=now,
        mentor_accepted_at=now if proposal.mentor_lead_id == by else None,
        mentee_accepted_at=now if proposal.mentee_lead_id == by else None,
    )
    db.session.add(pair)
    db.session.flush()
    history.record(by, "schools.proposed", SUBJECT, pair.id, network_id)
    ask_leads(pair, by)
    if not is_coordinator:
        tell_coordinators(pair, by)
    return pair


def _as_her_own(by: int, proposal: Proposal) -> Proposal:
    places = workplaces_of(by)
    if proposal.mentee_organisation_id in places:
        return replace(proposal, mentee_lead_id=by)
    if proposal.mentor_organisation_id in places:
        return replace(proposal, mentor_lead_id=by)
    raise DomainError(
        _("You work at neither of the two. Ask a coordinator to propose it, or choose the place where you work."),
        "mentee",
    )


@operation
def change_pair(pair: OrganisationPair, version: int, by: int, proposal: Proposal) -> None:
    """Change purpose, days and leads; the two organisations stay. A lead who is new is asked, or told where it runs already.

    Raises Conflict where somebody changed it meanwhile.
    """
    if pair.row_version != version:
        raise Conflict({"purpose": pair.purpose})
    before = {"mentor": pair.mentor_lead_id, "mentee": pair.mentee_lead_id}
    _refuse(pair.network_id, proposal, pair)
    pair.purpose, pair.starts_on, pair.ends_on = proposal.purpose, proposal.starts_on, proposal.ends_on
    history.record(by, "schools.changed", SUBJECT, pair.id, pair.network_id)
    was_running = state_of(pair) == "running"
    for side, lead in (("mentor", proposal.mentor_lead_id), ("mentee", proposal.mentee_lead_id)):
        if lead != before[side]:
            _name_lead(pair, side, lead, by, was_running)


def _name_lead(pair: OrganisationPair, side: str, lead: int | None, by: int, was_running: bool) -> None:
    setattr(pair, f"{side}_lead_id", lead)
    if lead:
        history.record(by, "schools.lead", SUBJECT, pair.id, pair.network_id, person_id=lead)
    if was_running and lead:
        # The organisation has said yes; somebody else now stands for it.
        tell_new_lead(pair, lead)
    elif not was_running:
        setattr(pair, f"{side}_accepted_at", clock.now() if lead == by else None)
        if pair.declined_by not in leads(pair):
            # Whoever said no stands for neither side by now; the no of the other side's lead stays hers to take back.
            pair.declined_at = pair.declined_by = None
        ask_leads(pair, by, side)


@operation
def take_back_pair(pair: OrganisationPair, by: int) -> None:
    """Take a proposal back; it can be made again. Raises DomainError for what both have agreed to."""
    if state_of(pair) not in ("proposed", "declined"):
        raise DomainError(_("Both have said yes. End it instead: what was counted then stays."))
    if pair.deleted_at is None:
        pair.deleted_at = clock.now()
        history.record(by, "schools.removed", SUBJECT, pair.id, pair.network_id)


@operation
def restore_pair(pair: OrganisationPair, by: int) -> None:
    """Raises DomainError where the two have become a pair another way meanwhile."""
    other = open_pair_of(pair.network_id, pair.mentor_organisation_id, pair.mentee_organisation_id)
    if other and other.id != pair.id:
        raise DomainError(_("These two are a pair already, or it is proposed."))
    if pair.deleted_at is not None:
        pair.deleted_at = None
        history.record(by, "schools.restored", SUBJECT, pair.id, pair.network_id)


@operation
def end_pair(pair: OrganisationPair, by: int, on: date, result: str, outcome: str, today: date) -> None:
    """End it from a day on, with what came of it; the other lead is told. Its meetings stay counted.

    Raises DomainError for an unlikely day.
    """
    if pair.ended_on:
        raise DomainError(_("It has ended already."))
    if state_of(pair) != "running":
        raise DomainError(_("It has not begun: take the proposal back instead."))
    # What has not begun can end today: plans change, and a day between its start and today would not exist.
    if not min(pair.starts_on, today) <= on <= today:
        raise DomainError(_("Choose a day between its start and today."), "ended_on")
    pair.ended_on, pair.result, pair.outcome = on, result, outcome
    history.record(by, "schools.ended", SUBJECT, pair.id, pair.network_id)
    tell_answer(pair, by, "ended")


@operation
def resume_pair(pair: OrganisationPair, by: int) -> None:
    """Take an ending back; what was said to have come of it stays in the form for the next time."""
    if open_pair_of(pair.network_id, pair.mentor_organisation_id, pair.mentee_organisation_id):
        raise DomainError(_("These two are a pair already, or it is proposed."))
    if pair.ended_on:
        pair.ended_on = None
        history.record(by, "schools.resumed", SUBJECT, pair.id, pair.network_id)
        tell_answer(pair, by, "resumed")


def _refuse(network_id: int, proposal: Proposal, pair: OrganisationPair | None = None) -> None:
    """What can't be. Of a pair that is known already, what stood in it before may stay though people have moved on."""
    mentor, mentee = proposal.mentor_organisation_id, proposal.mentee_organisation_id
    if mentor == mentee:
        raise DomainError(_("Choose two: none is its own mentor."), "mentee")
    for field, organisation_id in (("mentor", mentor), ("mentee", mentee)):
        if pair is None and not is_in(network_id, organisation_id):
            raise DomainError(_("Choose one of this network’s list."), field)
    if proposal.ends_on and proposal.ends_on <= proposal.starts_on:
        raise DomainError(_("The end, as it is meant, is not after the start."), "ends_on")
    known = leads(pair) if pair else ()
    sides = (("mentor_lead", proposal.mentor_lead_id, mentor), ("mentee_lead", proposal.mentee_lead_id, mentee))
    for field, lead, organisation_id in sides:
        if lead and lead not in known and not works_at(network_id, lead, organisation_id):
            raise DomainError(_("She does not work there as far as we know. Choose somebody who does."), field)
    if proposal.mentor_lead_id and proposal.mentor_lead_id == proposal.mentee_lead_id:
        raise DomainError(_("Two sides need two leads."), "mentee_lead")
