"""The way to the paper sheet, on the page of a pair; only its two see it."""

from portal.mentoring import policy
from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.networks.scope import Standing


@beside
def paper_beside(pairing: Pairing, member: Standing) -> Part | None:
    if not policy.may_log(member, pairing):
        return None
    return Part("log_sheets/_beside.html", place="month", pairing_id=pairing.id)
