"""What is typed on the sheet: here, part or not here for each person, and the few words for somebody who walks in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional

from portal.activities.operations import Mark
from portal.attendance.forms_row import Line, Overtaken, line_of, line_typed, read_row
from portal.attendance.hours import Hours
from portal.attendance.queries import Sheet, SheetRow
from portal.events import words
from portal.web.choices import choices_of, one_line
from portal.web.errors import DomainError
from portal.web.forms import Form

LEAVE, NOT_HERE = "leave", "away"


class SheetForm(Form):
    """The whole sheet. Its rows come from the session, so they are read by name and not by WTForms fields."""

    def __init__(self, sheet: Sheet, hours: Hours) -> None:
        super().__init__()
        self.sheet, self.hours = sheet, hours
        self.typed: Mapping[str, str] = {}
        self.row_errors: dict[int, str] = {}
        self.is_overtaken = False

    def read(self, typed: Mapping[str, str]) -> list[Mark]:
        """The rows that were changed on this sheet; errors stand beside their rows. A row that was not sent stays."""
        self.typed = typed
        marks = [mark for row in self.sheet.rows if (mark := self._read(row)) is not None]
        return [] if self.row_errors else marks

    def lines(self) -> Iterable[tuple[str, str]]:
        yield from super().lines()
        for row in self.sheet.rows:
            if row.person_id in self.row_errors:
                yield self.line(row).id, f"{row.name}: {self.row_errors[row.person_id]}"

    def line(self, row: SheetRow) -> Line:
        """How a row is drawn: as typed when the sheet comes back with something to put right, else as marked."""
        if not (self.row_errors or self.errors):
            return line_of(row, self.hours)
        return line_typed(row, self.hours, self.typed, self.row_errors.get(row.person_id, ""))

    def _read(self, row: SheetRow) -> Mark | None:
        try:
            return read_row(row, self.hours, self.typed)
        except DomainError as refusal:
            self.row_errors[row.person_id] = refusal.sentence
            self.is_overtaken = self.is_overtaken or isinstance(refusal, Overtaken)
            return None


class RowForm(SheetForm):
    """One row of it alone: a tick, or all that can be said of one person."""

    @property
    def row(self) -> SheetRow:
        return self.sheet.rows[0]

    @property
    def status(self) -> int | None:
        """409 when somebody else was quicker, 422 when something is to be put right."""
        return 409 if self.is_overtaken else 422 if self.row_errors else None


class TickForm(RowForm):
    """One row, sent by itself as soon as a cell is pressed or its hours are typed."""

    def line(self, row: SheetRow) -> Line:
        line = super().line(row)
        if self.errors and not line.error:
            # A row alone has no summary above it: what holds for the whole sheet is said here.
            return replace(line, error=self.refusal() or "")
        return line


class ClosingForm(Form):
    """What becomes of those without a mark."""

    rest = RadioField(
        _l("Those without a mark"),
        choices=choices_of(((LEAVE, _l("Leave them “not marked”")), (NOT_HERE, _l("Mark all of them as not here")))),
        default=LEAVE,
    )


class WalkInForm(Form):
    """Somebody came without booking."""

    name = StringField(_l("Name"), filters=[one_line], validators=[DataRequired(_l("Type her name.")), Length(max=200)])
    address = EmailField(
        _l("Email"),
        description=_l("So that her hours find her. Without it we go by name and school."),
        validators=[Optional(), Length(max=320), Email(_l("An address looks like name@school.example."))],
    )
    school = StringField(_l("School or college"), filters=[one_line], validators=[Length(max=250)])
    capacity = SelectField(_l("Was there as"), choices=choices_of(words.CAPACITIES.items()), default="participant")
    is_another = BooleanField(_l("Somebody else of the same name"))
    # Then the box above is shown.
    has_twin = False
    known: SheetRow | None = None

    def warn_of(self, row: SheetRow, is_address: bool) -> None:
        """Somebody of that name is on the list already, or that address is hers."""
        self.known = row
        about = {"name": row.name, "school": row.school or _("no school named")}
        if is_address:
            sentence = _(
                "This is the address of %(name)s (%(school)s), on the list already. Mark that row, or leave the address empty.",
                **about,
            )
            self.address.errors = [*self.address.errors, sentence]
        else:
            self.has_twin = True
            self.name.errors = [
                *self.name.errors,
                _(
                    "%(name)s of %(school)s is on the list already. Mark that row, or say below that this is somebody else.",
                    **about,
                ),
            ]
