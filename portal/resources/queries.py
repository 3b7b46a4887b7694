"""Questions about one pack: is it there for this person, what lies in it, where does it come from?"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.files.models import FileReading, StoredFile
from portal.networks.readers import Reader
from portal.people.models import Person
from portal.people.reach import open_to
from portal.resources.models import Pack, PackBookmark, PackItem, PackReport, PackStandard, PackWord
from portal.resources.standing import STANDING
from portal.standards.models import Framework, Standard
from portal.vocabulary.models import Word
from portal.web import clock

# How long a deleted pack can be brought back.
UNDO = timedelta(days=7)

STATE: ColumnElement[str] = case(
    (Pack.retired_at.is_not(None), "retired"), (Pack.shared_at.is_not(None), "shared"), else_="draft"
)


def visible_to(reader: Reader) -> ColumnElement[bool]:
    """What was shared in the network (retired packs too), the reader's own drafts, and what was handed in to her."""
    return and_(Pack.network_id == reader.network_id, Pack.deleted_at.is_(None), _open_to(reader))


def _open_to(reader: Reader) -> ColumnElement[bool]:
    handed_in = [Pack.handed_in_at.is_not(None)] if reader.is_coordinator else []
    return or_(Pack.shared_at.is_not(None), Pack.owner_id == reader.person_id, *handed_in)


def pack_in(reader: Reader, pack_id: int) -> Any | None:
    """The pack as this reader may see it, with names of what it points to and whether she keeps it (one query), or None."""
    kept = select(PackBookmark.pack_id).where(PackBookmark.pack_id == Pack.id)
    is_kept = kept.where(PackBookmark.person_id == reader.person_id).exists().label("is_kept")
    return _one(visible_to(reader), pack_id, is_kept, _author_id(open_to(reader.person_id)))


def deleted_pack_in(reader: Reader, pack_id: int) -> Any | None:
    """A pack that was deleted less than a week ago, for whoever could see it before."""
    recently = Pack.deleted_at > clock.now() - UNDO
    return _one(and_(Pack.network_id == reader.network_id, recently, _open_to(reader)), pack_id)


def public_pack(network_id: int, pack_id: int) -> Any | None:
    """A pack that anyone may read: shared with everyone, not retired."""
    shown = (Pack.is_public, Pack.shared_at.is_not(None), Pack.retired_at.is_(None), Pack.deleted_at.is_(None))
    return _one(and_(Pack.network_id == network_id, *shown), pack_id)


def pack_by_id(pack_id: int) -> Pack:
    """The pack itself, for its form. Whoever asks has looked through ``pack_in`` first."""
    return db.session.get_one(Pack, pack_id, populate_existing=True)


def _one(condition: ColumnElement[bool], pack_id: int, *more: ColumnElement[Any]) -> Any | None:
    parent, successor = aliased(Pack), aliased(Pack)
    columns = (
        *Pack.__table__.columns,
        STATE.label("state"),
        STANDING.label("standing"),
        # Whether there is anything to ask for: most packs have neither.
        _is_reported(),
        _has_kin(),
        Person.name.label("owner_name"),
        parent.title.label("parent_title"),
        parent.author.label("parent_author"),
        parent.network_id.label("parent_network_id"),
        parent.language.label("parent_language"),
        _is_open(parent).label("parent_is_open"),
        successor.title.label("successor_title"),
        _is_open(successor).label("successor_is_open"),
        *more,
    )
    query = (
        select(*columns)
        .join(Person, Person.id == Pack.owner_id)
        .outerjoin(parent, parent.id == Pack.adapted_from_id)
        .outerjoin(successor, successor.id == Pack.successor_id)
    )
    return db.session.execute(query.where(Pack.id == pack_id, condition)).first()


def _author_id(is_open: ColumnElement[bool]) -> ColumnElement[int | None]:
    """Who is meant by its author, where that is whoever keeps it and the reader may open her page."""
    return case((and_(Pack.author == Person.name, is_open), Pack.owner_id)).label("author_id")


def _is_reported() -> Any:
    open_one = select(PackReport.id).where(PackReport.pack_id == Pack.id, PackReport.settled_at.is_(None))
    return open_one.correlate(Pack).exists().label("is_reported")


def _has_kin() -> Any:
    other = aliased(Pack)
    made_from_it = select(other.id).where(other.adapted_from_id == Pack.id).correlate(Pack).exists()
    return or_(Pack.adapted_from_id.is_not(None), made_from_it).label("has_kin")


def _is_open(pack: Any) -> ColumnElement[bool]:
    return and_(pack.shared_at.is_not(None), pack.deleted_at.is_(None))


