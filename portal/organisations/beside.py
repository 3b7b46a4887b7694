"""What the rooms above put at the side of an organisation's page: its mentor school, a visit to log. See ``web/beside.py``."""

from portal.organisations.models import Organisation
from portal.web.access import Visitor
from portal.web.beside import Beside, Part

__all__ = ["Part", "beside"]

# Handed the organisation and who reads: a part holds only what she sees in her own networks.
beside: Beside[[Organisation, Visitor]] = Beside()
