"""Questions about toolkits: which are there for this person, which packs lie in one, and how each of those stands now."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.files.models import StoredFile
from portal.networks.readers import Reader
from portal.people.models import Person
from portal.resources.models import Pack, PackItem
from portal.toolkits.models import Toolkit, ToolkitItem
from portal.web import clock

# How long a deleted toolkit can be brought back.
UNDO = timedelta(days=7)
STATES = ("shared", "draft", "retired")

STATE: ColumnElement[str] = case(
    (Toolkit.retired_at.is_not(None), "retired"), (Toolkit.shared_at.is_not(None), "shared"), else_="draft"
)
# How a pack of a toolkit stands now. What is gone or kept back is told, and leads nowhere.
STANDING: ColumnElement[str] = case(
    (Pack.deleted_at.is_not(None), "gone"),
    (Pack.shared_at.is_(None), "back"),
    (Pack.retired_at.is_not(None), "retired"),
    else_="here",
)


def visible_to(reader: Reader) -> ColumnElement[bool]:
    """What was shared in the network (retired ones too), and the reader's own drafts."""
    return and_(
        Toolkit.network_id == reader.network_id,
        Toolkit.deleted_at.is_(None),
        or_(Toolkit.shared_at.is_not(None), Toolkit.owner_id == reader.person_id),
    )


def toolkits(reader: Reader, words: str = "", state: str = "shared") -> Rows:
    """One row for each toolkit of a list: those shared, the reader's drafts, or those retired."""
    here = and_(Toolkit.network_id == reader.network_id, Toolkit.deleted_at.is_(None))
    return _listed().where(here, _in_state(reader, state), *_saying(words))


def public_toolkits(network_id: int, words: str = "") -> Rows:
    """Toolkits of a network that anyone may read."""
    return _listed(Pack.is_public, Pack.shared_at.is_not(None), Pack.retired_at.is_(None)).where(
        Toolkit.network_id == network_id, *_public(), *_saying(words)
    )


def _listed(*packs: Any) -> Rows:
    owner = aliased(Person)
    columns = (
        Toolkit.id,
        Toolkit.title,
        Toolkit.strapline,
        Toolkit.version,
        Toolkit.downloads,
        Toolkit.shared_at,
        Toolkit.changed_at,
        owner.name.label("owner_name"),
        STATE.label("state"),
        number_of_packs(*packs).label("packs"),
    )
    return select(*columns).join(owner, owner.id == Toolkit.owner_id)


def number_of_packs(*more: Any) -> ColumnElement[int]:
    """Beside each toolkit: how many packs lie in it, those left out that were deleted since."""
    return (
        select(func.count(ToolkitItem.id))
        .join(Pack, Pack.id == ToolkitItem.pack_id)
        .where(ToolkitItem.toolkit_id == Toolkit.id, ToolkitItem.until_version.is_(None), Pack.deleted_at.is_(None))
        .where(*more)
        .correlate(Toolkit)
        .scalar_subquery()
    )


def _in_state(reader: Reader, state: str) -> ColumnElement[bool]:
    if state == "draft":
        return and_(Toolkit.shared_at.is_(None), Toolkit.owner_id == reader.person_id)
    if state == "retired":
        return and_(Toolkit.shared_at.is_not(None), Toolkit.retired_at.is_not(None))
    return and_(Toolkit.shared_at.is_not(None), Toolkit.retired_at.is_(None))


def _saying(words: str) -> list[ColumnElement[bool]]:
    """Every word stands somewhere in the title, the sentence under it or the story."""
    said = func.lower(Toolkit.title + " " + Toolkit.strapline + " " + Toolkit.about)
    return [said.contains(word.lower(), autoescape=True) for word in words.split()[:8]]


def _public() -> tuple[Any, ...]:
    return (
        Toolkit.is_public,
        Toolkit.shared_at.is_not(None),
        Toolkit.retired_at.is_(None),
        Toolkit.deleted_at.is_(None),
    )


def toolkit_in(reader: Reader, toolkit_id: int) -> Any | None:
    """The toolkit as this reader may see it (one query), or None."""
    return _one(visible_to(reader), toolkit_id)


