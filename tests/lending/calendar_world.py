"""A term of boxes: who has which, for the calendar and its mails. Inside ``in_app``."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.db import db, operation
from portal.kit.models import Kit, KitOutOfService
from portal.lending.models import Loan
from portal.resources.queries_uses import main_organisation
from portal.web import clock
from tests import cast
from tests.kit.kits import make_kit

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 11, 10)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), LONDON)


def make_box(title: str = "Structures", code: str = "Box 3", **other) -> int:
    return make_kit(title=title, asset_code=code, **other)


@operation
def lend(kit_id: int, who: str, starts_on: date, ends_on: date, state: str = "booked", **other) -> int:
    """A loan as it stands: asked, booked, ready, out or back (on ``ends_on`` unless ``back_on`` says otherwise)."""
    kit = db.session.get_one(Kit, kit_id)
    person = cast.person_id(who)
    network = other.pop("network", "tarn-and-tide")
    back_on = other.pop("back_on", ends_on)
    loan = Loan(
        kit_id=kit_id, network_id=cast.network_id(network), person_id=person, organisation_id=main_organisation(person),
        starts_on=starts_on, ends_on=ends_on, held_until=ends_on + timedelta(days=kit.turn_round_days),
        requested_at=clock.now(), requested_by=person, **other,
    )  # fmt: skip
    if state != "asked":
        loan.approved_at, loan.approved_by = clock.now(), cast.person_id("ines")
    if state == "ready":
        loan.ready_at = clock.now()
    if state in ("out", "back"):
        loan.out_at = noon(starts_on)
    if state == "back":
        loan.returned_at = noon(back_on)
        loan.held_until = back_on + timedelta(days=kit.turn_round_days)
    db.session.add(loan)
    db.session.flush()
    return loan.id


@operation
def mend(kit_id: int, starts_on: date, ends_on: date | None = None, why: str = "2 leads") -> None:
    noted = {"noted_by": cast.person_id("ines"), "noted_at": clock.now()}
    db.session.add(KitOutOfService(kit_id=kit_id, starts_on=starts_on, ends_on=ends_on, why=why, **noted))


def days(first: int, last: int, month: int = 11) -> tuple[date, date]:
    """From one day of November to another."""
    return date(2026, month, first), date(2026, month, last)
