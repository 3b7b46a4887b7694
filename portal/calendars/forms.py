"""What a coordinator gives and decides when she brings a calendar in."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField

from portal.web.choices import choices_of
from portal.web.errors import DomainError
from portal.web.forms import Form


class CalendarFileForm(Form):
    file = FileField(_l("The calendar file"), description=_l("It ends in .ics and has at most 20 MB."))

    def chosen(self) -> tuple[str, bytes] | None:
        """Its name without folders, and its bytes; else the reason stands at the field."""
        content = self.file.data.read() if self.file.data else b""
        if not content:
            self.refuse(DomainError(_("Choose a file that ends in .ics."), "file"))
            return None
        name = (self.file.data.filename or "").replace("\\", "/").rpartition("/")[2]
        return name[:120], content


class BringInForm(Form):
    state = RadioField(
        _l("The new events"),
        choices=choices_of(
            [
                ("draft", _l("Drafts: only coordinators see them")),
                ("published", _l("Published: members see them and can book")),
            ]
        ),
        default="draft",
    )
    whole_days = RadioField(
        _l("Entries of whole days"),
        choices=choices_of(
            [("leave", _l("Leave them out")), ("take", _l("Take them, 9:00 am to 3:30 pm on each day"))]
        ),
        default="leave",
    )
