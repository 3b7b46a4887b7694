"""What a teacher tells of a lesson: the same questions wherever she is asked, and how her answers are said again.

Short by default: when, how many classes, how many students, would she do it again. The rest is offered.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# How a number of students is known: counted, or guessed by who was there. Nothing where there is no number.
COUNTED, ESTIMATE = "teacher", "estimate"

AGAIN: dict[str, LazyString] = {
    "yes": _l("Yes"),
    "changed": _l("Yes, with changes"),
    "no": _l("No"),
}
LEVEL: dict[str, LazyString] = {
    "easy": _l("Too easy"),
    "right": _l("About right"),
    "hard": _l("Too hard"),
}
# From 1 to 4: no middle to hide in.
ENGAGED: dict[int, LazyString] = {
    4: _l("All of them, all along"),
    3: _l("Most of them"),
    2: _l("Some of them"),
    1: _l("Hardly anybody"),
}


@dataclass(frozen=True)
class UseTold:
    """What she tells; ``students`` of None is "not known", which is not zero. Empty is "not said"."""

    used_on: date
    classes: int
    students: int | None
    year_group: str = ""
    what_changed: str = ""
    quote: str = ""
    quote_allowed: bool = False
    is_estimate: bool = False
    engagement: int | None = None
    level: str = ""
    again: str = ""

    @property
    def students_how(self) -> str:
        if self.students is None:
            return ""
        return ESTIMATE if self.is_estimate else COUNTED

    @property
    def said(self) -> dict[str, object]:
        """Her answers as columns of a ``Use``. A sentence that may not be quoted is not kept."""
        may_quote = bool(self.quote) and self.quote_allowed
        return {
            "used_on": self.used_on, "classes": self.classes, "students": self.students,
            "students_how": self.students_how, "year_group": self.year_group, "what_changed": self.what_changed,
            "quote": self.quote if may_quote else "", "quote_allowed": may_quote,
            "engagement": self.engagement, "level": self.level, "again": self.again,
        }  # fmt: skip
