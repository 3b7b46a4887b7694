"""What is typed to hand something on: pieces to tick, whom it is for."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, SelectField, StringField
from wtforms.validators import Email, Length, Optional

from portal.handing_on.pieces import Picked, Piece, picked_of
from portal.handing_on.recipients import Recipient
from portal.web.acts_signed import SignedForm
from portal.web.choices import Boxes, choices_of
from portal.web.forms import Form


class PickForm(Form):
    """Nothing is ticked to begin with: what goes along is what she ticks, piece by piece."""

    pieces = Boxes(_l("What goes along"))

    def offer(self, pieces: list[Piece]) -> "PickForm":
        self.pieces.choices = choices_of([(piece.key, piece.title) for piece in pieces])
        return self

    @property
    def picked(self) -> Picked:
        return picked_of(self.pieces.data or [])

    def boxes(self) -> dict[str, Any]:
        """The boxes by the key of their piece."""
        return {box.data: box for box in self.pieces}


class WhomForm(Form):
    member_id = SelectField(_l("A member of this network"), coerce=str, default="")
    to_name = StringField(_l("Name"), [Optional(), Length(max=200)])
    to_organisation = StringField(_l("Place of work"), [Optional(), Length(max=200)])
    to_address = EmailField(
        _l("Email address"), [Optional(), Length(max=320), Email(_l("An address looks like name@school.example."))]
    )

    def offer(self, members: list[tuple[int, str]]) -> "WhomForm":
        nobody = ("", _("Somebody else"))
        self.member_id.choices = choices_of([nobody, *((str(number), name) for number, name in members)])
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two ways, and the whole of it."""
        fine = bool(super().validate(extra_validators))
        outside = bool(self.to_name.data or self.to_address.data)
        if self.member_id.data and outside:
            self.member_id.errors = [_("Choose a member, or type a name and an address. Not both.")]
        if not self.member_id.data and not self.to_address.data and not self.to_address.errors:
            self.to_address.errors = [_("Choose a member above, or type an address here.")]
        if self.to_address.data and not self.to_name.data:
            self.to_name.errors = [_("Type the name of whoever reads there.")]
        return fine and not self.errors

    @property
    def recipient(self) -> Recipient:
        if self.member_id.data:
            return Recipient(int(self.member_id.data))
        return Recipient(
            None, self.to_name.data or "", self.to_address.data or "", self.to_organisation.data or ""
        )  # fmt: skip


class SendForm(Form):
    # The digest of the document on the page: what she saw is what is sent.
    seen = HiddenField()


class OpenForm(SignedForm):
    """Whoever holds the link may press; the link itself is the secret, see ``web/acts.py``."""
