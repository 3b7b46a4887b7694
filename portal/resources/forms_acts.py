"""The smaller forms: sharing, retiring, telling of a use, reporting, naming an item."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.activities.forms_use import FirstOfUse, MoreOfUse
from portal.resources.fields import PackFields
from portal.resources.phases import usual_phases
from portal.resources.queries import successors_for
from portal.vocabulary.models import Word
from portal.web.choices import Boxes, choices_of
from portal.web.forms import Form

AUDIENCES = (("members", _l("Members of this network")), ("everyone", _l("Everyone, on a public page")))


class ShareForm(Form):
    """The light look over a pack before others see it."""

    consent = BooleanField(
        _l("No name and no face of a pupil is in it without consent"),
        [DataRequired(_l("Look through it for names and faces first."))],
    )
    works = BooleanField(_l("Every file opens, and it works in a lesson"), [DataRequired(_l("Open each file once."))])
    safe = BooleanField(_l("The safety note says what to watch"), [DataRequired(_l("Read the safety note once more."))])
    clear = BooleanField(
        _l("The licence is true, and the author is named"), [DataRequired(_l("Check the licence and the author."))]
    )
    audience = RadioField(_l("Who sees it"), choices=choices_of(AUDIENCES), default="members")


class ImportedForm(ShareForm):
    """The same look over many drafts at once, and one answer for all of them where their catalogue was silent."""

    subjects = Boxes(_l("Subjects"), coerce=int)
    phases = Boxes(_l("Ages"), coerce=int)
    minutes = IntegerField(_l("Minutes"), [Optional(), NumberRange(1, 6000, _l("Between 1 and 6,000."))])
    materials = StringField(_l("You need"), [Optional(), Length(max=500)])
    cost = StringField(_l("What it costs a class"), [Optional(), Length(max=120)])
    safety_note = StringField(_l("Safety"), [Optional(), Length(max=500)])

    def __init__(self, words: Mapping[str, Sequence[Word]], locale: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects.choices = choices_of((word.id, word.label) for word in words.get("subject", ()))
        ages = usual_phases(words.get("phase", ()), locale)
        self.phases.choices = choices_of((word.id, word.label) for word in ages)

    def gaps(self) -> PackFields:
        return PackFields(
            subjects=tuple(self.subjects.data or ()),
            phases=tuple(self.phases.data or ()),
            minutes=self.minutes.data or 0,
            materials=self.materials.data or "",
            cost=self.cost.data or "",
            safety_note=self.safety_note.data or "",
        )


class AudienceForm(Form):
    """Who sees a pack that is already shared."""

    audience = RadioField(_l("Who sees it"), [InputRequired(_l("Choose who sees it."))], choices=choices_of(AUDIENCES))


class RetireForm(Form):
    successor = SelectField(_l("What takes its place"), coerce=int)

    def __init__(self, reader: Any, pack_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.successor.choices = choices_of([(0, _("Nothing yet")), *successors_for(reader, pack_id)])


class VersionForm(Form):
    note = StringField(_l("What is new?"), [DataRequired(_l("Say in a few words what changes.")), Length(max=500)])


class ItemForm(Form):
    title = StringField(_l("Name"), [DataRequired(_l("Give it a name.")), Length(max=200)])


class UseForm(MoreOfUse, FirstOfUse, Form):
    """Thirty seconds after the lesson; the rest is offered."""

    @classmethod
    def for_today(cls, today: date) -> "UseForm":
        return cls(used_on=today)


class Settling:
    """What was done about a report, on its page and from a mail."""

    answer = TextAreaField(
        _l("What was done?"),
        [
            DataRequired(_l("Say in a few words what was done, or why nothing needs doing.")),
            Length(max=500, message=_l("%(max)d letters at most.")),
        ],
        description=_l("Like: “The film has moved, the link is new.” Whoever told you reads it, where we know who."),
    )


class SettleForm(Settling, Form):
    pass


class ReportForm(Form):
    """A file that does not open, something that is not safe. Asks for nothing about the person."""

    item = SelectField(_l("Which part"), [Optional()], coerce=int)
    text = TextAreaField(
        _l("What is wrong?"),
        [DataRequired(_l("Say what is wrong in a sentence.")), Length(max=1000)],
        description=_l("No pupils’ names, please."),
    )

    def __init__(self, items: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item.choices = choices_of([(0, _("The pack as a whole")), *((item.id, item.title) for item in items)])
