"""On the page of a pair: its goals and its open cycle for the two, how many cycles there are for a coordinator."""

from portal.coaching import policy, steps
from portal.coaching.access import key
from portal.coaching.queries import cycles_of, goals_of, how_many_cycles
from portal.coaching.queries_reading import goal_words
from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.mentoring.queries_texts import Private
from portal.networks.scope import Standing


@beside
def work_of_the_pair(pairing: Pairing, member: Standing) -> Part | None:
    if not policy.is_of_pair(member.person_id, pairing):
        begun, closed = how_many_cycles(pairing.id)
        return Part("coaching/_counts.html", place="side", begun=begun, closed=closed) if begun else None
    goals = [goal for goal in goals_of(pairing.id) if not goal.closed_at]
    return Part(
        "coaching/_beside.html",
        place="work",
        goals=goals,
        words=goal_words([goal.id for goal in goals], pairing, member.person_id, key()) if goals else {},
        nothing=Private(),
        cycles=[cycle for cycle in cycles_of(pairing.id) if not cycle.closed_at],
        next_of=steps.next_of,
        names=steps.NAMES,
        may_work=policy.may_work(member.person_id, pairing),
        may_mark=policy.may_mark_needs(member.person_id, pairing),
    )
