"""The entries of a calendar that were not taken, as a sheet: which one, and why."""

from collections.abc import Sequence

from flask_babel import gettext as _

from portal.web.calendars_in import Left
from portal.web.tables import Column, csv_bytes


def as_csv(left: Sequence[Left]) -> bytes:
    headings = [Column(_("Entry")), Column(_("Title")), Column(_("Start")), Column(_("Why it was left out"))]
    return csv_bytes(headings, ([one.number, one.title, one.when, one.reason] for one in left))
