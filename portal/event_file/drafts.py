"""A line of an event's costs as somebody typed it: plain values, checked by the form."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CostDraft:
    """Money has an amount in the smallest unit of its currency; hours that somebody gave have minutes and neither."""

    kind: str
    what: str
    amount: int = 0
    currency: str = ""
    minutes: int | None = None
    paid_on: date | None = None
