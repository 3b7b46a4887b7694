"""How many pairs have done what, for whoever reads a programme's totals: below five pairs nothing is told."""

from collections import Counter
from collections.abc import Sequence

from portal.milestones.queries_pairs import PairStands

# Fewer pairs than this could be told apart: the same number as in every report.
FEWEST = 5
Totals = dict[int, tuple[int, int]]


def totals_of(pairs: Sequence[PairStands], exact: bool) -> Totals:
    """By milestone how many of those asked have done it now: (done, asked), this period's where it recurs.

    ``exact`` is for coordinators, who read each pair; for anybody else what fewer than five were asked is left out.
    """
    asked: Counter[int] = Counter()
    done: Counter[int] = Counter()
    for pair in pairs:
        newest = {state.asked.milestone.id: state for state in sorted(pair.states, key=lambda one: one.asked.period)}
        asked.update(newest.keys())
        done.update(one for one, state in newest.items() if state.is_done)
    return {one: (done[one], number) for one, number in asked.items() if exact or number >= FEWEST}
