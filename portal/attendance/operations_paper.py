"""The signed paper: what is typed from it goes into the ledger at once, and its photo stays with the event."""

from collections.abc import Sequence
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.operations import Mark
from portal.attendance.hours import Part
from portal.attendance.operations import mark_sheet, walked_in
from portal.db import db, operation
from portal.events.models import Session
from portal.events.models_papers import EventPaper
from portal.files.models import StoredFile
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.uploads import PICTURES

SHEET, COORDINATORS = "sheet", "coordinators"

phrases.declare(
    {
        "paper-typed": _l("%(actor)s typed the signed paper: %(count)s rows, %(walked_in)s of them walked in"),
        "photo-added": _l("%(actor)s added a photo of the signed sheet"),
        "photo-removed": _l("%(actor)s took a photo of the signed sheet away"),
        "photo-returned": _l("%(actor)s put the photo of the signed sheet back"),
    }
)


class WalkedIn(Protocol):
    """A line of the paper that somebody signed who had not booked."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def school(self) -> str: ...
    @property
    def part(self) -> Part: ...
    @property
    def is_another(self) -> bool: ...


@operation
def save_paper(session: Session, marks: Sequence[Mark], walk_ins: Sequence[WalkedIn], time_zone: str, by: int) -> int:
    """Everything that was typed from the paper, or nothing of it. Returns how many rows were written.

    Raises DomainError before the day, on a closed sheet, and when two lines turn out to be one person.
    """
    found = [_mark_of(session, one, time_zone, by) for one in walk_ins]
    everybody = [*marks, *found]
    if len({mark.person_id for mark in everybody}) < len(everybody):
        raise DomainError(_("Two of these lines are the same person. Keep one of them."))
    mark_sheet(session, everybody, time_zone, by, how=SHEET)
    record(by, "paper-typed", "activity", session.id, session.network_id, count=len(everybody), walked_in=len(found))
    return len(everybody)


def _mark_of(session: Session, one: WalkedIn, time_zone: str, by: int) -> Mark:
    person_id, school = walked_in(session, one.name, one.address, one.school, time_zone, by, one.is_another)
    part = one.part
    return Mark(person_id, part.minutes, "participant", part.arrived_at, part.left_at, school)


@operation
def add_photos(session: Session, files: Sequence[StoredFile], by: int) -> int:
    """The signed sheet as pictures or PDF, read by coordinators alone. Returns how many were added.

    Raises DomainError at "files" when there is none, or one of another kind.
    """
    if not files:
        raise DomainError(_("Choose a photo or a scan."), "files")
    if any(file.kind not in PICTURES | {"pdf"} for file in files):
        raise DomainError(_("Only photos and PDF are kept with a sheet."), "files")
    for file in files:
        photo = EventPaper(
            event_id=session.event_id, session_id=session.id, kind=SHEET, title=file.name[:200],
            stored_file_id=file.id, readers=COORDINATORS, added_at=clock.now(), added_by=by,
        )  # fmt: skip
        db.session.add(photo)
        record(by, "photo-added", "activity", session.id, session.network_id)
    return len(files)


@operation
def remove_photo(session: Session, photo: EventPaper, by: int) -> None:
    """Take a photo away; it can be put back."""
    if photo.removed_at is None:
        photo.removed_at = clock.now()
        record(by, "photo-removed", "activity", session.id, session.network_id)


@operation
def return_photo(session: Session, photo: EventPaper, by: int) -> None:
    """Put it back."""
    if photo.removed_at is not None:
        photo.removed_at = None
        record(by, "photo-returned", "activity", session.id, session.network_id)
