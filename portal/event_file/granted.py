"""Hours granted each: what the certificates' own rules give to every person, said in a line a thing.

The figures are those of ``portal.certificates``, minute by minute: nothing is added up or rounded here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.certificates.earned import Earned
from portal.certificates.queries_event import EventCertificates, Line, PersonLine
from portal.credit.models import Certificate
from portal.credit.rounding import in_words
from portal.event_file.queries import SignIn
from portal.web import dates
from portal.web.languages import spoken


@dataclass(frozen=True, slots=True)
class Granted:
    """One thing of one person: minutes there, minutes that count, the most, and why she does not get it."""

    person_id: int
    name: str
    sort_name: str
    school: str
    what: str
    capacity: str
    minutes: int
    credited: int
    most: int
    in_words: str
    why_not: str
    number: str
    is_made: bool
    void_numbers: tuple[str, ...]
    disagrees: bool


def granted_by(due: EventCertificates, lines: Sequence[SignIn]) -> list[Granted]:
    """In the order of names, attendance before credit."""
    schools = {line.person_id: line.school for line in lines if line.school}
    return [
        _granted(person, line, place, schools.get(person.who.person_id, ""))
        for person in due.people
        for place, line in enumerate(person.lines)
    ]


def certificates_in(due: EventCertificates) -> list[Certificate]:
    """Every certificate of the event in the order of their numbers, those that are void among them."""
    held = [line.certificate for person in due.people for line in person.lines if line.certificate]
    void = [one for person in due.people for one in person.void]
    return sorted((*held, *void), key=lambda one: one.id)


def _granted(person: PersonLine, line: Line, place: int, school: str) -> Granted:
    earned, certificate = line.earned, line.certificate
    # What was voided is told once for each person, beside the first line.
    void = tuple(one.number for one in person.void) if place == 0 else ()
    return Granted(
        person.who.person_id,
        person.who.name,
        person.who.sort_name,
        school,
        _what(earned, certificate),
        earned.capacity if earned else certificate.capacity if certificate else "",
        earned.minutes if earned else 0,
        earned.credited if earned and earned.is_due else 0,
        earned.most if earned else 0,
        _in_words(earned),
        "; ".join(earned.why_not) if earned else _why_not(line),
        certificate.number if certificate else "",
        bool(certificate and certificate.made_at),
        void,
        not line.agrees,
    )


def _why_not(line: Line) -> str:
    return _("a newer one says the same") if line.is_twin else _("the sheet says by now that she was not there")


def _what(earned: Earned | None, certificate: Certificate | None) -> str:
    """ "Attendance", "Clock hour, STEM"."""
    if earned and earned.credit:
        block, kind = earned.credit
        return ", ".join(filter(None, (kind.name, block.category)))
    if certificate and certificate.kind == "credit":
        return ", ".join(filter(None, (str(certificate.printed.get("credit", "")), certificate.category)))
    return _("Attendance")


def _in_words(earned: Earned | None) -> str:
    if earned is None or not earned.is_due:
        return ""
    if earned.credit is None:
        return dates.minutes(earned.minutes)
    block, kind = earned.credit
    return in_words(kind, earned.credited, str(spoken()), block.category)
