"""The agreement on the page of a pair: what waits for a yes, and who said yes to which wording and when."""

from portal.agreements.queries import agreed_in
from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.mentoring.policy import is_of_pair
from portal.networks.scope import Standing


@beside
def who_agreed(pairing: Pairing, member: Standing) -> Part:
    """At the side, for the two and for coordinators (one query). A button only waits where she never said yes."""
    agreed = agreed_in(pairing.id)
    return Part(
        "agreements/_agreed.html",
        place="side",
        rank=1,
        agreed=agreed,
        waits=is_of_pair(member.person_id, pairing)
        and not pairing.ended_on
        and all(one.person_id != member.person_id for one in agreed),
    )
