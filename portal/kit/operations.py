"""A kit is written down and changed."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from portal import history
from portal.db import db, operation
from portal.history.phrases import declare
from portal.kit.codes import new_code
from portal.kit.fields import KitFields, PartFields, columns_of
from portal.kit.models import Kit, KitPart, KitSchool, KitWord
from portal.kit.queries import parts_of, schools_of, words_of
from portal.web import clock
from portal.web.errors import Conflict
from portal.web.prose import render

declare(
    {
        "kit.made": _l("%(actor)s wrote down the kit “%(title)s”"),
        "kit.changed": _l("%(actor)s changed “%(title)s”"),
    }
)


@operation
def make_kit(actor_id: int, network_id: int, said: KitFields, parts: Sequence[PartFields] = ()) -> int:
    """Write a kit down as a draft that only coordinators see; returns its id."""
    now = clock.now()
    kit = Kit(
        network_id=network_id, owner_id=actor_id, code=new_code(), about_html=str(render(said.about)),
        created_at=now, changed_at=now, **said.columns(),
    )  # fmt: skip
    db.session.add(kit)
    db.session.flush()
    hang(kit.id, said)
    append_parts(kit, parts)
    note(actor_id, "kit.made", kit)
    return kit.id


@operation
def change_kit(actor_id: int, kit_id: int, seen: int, said: KitFields) -> int:
    """Write what the kit is now. ``seen`` is the row version that the person had before her; Raises Conflict if it is older."""
    kit = db.session.get_one(Kit, kit_id, populate_existing=True)
    if kit.row_version != seen and (theirs := _differences(kit, said)):
        raise Conflict(theirs)
    for name, value in said.columns().items():
        setattr(kit, name, value)
    # A box that something lies in is not counted away.
    kit.boxes = max([said.boxes, *(part.box for part in parts_of(kit_id))])
    kit.about_html = str(render(said.about))
    hang(kit.id, said)
    note(actor_id, "kit.changed", kit)
    return kit.id


def hang(kit_id: int, said: KitFields) -> None:
    """Its subjects and phases, and the schools it is lent to."""
    db.session.execute(delete(KitWord).where(KitWord.kit_id == kit_id))
    db.session.execute(delete(KitSchool).where(KitSchool.kit_id == kit_id))
    words = dict.fromkeys((*said.subjects, *said.phases))
    db.session.add_all(KitWord(kit_id=kit_id, word_id=word_id) for word_id in words)
    schools = dict.fromkeys(said.schools) if said.lends_to == "schools" else {}
    db.session.add_all(KitSchool(kit_id=kit_id, organisation_id=school_id) for school_id in schools)


def append_parts(kit: Kit, parts: Sequence[PartFields], after: int = 0) -> None:
    """New lines of the contents after what is there; a box that nobody counted yet is counted now."""
    for place, said in enumerate(parts, after):
        there = said.quantity if said.there is None else min(said.there, said.quantity)
        db.session.add(
            KitPart(
                kit_id=kit.id, position=place, box=said.box, title=said.title, note=said.note, there=there,
                quantity=said.quantity, is_consumable=said.is_consumable, cost=said.cost,
            )
        )  # fmt: skip
    kit.boxes = max([kit.boxes, *(said.box for said in parts)])


def note(actor_id: int | None, action: str, kit: Kit, **details: object) -> None:
    """A line of history; lines of drafts hang on the kit and not on the network."""
    kit.changed_at = clock.now()
    network_id = kit.network_id if kit.listed_at else None
    history.record(actor_id, action, "kit", kit.id, network_id, title=kit.title, **details)


def _differences(kit: Kit, said: KitFields) -> dict[str, str]:
    """What stands there now, where it differs from what was typed."""
    mine = said.columns()
    theirs = {name: _text(value) for name, value in columns_of(kit).items() if value != mine[name]}
    words = words_of([kit.id])[kit.id]
    for name, ids in (("subjects", said.subjects), ("phases", said.phases)):
        there = words[name.removesuffix("s")]
        if {word.id for word in there} != set(ids):
            theirs[name] = ", ".join(word.label for word in there)
    schools = schools_of(kit.id)
    if said.lends_to == kit.lends_to == "schools" and {school.id for school in schools} != set(said.schools):
        theirs["schools"] = ", ".join(school.name for school in schools)
    return theirs


def _text(value: object) -> str:
    return "" if value is None else str(value)
