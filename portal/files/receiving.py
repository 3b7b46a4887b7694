"""Taking in what a form brings, before it is known whether the rest of the form is right."""

from portal.db import db
from portal.files.forms import UploadField
from portal.files.operations import keep
from portal.files.queries import files_brought_by
from portal.web.errors import DomainError


def receive(field: UploadField, person_id: int) -> list[int]:
    """Keep each upload of a field; returns the ids of all its files, earlier tries included.

    What can't be taken becomes a sentence at the field, with the name of the file; the others are kept all the same.
    """
    if field.data:
        # Looking into large files takes time: the write lock of this request is let go meanwhile.
        db.session.rollback()
    fresh = []
    for upload in field.data:
        try:
            fresh.append(keep(upload, person_id))
        except DomainError as refusal:
            field.refused.append(f"{upload.filename}: {refusal.sentence}")
    found = [*files_brought_by(person_id, field.kept_ids), *fresh]
    field.errors = [*field.errors, *field.refused]
    field.data, field.kept = [], found
    field.kept_ids = [file.id for file in found]
    return field.kept_ids
