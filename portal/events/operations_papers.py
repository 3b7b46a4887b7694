"""Keeping with an event what is left of it, at any time before or after: added, changed, taken away and put back."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db, operation
from portal.events import words_papers as words
from portal.events.drafts_papers import PaperDraft, PapersDraft
from portal.events.links_typed import host_of
from portal.events.models import Event
from portal.events.models_papers import EventPaper
from portal.events.queries_papers import count_papers
from portal.files.models import StoredFile
from portal.history import phrases, record
from portal.web import clock, prose
from portal.web.errors import Conflict, DomainError

MOST = 60

phrases.declare(
    {
        "paper-added": _l("%(actor)s added “%(title)s” to what stays"),
        "papers-added": _l("%(actor)s added %(count)s things to what stays"),
        "photos-added": _l("%(actor)s added %(count)s photos and says that no pupil is recognised without consent"),
        "paper-changed": _l("%(actor)s changed “%(title)s” among what stays"),
        "paper-removed": _l("%(actor)s took “%(title)s” away from what stays"),
        "paper-returned": _l("%(actor)s put “%(title)s” back to what stays"),
    }
)


@operation
def add_papers(event: Event, draft: PapersDraft, by: int) -> list[EventPaper]:
    """Add each file, each link and the words as a paper of its own; returns them.

    Raises DomainError for nothing, too many, a photo without the sentence of consent, a sheet that others would read.
    """
    _refuse_what_may_not_stand(event, draft)
    made = _from_files(draft) + _from_links(draft) + _from_words(draft)
    if not made:
        raise DomainError(_("Choose a file, type the address of a page, or write a few lines."), "files")
    there = count_papers(event.id)
    if there + len(made) > MOST:
        raise DomainError(
            _("At most %(most)s things stay with an event; there are %(n)s.", most=MOST, n=there), "files"
        )
    for paper in made:
        paper.event_id, paper.session_id = event.id, draft.session_id
        paper.kind, paper.readers = draft.kind, draft.readers
        paper.added_at, paper.added_by = clock.now(), by
    db.session.add_all(made)
    db.session.flush()
    _note_added(event, made, by)
    return made


@operation
def change_paper(event: Event, paper: EventPaper, seen: int, draft: PaperDraft, by: int) -> EventPaper:
    """What it is called, its kind, date and readers, and its address or words.

    ``seen`` is the row version that the person had before her. Raises Conflict, and DomainError as ``add_papers`` does.
    """
    if paper.row_version != seen:
        raise Conflict(in_words(paper))
    _refuse_what_may_not_stand(event, draft, was_photo=paper.kind == "photo")
    paper.kind, paper.readers, paper.session_id = draft.kind, draft.readers, draft.session_id
    paper.title = draft.title or _usual_title(paper)
    if paper.link:
        paper.link = draft.link
    elif paper.stored_file_id is None:
        paper.words, paper.words_html = draft.words, str(prose.render(draft.words))
    _note("paper-changed", event, paper, by)
    return paper


@operation
def remove_paper(event: Event, paper: EventPaper, by: int) -> None:
    """Take it away from every page at once; ``return_paper`` takes that back."""
    paper.removed_at = clock.now()
    _note("paper-removed", event, paper, by)


@operation
def return_paper(event: Event, paper: EventPaper, by: int) -> None:
    paper.removed_at = None
    _note("paper-returned", event, paper, by)


def in_words(paper: EventPaper) -> dict[str, str]:
    """What stands there now, by the names of the form's fields."""
    stands = {
        "title": paper.title,
        "kind": str(words.KINDS[paper.kind]),
        "readers": str(words.READERS[paper.readers]),
    }
    return stands | {name: text for name, text in (("link", paper.link), ("words", paper.words)) if text}


def _refuse_what_may_not_stand(event: Event, draft: PapersDraft | PaperDraft, was_photo: bool = False) -> None:
    if draft.kind == "photo" and not draft.has_consent and not was_photo:
        raise DomainError(_("Tick that no pupil can be recognised, or leave the photos out."), "has_consent")
    if draft.kind == "sheet" and draft.readers != "coordinators":
        raise DomainError(_("A signed sheet shows names and signatures: coordinators alone read it."), "readers")
    if draft.session_id is not None and draft.session_id not in [one.id for one in event.sessions]:
        raise DomainError(_("Choose one of the dates of this event."), "session")


def _from_files(draft: PapersDraft) -> list[EventPaper]:
    files = db.session.execute(select(StoredFile.id, StoredFile.name).where(StoredFile.id.in_(draft.file_ids)))
    names = {row.id: row.name for row in files}
    kept = [file_id for file_id in draft.file_ids if file_id in names]
    return [
        EventPaper(stored_file_id=one, title=_title(draft, len(kept), number) or names[one][:200])
        for number, one in enumerate(kept, 1)
    ]


def _from_links(draft: PapersDraft) -> list[EventPaper]:
    many = len(draft.links)
    return [
        EventPaper(link=address, title=(name or _title(draft, many, number) or host_of(address))[:200])
        for number, (address, name) in enumerate(draft.links, 1)
    ]


def _from_words(draft: PapersDraft) -> list[EventPaper]:
    if not draft.words:
        return []
    title = draft.title or str(words.KINDS[draft.kind])
    return [EventPaper(words=draft.words, words_html=str(prose.render(draft.words)), title=title)]


def _title(draft: PapersDraft, many: int, number: int) -> str:
    """One title for several things is numbered."""
    return draft.title if many == 1 or not draft.title else f"{draft.title[:190]} ({number})"


def _usual_title(paper: EventPaper) -> str:
    return host_of(paper.link) if paper.link else paper.title or str(words.KINDS[paper.kind])


def _note_added(event: Event, made: list[EventPaper], by: int) -> None:
    if made[0].kind == "photo":
        record(by, "photos-added", _book_of(made[0]), event.id, event.network_id, count=len(made))
    elif len(made) > 1:
        record(by, "papers-added", _book_of(made[0]), event.id, event.network_id, count=len(made))
    else:
        _note("paper-added", event, made[0], by)


def _note(action: str, event: Event, paper: EventPaper, by: int) -> None:
    record(by, action, _book_of(paper), event.id, event.network_id, title=paper.title)


def _book_of(paper: EventPaper) -> str:
    """The event's page tells its lines to every member: what not all of them read is told in the event's file."""
    return "event" if paper.readers in ("members", "public") else "event_file"
