"""Questions to the item bank."""

from sqlalchemy import func, select

from portal.db import db
from portal.surveys.models import Survey, SurveyItem
from portal.web.errors import NotHere


def items(retired: bool = False) -> list[SurveyItem]:
    """The bank in the region's order; with ``retired`` also those no longer offered (one query)."""
    query = select(SurveyItem).order_by(SurveyItem.position, SurveyItem.id)
    if not retired:
        query = query.where(SurveyItem.in_use)
    return list(db.session.execute(query).scalars())


def items_for(survey: Survey | None) -> list[SurveyItem]:
    """What can be asked in it: the bank, and items retired since that it asks already."""
    asked = {one.item_code for one in survey.questions} if survey else set()
    return [item for item in items(retired=True) if item.in_use or item.code in asked]


def usual_items() -> list[SurveyItem]:
    """Those that a new survey begins with."""
    return [item for item in items() if item.is_usual]


def item_with(item_id: int) -> SurveyItem:
    """Raises NotHere."""
    item = db.session.get(SurveyItem, item_id)
    if item is None:
        raise NotHere
    return item


def count_usual(kind: str | None = None) -> int:
    """How many are usual, of one kind or of all."""
    query = select(func.count()).select_from(SurveyItem).where(SurveyItem.in_use, SurveyItem.is_usual)
    return int(db.session.execute(query if kind is None else query.where(SurveyItem.kind == kind)).scalar_one())
