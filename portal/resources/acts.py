"""Did you use it: a class tried a pack, told from a mail in ten seconds."""

from typing import Any

from flask_babel import gettext as _

from portal.activities.forms_use import FirstOfUse, told_in
from portal.db import db
from portal.networks.scope import Here, scope_by_link
from portal.resources.models import Pack
from portal.resources.operations_uses import record_use
from portal.resources.policy import can_record_use
from portal.resources.queries import pack_in
from portal.resources.queries_uses import uses_by
from portal.web import clock, dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import NotHere, NotYours
from portal.web.links import Link, absolute, act_link


class UsedForm(FirstOfUse, SignedForm):
    """The first questions about a lesson; on the pack's page there are more."""

    def begin(self, link: Link) -> None:
        self.used_on.data = clock.today(pack_by_link(link)[1].network.time_zone)


def pack_by_link(link: Link, pack_id: int | None = None) -> tuple[Any, Here]:
    """The pack of a link as its holder may see it, and where she stands. Raises NotHere."""
    known = db.session.get(Pack, pack_id or link.thing_id)
    scope = scope_by_link(known.network_id if known else 0, link.person_id, "resources")
    pack = pack_in(scope.membership, known.id) if known else None
    if pack is None:
        raise NotHere
    return pack, scope


def look_at_use(link: Link) -> Look:
    pack, scope = pack_by_link(link)
    told = uses_by(link.person_id, pack.id)
    state = _("You told us of %(day)s. Another class? Tell us again.", day=dates.day(told[0])) if told else ""
    page = absolute("resources.show", network=scope.network.slug, pack_id=pack.id)
    return Look(
        _("Did you use “%(title)s”?", title=pack.title),
        [_("Ten seconds, and a colleague knows whether it works. Not used? Close the page: we do not ask again.")],
        state,
        [Button("yes", _("Count it"))],
        [
            (
                _("A file would not open, or something is not safe"),
                act_link("packwrong", link.person_id, pack.id, days=90),
            ),
            (_("The pack (you sign in first)"), page),
        ],
        scope.network.name,
    )


def tell_use(link: Link, choice: str, form: UsedForm) -> str:
    """Count it, on the day that she says."""
    pack, scope = pack_by_link(link)
    if not can_record_use(scope.membership):
        raise NotYours
    today = clock.today(scope.network.time_zone)
    record_use(link.person_id, scope.network.id, pack.id, told_in(form), today)
    return _("Thank you, it is counted.")


def declare_acts() -> None:
    declare_signed("used", look_at_use, tell_use, UsedForm)
