"""How long and how often: joined since, has not come in yet, was not seen, never came."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement, and_, or_

from portal.activities.models import Activity, Use
from portal.letters.conditions import member_now, took_part, true_of_her
from portal.letters.rules import Part, Rule, Span, declare
from portal.networks.models import Membership
from portal.people.models import Person
from portal.web import clock
from portal.web.dates import day as day_in_words
from portal.web.numbers import number_of


def _not_in(span: Span, answer: str) -> ColumnElement[bool]:
    return Person.admitted_at.is_(None)


def _yes(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    return {"yes": _("Only those")}


def _joined_since(span: Span, answer: str) -> ColumnElement[bool]:
    began = {
        "term": lambda: span.moment(span.year.term_from),
        "year": lambda: span.moment(span.year.year_from),
        "month": lambda: clock.now() - timedelta(days=30),
    }
    moment = began[answer]() if answer in began else span.moment(date.fromisoformat(answer))
    earlier = Membership.__table__.alias("earlier")
    before = true_of_her(
        earlier.c.person_id == Person.id, earlier.c.network_id.in_(span.network_ids), earlier.c.started_at < moment
    )
    # A new part in the network is a new row, not a new member.
    return and_(member_now(span, Membership.started_at >= moment), ~before)


def _beginnings(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    return {"term": _("this term began"), "year": _("this school year began"), "month": _("thirty days ago")}


def _days(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    found = {}
    for one in answers:
        try:
            day = date.fromisoformat(one)
        except ValueError:
            continue
        if 1990 <= day.year <= 2100:
            found[one] = day_in_words(day)
    return found


def _seen_since(span: Span, moment: datetime) -> ColumnElement[bool]:
    used = true_of_her(
        Use.person_id == Person.id,
        Use.network_id.in_(span.network_ids),
        Use.withdrawn_at.is_(None),
        Use.recorded_at >= moment,
    )
    # Who visits a school takes part in nothing that was held: see the list of schools.
    came = (Activity.network_id.in_(span.network_ids), Activity.kind != "support_visit", Activity.starts_at >= moment)
    return or_(took_part(*came), used)


def _unseen(span: Span, answer: str) -> ColumnElement[bool]:
    """Seen is as on the list of schools: she took part in something held, or told of using something."""
    began = span.terms_ago(number_of(answer) or 1)
    # Who joined later could not have been seen.
    return and_(member_now(span, Membership.started_at < began), ~_seen_since(span, began))


def _terms(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    return {str(count): ngettext("%(num)s term", "%(num)s terms", count) for count in (1, 2, 3)}


def _never_came(span: Span, answer: str) -> ColumnElement[bool]:
    return ~took_part(Activity.network_id.in_(span.network_ids), Activity.kind == "session")


for _rule in (
    Rule("new", _l("New since"), _l("joined since %(what)s"), _joined_since, _beginnings, Part.SINCE, asks="one"),
    Rule("since", _l("Joined on or after"), _l("joined since %(what)s"), _joined_since, _days, Part.SINCE, asks="day"),
    Rule(
        "waiting",
        _l("Has not come in yet"),
        _l("has not come in yet"),
        _not_in,
        _yes,
        Part.SINCE,
        asks="one",
        hint=_l("On the list, but never accepted an invitation. A letter can’t reach them; an invitation can."),
    ),
    Rule("unseen", _l("Not seen for"), _l("was not seen for %(what)s"), _unseen, _terms, Part.SINCE, asks="one"),
    Rule(
        "never",
        _l("Never came to a meeting"),
        _l("never came to a meeting"),
        _never_came,
        _yes,
        Part.SINCE,
        asks="one",
        room="events",
    ),
):
    declare(_rule)
