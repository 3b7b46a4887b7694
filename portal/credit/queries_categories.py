"""The categories that kinds of credit are counted by, to choose from."""

from sqlalchemy import select

from portal.credit.models import CreditType
from portal.db import db


def categories_in_use() -> list[str]:
    """Each once, in the region's order (one query)."""
    rows = db.session.execute(select(CreditType.categories).where(CreditType.in_use).order_by(CreditType.position))
    return list(dict.fromkeys(name for names in rows.scalars() for name in names))
