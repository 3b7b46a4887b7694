"""What keeps which box on which days, as far as its reader may know. Bounded: three queries for a page of boxes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, or_, select

from portal.db import Rows, db
from portal.kit.models import Kit, KitOutOfService
from portal.kit.queries import visible_to as kits_visible_to
from portal.lending.calendar_grid import Taken
from portal.lending.models import Loan
from portal.lending.queries import FOR_EVER
from portal.networks.readers import Reader
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.web import clock

WORDS = {
    "out": _l("Out"),
    "booked": _l("Booked"),
    "asked": _l("Asked for"),
    "overdue": _l("Late"),
    "lost": _l("Lost"),
    "back": _l("Back"),
    "mending": _l("Mending"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A kit as a row of the calendar."""

    id: int
    network_id: int
    title: str
    asset_code: str
    keeper_id: int | None
    turn_round_days: int
    notice_days: int
    most_days: int

    @property
    def name(self) -> str:
        return self.asset_code or self.title

    @property
    def second(self) -> str:
        return self.title if self.asset_code else ""

    def is_minded_by(self, reader: Reader) -> bool:
        """Whether she answers for it: then names and counts are hers to read."""
        return self.network_id == reader.network_id and (reader.is_coordinator or self.keeper_id == reader.person_id)


_BOX = (
    Kit.id,
    Kit.network_id,
    Kit.title,
    Kit.asset_code,
    Kit.keeper_id,
    Kit.turn_round_days,
    Kit.notice_days,
    Kit.most_days,
)


def boxes_of(reader: Reader) -> list[Box]:
    """Every kit that is lent and that she may see, "Box 9" before "Box 10" (one query). What is given away has no calendar."""
    lent = (Kit.listed_at.is_not(None), Kit.retired_at.is_(None), Kit.way != "given")
    rows = db.session.execute(select(*_BOX).where(kits_visible_to(reader), *lent))
    return sorted((Box(*row) for row in rows), key=lambda box: (_natural(box.name), _natural(box.second), box.id))


def box_of(kit: Kit) -> Box:
    return Box(*(getattr(kit, column.key) for column in _BOX))


def _natural(text: str) -> list[tuple[int, int, str]]:
    """Numbers in a name by their size."""
    parts = re.findall(r"\d+|\D+", text.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def taken_of(
    boxes: Sequence[Box], first: date, last: date, today: date, zone: str, reader: Reader
) -> dict[int, list[Taken]]:
    """What keeps these boxes on any day from ``first`` to ``last``, by box (two queries).

    A member of the box's network reads which school has it; names are for the borrower and whoever minds the box, and
    another network reads no more than that it is booked.
    """
    by_id = {box.id: box for box in boxes}
    # A loan that begins just after the view keeps the last days in view from being free.
    reach = last + timedelta(days=max((box.turn_round_days for box in boxes), default=0) + 1)
    found: dict[int, list[Taken]] = {box.id: [] for box in boxes}
    for row in db.session.execute(_loans(list(by_id), first, reach, zone)):
        if taken := _taken(row, by_id[row.kit_id], today, zone, reader):
            found[row.kit_id].append(taken)
    for row in db.session.execute(_out_of_service(list(by_id), first, reach)):
        found[row.kit_id].append(_mending(row, by_id[row.kit_id].network_id == reader.network_id))
    for of_box in found.values():
        of_box.sort(key=lambda one: (one.starts_on, one.ends_on))
    return found


def _loans(kit_ids: list[int], first: date, last: date, zone: str) -> Rows:
    since = datetime.combine(first, time(), ZoneInfo(zone))
    still_out = and_(Loan.out_at.is_not(None), Loan.returned_at.is_(None), Loan.lost_at.is_(None))
    return (
        select(Loan, Organisation.name.label("school"), Person.name.label("person"), Loan.kit_id)
        .join(Person, Person.id == Loan.person_id)
        .outerjoin(Organisation, Organisation.id == Loan.organisation_id)
        .where(
            Loan.kit_id.in_(kit_ids),
            Loan.declined_at.is_(None),
            Loan.cancelled_at.is_(None),
            Loan.starts_on <= last,
            or_(Loan.held_until >= first, still_out, Loan.returned_at >= since, Loan.lost_at >= since),
        )
        .order_by(Loan.starts_on, Loan.id)
    )


def _out_of_service(kit_ids: list[int], first: date, last: date) -> Rows:
    columns = (KitOutOfService.kit_id, KitOutOfService.starts_on, KitOutOfService.ends_on, KitOutOfService.why)
    return select(*columns).where(
        KitOutOfService.kit_id.in_(kit_ids),
        KitOutOfService.cancelled_at.is_(None),
        KitOutOfService.starts_on <= last,
        or_(KitOutOfService.ends_on.is_(None), KitOutOfService.ends_on >= first),
    )


def _taken(row: Any, box: Box, today: date, zone: str, reader: Reader) -> Taken | None:
    """One loan as this reader may see it; None for a request that is none of hers."""
    loan: Loan = row.Loan
    kind, ends_on, held_until = _stands(loan, today, zone)
    hers = loan.person_id == reader.person_id or box.is_minded_by(reader)
    ours = hers or box.network_id == reader.network_id
    if not ours and kind == "asked":
        return None
    if not ours:
        kind = "booked"
    text = _who(row.school, row.person if hers and (kind == "asked" or not row.school) else "") if ours else ""
    return Taken(
        box.id, "overdue" if kind == "lost" else kind, str(WORDS[kind]), text, loan.starts_on, ends_on, held_until,
        due_on=loan.ends_on if kind == "overdue" else None,
        loan_id=loan.id if hers else None,
        is_open=loan.ended_at is None,
    )  # fmt: skip


def _stands(loan: Loan, today: date, zone: str) -> tuple[str, date, date]:
    """How it is drawn, its last day in the calendar, and until when it keeps others off.

    What is late keeps the box until it is back; what came back early frees it early.
    """
    if loan.lost_at:
        lost_on = _day(loan.lost_at, zone)
        return "lost", max(loan.starts_on, lost_on), lost_on
    if loan.returned_at:
        return "back", max(loan.starts_on, _day(loan.returned_at, zone)), loan.held_until
    if loan.is_overdue(today):
        return "overdue", today, FOR_EVER
    if loan.out_at:
        return "out", loan.ends_on, loan.held_until
    return ("booked" if loan.approved_at else "asked"), loan.ends_on, loan.held_until


def _day(moment: datetime, zone: str) -> date:
    return clock.local(moment, zone).date()


def _who(school: str | None, person: str) -> str:
    parts: Iterable[str] = (part for part in (school or "", person) if part)
    return ", ".join(parts) or _("A member")


def _mending(row: Any, ours: bool) -> Taken:
    until = row.ends_on or FOR_EVER
    word = WORDS["mending"] if ours else WORDS["booked"]
    return Taken(
        row.kit_id, "mending" if ours else "booked", str(word), row.why if ours else "", row.starts_on, until, until
    )
