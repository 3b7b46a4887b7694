"""What a kit's page says beside its own row: names, packs, spells out of service, who knows it already."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.events.models import Event, Session
from portal.files.models import StoredFile
from portal.history.models import HistoryLine
from portal.kit.models import Kit, KitOutOfService, KitPack, KitPart, KitTrained, KitTraining
from portal.networks.models import Membership, Network, NetworkOrganisation
from portal.networks.readers import Reader
from portal.organisations.models import Organisation
from portal.people.models import Person
from portal.resources.models import Pack
from portal.resources.queries import visible_to as packs_visible_to

MOST_FOUND = 20


def names_of(kit: Kit) -> Any:
    """Names of its network, its owner, its keeper, and the file of its photo (one query)."""
    keeper = aliased(Person)
    query = (
        select(
            Network.name.label("network"), Network.slug.label("network_slug"),
            Organisation.name.label("owner"), keeper.name.label("keeper"),
            StoredFile.sha256.label("photo_sha256"),
        )
        .select_from(Kit)
        .join(Network, Network.id == Kit.network_id)
        .outerjoin(Organisation, Organisation.id == Kit.owner_organisation_id)
        .outerjoin(keeper, keeper.id == Kit.keeper_id)
        .outerjoin(StoredFile, StoredFile.id == Kit.photo_id)
    )  # fmt: skip
    return db.session.execute(query.where(Kit.id == kit.id)).one()


def packs_of(kit_id: int, reader: Reader) -> list[Any]:
    """The packs that it goes with, as far as this reader may see them (one query)."""
    query = select(Pack.id, Pack.title, Pack.strapline, Pack.minutes).join(KitPack, KitPack.pack_id == Pack.id)
    query = query.where(KitPack.kit_id == kit_id, packs_visible_to(reader), Pack.retired_at.is_(None))
    return list(db.session.execute(query.order_by(Pack.title, Pack.id)))


def packs_to_add(kit_id: int, reader: Reader, words: str) -> list[Any]:
    """Packs of the reader's network whose title has the words and that do not go with it yet."""
    hung = select(KitPack.pack_id).where(KitPack.kit_id == kit_id)
    query = select(Pack.id, Pack.title, Pack.strapline, Pack.minutes).where(
        packs_visible_to(reader), Pack.shared_at.is_not(None), Pack.retired_at.is_(None), Pack.id.not_in(hung)
    )
    for word in words.split()[:8]:
        query = query.where(Pack.title.icontains(word, autoescape=True))
    order = (Pack.uses_count.desc(), Pack.title, Pack.id)
    return list(db.session.execute(query.order_by(*order).limit(MOST_FOUND)))


def spells_of(kit_id: int, since: date) -> list[Any]:
    """When it is out of service, from that day on, the earliest first (one query)."""
    query = select(KitOutOfService).where(
        KitOutOfService.kit_id == kit_id,
        KitOutOfService.cancelled_at.is_(None),
        or_(KitOutOfService.ends_on.is_(None), KitOutOfService.ends_on >= since),
    )
    return list(db.session.execute(query.order_by(KitOutOfService.starts_on, KitOutOfService.id)).scalars())


def spell_of(kit_id: int, spell_id: int) -> KitOutOfService | None:
    query = select(KitOutOfService).where(KitOutOfService.kit_id == kit_id, KitOutOfService.id == spell_id)
    return db.session.execute(query).scalar_one_or_none()


def events_to_add(kit: Kit, words: str) -> list[Any]:
    """Published events of the kit's network, the newest first, that do not train for it yet: id, title, first day."""
    chosen = select(KitTraining.event_id).where(KitTraining.kit_id == kit.id)
    query = (
        select(Event.id, Event.title, func.min(Session.starts_at).label("starts_at"))
        .outerjoin(Session, Session.event_id == Event.id)
        .where(Event.network_id == kit.network_id, Event.deleted_at.is_(None), Event.published_at.is_not(None))
        .where(Event.id.not_in(chosen), Event.cancelled_at.is_(None))
        .group_by(Event.id, Event.title)
    )
    for word in words.split()[:8]:
        query = query.where(Event.title.icontains(word, autoescape=True))
    return list(db.session.execute(query.order_by(func.min(Session.starts_at).desc(), Event.id).limit(MOST_FOUND)))


def event_to_train(kit: Kit, event_id: int) -> str | None:
    """The title of an event of the kit's network, or None."""
    query = select(Event.title).where(
        Event.id == event_id, Event.network_id == kit.network_id, Event.deleted_at.is_(None)
    )
    return db.session.execute(query).scalar()


def trained_people(kit_id: int) -> list[Any]:
    """Who knows it from elsewhere, as coordinators said: id, name, why (one query)."""
    query = select(Person.id, Person.name, KitTrained.why).join(KitTrained, KitTrained.person_id == Person.id)
    return list(db.session.execute(query.where(KitTrained.kit_id == kit_id).order_by(Person.sort_name)))


def people_here(network_id: int) -> list[tuple[int, str]]:
    """Members who may hand over, borrow or be trained, by name: id and name (one query)."""
    query = (
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.network_id == network_id, Membership.ended_at.is_(None), Person.erased_at.is_(None))
        .where(Membership.role != "observer")
    )
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Person.sort_name).limit(1000))]


def organisations_here(network_id: int) -> list[tuple[int, str]]:
    """The organisations of a network, by name: id and name (one query)."""
    query = (
        select(Organisation.id, Organisation.name)
        .join(NetworkOrganisation, NetworkOrganisation.organisation_id == Organisation.id)
        .where(NetworkOrganisation.network_id == network_id, Organisation.merged_into.is_(None))
    )
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Organisation.sort_name).limit(1000))]


def parts_by_kit(kit_ids: Sequence[int]) -> dict[int, list[KitPart]]:
    """What belongs into each, in the order of packing (one query)."""
    found: dict[int, list[KitPart]] = {kit_id: [] for kit_id in kit_ids}
    query = select(KitPart).where(KitPart.kit_id.in_(kit_ids), KitPart.removed_at.is_(None))
    for part in db.session.execute(query.order_by(KitPart.kit_id, KitPart.box, KitPart.position, KitPart.id)).scalars():
        found[part.kit_id].append(part)
    return found


def exported_kits(kit_ids: Sequence[int]) -> dict[int, tuple[Kit, str]]:
    """Kits with the name of whom they belong to, for a sheet (one query)."""
    query = select(Kit, Organisation.name).outerjoin(Organisation, Organisation.id == Kit.owner_organisation_id)
    return {kit.id: (kit, owner or "") for kit, owner in db.session.execute(query.where(Kit.id.in_(kit_ids)))}


def removed_photo(kit_id: int) -> int | None:
    """The file of the picture that was taken away last, if it is still kept (two queries)."""
    query = select(HistoryLine.details, HistoryLine.at).where(
        HistoryLine.subject_kind == "kit", HistoryLine.subject_id == kit_id, HistoryLine.action == "kit.photo_removed"
    )
    line = db.session.execute(query.order_by(HistoryLine.at.desc(), HistoryLine.id.desc()).limit(1)).first()
    if line is None:
        return None
    # A row that was deleted may leave its number to a later one: that would be somebody else's file.
    same = (StoredFile.id == (line.details or {}).get("file_id"), StoredFile.uploaded_at <= line.at)
    return db.session.execute(select(StoredFile.id).where(*same)).scalar()
