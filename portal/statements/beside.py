"""What stands of hours on a pair's page, beside what it counts for each programme: the way to the statement."""

from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.networks.scope import Standing


@beside
def statement_beside(pairing: Pairing, member: Standing) -> Part:
    """For the two and for coordinators alike (no query)."""
    return Part("statements/_beside.html", place="month", pairing=pairing)
