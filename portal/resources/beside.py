"""What other rooms put beside a pack on its page, above the list of packs and above the public one: see ``web/beside.py``."""

from typing import Any

from portal.resources.policy import Member
from portal.web.beside import Beside, Part

__all__ = ["Part", "beside", "beside_list", "beside_public_list"]

# Handed the pack as ``queries.pack_in`` found it, and the member who reads. Parts stand at the side; one with
# ``place="need"`` is a sentence that goes on in the fact "You need": the box that can be borrowed.
beside: Beside[[Any, Member]] = Beside()

# Handed the member who reads the list.
beside_list: Beside[[Any]] = Beside()
# Handed the network whose public packs are listed.
beside_public_list: Beside[[Any]] = Beside()
