"""Whether the private texts of a pair went, twelve months after its end: from then on none is taken in any more.

The rule looks at each end once (``note_keeping``); what was written afterwards would lie there for good. The words of a
goal that its writer removed go sooner.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _

from portal.mentoring.models import PairGoal, Pairing
from portal.web import clock
from portal.web.errors import DomainError

# For how long a goal that was removed can be brought back.
REMOVED_FOR = timedelta(days=7)


def is_past_bringing_back(goal: PairGoal) -> bool:
    return goal.deleted_at is not None and goal.deleted_at <= clock.now() - REMOVED_FOR


def happened_since_end(pairing: Pairing, at: datetime | None) -> bool:
    """Of this end, not of an earlier one that was taken back. The day of the end is the network's: clocks may differ."""
    return bool(at and pairing.ended_on and at.date() + timedelta(days=1) >= pairing.ended_on)


def are_gone(pairing: Pairing) -> bool:
    return happened_since_end(pairing, pairing.notes_gone_at)


def refuse_when_gone(pairing: Pairing, fields: Mapping[str, str]) -> None:
    """Raises DomainError for a word where all of them were deleted. Belongs inside an operation."""
    if any(fields.values()) and are_gone(pairing):
        raise DomainError(
            _(
                "The notes of this pair were deleted twelve months after its end, and no new ones are kept. Empty the "
                "fields of notes; days and minutes can be put right all the same."
            )
        )
