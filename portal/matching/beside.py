"""What matching puts on the first page of mentoring, into the coordinators' list of pairs and on the page of a pair."""

from flask_babel import lazy_gettext as _l

from portal.matching import policy, queries_asked
from portal.matching.queries_wishes import ending_of, wants_rematch
from portal.mentoring.beside import Part, beside, beside_index
from portal.mentoring.marks import Mark, declare_mark
from portal.mentoring.models import Pairing
from portal.networks.scope import Standing


@beside_index
def asked_of_me(member: Standing) -> Part | None:
    """What waits for her answer; for a coordinator how many wish for a re-match too (one query)."""
    asked, wishes = queries_asked.asked_and_wishes(member.network_id, member.person_id, policy.coordinates(member))
    return Part("matching/_asked.html", place="top", asked=asked, wishes=wishes) if asked or wishes else None


@beside_index
def way_in(member: Standing) -> Part:
    """For somebody of no pair: the way to ask and to offer (no query)."""
    return Part("matching/_begin.html", place="empty")


@beside
def wish_beside(pairing: Pairing, member: Standing) -> Part | None:
    """For each of the two the way to a wish of her own. Whether there is one is not said here: two read this page together."""
    if not policy.may_wish(member.person_id, pairing) or pairing.ended_on:
        return None
    return Part("matching/_wish.html", place="leaving")


@beside
def ending_beside(pairing: Pairing, member: Standing) -> Part | None:
    """After the end, for each of the two: three questions, or the way to what she answered (one query)."""
    if not pairing.ended_on or not policy.may_wish(member.person_id, pairing):
        return None
    return Part("matching/_ending.html", place="top", ending=ending_of(pairing.id, member.person_id))


declare_mark(Mark("rematch", _l("Wants a re-match"), _l("Wanting a re-match"), wants_rematch))
