"""What a person types about a pack: ten answers on one screen, the rest offered below."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.files.forms import UploadField
from portal.resources.addresses import read_links
from portal.resources.fields import Contents, PackFields
from portal.standards.codes import split_codes
from portal.vocabulary.models import Word
from portal.web.choices import choices_of
from portal.web.forms import Form

MOST_CODES = 60
RIGHTS = (
    ("made", _l("I made this")),
    ("adapted", _l("I adapted it from something else")),
    ("permission", _l("I have permission to share it")),
)


class Boxes(SelectMultipleField):
    """Several answers as a list of boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ContentsForm(Form):
    """Files and links. Files that were brought stay with the form while another field is put right."""

    files = UploadField(_l("Files"), description=_l("Up to ten at once: guide, sheets, slides, answers."))
    links = TextAreaField(
        _l("Links"),
        [Optional(), Length(max=8000)],
        description=_l(
            "One a line: the address, then a name for it, like https://example.org/bridge A film of a bridge."
        ),
    )

    def validate_links(self, field: Field) -> None:
        _links, faults = read_links(field.data or "")
        if faults:
            raise ValidationError(_("This is not the address of a page: %(line)s", line=faults[0][:80]))

    def contents(self) -> Contents:
        links, _faults = read_links(self.links.data or "")
        return Contents(tuple(self.files.kept_ids), tuple(links))


class PackForm(ContentsForm):
    """A pack as its owner describes it. ``words`` are the region's, by kind."""

    title = StringField(_l("Title"), [DataRequired(_l("Give it a title.")), Length(max=200)])
    strapline = StringField(
        _l("In one sentence"),
        [DataRequired(_l("Say in one sentence what a class does.")), Length(max=300)],
        description=_l("The challenge, as you would tell it in the corridor."),
    )
    subjects = Boxes(_l("Subjects"), [DataRequired(_l("Choose at least one subject."))], coerce=int)
    phases = Boxes(_l("Ages"), [DataRequired(_l("Choose at least one age."))], coerce=int)
    lessons = IntegerField(
        _l("Lessons"),
        [InputRequired(_l("How many lessons? A number, like 1.")), NumberRange(1, 200, _l("Between 1 and 200."))],
        default=1,
    )
    minutes_each = IntegerField(
        _l("Minutes each"),
        [InputRequired(_l("How many minutes? A number, like 50.")), NumberRange(1, 600, _l("Between 1 and 600."))],
    )
    materials = TextAreaField(
        _l("You need"), [DataRequired(_l("Say what is needed. “Nothing” is an answer.")), Length(max=4000)]
    )
    cost = StringField(
        _l("What it costs a class"), [DataRequired(_l("Say what it costs. “Nothing” is an answer.")), Length(max=120)]
    )
    safety_note = TextAreaField(
        _l("Safety"),
        [DataRequired(_l("Say what to watch. “Nothing beyond the usual” is an answer.")), Length(max=4000)],
    )
    licence = RadioField(_l("Licence"), [InputRequired(_l("Choose a licence."))])
    author = StringField(_l("Author"), [DataRequired(_l("Say whose work it is.")), Length(max=300)])
    language = SelectField(_l("Language"), [DataRequired(_l("Choose a language."))])
    right_to_share = RadioField(_l("May it stand here?"), choices=choices_of(RIGHTS), default="made")
    source = StringField(
        _l("From what, and whose?"),
        [Length(max=500)],
        description=_l("Title, author, address. Leave it empty for your own work."),
    )
    about = TextAreaField(_l("How it goes"), [Optional(), Length(max=50_000)])
    standards = TextAreaField(_l("Standards"), [Optional(), Length(max=4000)])
    group_size = StringField(_l("Group size"), [Optional(), Length(max=60)])
    safety_reference = StringField(_l("Safety reference"), [Optional(), Length(max=200)])
    careers_link = TextAreaField(_l("Careers"), [Optional(), Length(max=4000)])
    adaptations = TextAreaField(_l("Adaptations for particular needs and new speakers"), [Optional(), Length(max=4000)])
    languages = Boxes(_l("Also in"), coerce=int)
    seen = HiddenField()
    change_note = StringField(_l("What is new?"), [Optional(), Length(max=500)])

    def __init__(self, words: Mapping[str, Sequence[Word]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects.choices = choices_of((word.id, word.label) for word in words.get("subject", ()))
        self.phases.choices = choices_of((word.id, word.label) for word in words.get("phase", ()))
        self.licence.choices = choices_of((word.code, word.label) for word in words.get("licence", ()))
        self.language.choices = choices_of((word.code, word.label) for word in words.get("language", ()))
        self.languages.choices = choices_of((word.id, word.label) for word in words.get("language", ()))
        self.licence_hints = {word.code: word.hint for word in words.get("licence", ()) if word.hint}

    def validate_source(self, field: Field) -> None:
        if self.right_to_share.data != "made" and not field.data:
            raise ValidationError(_("Say what it comes from, and whose it is."))

    def validate_standards(self, field: Field) -> None:
        codes = split_codes(field.data or "")
        if len(codes) > MOST_CODES:
            raise ValidationError(_("At most %(most)s codes.", most=MOST_CODES))
        if long := next((code for code in codes if len(code) > 80), None):
            raise ValidationError(_("This is too long for a code: %(code)s", code=long[:60] + "…"))

    def said(self) -> PackFields:
        """What was typed, as operations want it."""
        data: dict[str, Any] = {name: self.data[name] for name in PackFields.__dataclass_fields__ if name in self.data}
        data |= {name: tuple(self.data[name] or ()) for name in ("subjects", "phases", "languages")}
        data["standards"] = tuple(split_codes(self.standards.data or ""))
        data["minutes"] = (self.lessons.data or 0) * (self.minutes_each.data or 0)
        typed: dict[str, Any] = {name: "" if value is None else value for name, value in data.items()}
        return PackFields(**typed)

    def show(self, said: PackFields, row_version: int) -> None:
        """Fill the empty form with what stands there."""
        for name in PackFields.__dataclass_fields__:
            if name in self._fields and name != "standards":
                value = getattr(said, name)
                self._fields[name].data = list(value) if isinstance(value, tuple) else value
        self.standards.data = ", ".join(said.standards)
        self.minutes_each.data = max(1, said.minutes // max(said.lessons, 1))
        self.seen.data = str(row_version)
        self._offer_old(said)

    def text_of(self, name: str) -> str:
        """What was typed into a field, answers by their labels, to be read beside another version."""
        field = self._fields[name]
        if isinstance(field, SelectMultipleField):
            chosen = field.data or ()
            return ", ".join(choice.label for choice in cast("list[Any]", field.choices) if choice.value in chosen)
        return str(field.data if field.data is not None else "")

    def _offer_old(self, said: PackFields) -> None:
        """A licence or language that the region no longer offers stays with the packs that have it."""
        for field, code in ((self.licence, said.licence), (self.language, said.language)):
            offered = cast("list[Any]", field.choices)
            if code and code not in {choice.value for choice in offered}:
                field.choices = [*offered, *choices_of([(code, code)])]
