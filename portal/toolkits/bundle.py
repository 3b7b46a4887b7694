"""A toolkit as one zip, made while it is sent: a page that explains it, and a folder a pack with a page of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from portal.resources.bundle_folder import FIRST_PAGE, LONGEST_FOLDER, folder_of, short
from portal.resources.queries_items import items_by_id, items_of_packs
from portal.resources.telling import Told, outside, tell
from portal.toolkits.queries_versions import Pinned
from portal.web import clock
from portal.web.archives_out import Member, unique_names
from portal.web.prose import render
from portal.web.uploads import send_zip


@dataclass(frozen=True)
class Cover:
    """The toolkit in words. ``left_out`` packs can't be taken by this reader; ``address`` is where it came from."""

    title: str
    strapline: str
    about: Markup
    version: int
    version_of: datetime
    note: str
    network: str
    address: str
    left_out: int = 0


@dataclass(frozen=True)
class Entry:
    """A pack in it: told in its version, its files and links, and why it is there."""

    told: Told
    items: list[Any]
    why: str


def entries_now(contents: list[Any]) -> list[Entry]:
    """Packs as they are now; ``contents`` are rows of ``queries.contents_of`` that the reader may take."""
    told, items = tell(contents), items_of_packs([row.id for row in contents])
    return [Entry(told[row.id], items[row.id], row.why) for row in contents]


def entries_then(packs: list[Pinned]) -> list[Entry]:
    """Packs as a version kept them: their words then, the very files that lay in them."""
    there = [(one.pin, one.pack) for one in packs if one.pack is not None]
    told = tell([pack for _pin, pack in there], {pin.pack: pin.version for pin, _pack in there})
    items = items_by_id([item for pin, _pack in there for item in pin.items])
    return [Entry(told[pin.pack], [items[one] for one in pin.items if one in items], pin.note) for pin, _pack in there]


def cover(toolkit: Any, network: str, address: str, left_out: int) -> Cover:
    """The toolkit as it is now."""
    words = (toolkit.title, toolkit.strapline, outside(render(toolkit.about)))
    return Cover(*words, toolkit.version, toolkit.changed_at, toolkit.change_note, network, address, left_out)


def cover_then(old: Any, network: str, address: str, left_out: int) -> Cover:
    """The toolkit as a version kept it."""
    said = old.fields
    words = (said["title"], said["strapline"], outside(render(said["about"])))
    return Cover(*words, old.number, old.made_at, old.note, network, address, left_out)


def bundle(about: Cover, entries: list[Entry], is_old: bool = False) -> Response:
    """The archive as a download."""
    name = _("%(title)s, version %(number)s", title=about.title, number=about.version) if is_old else about.title
    return send_zip(f"{short(name, 120)}.zip", members_of(about, entries))


def members_of(about: Cover, entries: list[Entry]) -> list[Member]:
    """All that goes into it. Packs are numbered, so that folders stand in order and none has another's name."""
    back = _("Back to “%(title)s”", title=about.title)
    wanted = [
        Member(FIRST_PAGE, b"", f"{number:02d} {short(entry.told.title, LONGEST_FOLDER)}")
        for number, entry in enumerate(entries, 1)
    ]
    folders = [name.rpartition("/")[0] for name, _member in unique_names(wanted)]
    first = render_template(
        "toolkits/archive.html",
        told=about,
        entries=list(zip(folders, entries, strict=True)),
        first_page=FIRST_PAGE,
        taken_on=clock.now(),
    )
    files = [
        member
        for folder, entry in zip(folders, entries, strict=True)
        for member in folder_of(entry.told, entry.items, folder, back)
    ]
    return [Member(FIRST_PAGE, first.encode()), *files]
