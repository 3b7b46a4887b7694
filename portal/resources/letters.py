"""Mails about a pack: it was handed in, something is wrong with it, what was done about that."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.networks.models import Network
from portal.networks.queries_asking import coordinator_addresses, primary_address
from portal.networks.queries_members import current_membership
from portal.people.models import Person
from portal.resources.models import Pack, PackReport
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

DAYS = 90

kinds.declare(
    "pack-handed-in",
    why=_l("You get this because you coordinate the network, and a pack waits for your look."),
    name=_l("Mails about packs that were handed in"),
)
kinds.declare(
    "pack-report",
    why=_l("You get this because the pack is yours, or because you coordinate the network."),
    name=_l("Mails about what is wrong with a pack"),
)
kinds.declare(
    "pack-put-right",
    why=_l("You get this because you told us that something was wrong."),
    name=_l("Mails about what became of your reports"),
)


def tell_of_handed_in(pack: Pack) -> None:
    """To the coordinators, except its owner: members see it once one of them has looked at it."""
    network, owner = db.session.get_one(Network, pack.network_id), db.session.get_one(Person, pack.owner_id)
    page = absolute("reviewing.show", network=network.slug, pack_id=pack.id)
    for person_id in coordinators(network.id) - {owner.id}:
        mail_about_pack(
            "pack-handed-in", person_id, network, pack,
            lambda: _("%(name)s hands in “%(title)s”", name=owner.name, title=pack.title),
            "pack_handed_in", owner=owner, link=page,
        )  # fmt: skip


def tell_of_report(pack: Pack, report: PackReport, item: str) -> None:
    """To its owner and the coordinators, except who said it: with a link that settles it without signing in."""
    network = db.session.get_one(Network, pack.network_id)
    readers = coordinators(network.id)
    if current_membership(network.id, pack.owner_id):
        readers.add(pack.owner_id)
    for person_id in readers - {report.reported_by}:
        mail_about_pack(
            "pack-report", person_id, network, pack,
            lambda: _("Something is wrong with “%(title)s”", title=pack.title),
            "pack_report", report=report, item=item,
            link=act_link("packreport", person_id, report.id, days=DAYS),
            page=absolute("resources.show", network=network.slug, pack_id=pack.id),
        )  # fmt: skip


def tell_of_answer(pack: Pack, report: PackReport) -> None:
    """To whoever said that something was wrong, where we know who: what was done."""
    network = db.session.get_one(Network, pack.network_id)
    person_id = report.reported_by
    if person_id and person_id != report.settled_by and current_membership(network.id, person_id):
        mail_about_pack(
            "pack-put-right", person_id, network, pack,
            lambda: _("What you told us of “%(title)s” is looked at", title=pack.title),
            "pack_put_right", report=report,
            page=absolute("resources.show", network=network.slug, pack_id=pack.id),
        )  # fmt: skip


def coordinators(network_id: int) -> set[int]:
    """The coordinators whom mail reaches."""
    return {one.person_id for one in coordinator_addresses(network_id)}


def mail_about_pack(
    kind: str, person_id: int, network: Network, pack: Pack, subject: Any, template: str, **context: Any
) -> None:
    """One mail in its reader's language. Without an address, or after she stopped these, nothing is sent."""
    to = primary_address(person_id)
    if to is None or has_stopped(person_id, kind, network.id):
        return
    person = db.session.get_one(Person, person_id)
    with in_language(person.locale or network.locale):
        outbox.queue(
            kind, to, subject(), template, to_name=person.name, person_id=person.id, network_id=network.id,
            from_name=network.short_name or network.name, network=network, first_name=person.first_name, pack=pack,
            **context,
        )  # fmt: skip
