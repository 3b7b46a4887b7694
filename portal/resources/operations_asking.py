"""Four weeks after somebody took a pack: did you use it? Asked once, and not if she told us before."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, exists, select

from portal.activities.models import Use
from portal.db import db, operation, writing
from portal.mail import kinds, outbox
from portal.mail.queries import has_stopped
from portal.networks.models import Network
from portal.networks.queries_asking import primary_address
from portal.networks.queries_members import current_membership
from portal.people.models import Person
from portal.resources.models import Pack, PackTaken
from portal.resources.queries_uses import SUBJECT
from portal.web import clock
from portal.web.housekeeping import each_round
from portal.web.languages import in_language
from portal.web.links import act_link

kinds.declare(
    "pack-used",
    why=_l("You get this because you took this pack along."),
    name=_l("Questions about packs that you took"),
)
AFTER, BATCH, DAYS = timedelta(weeks=4), 50, 90


def ask_about_packs() -> int:
    """Ask whoever is due, in small transactions; returns how many were. Done at each round of the worker."""
    asked = 0
    while db.session.execute(_due().limit(1)).first():
        with writing():
            asked += _ask_batch()
    return asked


@operation
def _ask_batch() -> int:
    rows = list(db.session.execute(_due().limit(BATCH)).scalars())
    for taken in rows:
        taken.asked_at = clock.now()
        _ask(taken)
    return len(rows)


def _due() -> Select[PackTaken]:
    told = exists().where(
        Use.subject_kind == SUBJECT, Use.subject_id == PackTaken.pack_id, Use.person_id == PackTaken.person_id
    )
    return select(PackTaken).where(PackTaken.asked_at.is_(None), PackTaken.taken_at < clock.now() - AFTER, ~told)


def _ask(taken: PackTaken) -> None:
    """Only members who may still see the pack, and never about her own."""
    pack, person = db.session.get_one(Pack, taken.pack_id), db.session.get_one(Person, taken.person_id)
    to, is_member = primary_address(person.id), current_membership(pack.network_id, person.id)
    is_open = pack.shared_at and not pack.deleted_at and pack.owner_id != person.id
    if not (to and is_member and is_open) or has_stopped(person.id, "pack-used", pack.network_id):
        return
    network = db.session.get_one(Network, pack.network_id)
    with in_language(person.locale or network.locale):
        outbox.queue(
            "pack-used", to, _("Did you use “%(title)s”?", title=pack.title), "pack_used", to_name=person.name,
            person_id=person.id, network_id=network.id, from_name=network.short_name or network.name, network=network,
            first_name=person.first_name, pack=pack, link=act_link("used", person.id, pack.id, days=DAYS, choice="yes"),
            wrong=act_link("packwrong", person.id, pack.id, days=DAYS),
        )  # fmt: skip


each_round(ask_about_packs)
