"""What an administrator types about a question of the item bank."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from portal.surveys import words
from portal.surveys.operations_items import ItemTyped
from portal.web.choices import choices_of
from portal.web.forms import Form


class ItemForm(Form):
    was = HiddenField()
    text = StringField(
        _l("The words"),
        [DataRequired(_l("Type the sentence as people read it.")), Length(max=300, message=_l("300 letters at most."))],
        description=_l("About the event and what it made possible. Never about a person."),
    )
    level = SelectField(_l("What it asks about"))
    is_usual = BooleanField(_l("Usual: a new evaluation begins with it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = choices_of(words.LEVELS.items())

    def typed(self, kind: str = "") -> ItemTyped:
        return ItemTyped(self.text.data or "", self.level.data, kind, self.is_usual.data)


class NewItemForm(ItemForm):
    kind = RadioField(_l("How it is answered"), default="agree")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices_of(words.KINDS.items())

    def typed(self, kind: str = "") -> ItemTyped:
        return super().typed(self.kind.data)
