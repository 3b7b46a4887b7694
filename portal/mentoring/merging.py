"""Two records of one person, where private texts hang on one of them: nobody but herself makes them one."""

from flask_babel import gettext as _
from sqlalchemy import or_, select

from portal.db import db
from portal.mentoring.models import Pairing, SealedText
from portal.mentoring.queries_things import texts_of
from portal.people.merging_guards import before_merging
from portal.web.errors import DomainError


@before_merging
def keep_notes_from_others(kept_id: int, gone_id: int) -> None:
    """Raises DomainError where whoever holds ``kept_id`` would come to read private texts by a coordinator's word."""
    hers = select(Pairing.id).where(or_(Pairing.mentor_id == gone_id, Pairing.mentee_id == gone_id))
    pairs = db.session.execute(hers).scalars().all()
    found = select(SealedText.id).where(or_(SealedText.author_id == gone_id, texts_of(pairs))).limit(1)
    if db.session.execute(found).first():
        raise DomainError(
            _(
                "Private notes of mentoring hang on the record that would go, and no coordinator decides who reads them. "
                "She can put the two together herself: on her page, by adding the other address."
            )
        )
