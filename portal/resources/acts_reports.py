"""Acts from mails about what is wrong with a pack: saying it, and saying what was done. Nobody signs in for either."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from portal.db import db
from portal.networks.scope import Here
from portal.resources.acts import pack_by_link
from portal.resources.forms_acts import Settling
from portal.resources.models import PackReport
from portal.resources.operations_reports import report_pack, settle_report
from portal.resources.policy import can_edit_pack
from portal.resources.queries_reports import report_of, told_by
from portal.web import dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import NotHere, NotYours
from portal.web.links import Link, absolute


class WrongForm(SignedForm):
    text = TextAreaField(
        _l("What is wrong?"),
        [DataRequired(_l("Say what is wrong in a sentence.")), Length(max=1000)],
        description=_l("Which file, which step? No pupils’ names, please."),
    )


class SettledForm(Settling, SignedForm):
    pass


def look_at_wrong(link: Link) -> Look:
    pack, scope = pack_by_link(link)
    last = told_by(link.person_id, pack.id)
    state = ""
    if last is not None and last.settled_at is None:
        state = _("You told us on %(day)s: “%(text)s”", day=dates.day(last.reported_at), text=last.text)
    return Look(
        _("What is wrong with “%(title)s”?", title=pack.title),
        [_("Its owner and the coordinators read it, with your name.")],
        state,
        [Button("tell", _("Tell them"))],
        [_door(pack, scope)],
        scope.network.name,
    )


def tell_wrong(link: Link, choice: str, form: WrongForm) -> str:
    pack, _scope = pack_by_link(link)
    report_pack(link.person_id, pack.id, None, form.text.data or "", f"person {link.person_id}")
    return _("Thank you. %(name)s and the coordinators have been told.", name=pack.owner_name)


def look_at_report(link: Link) -> Look:
    pack, report, scope = _reported(link)
    by = report.by_name or _("a reader of the public page")
    lines = [_("%(name)s said on %(day)s: “%(text)s”", name=by, day=dates.day(report.reported_at), text=report.text)]
    if report.item_title:
        lines.append(_("It is about “%(item)s”.", item=report.item_title))
    state = ""
    if report.settled_at:
        state = _("Settled by %(name)s: %(answer)s", name=report.settled_by_name, answer=report.answer)
    return Look(
        _("Something is wrong with “%(title)s”", title=pack.title),
        lines,
        state,
        [] if report.settled_at else [Button("settle", _("It is settled"))],
        [_door(pack, scope)],
        scope.network.name,
    )


def settle(link: Link, choice: str, form: SettledForm) -> str:
    pack, report, _scope = _reported(link)
    settle_report(link.person_id, pack.id, report.id, form.answer.data or "")
    return _("Settled, and it has left the pack’s page.")


def _reported(link: Link) -> tuple[Any, Any, Here]:
    row = db.session.get(PackReport, link.thing_id)
    if row is None:
        raise NotHere
    pack, scope = pack_by_link(link, row.pack_id)
    if not can_edit_pack(scope.membership, pack):
        raise NotYours
    return pack, report_of(pack.id, row.id), scope


def _door(pack: Any, scope: Here) -> tuple[str, str]:
    page = absolute("resources.show", network=scope.network.slug, pack_id=pack.id)
    return _("The pack (you sign in first)"), page


def declare_report_acts() -> None:
    declare_signed("packwrong", look_at_wrong, tell_wrong, WrongForm)
    declare_signed("packreport", look_at_report, settle, SettledForm)
