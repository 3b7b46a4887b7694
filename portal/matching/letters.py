"""Mails of a proposal. They name the other one, the school, the subjects and the rhythm; never what somebody needs help with."""

from collections.abc import Iterable
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.matching.models import MatchProposal
from portal.matching.queries_people import Known, known_of, known_to_each_other
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.vocabulary.queries import labels
from portal.web import dates
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

ASKED, TOLD = "match", "match-told"
kinds.declare(ASKED, why=_l("You get this because a coordinator would bring the two of you together."))
kinds.declare(
    TOLD,
    why=_l("You get this because you brought these two together."),
    name=_l("Mails about what became of a proposed pair"),
)
# A proposal waits so long for both answers; the links of its mails work a little longer.
LAPSES_DAYS, LINK_DAYS = 30, 40


def ask_both(proposal: MatchProposal) -> None:
    """Would you be a pair? To each of the two."""
    for person_id in (proposal.mentor_id, proposal.mentee_id):
        _ask(proposal, person_id, _l("Would you and %(name)s be a pair?"))


def remind(proposal: MatchProposal) -> None:
    """Once, after a week, to whoever has not answered."""
    for person_id in proposal.waits_for():
        _ask(proposal, person_id, _l("Still open: would you and %(name)s be a pair?"))


def _ask(proposal: MatchProposal, person_id: int, subject: LazyString) -> None:
    known = known_to_each_other(proposal)
    other = known[_other(proposal, person_id)]
    words = labels("subject")
    _queue(
        ASKED, "match_asked", subject, proposal, known[person_id], other,
        subjects=[words.get(code, code) for code in other.words.get("subject", [])],
        is_mentor=person_id == proposal.mentor_id,
        yes=act_link("matchanswer", person_id, proposal.id, days=LINK_DAYS, choice="yes"),
        no=act_link("matchanswer", person_id, proposal.id, days=LINK_DAYS, choice="no"),
    )  # fmt: skip


def tell_off(proposal: MatchProposal, to: Iterable[int]) -> None:
    """It comes to nothing: nothing is asked of her any more. Not a word of who ended it, or why."""
    known = known_of((proposal.mentor_id, proposal.mentee_id), with_words=False)
    for person_id in to:
        other = known[_other(proposal, person_id)]
        _queue(ASKED, "match_off", _l("Not this time: %(name)s and you"), proposal, known[person_id], other)


def tell_proposer(proposal: MatchProposal) -> None:
    """To the coordinator who proposed it: they are a pair, or how it ended."""
    if has_stopped(proposal.proposed_by, TOLD, proposal.network_id):
        return
    known = known_of((proposal.mentor_id, proposal.mentee_id, proposal.proposed_by), with_words=False)
    mentor, mentee = known[proposal.mentor_id], known[proposal.mentee_id]
    subjects = {
        "paired": _l("They are a pair: %(name)s and %(other)s"),
        "declined": _l("A no: %(name)s and %(other)s"),
        "full": _l("No place left: %(name)s and %(other)s"),
    }
    subject = subjects.get(proposal.state, _l("No answer: %(name)s and %(other)s"))
    if proposal.proposed_by not in (mentor.person_id, mentee.person_id):
        _queue(TOLD, "match_told", subject, proposal, known[proposal.proposed_by], mentee, mentor=mentor.name)


def _other(proposal: MatchProposal, person_id: int) -> int:
    return proposal.mentee_id if person_id == proposal.mentor_id else proposal.mentor_id


def _queue(
    kind: str, template: str, subject: LazyString, proposal: MatchProposal, to: Known, other: Known, **more: Any
) -> None:
    address = primary_address(to.person_id)
    if address is None:
        return
    network = db.session.get_one(Network, proposal.network_id)
    with in_language(to.locale or network.locale):
        names = {"name": other.name, "other": more.get("mentor", "")}
        outbox.queue(
            kind, address, str(subject) % names, template, to_name=to.name, person_id=to.person_id,
            network_id=network.id, from_name=network.short_name or network.name, network=network,
            reply_to=_coordinator(proposal, to.person_id), first_name=to.first_name, other=other.name,
            school=other.place.name, proposal=proposal, starts=dates.day(proposal.starts_on),
            lapses=LAPSES_DAYS,
            link=absolute("matching.proposal", network=network.slug, proposal_id=proposal.id), **more,
        )  # fmt: skip


def _coordinator(proposal: MatchProposal, reader_id: int) -> str | None:
    """Answers by mail go to whoever proposed it."""
    return primary_address(proposal.proposed_by) if proposal.proposed_by != reader_id else None
