"""On the page of a pair: its goals and its open cycle for the two, how many cycles there are for a coordinator."""

from portal.coaching import policy, steps
from portal.coaching.access import key
from portal.coaching.queries import how_many_cycles
from portal.coaching.queries_work import work_of
from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.networks.scope import Standing


@beside
def work_of_the_pair(pairing: Pairing, member: Standing) -> Part | None:
    if not policy.is_of_pair(member.person_id, pairing):
        begun, closed = how_many_cycles(pairing.id)
        return Part("coaching/_counts.html", place="side", begun=begun, closed=closed) if begun else None
    work = work_of(pairing, key())
    return Part(
        "coaching/_beside.html",
        place="work",
        goals=work.goals,
        cycles=[(cycle, steps.next_of(of_it)) for cycle, of_it in work.cycles],
        names=steps.NAMES,
        may_work=policy.may_work(member.person_id, pairing),
        may_mark=policy.may_mark_needs(member.person_id, pairing),
    )
