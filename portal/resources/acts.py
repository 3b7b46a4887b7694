"""Did you use it: a class tried a pack, told from a mail in ten seconds."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.db import db
from portal.networks.scope import Here, scope_by_link
from portal.resources.fields import UseTold
from portal.resources.models import Pack
from portal.resources.operations_uses import record_use
from portal.resources.policy import can_record_use
from portal.resources.queries import pack_in
from portal.resources.queries_uses import uses_by
from portal.web import clock, dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import NotHere, NotYours
from portal.web.links import Link, absolute


class UsedForm(SignedForm):
    """The fewest words that a use needs."""

    classes = IntegerField(
        _l("How many classes?"),
        [InputRequired(_l("How many classes? A number, like 1.")), NumberRange(0, 200, _l("Between 0 and 200."))],
        default=1,
    )
    students = IntegerField(
        _l("How many young people, all classes together? A count, never names"),
        [Optional(), NumberRange(0, 10_000, _l("Between 0 and 10,000."))],
    )
    what_changed = TextAreaField(_l("What did you change?"), [Optional(), Length(max=4000)])


def _pack(link: Link) -> tuple[Pack, Here]:
    pack = db.session.get(Pack, link.thing_id)
    scope = scope_by_link(pack.network_id if pack else 0, link.person_id, "resources")
    if pack is None or pack_in(scope.membership, pack.id) is None:
        raise NotHere
    return pack, scope


def look_at_use(link: Link) -> Look:
    pack, scope = _pack(link)
    told = uses_by(link.person_id, pack.id)
    state = _("You told us of %(day)s. Another class? Tell us again.", day=dates.day(told[0])) if told else ""
    page = absolute("resources.show", network=scope.network.slug, pack_id=pack.id)
    return Look(
        _("Did you use “%(title)s”?", title=pack.title),
        [_("Ten seconds, and a colleague knows whether it works. Not used? Close the page: we do not ask again.")],
        state,
        [Button("yes", _("Count it"))],
        [(_("The pack (you sign in first)"), page)],
        scope.network.name,
    )


def tell_use(link: Link, choice: str, form: UsedForm) -> str:
    """Count it with today's date."""
    pack, scope = _pack(link)
    if not can_record_use(scope.membership):
        raise NotYours
    today = clock.today(scope.network.time_zone)
    told = UseTold(
        used_on=today, classes=form.classes.data or 1, students=form.students.data, year_group="",
        what_changed=form.what_changed.data or "", quote="", quote_allowed=False,
    )  # fmt: skip
    record_use(link.person_id, scope.network.id, pack.id, told, today)
    return _("Thank you, it is counted.")


def declare_acts() -> None:
    declare_signed("used", look_at_use, tell_use, UsedForm)
