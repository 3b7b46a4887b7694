"""A person is forgotten: her name leaves her certificates, what they counted stays counted."""

from sqlalchemy import delete, select

from portal.credit.models import Certificate
from portal.credit.operations_outside import forget_outside_of
from portal.db import db
from portal.files.models import StoredFile
from portal.people.operations_leaving import at_erasure


def forget_certificates_of(person_id: int) -> None:
    """Part of forgetting a person, inside its transaction. Whoever checks one of them is told that she asked for it.

    Minutes, hours and credit stay, since an event's figures stand on them; name, times and paper go.
    """
    rows = select(Certificate).where(Certificate.person_id == person_id)
    papers = []
    for one in db.session.execute(rows).scalars():
        papers.append(one.stored_file_id)
        one.name, one.stored_file_id = "", None
        one.sessions = [session | {"arrived": "", "left": ""} for session in one.sessions]
        # Where she led or signed, these two name her on her own papers; on those of others she stays who signed them.
        one.printed = one.printed | {"instructor": "", "signed_by": ""}
    db.session.flush()
    gone = [file_id for file_id in papers if file_id]
    if gone:
        db.session.execute(delete(StoredFile).where(StoredFile.id.in_(gone)))
    forget_outside_of(person_id)


at_erasure(forget_certificates_of)
