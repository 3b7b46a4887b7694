"""What other rooms put beside a pack on its page: see ``web/beside.py``."""

from typing import Any

from portal.resources.policy import Member
from portal.web.beside import Beside, Part

__all__ = ["Part", "beside"]

# Handed the pack as ``queries.pack_in`` found it, and the member who reads.
beside: Beside[[Any, Member]] = Beside()
