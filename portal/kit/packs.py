"""Kits beside packs: on the pack's page what box goes with it, and over the list those that a box goes with."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, or_, select

from portal.db import db
from portal.kit.hooks import free_again_of
from portal.kit.models import Kit, KitPack, KitSchool
from portal.kit.queries import lent_to_the_region, visible_to
from portal.networks.readers import Reader
from portal.networks.scope import here
from portal.people.models import Affiliation
from portal.resources.beside import Part, beside
from portal.resources.further import Further, declare_further
from portal.resources.models import Pack
from portal.resources.policy import Member
from portal.web import clock


def borrowable_by(reader: Reader) -> ColumnElement[bool]:
    """A listed kit that this reader may borrow: of her network, of one of her schools, or of the region.

    Whether she is trained for it is not asked: a training is something that one can still go to.
    """
    hers = (
        select(KitSchool.kit_id)
        .join(Affiliation, Affiliation.organisation_id == KitSchool.organisation_id)
        .where(KitSchool.kit_id == Kit.id, Affiliation.person_id == reader.person_id, Affiliation.ended_on.is_(None))
        .correlate(Kit)
        .exists()
    )
    here = Kit.network_id == reader.network_id
    return and_(
        Kit.listed_at.is_not(None),
        Kit.retired_at.is_(None),
        Kit.deleted_at.is_(None),
        or_(lent_to_the_region(), and_(here, Kit.lends_to != "schools"), and_(here, Kit.lends_to == "schools", hers)),
    )


def packs_with_kit(reader: Reader) -> ColumnElement[bool]:
    """Packs that a kit goes with which this reader may borrow."""
    goes = select(KitPack.kit_id).join(Kit, Kit.id == KitPack.kit_id)
    return goes.where(KitPack.pack_id == Pack.id, borrowable_by(reader)).correlate(Pack).exists()


@beside
def kits_beside(pack: Any, member: Member) -> Part | None:
    """The boxes that go with a pack and that this member sees, within the sentence "You need" (three queries)."""
    columns = (Kit.id, Kit.title, Kit.asset_code, Kit.home, Kit.way, Kit.uses_count)
    query = select(*columns).join(KitPack, KitPack.kit_id == Kit.id).where(KitPack.pack_id == pack.id)
    listed = and_(Kit.listed_at.is_not(None), Kit.retired_at.is_(None))
    found = list(db.session.execute(query.where(visible_to(member), listed).order_by(Kit.title)))  # type: ignore[arg-type]
    if not found:
        return None
    free = free_again_of([kit.id for kit in found], clock.today(here().network.time_zone))
    return Part("kit/_beside_pack.html", place="need", kits=found, free=free)


declare_further(Further("kit", _l("With a box I can borrow"), packs_with_kit))
