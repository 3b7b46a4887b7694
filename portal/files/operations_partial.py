"""A large file comes piece by piece, and goes on where the line broke.

Its owner promises name and size, sends pieces in order, and says when that was all. Only then is it looked into and
kept, as any upload is. What is never finished is forgotten after two days.
"""

import hashlib
import secrets
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from portal.db import db, operation
from portal.files.models import PartialUpload, StoredFile
from portal.files.operations import keep
from portal.files.partial import (
    A_DAY,
    PIECE,
    append_piece,
    lies_there,
    path_of_arriving,
    remove_arriving,
    sweep_arriving,
)
from portal.files.space import refuse_over_space
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.housekeeping import each_hour
from portal.web.uploads import check_announced, safe_filename

FORGOTTEN_AFTER = timedelta(days=2)
MOST_AT_ONCE = 60


class WrongPlace(DomainError):
    """The piece does not follow the last one; ``received`` says where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(_("The upload goes on at another place."))
        self.received = received


def arriving_of(person_id: int, key: str) -> PartialUpload | None:
    """An upload of this person's, or None (one query)."""
    wanted = (PartialUpload.key == key, PartialUpload.person_id == person_id)
    return db.session.execute(select(PartialUpload).where(*wanted)).scalar_one_or_none()


@operation
def begin_upload(person_id: int, network_id: int | None, name: str, size: int) -> PartialUpload:
    """Promise a file of ``size`` bytes: its space is taken from now on.

    Raises DomainError for a kind that is not taken, one that is too large, no space left, or too many on their way.
    """
    check_announced(name, size)
    on_the_way = (PartialUpload.person_id == person_id, PartialUpload.file_id.is_(None))
    if db.session.execute(select(func.count()).where(*on_the_way)).scalar_one() >= MOST_AT_ONCE:
        raise DomainError(_("Sixty of your files are still on their way. Let some of them arrive first."))
    refuse_over_space(person_id, network_id, size)
    now = clock.now()
    arriving = PartialUpload(
        key=secrets.token_hex(24), person_id=person_id, network_id=network_id, name=safe_filename(name)[:255],
        size=size, begun_at=now, changed_at=now,
    )  # fmt: skip
    db.session.add(arriving)
    db.session.flush()
    return arriving


@operation
def take_piece(person_id: int, key: str, offset: int, piece: bytes, digest: str = "") -> int:
    """Add a piece of at most ``PIECE`` bytes; returns how many bytes have come in all.

    ``digest`` is its SHA-256 in hex, where the browser can make one. Raises WrongPlace where it does not follow, and
    DomainError for one that changed on its way or is more than was promised.
    """
    arriving = db.session.execute(
        select(PartialUpload).where(PartialUpload.key == key, PartialUpload.person_id == person_id)
    ).scalar_one()
    if arriving.file_id is not None:
        raise WrongPlace(arriving.size)
    # After a power cut less may lie there than the row says.
    received = min(arriving.received, lies_there(key))
    if offset != received:
        raise WrongPlace(received)
    if not piece or len(piece) > PIECE or received + len(piece) > arriving.size:
        raise DomainError(_("This piece is more than was promised. Choose the file once more."))
    if digest and hashlib.sha256(piece).hexdigest() != digest.lower():
        raise DomainError(_("A piece changed on its way."))
    append_piece(key, received, piece)
    arriving.received, arriving.changed_at = received + len(piece), clock.now()
    return arriving.received


def finish_upload(person_id: int, key: str) -> StoredFile:
    """Look into the whole file and keep it; saying so twice keeps it once. What is refused is gone.

    Raises WrongPlace while pieces are missing, and DomainError with the sentence of any other upload.
    """
    arriving = arriving_of(person_id, key)
    assert arriving is not None
    if arriving.file_id is not None:
        return db.session.get_one(StoredFile, arriving.file_id)
    received = min(arriving.received, lies_there(key))
    if received < arriving.size:
        raise WrongPlace(received)
    name, network_id = arriving.name, arriving.network_id
    # Looking into large files takes time: the write lock of this request is let go meanwhile.
    db.session.rollback()
    try:
        with path_of_arriving(key).open("rb") as content:
            kept = keep(FileStorage(content, name), person_id, network_id=network_id, arriving=key)
    except DomainError:
        forget_upload(person_id, key)
        raise
    except FileNotFoundError as gone:
        # Said twice at the same moment: the other one has kept it and taken the pieces away.
        db.session.rollback()
        arriving = arriving_of(person_id, key)
        if arriving is None or arriving.file_id is None:
            raise WrongPlace(0) from gone
        return db.session.get_one(StoredFile, arriving.file_id)
    remove_arriving(key)
    return kept


@operation
def forget_upload(person_id: int, key: str) -> bool:
    """Take an upload back; what has arrived and was kept stays. Twice is once."""
    arriving = arriving_of(person_id, key)
    if arriving is not None and arriving.file_id is None:
        db.session.delete(arriving)
        remove_arriving(key)
    return True


@operation
def forget_old_uploads() -> int:
    """Forget what nobody went on with for two days; returns how many."""
    old = list(
        db.session.execute(
            select(PartialUpload).where(PartialUpload.changed_at < clock.now() - FORGOTTEN_AFTER)
        ).scalars()
    )
    for arriving in old:
        db.session.delete(arriving)
        remove_arriving(arriving.key)
    return len(old)


def sweep_pieces(older_than: float = A_DAY) -> int:
    """Remove pieces whose row is gone, after a day (in seconds); returns how many."""
    return sweep_arriving(set(db.session.execute(select(PartialUpload.key)).scalars()), older_than)


each_hour(forget_old_uploads)
each_hour(sweep_pieces)
