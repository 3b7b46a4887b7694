"""What other rooms put beside an event on its page: see ``web/beside.py``."""

from collections.abc import Sequence

from portal.events.policy import Member
from portal.events.queries_event import EventPage, SessionPage
from portal.web.beside import Beside, Part

__all__ = ["Part", "beside"]

# Handed the event, its sessions and the member who reads.
beside: Beside[[EventPage, Sequence[SessionPage], Member]] = Beside()
