"""Making a pack, changing what it says, closing a version, making a changed copy."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from portal import history
from portal.db import db, operation
from portal.files.models import StoredFile
from portal.files.operations_reading import ask_to_read
from portal.history.phrases import declare
from portal.resources.fields import Contents, PackFields
from portal.resources.models import Pack, PackItem, PackStandard, PackVersion, PackWord
from portal.resources.originals import credited
from portal.resources.queries import items_of
from portal.resources.queries_fields import fields_of, texts_of
from portal.standards.codes import fold_code, framework_and_code
from portal.standards.queries import Found, resolve
from portal.web import clock
from portal.web.errors import Conflict, DomainError
from portal.web.prose import render

MOST_ITEMS = 60
# What one person changes of the files within this time is one version.
ONE_CHANGE = timedelta(hours=1)

declare(
    {
        "pack.made": _l("%(actor)s began the pack “%(title)s”"),
        "pack.adapted": _l("%(actor)s began “%(title)s”, a changed copy of “%(parent)s”"),
        "pack.changed": _l("%(actor)s changed “%(title)s”"),
        "pack.version": _l("%(actor)s made version %(version)s of “%(title)s”: %(note)s"),
        "pack.items_added": _l("%(actor)s put %(count)s more into “%(title)s”"),
    }
)


@operation
def create_pack(
    actor_id: int, network_id: int, said: PackFields, contents: Contents, parent_id: int | None = None
) -> int:
    """Begin a pack as a draft that only its owner sees; returns its id.

    Raises DomainError for too many items, and for a licence that the original does not allow.
    """
    now = clock.now()
    said.adapted_from_id = parent_id or said.adapted_from_id
    said = credited(said)
    pack = Pack(
        network_id=network_id,
        owner_id=actor_id,
        about_html=str(render(said.about)),
        created_at=now,
        changed_at=now,
        **said.columns(),
    )
    db.session.add(pack)
    db.session.flush()
    set_words(pack.id, said)
    set_standards(pack.id, said.standards)
    append_items(pack, contents)
    # Drafts are private: their lines hang on the pack and not on the network.
    history.record(actor_id, "pack.made", "pack", pack.id, title=pack.title)
    return pack.id


@operation
def change_pack(
    actor_id: int, pack_id: int, seen: int, said: PackFields, contents: Contents, change_note: str = ""
) -> int:
    """Write what the pack says now and add files and links; with a note it becomes a new version first.

    ``seen`` is the row version that the person had before her. Raises Conflict when it is older than what stands here,
    and DomainError for a licence that the original does not allow.
    """
    pack = db.session.get_one(Pack, pack_id)
    before = fields_of(pack)
    if pack.row_version != seen and (theirs := _differences(before, said)):
        raise Conflict(theirs)
    said = credited(said)
    if change_note:
        close_version(actor_id, pack, change_note, before)
    elif contents.file_ids or contents.links:
        version_for_files(actor_id, pack, _("More files or links"))
    for name, value in said.columns().items():
        setattr(pack, name, value)
    pack.about_html = str(render(said.about))
    pack.changed_at = clock.now()
    set_words(pack.id, said)
    set_standards(pack.id, said.standards)
    append_items(pack, contents)
    if not change_note:
        history.record(actor_id, "pack.changed", "pack", pack.id, network_of(pack), title=pack.title)
    return pack.id


@operation
def start_version(actor_id: int, pack_id: int, note: str) -> int:
    """Close the version as it is, with its fields and items, and begin the next; returns its number."""
    pack = db.session.get_one(Pack, pack_id)
    close_version(actor_id, pack, note, fields_of(pack))
    return pack.version


@operation
def adapt_pack(actor_id: int, pack_id: int) -> int:
    """A changed copy: a new draft of the actor with the same fields and items, linked to its parent; returns its id.

    Raises DomainError where the licence allows no changed copies.
    """
    parent = db.session.get_one(Pack, pack_id)
    if "-nd" in parent.licence:
        raise DomainError(_("The licence of this pack does not allow changed copies. Ask its author."))
    said = fields_of(parent)
    said.right_to_share, said.adapted_from_id, said.checked_language = "adapted", parent.id, False
    now = items_of(parent.id)
    contents = [
        PackItem(position=place, title=one.title, file_id=one.file_id, url=one.url) for place, one in enumerate(now)
    ]
    copy_id = create_pack(actor_id, parent.network_id, said, Contents())
    for item in contents:
        item.pack_id = copy_id
    db.session.add_all(contents)
    history.record(actor_id, "pack.adapted", "pack", copy_id, title=parent.title, parent=parent.title)
    return copy_id


def version_for_files(actor_id: int, pack: Pack, note: str) -> None:
    """Before the files of a shared pack change: the version that others know is closed with the files it has.

    What the same person changes within an hour belongs to the version that she began; its note grows.
    """
    if not pack.shared_at:
        return
    latest = db.session.execute(
        select(PackVersion.made_at, PackVersion.made_by)
        .where(PackVersion.pack_id == pack.id)
        .order_by(PackVersion.number.desc())
        .limit(1)
    ).first()
    since = max(clock.now() - ONE_CHANGE, pack.shared_at)
    if latest is None or latest.made_by != actor_id or latest.made_at < since:
        close_version(actor_id, pack, note, fields_of(pack))
    elif note not in pack.change_note:
        pack.change_note = f"{pack.change_note}; {note}"[:500]


def network_of(pack: Pack) -> int | None:
    """Where a line about the pack is told: in its network once it was shared there."""
    return pack.network_id if pack.shared_at else None


def close_version(actor_id: int, pack: Pack, note: str, before: PackFields) -> None:
    db.session.add(
        PackVersion(
            pack_id=pack.id,
            number=pack.version,
            note=pack.change_note,
            fields=asdict(before),
            made_at=clock.now(),
            made_by=actor_id,
        )
    )
    pack.version += 1
    pack.change_note = note
    pack.changed_at = clock.now()
    history.record(
        actor_id, "pack.version", "pack", pack.id, network_of(pack), title=pack.title, version=pack.version, note=note
    )


def set_words(pack_id: int, said: PackFields) -> None:
    db.session.execute(delete(PackWord).where(PackWord.pack_id == pack_id))
    wanted = dict.fromkeys((*said.subjects, *said.phases, *said.languages))
    db.session.add_all(PackWord(pack_id=pack_id, word_id=word_id) for word_id in wanted)


def set_standards(pack_id: int, codes: tuple[str, ...], found: Mapping[str, Found] | None = None) -> None:
    """Codes that no imported framework has are kept as typed. ``found`` saves the look-up where it was made for many."""
    db.session.execute(delete(PackStandard).where(PackStandard.pack_id == pack_id))
    found = resolve(codes) if found is None else found
    for code in dict.fromkeys(codes):
        known = found.get(code)
        key = fold_code(framework_and_code(code)[1])
        db.session.add(PackStandard(pack_id=pack_id, code=code[:80], key=key, standard_id=known.id if known else None))


def append_items(pack: Pack, contents: Contents) -> int:
    """Files and links after what is there; returns how many were added. Raises DomainError for too many."""
    there = (PackItem.pack_id == pack.id, PackItem.until_version.is_(None))
    count, last = db.session.execute(select(func.count(), func.max(PackItem.position)).where(*there)).one()
    added = len(contents.file_ids) + len(contents.links)
    if count + added > MOST_ITEMS:
        raise DomainError(
            _("A pack holds at most %(most)s files and links. Put some of them into one file.", most=MOST_ITEMS),
            "files",
        )
    files = db.session.execute(select(StoredFile.id, StoredFile.name).where(StoredFile.id.in_(contents.file_ids)))
    names = {row.id: row.name for row in files}
    new = [PackItem(title=names[file_id][:200], file_id=file_id) for file_id in contents.file_ids if file_id in names]
    new += [PackItem(title=(title or url)[:200], url=url) for url, title in contents.links]
    for place, item in enumerate(new, 0 if not count else last + 1):
        item.pack_id, item.position, item.from_version = pack.id, place, pack.version
    db.session.add_all(new)
    ask_to_read(contents.file_ids)
    return len(new)


def _differences(there: PackFields, said: PackFields) -> dict[str, str]:
    """What stands there now, where it differs from what was typed."""
    theirs, mine = texts_of(there), texts_of(said)
    return {name: text for name, text in theirs.items() if text != mine[name]}
