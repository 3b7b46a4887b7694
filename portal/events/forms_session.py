"""When and where: the fields of one session inside the form of its event."""

from datetime import date, time, timedelta
from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import Length

from portal.events import words
from portal.events.drafts import SessionDraft
from portal.events.models import Session
from portal.events.times import comes_twice, slot
from portal.events.typed import date_typed, time_typed
from portal.web import clock
from portal.web.choices import choices_of, one_line
from portal.web.errors import DomainError
from portal.web.forms import strip
from portal.web.numbers import number_of

MOST_PLACES = 100_000


class Native(StringField):
    """A browser's own date or time field, as long as what it holds is in the browser's shape; else what was typed."""

    def __init__(self, *args: Any, native: str = "date", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.native = native

    def __call__(self, **kwargs: object) -> Markup:
        return Markup(super().__call__(type=self.native if self._is_native() else "text", **kwargs))

    def _is_native(self) -> bool:
        shape = date.fromisoformat if self.native == "date" else time.fromisoformat
        try:
            shape(self.data or ("2000-01-01" if self.native == "date" else "00:00"))
        except ValueError:
            return False
        return True


class SessionForm(wtforms.Form):
    class Meta:
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> wtforms.Field:
            return unbound_field.bind(form=form, filters=[strip], **options)

    id = HiddenField()
    day = Native(_l("Date"), native="date", description=_l("Like 19 November 2026."))
    starts = Native(_l("Starts"), native="time")
    ends = Native(_l("Ends"), native="time")
    # Asked only for an hour that comes twice.
    fold = RadioField(
        _l("Which one?"),
        choices=choices_of((("0", _l("the first, before the clocks go back")), ("1", _l("the second")))),
        validate_choice=False,
    )
    mode = RadioField(_l("How"), choices=choices_of(words.MODES.items()), default="in_person")
    place = StringField(
        _l("Where"), filters=[one_line], validators=[Length(max=300, message=_l("At most 300 characters."))]
    )
    joining_link = StringField(
        _l("Joining link"),
        filters=[one_line],
        description=_l("Shown only to those who are coming."),
        validators=[Length(max=500, message=_l("At most 500 characters."))],
    )
    capacity = StringField(
        _l("Places"),
        description=_l("About half of those who book a free evening come. Leave it empty for no limit."),
    )
    is_removed = BooleanField(_l("Take this date out"))

    draft: SessionDraft | None = None

    def read(self, time_zone: str) -> bool:
        """Make one moment of date and hours; what can't be read becomes an error beside its field."""
        self.draft = None
        session_id = number_of(self.id.data)
        if self.is_removed.data:
            self.draft = SessionDraft(clock.now(), 0, id=session_id, is_removed=True)
            for field in self:
                field.errors = ()
            return True
        typed = (self._read("day", date_typed), self._read("starts", time_typed), self._read("ends", time_typed))
        capacity = self._read("capacity", _places) if self.capacity.data else None
        self._check_link()
        if None in typed or any(field.errors for field in self):
            return False
        return self._make(session_id, typed, capacity, time_zone)

    def _make(self, session_id: int | None, typed: Any, capacity: int | None, time_zone: str) -> bool:
        fold = int(self.fold.data) if self.fold.data in ("0", "1") else None
        try:
            when = slot(typed[0], typed[1], typed[2], time_zone, fold)
        except DomainError as refusal:
            self._refuse(refusal.field or "day", refusal.sentence)
            return False
        where = (self.mode.data, self.place.data or "", self.joining_link.data or "")
        self.draft = SessionDraft(when.starts_at, when.minutes, *where, capacity, session_id)
        return True

    def _read(self, name: str, reader: Any) -> Any:
        try:
            return reader(self[name].data or "")
        except DomainError as refusal:
            self._refuse(name, refusal.sentence)
            return None

    def _refuse(self, name: str, sentence: str) -> None:
        self[name].errors = [*self[name].errors, sentence]

    def _check_link(self) -> None:
        link = self.joining_link.data or ""
        if link and not link.startswith(("https://", "http://")):
            self._refuse("joining_link", _("A link begins with https://"))

    def in_words(self) -> str:
        """The session as typed, in the words of its own page."""
        if self.draft is None or self.is_removed.data:
            return _("taken out") if self.is_removed.data else ""
        return f"{words.date_and_hours(self.draft)}, {words.where(self.draft)}"

    def like_this(self) -> dict[str, Any]:
        """What a further session is likely to share with this one."""
        names = ("starts", "ends", "mode", "place", "joining_link", "capacity")
        return {name: self[name].data for name in names}

    @staticmethod
    def values_of(session: Session, time_zone: str) -> dict[str, Any]:
        """A session as the fields show it."""
        start = clock.local(session.starts_at, time_zone)
        end = clock.local(session.starts_at + timedelta(minutes=session.minutes), time_zone)
        return {
            "id": str(session.id),
            "day": start.date().isoformat(),
            "starts": start.strftime("%H:%M"),
            "ends": end.strftime("%H:%M"),
            # Known only where the hour comes twice: anywhere else a new hour that does is asked about.
            "fold": str(start.fold) if comes_twice(start) else "",
            "mode": session.mode,
            "place": session.place,
            "joining_link": session.joining_link,
            "capacity": "" if session.capacity is None else str(session.capacity),
        }


def _places(typed: str) -> int:
    places = number_of(typed)
    if places is None or not 0 < places <= MOST_PLACES:
        raise DomainError(_("Places must be a number, like 24."))
    return places
