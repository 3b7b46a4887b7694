"""The needs list of a pair, for the two."""

from portal.coaching.writing import Held, Where, held
from portal.mentoring.models import Pairing


def needs_of(pairing: Pairing, key: bytes) -> Held:
    """What the mentee marked; the mentor reads it too. Policy has said that the reader is one of the two (one query)."""
    return held(key, Where("needs", pairing.id, pairing.mentee_id, "we_two"))
