"""The filter that looks at who asks: packs that teachers like her used."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from portal.activities.models import Use
from portal.networks.readers import Reader
from portal.people.models import PersonWord
from portal.resources.further import Further, declare_further
from portal.resources.models import Pack
from portal.vocabulary.models import Word

ALIKE = ("subject", "phase")


def used_by_people_like(reader: Reader) -> ColumnElement[bool]:
    """Somebody else of the network who shares a subject or a phase with her told of a use that stands."""
    hers, theirs = aliased(PersonWord), aliased(PersonWord)
    mine = select(hers.word_id).join(Word, Word.id == hers.word_id)
    mine = mine.where(hers.person_id == reader.person_id, Word.kind.in_(ALIKE))
    like_her = select(theirs.person_id).where(theirs.word_id.in_(mine), theirs.person_id != reader.person_id)
    used = select(Use.subject_id).where(
        Use.subject_kind == "pack",
        Use.network_id == reader.network_id,
        Use.withdrawn_at.is_(None),
        Use.person_id.in_(like_her),
    )
    return Pack.id.in_(used)


declare_further(Further("like-me", _l("Used by teachers like me"), used_by_people_like))
