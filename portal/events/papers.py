"""What stays with an event as its pages show it: each thing with the door to it that this reader may use."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from portal.events import words_papers as words
from portal.events.queries_papers import Paper, Reader, papers_of
from portal.web import dates


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper, where it leads (nowhere for words), and what it is in a few words."""

    paper: Paper
    url: str
    about: str
    readers: str


def shown_papers(event_id: int, reader: Reader, door: str, **values: object) -> list[ShownPaper]:
    """All that this reader may see (one query); ``door`` is the endpoint that hands out its files."""
    return [shown(paper, door, {"event_id": event_id, **values}) for paper in papers_of(event_id, reader)]


def shown(paper: Paper, door: str, values: dict[str, object]) -> ShownPaper:
    url = paper.link or (url_for(door, paper_id=paper.id, **values) if paper.file_id else "")  # type: ignore[arg-type]
    return ShownPaper(paper, url, about(paper), str(words.READERS.get(paper.readers, paper.readers)))


def about(paper: Paper) -> str:
    """Slides, 2.4 MB, Thu 19 Nov."""
    parts = [str(words.KINDS.get(paper.kind, paper.kind))]
    if paper.size is not None:
        parts.append(dates.filesize(paper.size))
    if paper.host:
        parts.append(_("at %(host)s", host=paper.host))
    if paper.starts_at:
        parts.append(dates.short_day(paper.starts_at))
    return ", ".join(parts)
