"""The forms at the door, one line a part of the contents: what goes, and what came back. Made for a phone in one hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.files.forms import UploadField
from portal.kit.models import KitPart
from portal.lending.fields import Counted
from portal.lending.forms import not_too_far
from portal.web.forms import Form
from portal.web.numbers import number_of

KINDS = ("missing", "broken", "used")


@dataclass(frozen=True, slots=True)
class Line:
    """One part with its fields; ``many`` is how many there should be."""

    part: KitPart
    fields: tuple[Field, ...]
    many: int


class HandOverForm(Form):
    """Each part is ticked as it is seen, or all at once; what is not ticked stays here, said aloud."""

    everything = BooleanField(_l("Everything is in, as listed"))
    rest_stays = BooleanField(_l("What is not ticked stays here"))
    collected_by = StringField(_l("Who collects it, if it is somebody else"), [Optional(), Length(max=200)])
    on_day = DateField(_l("Which day"), [InputRequired(_l("Say which day.")), not_too_far])
    agreement_id = HiddenField()
    agreed = BooleanField(_l("She has read the agreement and keeps to it"))

    parts: Sequence[KitPart] = ()
    today = date.min

    def contents(self) -> list[Line]:
        return [Line(part, (self[f"in_{part.id}"], self[f"many_{part.id}"]), part.there) for part in self.parts]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        is_right = super().validate(*args, **kwargs)
        open_ones = [line.part.title for line in self.contents() if not line.fields[0].data]
        if open_ones and not (self.everything.data or self.rest_stays.data):
            sentence = _(
                "Not ticked yet: %(parts)s. Tick them, or say that they stay here.", parts=", ".join(open_ones)
            )
            self.rest_stays.errors = [*self.rest_stays.errors, sentence]
            return False
        return is_right

    def went(self) -> dict[int, int]:
        """How many of each part go."""
        return {
            line.part.id: self._many(line) if self.everything.data or line.fields[0].data else 0
            for line in self.contents()
        }

    @staticmethod
    def _many(line: Line) -> int:
        typed = line.fields[1].data
        return line.many if typed is None else int(typed)

    def agreed_to(self) -> int | None:
        return number_of(self.agreement_id.data) if self.agreed.data else None


class CheckForm(Form):
    """What came back. Nothing typed means that everything is there and whole."""

    on_day = DateField(_l("Which day did it come back"), [InputRequired(_l("Say which day.")), not_too_far])
    note = TextAreaField(_l("A note"), [Optional(), Length(max=1000)])
    photo = UploadField(_l("A photo"))

    parts: Sequence[KitPart] = ()
    went: Mapping[int, int | None] = {}
    today = date.min

    def contents(self) -> list[Line]:
        return [Line(part, self._fields_of(part), self._went(part)) for part in self.parts]

    def counted(self) -> list[Counted]:
        said = {part.id: {kind: self._number(kind, part) for kind in KINDS} for part in self.parts}
        return [Counted(part_id, **numbers) for part_id, numbers in said.items()]

    def _fields_of(self, part: KitPart) -> tuple[Field, ...]:
        names = (f"{kind}_{part.id}" for kind in KINDS)
        return tuple(self[name] for name in names if name in self)

    def _number(self, kind: str, part: KitPart) -> int:
        name = f"{kind}_{part.id}"
        return int(self[name].data or 0) if name in self else 0

    def _went(self, part: KitPart) -> int:
        went = self.went.get(part.id)
        return part.quantity if went is None else went


def hand_over_form(parts: Sequence[KitPart], today: date) -> HandOverForm:
    fields: dict[str, Any] = {"parts": parts, "today": today}
    for part in parts:
        fields[f"in_{part.id}"] = BooleanField(part.title)
        most = NumberRange(0, part.quantity, _("Between 0 and %(most)s.", most=part.quantity))
        fields[f"many_{part.id}"] = IntegerField(
            _("How many: %(part)s", part=part.title), [Optional(), most], default=part.there
        )
    return cast("HandOverForm", type("HandOver", (HandOverForm,), fields)(data={"on_day": today}))


def check_form(
    parts: Sequence[KitPart], went: Mapping[int, int | None], said: Mapping[int, Counted], on_day: date, today: date
) -> CheckForm:
    """``said`` is what is known already: an earlier count, or what was told at the box."""
    fields: dict[str, Any] = {"parts": parts, "went": went, "today": today}
    words = {"missing": _("Missing"), "broken": _("Broken"), "used": _("Used up")}
    for part in parts:
        many = went.get(part.id)
        most = NumberRange(
            0, (many := part.quantity if many is None else many), _("Between 0 and %(most)s.", most=many)
        )
        known = said.get(part.id, Counted(part.id))
        for kind in KINDS if part.is_consumable else KINDS[:2]:
            fields[f"{kind}_{part.id}"] = IntegerField(words[kind], [Optional(), most], default=getattr(known, kind))
    return cast("CheckForm", type("Check", (CheckForm,), fields)(data={"on_day": on_day}))
