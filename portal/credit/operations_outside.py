"""A person adds hours from elsewhere to her own transcript, changes them, takes them away and brings them back."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from portal.credit.models import OutsideHours
from portal.db import db, operation
from portal.files.models import StoredFile
from portal.history import phrases, record
from portal.web import clock
from portal.web.errors import Conflict, DomainError
from portal.web.housekeeping import each_hour

# Nobody else sees these lines: they stand about the person's own entry.
phrases.declare(
    {
        "outside-added": _l("%(actor)s added hours from elsewhere"),
        "outside-changed": _l("%(actor)s changed hours from elsewhere"),
        "outside-removed": _l("%(actor)s took away hours from elsewhere"),
        "outside-back": _l("%(actor)s brought back hours from elsewhere"),
    }
)
KIND = "outside_hours"
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OutsideDraft:
    """An entry as it was typed; ``proof_id`` is a file that she brought along now, if any."""

    title: str
    provider: str
    started_on: date
    ended_on: date
    minutes: int
    credit_type_id: int | None = None
    category: str = ""
    reference: str = ""
    proof_id: int | None = None
    drop_proof: bool = False


@operation
def add_outside(person_id: int, draft: OutsideDraft) -> OutsideHours:
    """A new entry of her own."""
    entry = OutsideHours(person_id=person_id, noted_at=clock.now())
    _take(entry, draft)
    db.session.add(entry)
    db.session.flush()
    record(person_id, "outside-added", KIND, entry.id)
    return entry


@operation
def change_outside(entry: OutsideHours, version: int | None, draft: OutsideDraft) -> None:
    """Change an entry. Raises Conflict when it was changed in another window meanwhile."""
    if version is not None and version != entry.row_version:
        raise Conflict({"title": entry.title, "hours": str(entry.minutes)})
    _take(entry, draft)
    record(entry.person_id, "outside-changed", KIND, entry.id)


@operation
def remove_outside(entry: OutsideHours) -> None:
    """Take an entry away; it can be brought back for seven days."""
    entry.deleted_at = clock.now()
    record(entry.person_id, "outside-removed", KIND, entry.id)


@operation
def bring_back_outside(entry: OutsideHours) -> None:
    """Bring back what was taken away. Raises DomainError when it is there."""
    if entry.deleted_at is None:
        raise DomainError(_("It is there."))
    entry.deleted_at = None
    record(entry.person_id, "outside-back", KIND, entry.id)


@operation
def forget_removed_outside() -> int:
    """What was taken away more than seven days ago goes for good, with its proof. Returns how many."""
    old = select(OutsideHours).where(OutsideHours.deleted_at < clock.now() - KEPT)
    return _forget(list(db.session.execute(old).scalars()))


def forget_outside_of(person_id: int) -> None:
    """Part of forgetting a person: her entries were for her alone, so nothing of them stays."""
    _forget(list(db.session.execute(select(OutsideHours).where(OutsideHours.person_id == person_id)).scalars()))


def _forget(entries: list[OutsideHours]) -> int:
    proofs = [entry.proof_id for entry in entries if entry.proof_id]
    for entry in entries:
        db.session.delete(entry)
    db.session.flush()
    if proofs:
        # The bytes follow within the hour: the store sweeps away what no row names.
        db.session.execute(delete(StoredFile).where(StoredFile.id.in_(proofs)))
    return len(entries)


def _take(entry: OutsideHours, draft: OutsideDraft) -> None:
    for name in ("title", "provider", "started_on", "ended_on", "minutes", "credit_type_id", "category", "reference"):
        setattr(entry, name, getattr(draft, name))
    if draft.proof_id:
        entry.proof_id = draft.proof_id
    elif draft.drop_proof:
        entry.proof_id = None


each_hour(forget_removed_outside)
