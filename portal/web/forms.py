"""What people type, and its shape: the base of every form.

Every rendered form carries a CSRF token and a ``form_key`` that makes it act once (``forms_once``).
"""

from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from flask import g
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.validators import DataRequired

from portal.web.choices import one_line
from portal.web.errors import DomainError
from portal.web.forms_once import new_form_key
from portal.web.forms_words import WORDS, Words, is_general

P = ParamSpec("P")
R = TypeVar("R")


def strip(value: object) -> object:
    """Blanks around what was typed are never meant, nor is NUL; letters that nobody sees are nothing."""
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "").strip()
    return text if any(letter.isprintable() for letter in text) else ""


def _is_one_line(kind: type[Field]) -> bool:
    """A field of one line holds one line, whatever is sent: a name with a line break would be a header in a mail."""
    return issubclass(kind, StringField) and not issubclass(kind, (TextAreaField, HiddenField))


class Form(FlaskForm):  # type: ignore[misc]
    """A form of the portal: stripped text, one key a rendering, errors in words."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Any, unbound_field: "UnboundField[Any]", options: dict[str, Any]) -> Field:
            filters = list(unbound_field.kwargs.get("filters", []))
            if _is_one_line(unbound_field.field_class):
                filters.append(one_line)
            bound: Field = unbound_field.bind(form=form, filters=[strip, *filters], **options)
            return bound

        def get_translations(self, form: Any) -> Words:
            return WORDS

    form_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: dict[str, str] = {}
        if not self.form_key.data:
            self.form_key.data = new_form_key()

    def validate(self, extra_validators: Any = None) -> bool:
        """One sentence for what can't be read: the field's own about its shape, else its validators', else the general one."""
        fine = bool(super().validate(extra_validators))
        for field in self:
            # A validator may have let it pass: an empty field that may be left out.
            if field.process_errors and field.errors:
                shape = [sentence for sentence in field.process_errors if not is_general(sentence)]
                own = [sentence for sentence in field.errors if sentence not in field.process_errors]
                field.errors = shape or own or field.errors
        return fine

    def accepted(self) -> bool:
        """Posted, and every field is as it should be."""
        return bool(self.validate_on_submit())

    def attempt(self, verb: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Run an operation; what it refuses becomes an error beside the field, and the answer is None."""
        g.form_key = self.form_key.data
        try:
            answer = verb(*args, **kwargs)
            # Drawn once more, after a wrong code was counted for example, the form is another act.
            self.form_key.data = new_form_key()
            return answer
        except DomainError as refusal:
            self.refuse(refusal)
            return None
        finally:
            g.form_key = None

    def refuse(self, refusal: DomainError) -> None:
        """Put the sentence where it belongs: at its field, or at the top of the form."""
        self.conflict = getattr(refusal, "theirs", {})
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(refusal.sentence)
        else:
            field.errors = [*field.errors, refusal.sentence]

    def replaces(self, mark: Field, now: object) -> None:
        """After a conflict: saved once more, it replaces the newer version knowingly. ``mark`` names what was read."""
        if self.conflict:
            # A number field shows what was sent as long as it has that.
            mark.data, mark.raw_data = now, None

    def both(self) -> list[tuple[str, str, str]]:
        """After a conflict, field by field: its label, what was typed here, what stands there now."""
        there = {name: theirs for name, theirs in self.conflict.items() if name in self}
        return [(str(self[name].label.text), self.text_of(name), theirs) for name, theirs in there.items()]

    def differing(self) -> list[tuple[str, str, str]]:
        """The same, without the fields that say the same in both versions."""
        return [(label, mine, theirs) for label, mine, theirs in self.both() if mine != theirs]

    def text_of(self, name: str) -> str:
        """What was typed into a field, in words, to be read beside another version."""
        return str(self[name].data or "")

    def refusal(self) -> str | None:
        """The first sentence of what is to be put right, for a button whose page shows no form of its own."""
        return next((sentence for _id, sentence in self.lines()), None)

    def hidden_key(self) -> Markup:
        return Markup('<input type="hidden" name="form_key" value="{}">').format(self.form_key.data)

    @property
    def asks_more(self) -> bool:
        """Whether there is more to type than one thing, so that something else can still be there when that is wrong."""
        return sum(1 for field in self if not isinstance(field, HiddenField)) > 1

    def lines(self) -> Iterable[tuple[str, str]]:
        """Each thing to put right: the id of its field ('' for the whole form) and the sentence."""
        for sentence in self.form_errors:
            yield "", str(sentence)
        for field in self:
            for sentence in _flat(field.errors):
                yield field.id, str(sentence)


class ActForm(Form):
    """A form with nothing but a button."""


class SureForm(Form):
    """A button that takes something away. It says so itself: a form that lost its fields on the way does nothing."""

    sure = HiddenField(validators=[DataRequired()])


def pressed(verb: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> ActForm:
    """Run the operation behind a button; the form that comes back knows what it refused."""
    form = ActForm()
    if form.accepted():
        form.attempt(verb, *args, **kwargs)
    return form


def _flat(errors: Any) -> Iterable[object]:
    if isinstance(errors, dict):
        errors = errors.values()
    for error in errors:
        if isinstance(error, (list, tuple, dict)):
            yield from _flat(error)
        else:
            yield error
