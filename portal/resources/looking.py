"""A look at one file of a pack: what the browser can show of it, what it says, and why something is missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from portal.files.models import FileReading
from portal.files.queries import file_by_id, open_file
from portal.files.queries_reading import reading_of
from portal.files.reading import can_be_read
from portal.files.reading_reasons import sentence_of
from portal.resources.queries import items_of
from portal.web.prose import MAX_LENGTH, render
from portal.web.uploads import PICTURES

FILMS, SOUNDS = {"mp4", "webm"}, {"mp3"}
SLIDES, SHEETS = {"pptx", "odp"}, {"xlsx", "ods"}
# In these, lines and columns mean something.
AS_TYPED = {"text", "csv"}
PAGE = "\f"

Address = Callable[[Any], str]


@dataclass(frozen=True)
class Doors:
    """Where things are: the addresses of an item's bytes, its download, its own look, and one of its pictures."""

    shown: Address
    download: Address
    look: Address
    picture: Callable[[Any, int], str]


@dataclass(frozen=True)
class Look:
    """Everything the page draws. ``how`` is "picture", "film", "sound", "pages", "face" (one small picture) or ""."""

    how: str = ""
    is_waiting: bool = False
    reason: LazyString | None = None
    count: str = ""
    pictures: list[str] = field(default_factory=list)
    # There are more pages than pictures of them.
    is_cut_short: bool = False
    # Captions: address, language and name of each.
    tracks: list[tuple[str, str, str]] = field(default_factory=list)
    # Its words, with the name of each page, slide or sheet ("" where it has only one).
    said: list[tuple[str, str]] = field(default_factory=list)
    is_as_typed: bool = False
    prose: Markup = field(default_factory=Markup)
    before: Any | None = None
    after: Any | None = None


def look_at(item: Any, pack_id: int, doors: Doors) -> Look:
    """The look at one file (four queries at most)."""
    reading = reading_of(item.sha256)
    beside = [one for one in items_of(pack_id, _version_with(item)) if one.file_id]
    place = next((place for place, one in enumerate(beside) if one.id == item.id), 0)
    return Look(
        how=_how(item, reading),
        is_waiting=can_be_read(item.kind) and (reading is None or (reading.state == "waiting" and not reading.done_at)),
        reason=sentence_of(reading.reason) if reading else None,
        count=_counted(item.kind, reading.pages if reading else None),
        pictures=[doors.picture(item, number) for number in range(1, (reading.pictures if reading else 0) + 1)],
        is_cut_short=bool(reading and reading.pages and reading.pages > reading.pictures),
        tracks=_tracks(item, beside, doors) if item.kind in FILMS | SOUNDS else [],
        said=_said(item, reading),
        is_as_typed=item.kind in AS_TYPED,
        prose=_prose(item),
        before=beside[place - 1] if place else None,
        after=beside[place + 1] if place + 1 < len(beside) else None,
    )


def _version_with(item: Any) -> int | None:
    """The last version that had it; None while it is in the pack."""
    return item.until_version - 1 if item.until_version else None


def _how(item: Any, reading: FileReading | None) -> str:
    if item.kind in PICTURES:
        return "picture"
    if item.kind in FILMS:
        return "film"
    if item.kind in SOUNDS:
        return "sound"
    if reading is None or not reading.pictures:
        return ""
    return "pages" if item.kind == "pdf" else "face"


def _counted(kind: str, pages: int | None) -> str:
    if not pages:
        return ""
    if kind in SLIDES:
        return str(ngettext("%(num)s slide", "%(num)s slides", pages))
    if kind in SHEETS:
        return str(ngettext("%(num)s sheet", "%(num)s sheets", pages))
    return str(ngettext("%(num)s page", "%(num)s pages", pages))


def _said(item: Any, reading: FileReading | None) -> list[tuple[str, str]]:
    if reading is None or not reading.text or item.kind == "markdown":
        return []
    pages = [page.strip("\n") for page in reading.text.split(PAGE)]
    if len(pages) == 1:
        return [("", pages[0])]
    return [(_named(item.kind, number), page) for number, page in enumerate(pages, 1) if page]


def _named(kind: str, number: int) -> str:
    if kind in SLIDES:
        return str(_("Slide %(number)s", number=number))
    return str(_("Sheet %(number)s", number=number) if kind in SHEETS else _("Page %(number)s", number=number))


def _prose(item: Any) -> Markup:
    if item.kind != "markdown":
        return Markup("")
    file = file_by_id(item.file_id)
    if file is None:
        return Markup("")
    try:
        with open_file(file) as content:
            return render(content.read(MAX_LENGTH).decode("utf-8-sig", "replace"))
    except FileNotFoundError:
        return Markup("")


def _tracks(item: Any, beside: Sequence[Any], doors: Doors) -> list[tuple[str, str, str]]:
    """Subtitles that lie beside a film under its name: ``film.vtt``, or ``film.cy.vtt`` for those in Welsh."""
    stem = _stem(item.name)
    found = []
    for other in beside:
        own = _stem(other.name) if other.kind == "vtt" else ""
        if own and (own == stem or own.rpartition(".")[0] == stem):
            found.append((doors.shown(other), own.removeprefix(stem).removeprefix("."), other.title))
    return found


def _stem(name: str) -> str:
    return name.rpartition(".")[0].casefold()
