"""The light screen as a form: four ticks, a note, and two buttons."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, TextAreaField, ValidationError
from wtforms.validators import AnyOf, Length

from portal.reviewing.fields import PASSED, SENT_BACK, Look
from portal.web.forms import Form


class LookForm(Form):
    # The row version that stood on the page: what is passed is what was seen.
    seen = HiddenField()
    works = BooleanField(_l("It works: every file opens, every link leads somewhere"))
    is_safe = BooleanField(_l("It is safe: the safety note says what to watch, and no pupil is named or seen"))
    licence_is_right = BooleanField(_l("The licence is right: the author is named and may share it"))
    is_clear = BooleanField(_l("It is clear: a colleague can teach it from this"))
    # Not "optional" for the form: it must be there when the pack goes back.
    note = TextAreaField(_l("A note to its owner"), [Length(max=2000)])
    hide = BooleanField(_l("Take it out of sight until it is put right"))
    decision = HiddenField(validators=[AnyOf([PASSED, SENT_BACK], _l("Press one of the two buttons."))])

    def validate_decision(self, field: Field) -> None:
        ticks = (self.works, self.is_safe, self.licence_is_right, self.is_clear)
        if field.data == PASSED and not all(one.data for one in ticks):
            raise ValidationError(_("A pack passes with all four ticks. What does not hold goes back with a note."))
        if field.data == PASSED and self.hide.data:
            raise ValidationError(_("It can’t pass and be out of sight. Choose one."))

    def validate_note(self, field: Field) -> None:
        if self.decision.data == SENT_BACK and not field.data:
            raise ValidationError(_("Say in a sentence what is to be put right."))

    def said(self) -> Look:
        return Look(
            works=bool(self.works.data),
            is_safe=bool(self.is_safe.data),
            licence_is_right=bool(self.licence_is_right.data),
            is_clear=bool(self.is_clear.data),
            note=self.note.data or "",
            decision=self.decision.data or "",
            hide=bool(self.hide.data),
        )
