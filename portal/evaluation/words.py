"""What is said about an evaluation wherever it is asked: who reads it, and until when."""

from datetime import timedelta

from flask_babel import gettext as _

from portal.surveys.models import Survey
from portal.web import clock, dates


def who_reads(is_anonymous: bool, network: str) -> str:
    """The promise, word for word the same in the mail and beside the form."""
    if is_anonymous:
        return _(
            "Anonymous: nobody sees who wrote what, neither do we. What you write in your own words is read by the "
            "coordinators of %(network)s alone.",
            network=network,
        )
    return _("With your name: the coordinators of %(network)s see who wrote what, nobody else does.", network=network)


def last_day(survey: Survey, time_zone: str) -> str:
    """The last day on which it can be answered, on the network's clock."""
    return dates.day(clock.local(survey.closes_at - timedelta(seconds=1), time_zone).date())
