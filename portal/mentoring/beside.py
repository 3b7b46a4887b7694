"""What the rooms that stand on mentoring put on the page of a pair and on the first page of the room. See ``web/beside.py``.

``place`` in a part says where: on a pair's page "top" (something waits for an answer), "work" (goals and cycles, above the
talks), "after" (below the talks), "month" (papers under the running month), "side" (the agreement), "leaving" (what she
does when she goes, last of all); on the first page "top", "side", "after" or "empty" (for somebody of no pair).
"""

from portal.mentoring.models import Pairing
from portal.networks.scope import Standing
from portal.web.beside import Beside, Part

__all__ = ["Part", "beside", "beside_index"]

# Handed the pair and the member who reads: one of the two, or a coordinator, who must be handed nothing private.
beside: Beside[[Pairing, Standing]] = Beside()
# Handed the member who reads.
beside_index: Beside[[Standing]] = Beside()
