"""Who borrowed a box: one of those that are lent here, or any."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select

from portal.db import db
from portal.kit.models import Kit
from portal.lending.models import Loan
from portal.letters.conditions import true_of_her
from portal.letters.rules import Part, Rule, Span, declare
from portal.people.models import Person
from portal.web.numbers import number_of

MOST_BOXES = 60
# Any box at all. A number would be a kit's.
ANY = "any"


def _borrowed(span: Span, answer: str) -> ColumnElement[bool]:
    """It left with her: what was only asked for or cancelled is not borrowed."""
    had = (Loan.person_id == Person.id, Loan.network_id.in_(span.network_ids), Loan.out_at.is_not(None))
    return true_of_her(*had) if answer == ANY else true_of_her(*had, Loan.kit_id == number_of(answer))


def _boxes(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    """Any box, those of these networks by name, and what was asked for."""
    ours = select(Kit.id, Kit.title).where(
        Kit.network_id.in_(span.network_ids), Kit.deleted_at.is_(None), Kit.listed_at.is_not(None)
    )
    rows = span.once("boxes", lambda: list(db.session.execute(ours.order_by(Kit.title, Kit.id).limit(MOST_BOXES))))
    missing = [number_of(one) for one in answers if one != ANY and one not in {str(row.id) for row in rows}]
    more = db.session.execute(ours.where(Kit.id.in_(missing))) if missing else ()
    return {ANY: _("any box")} | {str(row.id): _("“%(title)s”", title=row.title) for row in [*rows, *more]}


declare(Rule("borrowed", _l("Borrowed a box"), _l("borrowed %(what)s"), _borrowed, _boxes, Part.DID, room="kit"))
