"""What a person types about a pack: ten answers on one screen, the rest offered below."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
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

from portal.files.forms import UploadField
from portal.resources.addresses import is_web_address, read_links
from portal.resources.fields import Contents, PackFields
from portal.resources.licences import licence_name
from portal.resources.phases import usual_phases
from portal.resources.proposing import Proposal
from portal.standards.codes import split_codes
from portal.vocabulary.models import Word
from portal.web.choices import Boxes, choices_of
from portal.web.forms import Form
from portal.web.numbers import number_of

MOST_CODES = 60
# Licences that nobody may choose for a changed copy, and that the original may well have.
NO_CHANGES = (("cc-by-nd-4.0", "CC BY-ND 4.0"), ("cc-by-nc-nd-4.0", "CC BY-NC-ND 4.0"))
RIGHTS = (
    ("made", _l("I made this")),
    ("adapted", _l("I adapted it from something else")),
    ("permission", _l("I have permission to share it")),
)


class ContentsForm(Form):
    """Files and links. Files that were brought stay with the form while another field is put right."""

    files = UploadField(_l("Files"))
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


class ItemsForm(ContentsForm):
    """More of them, or one in the place of another; where others know the pack it says what is new."""

    note = StringField(_l("What is new?"), [Optional(), Length(max=300)])


class PackForm(ContentsForm):
    """A pack as its owner describes it. ``words`` are the region's, by kind; ``locale`` says how ages are called.

    Two buttons only look (``preview``): "files" takes the files in and proposes what they say, "original" looks for the
    pack that this one comes from. Nothing is saved by them.
    """

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
    licence = SelectField(_l("Licence"), [InputRequired(_l("Choose a licence."))])
    author = StringField(_l("Author"), [DataRequired(_l("Say whose work it is.")), Length(max=300)])
    language = SelectField(_l("Language"), [DataRequired(_l("Choose a language."))])
    right_to_share = RadioField(_l("Where is it from?"), choices=choices_of(RIGHTS), default="made")
    look_for = StringField(_l("A pack of this network"), [Optional(), Length(max=200)])
    original = RadioField(_l("It comes from"), validate_choice=False, default="0")
    source = StringField(_l("Its title"), [Length(max=500)])
    source_author = StringField(_l("Its author"), [Optional(), Length(max=300)])
    source_address = StringField(_l("Its address"), [Optional(), Length(max=2000)])
    source_licence = SelectField(_l("Its licence"), [Optional()])
    preview = HiddenField()
    about = TextAreaField(_l("How it goes"), [Optional(), Length(max=50_000)])
    standards = TextAreaField(_l("Standards"), [Optional(), Length(max=4000)])
    group_size = StringField(_l("Group size"), [Optional(), Length(max=60)])
    safety_reference = StringField(_l("Safety reference"), [Optional(), Length(max=200)])
    careers_link = TextAreaField(_l("Careers"), [Optional(), Length(max=4000)])
    adaptations = TextAreaField(_l("Adaptations for particular needs and new speakers"), [Optional(), Length(max=4000)])
    languages = Boxes(_l("Also in"), coerce=int)
    checked_language = BooleanField(_l("A translation, and a teacher who speaks the language has read it"))
    seen = HiddenField()
    change_note = StringField(_l("What is new?"), [Optional(), Length(max=500)])

    def __init__(self, words: Mapping[str, Sequence[Word]], locale: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_proposed = False
        licences = [(word.code, f"{word.label}: {word.hint}" if word.hint else word.label) for word in words["licence"]]
        self.subjects.choices = choices_of((word.id, word.label) for word in words.get("subject", ()))
        ages = usual_phases(words.get("phase", ()), locale, self.phases.data or ())
        self.phases.choices = choices_of((word.id, word.label) for word in ages)
        self.licence.choices = choices_of([("", _("Choose one")), *licences])
        self.source_licence.choices = choices_of(
            [("", _("Not known")), *((word.code, word.label) for word in words["licence"]), *NO_CHANGES]
        )
        self.language.choices = choices_of((word.code, word.label) for word in words.get("language", ()))
        self.languages.choices = choices_of((word.id, word.label) for word in words.get("language", ()))

    def offer_originals(self, found: Sequence[Any]) -> None:
        """Packs to choose the original from, as (id, title, author); the last answer is none of them."""
        self.original.choices = choices_of(
            [
                *((str(one.id), _("%(title)s, by %(author)s", title=one.title, author=one.author)) for one in found),
                ("0", _("None of these: it comes from elsewhere")),
            ]
        )

    def propose(self, proposal: Proposal) -> bool:
        """Fill what is still empty with what the files say; True when there was something to say."""
        filled = False
        for field, value in ((self.title, proposal.title), (self.minutes_each, proposal.minutes)):
            if value and not field.data and not (field.raw_data or [""])[0]:
                field.data, field.raw_data, filled = value, None, True
        offered = {choice.value for choice in cast("list[Any]", self.language.choices)}
        if self.preview.data == "files" and proposal.language in offered:
            filled = filled or self.language.data != proposal.language
            self.language.data = proposal.language
        return filled

    def forgive(self) -> None:
        """It was only looked: what is not typed yet is no mistake. What was refused of the files stays said."""
        self.form_errors.clear()
        for field in self:
            field.errors = [] if field is not self.files else field.errors

    def validate_source(self, field: Field) -> None:
        if self.right_to_share.data != "made" and not field.data and not self.original_id:
            raise ValidationError(_("Say what it comes from, and whose it is."))

    def validate_source_address(self, field: Field) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError(_("This is not the address of a page. One begins with https://"))

    @property
    def original_id(self) -> int | None:
        """The pack of the network that was chosen as the original."""
        return number_of(self.original.data) or None

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
        data["adapted_from_id"] = self.original_id
        typed: dict[str, Any] = {
            name: "" if value is None and name != "adapted_from_id" else value for name, value in data.items()
        }
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
        self.original.data = str(said.adapted_from_id or 0)
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
        codes = (self.licence, said.licence), (self.language, said.language), (self.source_licence, said.source_licence)
        for field, code in codes:
            offered = cast("list[Any]", field.choices)
            if code and code not in {choice.value for choice in offered}:
                field.choices = [*offered, *choices_of([(code, licence_name(code))])]
