"""Times of day as people type them."""

import re
from datetime import time

from flask_babel import gettext as _

_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2})|(?<=\d)(\d{2}))?(?::\d{2})?\s*h?\s*([ap])?\.?\s?(?:m\.?)?", re.I)


class Unreadable(ValueError):
    """What was typed cannot be read; the text says how to type it. Form fields and imports show it as it is."""


def read_time(text: str) -> time:
    """A time of day: 5pm, 17:00, 5.30, 5:30 pm, 17h30, 1730. Without am or pm it is read on the 24-hour clock.

    Raises ``Unreadable``.
    """
    typed = text.strip()
    found = _TIME.fullmatch(typed)
    hour, minute = (int(found[1]), int(found[2] or found[3] or 0)) if found else (99, 0)
    half = (found[4] or "").lower() if found else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = 99
    if hour > 23 or minute > 59:
        raise Unreadable(_("“%(text)s” is not a time that we can read. Write it like 5:30 pm or 17:30.", text=typed))
    return time(hour, minute)
