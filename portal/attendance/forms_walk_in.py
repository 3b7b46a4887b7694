"""The empty lines of the paper, as somebody wrote on them: name, address, school and hours of people who walked in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _

from portal.attendance.hours import Hours, Part
from portal.attendance.paper_list import PaperList
from portal.attendance.queries_walk_in import row_named, row_with_address
from portal.web.choices import one_line
from portal.web.errors import DomainError

FIELDS = ("name", "address", "school", "came", "left")
LONGEST = {"name": 200, "address": 320, "school": 250, "came": 20, "left": 20}


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Somebody without a booking, to be found or made a person when the paper is saved."""

    number: int
    name: str
    address: str
    school: str
    part: Part
    is_another: bool


class WalkInLines:
    """Reads them by name: ``name-w19`` and its kin, with the number of the line. Errors stand beside their lines."""

    def __init__(self, listed: PaperList, hours: Hours) -> None:
        self.listed, self.hours = listed, hours
        self.typed: Mapping[str, str] = {}
        self.errors: dict[int, str] = {}
        # Lines whose name stands on the list: they get a box for "somebody else of the same name".
        self.twins: set[int] = set()

    def read(self, typed: Mapping[str, str], whole: set[int]) -> list[WalkIn]:
        self.typed = typed
        found: list[WalkIn] = []
        for number in self.listed.empty:
            try:
                walk_in = self._read_line(number, number in whole, found)
            except DomainError as refusal:
                self.errors[number] = refusal.sentence
                continue
            if walk_in:
                found.append(walk_in)
        return found

    def value(self, name: str, number: int) -> str:
        """What was typed, so that nothing is lost."""
        return self.typed.get(f"{name}-w{number}", "")

    def lines(self) -> Iterable[tuple[str, str]]:
        for number, sentence in self.errors.items():
            yield f"name-w{number}", _("Line %(number)s: %(sentence)s", number=number, sentence=sentence)

    def _read_line(self, number: int, is_whole: bool, before: list[WalkIn]) -> WalkIn | None:
        name, address, school, came, left = (self._clean(field, number) for field in FIELDS)
        if not name:
            if address or school or came or left or is_whole:
                raise DomainError(_("type the name of whoever signed there."))
            return None
        address = _address(address)
        self._refuse_known(number, name, address, school)
        self._refuse_twice(number, name, address, school, before)
        part = self.hours.part(came, left) if came or left else Part(self.hours.lasts, None, None)
        return WalkIn(number, name, address, school, part, self._is_another(number))

    def _refuse_known(self, number: int, name: str, address: str, school: str) -> None:
        """Two rows for one person would count her twice."""
        rows = self.listed.rows
        known = row_with_address(rows, address)
        if known:
            about = {"name": known.name, "school": known.school or _("no school named")}
            raise DomainError(
                _(
                    "this is the address of %(name)s (%(school)s), on the list already. Mark that row, or leave the address empty.",
                    **about,
                )
            )
        twin = row_named(rows, name, school)
        if twin:
            self.twins.add(number)
            if not self._is_another(number):
                about = {"name": twin.name, "school": twin.school or _("no school named")}
                raise DomainError(
                    _(
                        "%(name)s of %(school)s is on the list already. Mark that row, or say that this is somebody else.",
                        **about,
                    )
                )

    def _refuse_twice(self, number: int, name: str, address: str, school: str, before: list[WalkIn]) -> None:
        for other in before:
            if address and other.address.lower() == address.lower():
                raise DomainError(
                    _(
                        "line %(number)s has the same address. It belongs to one person: leave it empty for the other.",
                        number=other.number,
                    )
                )
            if (name.casefold(), school.casefold()) == (other.name.casefold(), other.school.casefold()):
                self.twins.add(number)
                if not self._is_another(number):
                    raise DomainError(
                        _(
                            "line %(number)s has the same name. Leave one out, or say that this is somebody else.",
                            number=other.number,
                        )
                    )

    def _is_another(self, number: int) -> bool:
        return bool(self.value("another", number))

    def _clean(self, name: str, number: int) -> str:
        text = one_line(self.value(name, number).replace("\x00", "")) or ""
        text = str(text).strip()
        if len(text) > LONGEST[name]:
            raise DomainError(_("that is too long: %(most)s letters at most.", most=LONGEST[name]))
        return text


def _address(text: str) -> str:
    if not text:
        return ""
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise DomainError(_("an address looks like name@school.example.")) from None
    return text
