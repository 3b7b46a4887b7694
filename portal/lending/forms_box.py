"""The return at the box: back, parts, classes and young people, again. A minute on a phone, without signing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from portal.kit.fields import Said
from portal.kit.models import KitPart
from portal.lending.fields import UseReturned
from portal.lending.forms import not_too_far
from portal.lending.forms_use import ThreeAnswers
from portal.web.choices import choices_of
from portal.web.numbers import number_of

BACK = (("yes", _l("It is back")), ("no", _l("I keep it a little longer")))
WRONG = (("", _l("All there")), ("missing", _l("Missing")), ("broken", _l("Broken")), ("used_up", _l("Used up")))


@dataclass(frozen=True)
class SaidAtTheBox:
    """What somebody said who stood before the box. ``use`` of None: not asked, or not told."""

    loan_id: int | None
    is_back: bool
    until: date | None
    wrong: tuple[Said, ...]
    use: UseReturned | None


class BoxForm(ThreeAnswers):
    """Which questions stand in it depends on what is known already."""

    back = RadioField(
        _l("Is the box back?"), [InputRequired(_l("Is it back?"))], choices=choices_of(BACK), default="yes"
    )
    until = DateField(_l("Until when?"), [Optional(), not_too_far])
    loan = HiddenField()

    parts: Sequence[KitPart] = ()
    today = date.min

    def contents(self) -> list[tuple[KitPart, Any, Any]]:
        return [(part, self[f"kind_{part.id}"], self[f"many_{part.id}"]) for part in self.parts]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        keeps = self.back.data == "no"
        if keeps and "classes" in self:
            # She still has it: how it was used is asked when it comes back.
            self.classes.validators = [Optional(), *self.classes.validators[1:]]
        is_right = super().validate(*args, **kwargs)
        if keeps and not self.until.data and not self.until.errors:
            self.until.errors = [_("Say until when.")]
            return False
        return is_right

    def said(self) -> SaidAtTheBox:
        keeps = self.back.data == "no"
        told = "classes" in self and self.classes.data is not None
        return SaidAtTheBox(
            loan_id=number_of(self.loan.data),
            is_back=not keeps,
            until=self.until.data if keeps else None,
            wrong=tuple(self._wrong()),
            use=self.told() if told else None,
        )

    def _wrong(self) -> list[Said]:
        return [Said(kind.data, part.id, max(1, many.data or 1)) for part, kind, many in self.contents() if kind.data]


def box_form(parts: Sequence[KitPart], loan_id: int | None, is_back: bool, use_told: bool, today: date) -> BoxForm:
    """``is_back`` and ``use_told`` say what needs no asking any more."""
    fields: dict[str, Any] = {"parts": parts, "today": today}
    for part in parts:
        kinds = WRONG if part.is_consumable else WRONG[:3]
        fields[f"kind_{part.id}"] = SelectField(part.title, [Optional()], choices=choices_of(kinds), default="")
        most = NumberRange(1, max(1, part.quantity), _("Between 1 and %(most)s.", most=max(1, part.quantity)))
        fields[f"many_{part.id}"] = IntegerField(_("How many: %(part)s", part=part.title), [Optional(), most])
    form = cast("BoxForm", type("AtTheBox", (BoxForm,), fields)())
    if is_back:
        form.back.data = "yes"
    if use_told:
        for name in ("classes", "students", "again"):
            del form[name]
    if not form.loan.data:
        form.loan.data = str(loan_id or "")
    return form
