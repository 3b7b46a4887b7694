"""What other rooms put beside a kit: on its page, and on the page that its short address opens. See ``web/beside.py``."""

from portal.kit.models import Kit
from portal.kit.policy import Member
from portal.web.beside import Beside, Part

__all__ = ["Part", "at_the_box", "beside"]

# Handed the kit and the member who reads.
beside: Beside[[Kit, Member]] = Beside()
# Handed the kit alone: whoever stands before the box need not be signed in, and nothing of a person may be shown.
at_the_box: Beside[[Kit]] = Beside()
