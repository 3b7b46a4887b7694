"""A loan and how many days longer, as the one number that a mail's link holds."""

from datetime import date

from portal.web import clock
from portal.web.links import act_link

MOST_LONGER = 1024


def longer_link(person_id: int, loan_id: int, until: date) -> str:
    """The link with which whoever minds a box lets somebody keep it until that day."""
    longer = (until - clock.now().date()).days
    return act_link("kitlet", person_id, loan_id * MOST_LONGER + max(0, min(longer, MOST_LONGER - 1)), days=60)


def read_longer(thing_id: int) -> tuple[int, int]:
    """The loan, and the days after that of the link."""
    return divmod(thing_id, MOST_LONGER)
