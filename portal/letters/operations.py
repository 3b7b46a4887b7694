"""Writing a letter: a draft, changed by whoever coordinates, thrown away and brought back; people taken out by hand."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.letters.drafts import LetterDraft
from portal.letters.models import Letter, TakenOut
from portal.letters.queries import letter_in
from portal.networks.scope import Standing
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "letter.written": _l("%(actor)s wrote a draft of this letter"),
        "letter.changed": _l("%(actor)s changed this letter"),
        "letter.addressed": _l("%(actor)s changed who gets this letter"),
        "letter.taken_out": _l("%(actor)s took %(person)s out of this letter"),
        "letter.put_in": _l("%(actor)s put %(person)s back into this letter"),
        "letter.deleted": _l("%(actor)s deleted this draft"),
        "letter.restored": _l("%(actor)s brought this draft back"),
    }
)


@operation
def write_letter(standing: Standing, draft: LetterDraft, question: dict[str, Any]) -> Letter:
    """Keep a new letter as a draft. Nobody is told."""
    now = clock.now()
    letter = Letter(
        network_id=standing.network_id,
        question=question,
        written_by=standing.person_id,
        created_at=now,
        changed_at=now,
        **_values(draft),
    )
    db.session.add(letter)
    db.session.flush()
    note(standing, "letter.written", letter.id)
    return letter


@operation
def change_letter(standing: Standing, letter_id: int, version: int, draft: LetterDraft) -> Letter:
    """Change a draft. Raises Conflict when another coordinator saved meanwhile, DomainError once it is on its way."""
    letter = open_letter(standing, letter_id)
    if letter.row_version != version:
        raise Conflict({"subject": letter.subject, "body": letter.body})
    for name, value in _values(draft).items():
        setattr(letter, name, value)
    letter.changed_at, letter.given_back = clock.now(), ""
    note(standing, "letter.changed", letter.id)
    return letter


@operation
def address_letter(standing: Standing, letter_id: int, question: dict[str, Any]) -> None:
    """Give a draft another question about who gets it; who was taken out by hand stays out."""
    letter = open_letter(standing, letter_id)
    letter.question, letter.changed_at, letter.given_back = question, clock.now(), ""
    note(standing, "letter.addressed", letter.id)


@operation
def take_out(standing: Standing, letter_id: int, person_id: int, out: bool) -> None:
    """Take one person out of a letter, or put her back in. Twice is once."""
    letter = open_letter(standing, letter_id)
    hers = (TakenOut.letter_id == letter.id, TakenOut.person_id == person_id)
    is_out = db.session.execute(select(TakenOut.person_id).where(*hers)).first() is not None
    if is_out == out:
        return
    if out:
        db.session.execute(insert(TakenOut).values(letter_id=letter.id, person_id=person_id))
    else:
        db.session.execute(delete(TakenOut).where(*hers))
    # Whoever confirms the sending confirms this audience.
    letter.changed_at = clock.now()
    note(standing, "letter.taken_out" if out else "letter.put_in", letter.id, person_id=person_id)


@operation
def delete_letter(standing: Standing, letter_id: int) -> None:
    """Throw a draft away; ``restore_letter`` takes that back."""
    open_letter(standing, letter_id).deleted_at = clock.now()
    note(standing, "letter.deleted", letter_id)


@operation
def restore_letter(standing: Standing, letter_id: int) -> None:
    letter_in(standing.network_id, letter_id, deleted=True).deleted_at = None
    note(standing, "letter.restored", letter_id)


def open_letter(standing: Standing, letter_id: int) -> Letter:
    """A draft of this network. Raises DomainError for a letter that waits, goes or has gone."""
    letter = letter_in(standing.network_id, letter_id)
    if letter.send_at and not letter.begun_at:
        raise DomainError(_("This letter waits to go. Call it back first."))
    if letter.begun_at:
        raise DomainError(_("This letter has gone: it stays as it was sent."))
    return letter


def note(standing: Standing, action: str, letter_id: int, **details: Any) -> None:
    history.record(standing.person_id, action, "letter", letter_id, standing.network_id, **details)


def _values(draft: LetterDraft) -> dict[str, Any]:
    return {
        "subject": draft.subject,
        "body": draft.body,
        "about_kind": draft.about_kind,
        "about_id": draft.about_id if draft.about_kind else None,
    }
