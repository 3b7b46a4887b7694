"""Each kind of choice as one condition on packs, so that a count can leave out its own."""

from sqlalchemy import CTE, ColumnElement, and_, false, or_, select

from portal.db import Rows
from portal.networks.readers import Reader
from portal.resources.further import further_filters
from portal.resources.licences import FREE
from portal.resources.models import Pack, PackStandard, PackWord
from portal.resources.wanted import TIMES, Wanted
from portal.standards.codes import fold_code, framework_and_code

STANDING = {
    "tried": Pack.uses_count > 0,
    "reviewed": Pack.reviewed_at.is_not(None),
    "recommended": Pack.recommended_at.is_not(None),
}
FREE_TO_CHANGE = or_(Pack.licence.in_(FREE), and_(Pack.licence.startswith("cc-by"), Pack.licence.not_like("%-nd-%")))
Conditions = dict[str, ColumnElement[bool]]


def in_question(query: Rows, reader: Reader, wanted: Wanted, packs: CTE | None) -> Rows:
    """The query narrowed to what no choice changes: the network, the state, and the ``packs`` that have the words."""
    query = query.where(Pack.network_id == reader.network_id, Pack.deleted_at.is_(None), in_state(reader, wanted.state))
    if packs is not None:
        return query.join(packs, packs.c.id == Pack.id)
    # Something was typed that has neither letter nor digit: nothing has it.
    return query.where(false()) if wanted.rest.strip() else query


def chosen_conditions(reader: Reader, wanted: Wanted) -> Conditions:
    """The choices that narrow, by the kind of each."""
    found: Conditions = {}
    for kind, codes in (("subject", wanted.subjects), ("phase", wanted.phases)):
        if codes:
            found[kind] = has_word([wanted.word_ids.get(kind, {}).get(code, 0) for code in codes])
    if wanted.time in TIMES:
        found["time"] = Pack.minutes.between(*TIMES[wanted.time])
    if wanted.minutes:
        found["minutes"] = Pack.minutes.between(1, wanted.minutes)
    if wanted.standard:
        found["standard"] = serves(wanted.standard)
    if wanted.free:
        found["free"] = FREE_TO_CHANGE
    if wanted.licences:
        found["licence"] = Pack.licence.in_(wanted.licences)
    if wanted.languages:
        ids = [wanted.word_ids.get("language", {}).get(code, 0) for code in wanted.languages]
        found["language"] = or_(Pack.language.in_(wanted.languages), has_word(ids))
    if wanted.standing in STANDING:
        found["standing"] = STANDING[wanted.standing]
    return found | {f"also {one.key}": one.condition(reader) for one in further_filters() if one.key in wanted.also}


def in_state(reader: Reader, state: str) -> ColumnElement[bool]:
    """Drafts are only ever the reader's own; retired packs are seen by whoever asks for them."""
    if state == "draft":
        return and_(Pack.shared_at.is_(None), Pack.owner_id == reader.person_id)
    if state == "retired":
        return and_(Pack.shared_at.is_not(None), Pack.retired_at.is_not(None))
    return and_(Pack.shared_at.is_not(None), Pack.retired_at.is_(None))


def has_word(word_ids: list[int]) -> ColumnElement[bool]:
    """Packs that carry one of these words."""
    hung = select(PackWord.pack_id).where(PackWord.pack_id == Pack.id, PackWord.word_id.in_(word_ids))
    return hung.correlate(Pack).exists()


def serves(code: str) -> ColumnElement[bool]:
    """Packs with this code in any spelling, or with a code that stands under it ("K.CC" finds K.CC.A.1)."""
    key = fold_code(framework_and_code(code)[1])
    same = PackStandard.key.startswith(key, autoescape=True)
    return select(PackStandard.pack_id).where(PackStandard.pack_id == Pack.id, same).correlate(Pack).exists()
