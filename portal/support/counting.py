"""How support to schools is counted. Visits and technical help are two numbers; the hours are those of both.

Source of the lines: practice.md, R1 ("visits/calls to schools") and M6, the termly return.
"""

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.activities.counted_rows import Span, held
from portal.activities.counting import Gap, Rule
from portal.db import Rows
from portal.organisations.models import Organisation
from portal.support.models import SupportVisit
from portal.support.queries import by_whom
from portal.web import clock


def _rows(span: Span, *kinds: str) -> Rows:
    """One row for each time that a coordinator supported an organisation; no word of the note."""
    return (
        select(
            SupportVisit.starts_at.label("when"),
            Organisation.name.label("organisation"),
            by_whom().label("by"),
            SupportVisit.mode.label("mode"),
            SupportVisit.minutes.label("minutes"),
            Organisation.id.label("organisation_id"),
        )
        .join(Organisation, Organisation.id == SupportVisit.organisation_id)
        .where(*held(span, "support_visit"), SupportVisit.deleted_at.is_(None), SupportVisit.support_kind.in_(kinds))
        .order_by(SupportVisit.starts_at.desc(), SupportVisit.id.desc())
    )


def visits(span: Span) -> Rows:
    return _rows(span, "visit")


def technical(span: Span) -> Rows:
    return _rows(span, "technical")


def support(span: Span) -> Rows:
    return _rows(span, "visit", "technical")


def organisations(span: Span) -> Rows:
    """One row for each organisation that was supported, however often."""
    return (
        select(
            Organisation.name.label("organisation"),
            Organisation.code.label("code"),
            func.count().label("times"),
            func.sum(SupportVisit.minutes).label("minutes"),
            Organisation.id.label("organisation_id"),
        )
        .select_from(SupportVisit)
        .join(Organisation, Organisation.id == SupportVisit.organisation_id)
        .where(*held(span, "support_visit"), SupportVisit.deleted_at.is_(None))
        .group_by(Organisation.id, Organisation.name, Organisation.code)
        .order_by(Organisation.name)
    )


def overdue(span: Span) -> Rows:
    """What was promised at a visit of the span and should be done by now."""
    return (
        select(
            SupportVisit.starts_at.label("when"),
            Organisation.name.label("organisation"),
            SupportVisit.next_step.label("promised"),
            SupportVisit.next_on.label("due"),
            by_whom().label("by"),
        )
        .join(Organisation, Organisation.id == SupportVisit.organisation_id)
        .where(
            *held(span, "support_visit"),
            SupportVisit.deleted_at.is_(None),
            SupportVisit.next_step != "",
            SupportVisit.next_done_at.is_(None),
            SupportVisit.next_on < clock.today(),
        )
        .order_by(SupportVisit.next_on, SupportVisit.id)
    )


SCHOOL, BY, MINUTES = _l("Organisation"), _l("By"), _l("Minutes")
ROW = {"when": _l("Date"), "organisation": SCHOOL, "by": BY, "mode": _l("How"), "minutes": MINUTES}

RULES = (
    Rule(
        "support-visits",
        _l("visits and calls to schools"),
        _l(
            "One visit, call or online talk of a coordinator with an organisation, also where a second one came along. "
            "Technical help is counted apart."
        ),
        visits,
        ROW,
    ),
    Rule(
        "support-technical",
        _l("times technical help was given"),
        _l("One time that a coordinator helped an organisation with a device, software or a kit, however she did it."),
        technical,
        ROW,
    ),
    Rule(
        "support-organisations",
        _l("organisations supported"),
        _l("An organisation counts once in the period when a coordinator visited, called or helped it at least once."),
        organisations,
        {"organisation": SCHOOL, "code": _l("Code"), "times": _l("Times"), "minutes": MINUTES},
    ),
    Rule(
        "support-hours",
        _l("hours of support to schools"),
        _l(
            "The minutes of those visits, calls and technical help, added up once for each visit, however many "
            "coordinators went. Nobody of the school attended anything."
        ),
        support,
        ROW,
        sums="minutes",
        unit="minutes",
    ),
)

GAPS = (
    Gap(
        "support-overdue",
        _l("Promised to schools and overdue"),
        _l("nothing that is counted; somebody waits"),
        overdue,
        {"when": _l("Date"), "organisation": SCHOOL, "promised": _l("Promised"), "due": _l("By when"), "by": BY},
    ),
)
