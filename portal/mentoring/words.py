"""What modes and kinds of talks are called, and a moment from a day and an hour."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

MODES = (("in_person", _l("In person")), ("online", _l("Online")), ("phone", _l("Phone")), ("mail", _l("Mail")))
KINDS = (
    ("one_to_one", _l("The two of us")),
    ("group", _l("In a group")),
    ("support", _l("Support: reading, planning, travel")),
)
# In a list that a phone shows beside another; the same words as on a statement.
KINDS_SHORT = (("one_to_one", _l("One to one")), ("group", _l("Group")), ("support", _l("Support")))
NOON = time(12, 0)


def moment(day: date, at: time, time_zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)
