"""Taking in what a form brings, before it is known whether the rest of the form is right."""

import io
from typing import IO

from werkzeug.datastructures import FileStorage

from portal.db import db
from portal.files.forms import UploadField
from portal.files.models import StoredFile
from portal.files.operations import keep
from portal.files.partial import PIECE
from portal.files.queries import files_brought_by
from portal.files.space import refuse_over_space
from portal.web.errors import DomainError


def receive(field: UploadField, person_id: int, network_id: int | None = None) -> list[int]:
    """Keep each upload of a field; returns the ids of all its files, earlier tries included.

    They count against the space of the person and of the network that they are brought to.
    What can't be taken becomes a sentence at the field, with the name of the file; the others are kept all the same.
    """
    fresh = []
    for upload in field.data:
        try:
            fresh.append(_kept(upload, person_id, network_id))
        except DomainError as refusal:
            field.refused.append(f"{upload.filename}: {refusal.sentence}")
    found = [*files_brought_by(person_id, field.kept_ids), *fresh]
    field.errors = list(dict.fromkeys([*field.errors, *field.refused]))
    field.data, field.kept = [], found
    field.kept_ids = [file.id for file in found]
    return field.kept_ids


def _kept(upload: FileStorage, person_id: int, network_id: int | None) -> StoredFile:
    # Asked before a byte is looked at, and once more in the transaction that writes the row.
    refuse_over_space(person_id, network_id, upload.stream.seek(0, io.SEEK_END))
    # Looking into large files takes time: the write lock of this request is let go meanwhile.
    db.session.rollback()
    return keep(upload, person_id, network_id=network_id)


def read_piece(stream: IO[bytes]) -> bytes:
    """The piece that a request carries, one byte more than is allowed at most.

    A slow line must not hold the write lock: what was asked so far is let go before the first byte is read.
    """
    db.session.rollback()
    parts, left = [], PIECE + 1
    while left and (part := stream.read(min(left, 1 << 18))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