def items_of(pack_id: int, version: int | None = None) -> list[Any]:
    """Files and links in their order: those of now, or as they were in a version (one query)."""
    in_time: ColumnElement[bool] = PackItem.until_version.is_(None)
    if version is not None:
        gone = or_(PackItem.until_version.is_(None), PackItem.until_version > version)
        in_time = and_(PackItem.from_version <= version, gone)
    query = _items().where(PackItem.pack_id == pack_id, in_time).order_by(PackItem.position, PackItem.id)
    return list(db.session.execute(query))


def item_of(pack_id: int, item_id: int) -> Any | None:
    """One file or link of a pack, of any version."""
    return db.session.execute(_items().where(PackItem.pack_id == pack_id, PackItem.id == item_id)).first()


def _items() -> Any:
    read = select(
        PackItem.id,
        PackItem.title,
        PackItem.url,
        PackItem.file_id,
        PackItem.until_version,
        PackItem.position,
        StoredFile.name,
        StoredFile.kind,
        StoredFile.media_type,
        StoredFile.size,
        StoredFile.sha256,
        # Pictures of its pages, or of itself; the small one of them has the number 0.
        FileReading.pictures,
        FileReading.pages,
    ).outerjoin(StoredFile, StoredFile.id == PackItem.file_id)
    return read.outerjoin(FileReading, FileReading.sha256 == StoredFile.sha256)


def words_of_packs(pack_ids: list[int]) -> dict[int, dict[str, list[Any]]]:
    """Subjects, phases and further languages of packs, by pack and kind, in the region's order (one query)."""
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    if pack_ids:
        rows = db.session.execute(
            select(PackWord.pack_id, Word.kind, Word.code, Word.label, Word.id)
            .join(Word, Word.id == PackWord.word_id)
            .where(PackWord.pack_id.in_(pack_ids))
            .order_by(Word.kind, Word.position, Word.label)
        )
        for row in rows:
            found[row.pack_id][row.kind].append(row)
    return found


def words_said_of(pack: Any) -> dict[str, list[Any]]:
    """The words of one pack by kind, and with them the words of its licence and language (one query).

    ``language`` holds the further languages; the pack's own is under ``own_language``.
    """
    hung = Word.id.in_(select(PackWord.word_id).where(PackWord.pack_id == pack.id))
    own = or_(
        and_(Word.kind == "licence", Word.code == pack.licence),
        and_(Word.kind == "language", Word.code == pack.language),
    )
    columns = (Word.kind, Word.code, Word.label, Word.hint, hung.label("is_hung"))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in db.session.execute(select(*columns).where(or_(hung, own)).order_by(Word.position, Word.label)):
        if row.is_hung or row.kind == "licence":
            found[row.kind].append(row)
        if row.kind == "language" and row.code == pack.language:
            found["own_language"].append(row)
    return found


def standards_of(pack_id: int) -> list[Any]:
    """The codes of a pack, each with its standard where it is known (one query)."""
    columns = (
        PackStandard.code,
        Standard.id,
        Standard.code.label("known_code"),
        Standard.statement,
        Framework.code.label("framework"),
    )
    query = (
        select(*columns)
        .outerjoin(Standard, Standard.id == PackStandard.standard_id)
        .outerjoin(Framework, Framework.id == Standard.framework_id)
        .where(PackStandard.pack_id == pack_id)
        .order_by(PackStandard.id)
    )
    return list(db.session.execute(query))


def successors_for(reader: Reader, pack_id: int) -> list[tuple[int, str]]:
    """Shared packs that may take the place of one, by title."""
    query = select(Pack.id, Pack.title).where(
        Pack.network_id == reader.network_id,
        Pack.deleted_at.is_(None),
        Pack.retired_at.is_(None),
        Pack.shared_at.is_not(None),
        Pack.id != pack_id,
    )
    return [(row.id, row.title) for row in db.session.execute(query.order_by(Pack.title).limit(1000))]


def size_of(items: list[Any]) -> int:
    """Bytes of all files together."""
    return sum(item.size or 0 for item in items)


def last_day_to_undo(deleted_at: datetime) -> datetime:
    return deleted_at + UNDO


def shared_count(network_id: int) -> int:
    """How many packs the network has to choose from, before any filter."""
    return db.session.execute(shared_in(network_id)).scalar_one()


def shared_in(network_id: int) -> Select[int]:
    """The same as a question, for one that asks more."""
    return select(func.count()).where(
        Pack.network_id == network_id, Pack.deleted_at.is_(None), Pack.retired_at.is_(None), Pack.shared_at.is_not(None)
    )
