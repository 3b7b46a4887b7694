"""What people type about a toolkit."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.toolkits.fields import ToolkitFields
from portal.web.choices import choices_of
from portal.web.forms import Form
from portal.web.numbers import number_of

AUDIENCES = (("members", _l("Members of this network")), ("everyone", _l("Everyone, on a public page")))
NEW = 0


class ToolkitForm(Form):
    title = StringField(_l("Title"), [DataRequired(_l("Give it a name.")), Length(max=200)])
    strapline = StringField(_l("In one sentence"), [Optional(), Length(max=300)])
    about = TextAreaField(_l("How to use it"), [Optional(), Length(max=20_000)])
    seen = HiddenField()

    def said(self) -> ToolkitFields:
        return ToolkitFields(self.title.data or "", self.strapline.data or "", self.about.data or "")

    def show(self, said: ToolkitFields, row_version: int) -> None:
        self.title.data, self.strapline.data, self.about.data = said.title, said.strapline, said.about
        self.seen.data = str(row_version)


class WhyForm(Form):
    why = StringField(_l("Why it is here"), [Optional(), Length(max=500)])


class PutForm(Form):
    """A pack into a toolkit, from the list of packs: which one says the button."""

    pack = HiddenField()

    def pack_id(self) -> int:
        return number_of(self.pack.data) or 0


class ChooseForm(Form):
    """A pack into a toolkit, from the pack's own page: which toolkit, or a new one."""

    toolkit = RadioField(_l("Which toolkit"), [InputRequired(_l("Choose one, or begin a new one."))], coerce=int)
    title = StringField(_l("Name of the new one"), [Optional(), Length(max=200)])
    why = StringField(_l("Why it is here"), [Optional(), Length(max=500)])

    def __init__(self, toolkits: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = {one.id: _("%(title)s (a draft)", title=one.title) for one in toolkits if one.state == "draft"}
        known = [(one.id, drafts.get(one.id, one.title)) for one in toolkits]
        self.toolkit.choices = choices_of([*known, (NEW, _("A new one"))])
        if self.toolkit.data is None:
            self.toolkit.data = known[0][0] if known else NEW

    def accepted(self) -> bool:
        """An empty name is only wrong for a new one, so it is looked at here: an optional field stops before."""
        is_right = super().accepted()
        if self.is_submitted() and self.toolkit.data == NEW and not self.title.data:
            self.title.errors = [_("Give the new toolkit a name.")]
            return False
        return is_right


class AudienceForm(Form):
    audience = RadioField(_l("Who sees it"), [InputRequired(_l("Choose who sees it."))], choices=choices_of(AUDIENCES))


class VersionForm(Form):
    note = StringField(_l("What is new?"), [DataRequired(_l("Say in a few words what changes.")), Length(max=500)])
