"""Loans for tests: a window from Monday 23 November, and a kit's loan taken to any step."""

from datetime import date

from portal.db import db
from portal.kit.queries import parts_of
from portal.lending.fields import Asked, Counted
from portal.lending.models import Loan
from portal.lending.operations_asking import approve_loan, request_loan
from portal.lending.operations_checking import Count, check_kit
from portal.lending.operations_steps import hand_over, make_ready, take_back
from portal.web import clock
from tests import cast

PAGE = "/n/tarn-and-tide/kit/loans/"
# A Tuesday, as in the cast's story; the loans begin on the Monday after next.
TODAY = date(2026, 11, 10)
START, END = date(2026, 11, 23), date(2026, 12, 4)


def asked(start: date = START, end: date = END, **other) -> Asked:
    return Asked(start, end, **({"purpose": "Circuits", "classes": 2, "students": 54} | other))


def ask(kit_id: int, who: str = "tobi", start: date = START, end: date = END, **other) -> int:
    """Asked for by one of the cast; inside ``in_app``."""
    return request_loan(cast.person_id(who), cast.network_id(), kit_id, asked(start, end, **other), today())


def booked(kit_id: int, who: str = "tobi", start: date = START, end: date = END) -> int:
    loan_id = ask(kit_id, who, start, end)
    approve_loan(cast.person_id("ines"), loan_id, today())
    return loan_id


def out(kit_id: int, who: str = "tobi", start: date = START, end: date = END) -> int:
    """Handed over on its first day: the clock then stands at its noon."""
    loan_id = booked(kit_id, who, start, end)
    make_ready(cast.person_id("ines"), loan_id)
    noon_of(start)
    hand_over(cast.person_id("ines"), loan_id, {})
    return loan_id


def back(kit_id: int, who: str = "tobi", start: date = START, end: date = END, day: date = END) -> int:
    loan_id = out(kit_id, who, start, end)
    noon_of(day)
    take_back(cast.person_id("ines"), loan_id, day)
    return loan_id


def counted(loan_id: int, day: date = END, **lacks: tuple[int, int, int]) -> None:
    """Counted by Ines: ``USB_leads=(2, 1, 0)`` is two missing and one broken."""
    parts = {part.title.replace(" ", "_"): part.id for part in parts_of(loan(loan_id).kit_id)}
    said = [Counted(parts[name], *numbers) for name, numbers in lacks.items()]
    check_kit(cast.person_id("ines"), loan_id, Count(said), day)


def loan(loan_id: int) -> Loan:
    return db.session.get_one(Loan, loan_id, populate_existing=True)


def there(kit_id: int) -> dict[str, int]:
    return {part.title: part.there for part in parts_of(kit_id)}


def noon_of(day: date) -> None:
    clock.freeze(cast.NOW.replace(year=day.year, month=day.month, day=day.day, hour=12))


def today() -> date:
    return clock.today("Europe/London")
