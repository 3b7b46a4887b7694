"""What is wrong with a kit: each part with how many and how, told in one go, on a phone at the box or on its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from portal.kit.fields import Said
from portal.kit.models import KitPart
from portal.kit.words import PROBLEMS
from portal.web.forms import Form
from portal.web.numbers import number_of

# In this order they are asked of each part; "" is what nobody has to choose.
OF_A_PART = ("missing", "broken", "used_up")


@dataclass(frozen=True)
class Line:
    """One part as the form asks about it, with what was typed."""

    part: KitPart
    kind: str
    typed: str
    error: str

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Used up is asked only of what is meant to be used up, or where it was answered."""
        known = [(key, str(PROBLEMS[key])) for key in OF_A_PART]
        return known if self.part.is_consumable or self.kind == "used_up" else known[:2]


class ProblemsForm(Form):
    """``kind-<part>`` and ``many-<part>`` for each part, and words about the kit as a whole."""

    text = TextAreaField(
        _l("In words"), [Length(max=1000)], description=_l("No names of people, please."),
    )  # fmt: skip

    def __init__(self, parts: Sequence[KitPart], typed: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines_of = [_line(part, typed) for part in parts]

    def validate(self, *args: Any, **more: Any) -> bool:
        is_right = bool(super().validate(*args, **more))
        for line in self.lines_of:
            if line.error:
                self.form_errors.append(f"{line.part.title}: {line.error}")
        if is_right and not self.form_errors and not self.said():
            self.form_errors.append(_("Choose what is wrong with a part, or say it in words."))
        return is_right and not self.form_errors

    def said(self) -> list[Said]:
        """What was chosen. Words without a part are about the kit as a whole; with one they go with the first."""
        words = self.text.data or ""
        found = [
            Said(line.kind, line.part.id, number_of(line.typed) or 1, words if place == 0 else "")
            for place, line in enumerate(line for line in self.lines_of if line.kind)
        ]
        return found or ([Said("other", None, 1, words)] if words else [])


def _line(part: KitPart, typed: Any) -> Line:
    kind, many = str(typed.get(f"kind-{part.id}", "")), str(typed.get(f"many-{part.id}", "1"))[:20]
    if kind not in OF_A_PART:
        return Line(part, "", many, "")
    number = number_of(many)
    most = max(part.quantity, 1)
    if number is None or not 1 <= number <= most:
        return Line(part, kind, many, _("a number from 1 to %(most)s, please.", most=most))
    return Line(part, kind, many, "")
