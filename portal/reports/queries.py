"""All rules of all rooms, and their figures for a span. One statement for a page of figures, one for the terms."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.activities import counting as activities
from portal.activities.counting import Gap, Rule, Span, figures
from portal.db import db
from portal.evaluation import counting as evaluation
from portal.events import counting as events
from portal.lending import counting_rules as lending
from portal.mentor_schools import counting as mentor_schools
from portal.mentoring import counting as mentoring
from portal.networks.models import Network, SchoolTerm
from portal.reports.periods import Period
from portal.resources import counting as resources
from portal.reviewing import counting as reviewing
from portal.support import counting as support

RULES: tuple[Rule, ...] = (
    *activities.RULES,
    *evaluation.RULES,
    *mentoring.RULES,
    *support.RULES,
    *mentor_schools.RULES,
    *resources.RULES,
    *reviewing.RULES,
    *lending.RULES,
)
GAPS: tuple[Gap, ...] = (
    *events.GAPS,
    *activities.GAPS,
    *evaluation.GAPS,
    *mentoring.GAPS,
    *support.GAPS,
    *resources.GAPS,
    *lending.GAPS,
)
# Rules by the room that they belong to: a closed room has no figures either.
COUNTED = (
    ("events", evaluation),
    ("mentoring", mentoring),
    ("mentoring", support),
    ("mentoring", mentor_schools),
    ("resources", resources),
    ("resources", reviewing),
    ("kit", lending),
)
# Rows that name pairs and days are read by the coordinators of their own network, and by no region's.
OWN_ROWS = frozenset(one.key for one in (*mentoring.RULES, *mentoring.GAPS))
ROOM_OF = {rule.key: room for room, counting in COUNTED for rule in counting.RULES}
TERMS_SHOWN = 6
BY_TERM = tuple(rule for key in ("sessions", "attendances", "people") for rule in RULES if rule.key == key)


@dataclass(frozen=True, slots=True)
class TermFigures:
    """One line of the table of terms."""

    name: str
    is_open: bool
    sessions: int
    attendances: int
    people: int


def rules_for(rooms: list[str]) -> tuple[Rule, ...]:
    """The rules of the rooms that a network has open; the ledger's own always count."""
    return tuple(rule for rule in RULES if ROOM_OF.get(rule.key) in (None, *rooms))


def rule_called(key: str) -> Rule | None:
    return next((rule for rule in RULES if rule.key == key), None)


def gap_called(key: str) -> Gap | None:
    return next((gap for gap in GAPS if gap.key == key), None)


def span_of(network_ids: tuple[int, ...], period: Period, time_zone: str) -> Span:
    return Span(network_ids, *period.moments(time_zone))


def figures_of(rules: tuple[Rule, ...], span: Span) -> tuple[dict[str, int], dict[str, int]]:
    """Every figure and every gap of a span, by key (one statement); wholes stand beside their parts."""
    found = figures((*rules, *GAPS), span)
    gaps = {gap.key: found.pop(gap.key) for gap in GAPS}
    return found, gaps


def network_with_children(network_id: int) -> tuple[int, ...]:
    """A network and those that stand under it, for a region's numbers."""
    rows = db.session.execute(
        select(Network.id).where((Network.id == network_id) | (Network.parent_id == network_id))
    ).scalars()
    return tuple(sorted(rows))


def by_term(terms: list[SchoolTerm], network_ids: tuple[int, ...], time_zone: str, today: date) -> list[TermFigures]:
    """Sessions, attendances and people of the newest six terms, oldest first (one statement for all)."""
    shown = [term for term in terms if term.starts_on <= today][:TERMS_SHOWN][::-1]
    if not shown:
        return []
    spans = [span_of(network_ids, Period("", term.name, term.starts_on, term.ends_on), time_zone) for term in shown]
    counted = [rule.counted(span).label(f"c{n}_{rule.key}") for n, span in enumerate(spans) for rule in BY_TERM]
    values = list(db.session.execute(select(*counted)).one())
    width = len(BY_TERM)
    return [
        TermFigures(
            term.name, term.ends_on >= today, *(int(value or 0) for value in values[n * width : (n + 1) * width])
        )
        for n, term in enumerate(shown)
    ]
