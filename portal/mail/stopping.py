"""No more of these: a reader stops a kind of mail from one network, by link or by her mail program's own button."""

from flask_babel import gettext as _
from sqlalchemy import Integer, String, delete, select
from sqlalchemy.sql.expression import column, table

from portal.db import db, operation
from portal.mail.kinds import Kind, stoppable
from portal.mail.models import MailStop
from portal.mail.queries import has_stopped, stops
from portal.web import clock
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.links import Link

__all__ = ["declare_stops", "resume", "stop", "stops"]
# Networks stand above: here one is a row with a name.
NETWORK = table("network", column("id", Integer), column("name", String))


@operation
def stop(person_id: int, kind: str, network_id: int | None) -> None:
    """Write her no more mails of this kind from this network (None: from any). Twice is once."""
    if not has_stopped(person_id, kind, network_id):
        db.session.add(MailStop(person_id=person_id, kind=kind, network_id=network_id, stopped_at=clock.now()))


@operation
def resume(person_id: int, kind: str, network_id: int | None) -> None:
    """Write to her again."""
    same = MailStop.network_id.is_(None) if network_id is None else MailStop.network_id == network_id
    db.session.execute(delete(MailStop).where(MailStop.person_id == person_id, MailStop.kind == kind, same))


def _declare(kind: Kind) -> None:
    def look(link: Link) -> Look:
        network = db.session.execute(select(NETWORK.c.name).where(NETWORK.c.id == link.thing_id)).scalar() or ""
        is_stopped = has_stopped(link.person_id, kind.key, link.thing_id or None)
        what = _("%(what)s from %(network)s", what=kind.name, network=network) if network else str(kind.name)
        return Look(
            title=_("No more of these?"),
            lines=[what],
            state=_("You get none of these any more.") if is_stopped else "",
            buttons=[Button("again", _("Send them again"))] if is_stopped else [Button("stop", _("No more of these"))],
            network=network,
        )

    def do(link: Link, choice: str, form: SignedForm) -> str:
        # A mail program's own button sends no choice (RFC 8058).
        if choice == "again":
            resume(link.person_id, kind.key, link.thing_id or None)
            return _("They come again.")
        stop(link.person_id, kind.key, link.thing_id or None)
        return _("Done: no more of these.")

    declare_signed(kind.act, look, do)


def declare_stops() -> None:
    """An act for every kind that can be stopped; called when all rooms are in their places."""
    for kind in stoppable():
        _declare(kind)
