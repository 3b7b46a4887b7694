"""Costs as a spreadsheet: the columns, and one row of it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.event_file import money
from portal.event_file.words import ALL_KINDS
from portal.web.tables import Column

COST_COLUMNS = [
    Column(name) for name in (_l("Kind"), _l("What"), _l("Amount"), _l("Currency"), _l("Minutes given"), _l("Paid on"))
]


def cost_cells(row: Any) -> list[Any]:
    """Time that was given has no amount: an empty cell, not nought."""
    amount = money.exactly(row.amount, row.currency) if row.minutes is None else None
    return [str(ALL_KINDS.get(row.kind, row.kind)), row.what, amount, row.currency, row.minutes, row.paid_on]
