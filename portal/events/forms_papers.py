"""What somebody types to keep something with an event: its kind, its readers, and the thing itself."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from portal.events import words_papers as words
from portal.events.drafts_papers import PaperDraft, PapersDraft
from portal.events.links_typed import fault_of, read_links
from portal.events.models_papers import EventPaper
from portal.files.forms import UploadField
from portal.web.choices import choices_of
from portal.web.forms import Form
from portal.web.numbers import number_of

WORDS = Length(max=4000, message=_l("At most 4,000 characters: five lines are read, fifty are not."))
TITLE = Length(max=200, message=_l("At most 200 characters."))


class AboutForm(Form):
    """What is asked of every paper, new or changed."""

    kind = SelectField(_l("What is it?"), choices=choices_of(words.KINDS.items()), default="slides")
    title = StringField(_l("What people read"), [Optional(), TITLE])
    session = SelectField(_l("Of which date?"), default="0")
    readers = RadioField(_l("Who reads it?"), choices=choices_of(words.READERS.items()), default="members")
    has_consent = BooleanField(words.CONSENT, description=_l("For photos alone. Without it they can’t stand here."))

    def __init__(self, dates: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session.choices = choices_of([("0", _("the whole event")), *((str(id), day) for id, day in dates)])

    @property
    def session_id(self) -> int | None:
        return number_of(self.session.data) or None


class PapersForm(AboutForm):
    """Something new. Files that were brought stay with the form while another field is put right."""

    files = UploadField(_l("Files"))
    links = TextAreaField(
        _l("Links"),
        [Optional(), Length(max=12_000, message=_l("That is a long list. Put it into a file."))],
        description=_l("One a line, beginning with https://, then a name for it if you like."),
    )
    words = TextAreaField(
        _l("Or a few lines"),
        [Optional(), WORDS],
        description=_l("For notes: what people will try before next time, what is to be settled."),
    )

    def validate_links(self, field: Field) -> None:
        _links, faults = read_links(field.data or "")
        if faults:
            raise ValidationError(" ".join(faults[:3]))

    def draft(self) -> PapersDraft:
        return PapersDraft(
            self.kind.data,
            self.readers.data,
            self.title.data or "",
            self.session_id,
            tuple(self.files.kept_ids),
            tuple(read_links(self.links.data or "")[0]),
            self.words.data or "",
            bool(self.has_consent.data),
        )


class PaperForm(AboutForm):
    """One of them as it stands."""

    link = StringField(_l("Address"))
    words = TextAreaField(_l("The words"), [WORDS])
    seen = HiddenField()

    def __init__(self, dates: Sequence[tuple[int, str]], paper: EventPaper) -> None:
        stands = {name: getattr(paper, name) for name in ("kind", "title", "readers", "link", "words")}
        session = str(paper.session_id or 0)
        super().__init__(dates, data=stands | {"session": session, "seen": str(paper.row_version)})
        self.paper = paper

    def validate_link(self, field: Field) -> None:
        if self.paper.link and (fault := fault_of(field.data or "")):
            raise ValidationError(fault)

    def validate_words(self, field: Field) -> None:
        if self.paper.words and not field.data:
            raise ValidationError(_("Write a few lines, or take it away."))

    def draft(self) -> PaperDraft:
        about = (self.kind.data, self.readers.data, self.title.data or "", self.session_id)
        return PaperDraft(*about, self.link.data or "", self.words.data or "", bool(self.has_consent.data))

    def text_of(self, name: str) -> str:
        """What was typed, answers by their labels, to be read beside another version."""
        labels: dict[str, Any] = {"kind": words.KINDS, "readers": words.READERS}
        typed = self[name].data or ""
        return str(labels.get(name, {}).get(typed, typed))
