"""The event's file as one zip: the paper, its tables as spreadsheets, the certificates, what stays, the dates, and sums.

Nothing large is held in memory: certificates and papers are read from the store while the archive is sent.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flask import render_template
from sqlalchemy import select

from portal.db import db
from portal.event_file.contents import EventFile
from portal.event_file.granted import certificates_in
from portal.event_file.paper import paper_of
from portal.event_file.queries_costs import costs_of
from portal.event_file.sheets import (
    COST_COLUMNS,
    EVALUATION_COLUMNS,
    HOURS_COLUMNS,
    SIGN_IN_COLUMNS,
    cost_cells,
    evaluation_rows,
    hours_cells,
    sign_in_cells,
)
from portal.events.calendar_files import calendar_file
from portal.events.policy_papers import EVERYTHING
from portal.events.queries_event import event_page, sessions_of
from portal.events.queries_papers import Paper, Reader, papers_of
from portal.files.models import StoredFile
from portal.files.store import store
from portal.networks.scope import NetworkHere
from portal.surveys.queries import survey_about
from portal.surveys.results import results_of
from portal.web import clock
from portal.web.archives_out import unique_names
from portal.web.links import absolute
from portal.web.tables import csv_bytes
from portal.web.uploads import Member

SUMS = "SHA256SUMS.txt"


def members_of(file: EventFile, network: NetworkHere, by: int) -> tuple[str, list[Member]]:
    """The name of the archive and its members, a list of their SHA-256 sums last."""
    event_id = file.event.id
    papers = papers_of(event_id, Reader(EVERYTHING))
    stored = _stored(file, papers)
    certificates, lost_certificates = _certificates(file, stored)
    kept, lost = _papers(papers, stored)
    content, name = paper_of(file, network, by)
    made = [
        Member(name, content),
        *_tables(file),
        Member(f"event-{event_id}.ics", _calendar(file, network)),
        *certificates,
        *kept,
    ]
    readme = _readme(file, network, papers, [*lost_certificates, *lost])
    members = [Member(name, one.content, one.folder) for name, one in _named([Member("README.txt", readme), *made])]
    return f"event-file-{event_id}.zip", [*members, Member(SUMS, _sums(members, stored))]


def _tables(file: EventFile) -> Iterator[Member]:
    survey = survey_about("event", file.event.id, "evaluation")
    asked = evaluation_rows(results_of(survey)) if survey else ()
    costs = db.session.execute(costs_of(file.event.id))
    yield Member("participants.csv", csv_bytes(SIGN_IN_COLUMNS, map(sign_in_cells, file.lines)))
    yield Member("hours.csv", csv_bytes(HOURS_COLUMNS, map(hours_cells, file.granted)))
    yield Member("evaluation.csv", csv_bytes(EVALUATION_COLUMNS, asked))
    yield Member("costs.csv", csv_bytes(COST_COLUMNS, map(cost_cells, costs)))


def _calendar(file: EventFile, network: NetworkHere) -> bytes:
    """Its dates without the links by which people join: an audit needs none."""
    event = event_page(network.id, file.event.id)
    url = absolute("events.show", network=network.slug, event_id=event.id)
    return bytes(calendar_file(event, sessions_of(event.id), network.name, network.time_zone, url).get_data())


def _stored(file: EventFile, papers: Sequence[Paper]) -> dict[int, StoredFile]:
    """The files behind certificates and papers by their ids (one query)."""
    wanted = {one.stored_file_id for one in certificates_in(file.due)} | {one.file_id for one in papers}
    rows = db.session.execute(select(StoredFile).where(StoredFile.id.in_(sorted(filter(None, wanted))))).scalars()
    return {one.id: one for one in rows}


def _certificates(file: EventFile, stored: dict[int, StoredFile]) -> tuple[list[Member], list[str]]:
    """Each paper that is made, a void one marked in its name; and the numbers of those whose bytes are gone."""
    members, lost = [], []
    for one in certificates_in(file.due):
        paper = stored.get(one.stored_file_id or 0)
        if paper is None:
            continue
        name = f"{one.number} void {one.name}.pdf" if one.voided_at else f"{one.number} {one.name}.pdf"
        if path := _path(paper):
            members.append(Member(name, path, "certificates"))
        else:
            lost.append(name)
    return members, lost


def _papers(papers: Sequence[Paper], stored: dict[int, StoredFile]) -> tuple[list[Member], list[str]]:
    """The files under their own names; words as Markdown stand in the README."""
    members, lost = [], []
    for one in papers:
        paper = stored.get(one.file_id or 0)
        if paper is None:
            continue
        if path := _path(paper):
            members.append(Member(paper.name, path, "papers"))
        else:
            lost.append(paper.name)
    return members, lost


def _path(file: StoredFile) -> Path | None:
    path = Path(store().path(file.sha256))
    return path if path.is_file() else None


def _readme(file: EventFile, network: NetworkHere, papers: Sequence[Paper], lost: list[str]) -> bytes:
    values: dict[str, Any] = {
        "file": file,
        "event": file.event,
        "network": network,
        "papers": papers,
        "lost": lost,
        "now": clock.now(),
    }
    return render_template("event_file/README.txt", **values).encode()


def _named(members: list[Member]) -> list[tuple[str, Member]]:
    """With the names that they will have in the archive, which the sums have to say."""
    return [(name.rpartition("/")[2], member) for name, member in unique_names(members)]


def _sums(members: Sequence[Member], stored: dict[int, StoredFile]) -> bytes:
    """As ``sha256sum --check`` reads it. What lies in the store lies there under its sum."""
    known = {str(store().path(one.sha256)): one.sha256 for one in stored.values()}
    lines = []
    for one in members:
        sum_ = known[str(one.content)] if isinstance(one.content, Path) else hashlib.sha256(one.content).hexdigest()
        lines.append(f"{sum_}  {one.folder}/{one.name}" if one.folder else f"{sum_}  {one.name}")
    return ("\n".join(lines) + "\n").encode()
