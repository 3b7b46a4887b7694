"""Yes or no to a proposal, from a mail. Opening it answers nothing; pressing twice is once."""

from flask_babel import gettext as _

from portal.db import db
from portal.matching import policy
from portal.matching.models import MatchProposal
from portal.matching.operations_proposals import Outcome, say_no, say_yes
from portal.matching.queries_people import known_to_each_other
from portal.networks.scope import Here, scope_by_link
from portal.vocabulary.queries import labels
from portal.web import dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link, absolute


def _proposal(link: Link) -> tuple[MatchProposal, Here]:
    """The proposal and its network. Raises NotHere for whoever is not asked, or left the network."""
    proposal = db.session.get(MatchProposal, link.thing_id)
    if proposal is None or not policy.may_answer(link.person_id, proposal):
        raise NotHere
    return proposal, scope_by_link(proposal.network_id, link.person_id, "mentoring")


def look_at_proposal(link: Link) -> Look:
    proposal, scope = _proposal(link)
    is_mentor = link.person_id == proposal.mentor_id
    other = known_to_each_other(proposal)[proposal.mentee_id if is_mentor else proposal.mentor_id]
    words = labels("subject")
    who = ", ".join(part for part in (other.name, other.place.name) if part)
    subjects = ", ".join(words.get(code, code) for code in other.words.get("subject", []))
    lines = [who, subjects, proposal.purpose, proposal.rhythm, _("From %(day)s", day=dates.day(proposal.starts_on))]
    title = _("Would you be the mentor of %(name)s?", name=other.name)
    if not is_mentor:
        title = _("Would you like %(name)s as your mentor?", name=other.name)
    page = absolute("matching.proposal", network=scope.network.slug, proposal_id=proposal.id)
    return Look(
        title,
        [line for line in lines if line],
        standing(proposal, link.person_id),
        _buttons(proposal, link.person_id),
        [(_("More about it (you sign in first)"), page)],
        scope.network.name,
    )


def _buttons(proposal: MatchProposal, person_id: int) -> list[Button]:
    yes, no = Button("yes", _("Yes, gladly")), Button("no", _("No, not this time"))
    if proposal.state == "declined" and proposal.declined_by == person_id:
        return [Button("yes", _("Yes, after all"))]
    if proposal.state != "open":
        return []
    return [yes, no] if person_id in proposal.waits_for() else [no]


def standing(proposal: MatchProposal, person_id: int) -> str:
    """How it stands, in a sentence to one of the two; never what the other one answered, unless both said yes."""
    if proposal.state == "paired":
        return _("You are a pair: both have said yes.")
    if proposal.state == "declined" and proposal.declined_by == person_id:
        return _("You said no.")
    if proposal.state == "full":
        return _("The last place went to somebody else meanwhile.")
    if proposal.state != "open":
        return _("This has ended. Nothing is asked of you.")
    if person_id in proposal.waits_for():
        return _("You have not answered yet.")
    return _("You said yes. You are a pair once the other one has said yes too.")


def said(outcome: Outcome) -> str:
    """What is true after an answer."""
    return {
        Outcome.WAITS: _("You said yes. You are a pair once the other one has said yes too."),
        Outcome.PAIRED: _("You are a pair now. Both of you get a mail with the way to your agreement."),
        Outcome.FULL: _("You said yes, but the last place went to somebody else meanwhile. The coordinators look on."),
        Outcome.DECLINED: _("You said no. Nobody asks you why."),
    }[outcome]


def answer(proposal: MatchProposal, person_id: int, choice: str) -> Outcome:
    """Raises DomainError for anything but a yes or a no."""
    if choice == "yes":
        return say_yes(proposal, person_id)
    if choice != "no":
        raise DomainError(_("Choose one of the answers."))
    return say_no(proposal, person_id)


def answer_proposal(link: Link, choice: str, form: SignedForm) -> str:
    proposal, _scope = _proposal(link)
    return said(answer(proposal, link.person_id, choice))


def declare_acts() -> None:
    declare_signed("matchanswer", look_at_proposal, answer_proposal)
