"""An event as it is planned: its words once, and when and where for each session."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FieldList, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.events import words
from portal.events.drafts import MORE, TEXTS, EventDraft
from portal.events.forms_clashes import MOST_SESSIONS, refuse_clashes, refuse_too_many
from portal.events.forms_more import MoreFields, more_of
from portal.events.forms_session import SessionForm
from portal.events.models import Event
from portal.web.choices import choices_of, one_line
from portal.web.errors import DomainError
from portal.web.forms import Form


class EventForm(MoreFields, Form):
    class Meta(Form.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """A list of sessions is not text, so there is nothing to strip."""
            if unbound_field.field_class in (FieldList, FormField):
                return unbound_field.bind(form=form, **options)
            return super().bind_field(form, unbound_field, options)

    title = StringField(
        _l("Title"),
        filters=[one_line],
        description=_l("What people will do, not what it is called in the plan."),
        validators=[
            DataRequired(_l("Type a title.")),
            Length(max=200, message=_l("A title has at most 200 characters.")),
        ],
    )
    strapline = StringField(
        _l("In one sentence"),
        filters=[one_line],
        validators=[Length(max=300, message=_l("At most 300 characters: one sentence."))],
    )
    sessions = FieldList(
        FormField(SessionForm), label=_l("When and where"), min_entries=1, max_entries=MOST_SESSIONS + 1
    )
    about = TextAreaField(
        _l("What happens, and what people leave with"),
        description=_l("Lines that begin with an hour, like “5:00 Build one finger”, become the running order."),
        validators=[Length(max=20_000, message=_l("At most 20,000 characters."))],
    )
    for_whom = StringField(
        _l("For whom"), filters=[one_line], validators=[Length(max=300, message=_l("At most 300 characters."))]
    )
    cost = StringField(
        _l("Cost"), filters=[one_line], validators=[Length(max=120, message=_l("At most 120 characters."))]
    )
    getting_there = TextAreaField(
        _l("Getting there"), validators=[Length(max=2000, message=_l("At most 2,000 characters."))]
    )
    owner = SelectField(_l("Whose event it is"), coerce=int, description=_l("Answers to its mails go to this person."))
    is_public = BooleanField(
        _l("Open to everyone"),
        description=_l("It stands on the network’s public page, and people book without an account."),
    )
    version = HiddenField(default="0")

    def __init__(
        self, time_zone: str, owners: list[tuple[int, str]], event: Event | None = None, **values: Any
    ) -> None:
        given = _values(event, time_zone) if event else {"is_public": True, "completed_share": 75}
        super().__init__(data={**given, **values})
        self.time_zone = time_zone
        self.owner.choices = choices_of(owners)

    def validate(self, extra_validators: Any = None) -> bool:
        """Field by field, then each session's hours on the network's clock."""
        super().validate(extra_validators)
        for entry in self.sessions:
            entry.form.read(self.time_zone)
        refuse_clashes(self)
        self._gather()
        return not self.errors

    def refuse(self, refusal: DomainError) -> None:
        """What an operation refuses about one session belongs beside that session's field."""
        _sessions, _dot, place = (refusal.field or "").partition("sessions.")
        session_id, _dot, name = place.partition(".")
        entry = next((one for one in self.sessions if name and one.form.id.data == session_id), None)
        if entry is None:
            super().refuse(refusal)
            return
        entry.form[name].errors = [*entry.form[name].errors, refusal.sentence]
        self._gather()

    def _gather(self) -> None:
        own = [sentence for sentence in self.sessions.errors if isinstance(sentence, str)]
        self.sessions.errors = own + [entry.errors for entry in self.sessions if entry.errors]

    def lines(self) -> Iterable[tuple[str, str]]:
        """The sessions' own fields, in place of the list that holds them."""
        inner = {entry.id for entry in self.sessions} | {self.sessions.id}
        yield from ((id, sentence) for id, sentence in super().lines() if id not in inner)
        for sentence in self.sessions.errors:
            if isinstance(sentence, str):
                yield "", sentence
        for entry in self.sessions:
            for field in entry.form:
                yield from ((field.id, str(sentence)) for sentence in field.errors)

    def add_session(self) -> None:
        """One more, with the place and the hours of the last; not more than the most, and that is said."""
        refuse_too_many(self, room_for=1)
        if len(self.sessions) < MOST_SESSIONS:
            last = self.sessions[-1].form if len(self.sessions) else None
            self.sessions.append_entry(last.like_this() if last else None)

    def shown(self, key: str) -> str:
        """One field in words, as it stands beside what somebody else saved meanwhile."""
        if key == "sessions":
            return "\n".join(entry.form.in_words() for entry in self.sessions)
        if key == "is_public":
            return _("open to everyone") if self.is_public.data else _("for members")
        if key == "books_whole":
            return _("as a whole") if self.books_whole.data else _("date by date")
        if key == "evaluation":
            return str(words.EVALUATIONS.get(self.evaluation.data, ""))
        return str(self[key].data or "")

    def draft(self) -> EventDraft:
        """What was typed, once the form was accepted."""
        typed: dict[str, Any] = {key: getattr(self, key).data or "" for key in TEXTS if key != "is_public"}
        typed |= more_of(self)
        sessions = [entry.form.draft for entry in self.sessions if entry.form.draft]
        return EventDraft(**typed, is_public=self.is_public.data, owner_id=self.owner.data, sessions=sessions)


def _values(event: Event, time_zone: str) -> dict[str, Any]:
    values = {key: getattr(event, key) for key in (*TEXTS, *MORE)}
    kept = [session for session in event.sessions if event.cancelled_at or not session.cancelled_at]
    sessions = [SessionForm.values_of(session, time_zone) for session in kept]
    return values | {"owner": event.owner_id, "version": str(event.row_version), "sessions": sessions}