def deleted_toolkit_in(reader: Reader, toolkit_id: int) -> Any | None:
    """One that was deleted less than a week ago, for whoever could see it before."""
    recently = Toolkit.deleted_at > clock.now() - UNDO
    theirs = or_(Toolkit.shared_at.is_not(None), Toolkit.owner_id == reader.person_id)
    return _one(and_(Toolkit.network_id == reader.network_id, recently, theirs), toolkit_id)


def public_toolkit(network_id: int, toolkit_id: int) -> Any | None:
    """One that anyone may read: shared with everyone, not retired."""
    return _one(and_(Toolkit.network_id == network_id, *_public()), toolkit_id)


def _one(condition: ColumnElement[bool], toolkit_id: int) -> Any | None:
    columns = (*Toolkit.__table__.columns, STATE.label("state"), Person.name.label("owner_name"))
    query = select(*columns).join(Person, Person.id == Toolkit.owner_id)
    return db.session.execute(query.where(Toolkit.id == toolkit_id, condition)).first()


def toolkit_by_id(toolkit_id: int) -> Toolkit:
    """The toolkit itself, for its form. Whoever asks has looked through ``toolkit_in`` first."""
    return db.session.get_one(Toolkit, toolkit_id, populate_existing=True)


def contents_of(toolkit_id: int) -> list[Any]:
    """The packs of now in their order, each with the whole pack and its ``standing`` (one query)."""
    there = (ToolkitItem.toolkit_id == toolkit_id, ToolkitItem.until_version.is_(None))
    return list(db.session.execute(_contents().where(*there).order_by(ToolkitItem.position, ToolkitItem.id)))


def item_of(toolkit_id: int, item_id: int) -> Any | None:
    """One pack of a toolkit, taken out or not."""
    wanted = (ToolkitItem.toolkit_id == toolkit_id, ToolkitItem.id == item_id)
    return db.session.execute(_contents().where(*wanted)).first()


def _contents() -> Any:
    successor = aliased(Pack)
    open_successor = and_(successor.shared_at.is_not(None), successor.deleted_at.is_(None))
    columns = (
        ToolkitItem.id.label("item_id"),
        ToolkitItem.note.label("why"),
        ToolkitItem.until_version,
        STANDING.label("standing"),
        case((open_successor, successor.title)).label("successor_title"),
        *Pack.__table__.columns,
    )
    return (
        select(*columns)
        .select_from(ToolkitItem)
        .join(Pack, Pack.id == ToolkitItem.pack_id)
        .outerjoin(successor, successor.id == Pack.successor_id)
    )


def size_of_packs(pack_ids: list[int]) -> int:
    """Bytes of all files of these packs together (one query)."""
    files = (
        select(func.coalesce(func.sum(StoredFile.size), 0))
        .join(PackItem, PackItem.file_id == StoredFile.id)
        .where(PackItem.pack_id.in_(pack_ids), PackItem.until_version.is_(None))
    )
    return int(db.session.execute(files).scalar_one()) if pack_ids else 0


def toolkits_with(reader: Reader, pack_id: int) -> list[Any]:
    """The toolkits in which a pack lies now and that the reader may see; retired ones do not stand on it."""
    query = (
        select(Toolkit.id, Toolkit.title, STATE.label("state"))
        .join(ToolkitItem, ToolkitItem.toolkit_id == Toolkit.id)
        .where(ToolkitItem.pack_id == pack_id, ToolkitItem.until_version.is_(None))
        .where(visible_to(reader), Toolkit.retired_at.is_(None))
    )
    return list(db.session.execute(query.order_by(Toolkit.title, Toolkit.id).limit(12)))


def toolkits_to_fill(reader: Reader, is_coordinator: bool) -> list[Any]:
    """Those into which she may put a pack: her own, for coordinators all that they see; last changed first."""
    hers = visible_to(reader) if is_coordinator else and_(visible_to(reader), Toolkit.owner_id == reader.person_id)
    query = select(Toolkit.id, Toolkit.title, STATE.label("state")).where(hers, Toolkit.retired_at.is_(None))
    return list(db.session.execute(query.order_by(Toolkit.changed_at.desc(), Toolkit.id.desc()).limit(50)))


def last_day_to_undo(deleted_at: datetime) -> datetime:
    return deleted_at + UNDO
