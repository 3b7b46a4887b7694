"""Sharing what a catalogue brought, in one act after a look."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from portal.db import db, operation
from portal.networks.readers import Reader
from portal.resources.fields import PackFields
from portal.resources.models import Pack
from portal.resources.operations import set_words
from portal.resources.operations_states import share_pack
from portal.resources.queries_fields import fields_of_packs
from portal.resources.queries_imported import waiting_from_catalogues
from portal.web.errors import DomainError

# Catalogues say nothing of these, mostly: one answer for all of them may stand where a row was silent.
FILLED = ("subjects", "phases", "minutes", "materials", "cost", "safety_note")
MOST = 500


@operation
def share_imported(reader: Reader, pack_ids: Sequence[int], gaps: PackFields, is_public: bool) -> tuple[int, int]:
    """Share these drafts, with ``gaps`` where a pack says nothing; returns how many are shared and how many stay drafts.

    A pack that still lacks something stays as it is. Drafts of others, and what was shared before, are left aside.
    """
    wanted = select(Pack).where(waiting_from_catalogues(reader), Pack.id.in_(list(pack_ids)[:MOST]))
    packs = list(db.session.execute(wanted.order_by(Pack.id)).scalars())
    said = fields_of_packs(packs)
    shared = sum(_share(reader.person_id, pack, _filled(said[pack.id], gaps), is_public) for pack in packs)
    return shared, len(packs) - shared


def _filled(said: PackFields, gaps: PackFields) -> PackFields:
    given = {name: getattr(gaps, name) for name in FILLED if not getattr(said, name) and getattr(gaps, name)}
    return replace(said, **given)


def _share(actor_id: int, pack: Pack, said: PackFields, is_public: bool) -> bool:
    if said.missing():
        return False
    for name in ("minutes", "materials", "cost", "safety_note"):
        setattr(pack, name, getattr(said, name))
    set_words(pack.id, said)
    db.session.flush()
    try:
        return share_pack(actor_id, pack.id, is_public)
    except DomainError:
        # Neither a description nor a file nor a link: a title alone helps nobody.
        return False
