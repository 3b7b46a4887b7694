"""How the ledger is counted. A rule is a name, a sentence, and the rows; its figure is worked out from those very rows.

So a figure can always be opened, and can never say anything else than its rows do. Attendances, people, event-hours
and person-hours are four different numbers; booked is not attended; not marked is not zero.
Source of the rules: practice of network returns, where mixing these is the commonest error.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ScalarSelect, func, select

from portal.activities import counted_rows
from portal.activities.counted_rows import Span
from portal.db import Rows, db

__all__ = ["GAPS", "RULES", "Gap", "Rule", "Span", "figures", "whole_key"]


@dataclass(frozen=True)
class Rule:
    """One published number.

    ``rows`` gives the rows in a span; the figure is their number, or the sum of the column named in ``sums``
    (in minutes where ``unit`` is "minutes"). ``headings`` name the columns for people, keyed like the rows; a column
    that ends in ``_id`` is for links and is not shown.
    """

    key: str
    name: LazyString
    sentence: LazyString
    rows: Callable[[Span], Rows]
    headings: dict[str, LazyString]
    sums: str | None = None
    unit: str = "number"
    # The column whose sum is the whole of which this figure is a part: "42 of 50".
    out_of: str | None = None
    # Below this many the figure could point to a person, so outsiders are told "under".
    small: int = 0
    # The rule that says of how many it is made, and below how many of them outsiders are not told it at all.
    few_of: tuple[str, int] | None = None

    def counted(self, span: Span) -> ScalarSelect[int]:
        """The number as an expression, so that one statement can ask for many."""
        return self._sum(span, self.sums)

    def whole(self, span: Span) -> ScalarSelect[int]:
        """What the figure is a part of, where it is one."""
        return self._sum(span, self.out_of)

    def _sum(self, span: Span, name: str | None) -> ScalarSelect[int]:
        rows = self.rows(span).order_by(None).subquery()
        counted = func.coalesce(func.sum(rows.c[name]), 0) if name else func.count()
        return select(counted).select_from(rows).scalar_subquery()


@dataclass(frozen=True)
class Gap:
    """Records that lack something which a number needs: which, and which numbers it touches.

    ``blurs`` are the keys of the rules beside which the page says so.
    """

    key: str
    name: LazyString
    touches: LazyString
    rows: Callable[[Span], Rows]
    headings: dict[str, LazyString]
    blurs: tuple[str, ...] = ()
    few_of: tuple[str, int] | None = None

    def counted(self, span: Span) -> ScalarSelect[int]:
        rows = self.rows(span).order_by(None).subquery()
        return select(func.count()).select_from(rows).scalar_subquery()


def figures(counted: Sequence[Rule | Gap], span: Span) -> dict[str, int]:
    """All these numbers by their keys, in one statement; the whole of which one is a part stands under ``whole_key``."""
    asked = {one.key: one.counted(span) for one in counted}
    asked |= {whole_key(one.key): one.whole(span) for one in counted if isinstance(one, Rule) and one.out_of}
    row = db.session.execute(select(*(value.label(key) for key, value in asked.items()))).one()
    return {key: int(value or 0) for key, value in zip(asked, row, strict=True)}


def whole_key(key: str) -> str:
    return f"{key}--of"


PERSON, SCHOOL, WHEN, WHAT = _l("Person"), _l("Organisation then"), _l("Date"), _l("What")
MINUTES, TIMES = _l("Minutes"), _l("Times")
ROW = {"when": WHEN, "what": WHAT, "person": PERSON, "organisation": SCHOOL, "minutes": MINUTES}

RULES = (
    Rule(
        "people",
        _l("different people came"),
        _l(
            "A person is counted once in the period, however many sessions she came to. Two addresses of one person are one person."
        ),
        counted_rows.people,
        {"person": PERSON, "times": TIMES, "minutes": MINUTES},
    ),
    Rule(
        "attendances",
        _l("attendances"),
        _l(
            "One person at one session, with more than 0 minutes there. Booked is not attended, and observers are counted apart."
        ),
        counted_rows.attendances,
        ROW,
    ),
    Rule(
        "first-timers",
        _l("came for the first time"),
        _l("Their first session in this network, looking back over everything recorded here, lies in the period."),
        counted_rows.first_timers,
        {"person": PERSON, "when": WHEN},
    ),
    Rule(
        "sessions",
        _l("sessions took place"),
        _l("A session counts once somebody is marked as having come. One that was called off does not."),
        counted_rows.sessions,
        {"when": WHEN, "what": WHAT, "people": _l("People"), "minutes": MINUTES},
    ),
    Rule(
        "event-hours",
        _l("event-hours"),
        _l("How long the sessions that took place lasted, added up. One session of two hours is two, whoever came."),
        counted_rows.sessions,
        {"when": WHEN, "what": WHAT, "people": _l("People"), "minutes": MINUTES},
        sums="minutes",
        unit="minutes",
    ),
    Rule(
        "person-hours",
        _l("person-hours"),
        _l("The minutes that each person was there, added up. Ten people for two hours are twenty."),
        counted_rows.attendances,
        ROW,
        sums="minutes",
        unit="minutes",
    ),
    Rule(
        "organisations",
        _l("organisations took part"),
        _l(
            "An organisation counts when somebody who worked there at the time came to a session. "
            "By its record, never by a typed name."
        ),
        counted_rows.organisations,
        {"organisation": _l("Organisation"), "code": _l("Code"), "people": _l("People"), "times": TIMES},
    ),
    Rule(
        "observers",
        _l("visits by observers"),
        _l("One critical friend at one session. They watch, and are in none of the figures above."),
        counted_rows.observers,
        ROW,
    ),
)

GAPS = (
    Gap(
        "no-sheet",
        _l("Sessions over, nobody marked"),
        _l("people, attendances, hours, organisations"),
        counted_rows.sessions_without_sheet,
        {"when": WHEN, "what": WHAT},
    ),
    Gap(
        "no-organisation",
        _l("Attendances without an organisation"),
        _l("organisations"),
        counted_rows.attendances_without_organisation,
        ROW,
    ),
)
