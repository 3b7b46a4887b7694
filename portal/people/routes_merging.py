"""Two records of one person made one."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal.db import db
from portal.history.merging_pages import Found, MergePages, add_merge_pages
from portal.people.levels import KEEPER
from portal.people.merging_guards import ask_before_merging
from portal.people.models import EmailAddress, Person
from portal.people.names import sort_name
from portal.people.policy import can_list_people
from portal.people.queries import level_of
from portal.people.queries_list import Wanted, alike_pairs, people_listed
from portal.people.routes import people
from portal.web.access import me
from portal.web.errors import DomainError, NotHere

FIELDS = (
    ("name", _l("Name")),
    ("called", _l("Known as")),
    ("phone", _l("Phone")),
    ("knows_about", _l("Knows about")),
    ("locale", _l("Language")),
    ("time_zone", _l("Clock")),
)


def _record(person_id: int) -> Found:
    person, level = level_of(person_id, me().person_id)
    if level != KEEPER or person.id != person_id:
        raise NotHere
    return _found_of([person_id])[person_id]


def _found_of(person_ids: list[int]) -> dict[int, Found]:
    rows = db.session.execute(people_listed(me().person_id, Wanted()).where(Person.id.in_(person_ids)))
    labels = {row.id: ", ".join(part for part in (row.name, row.organisation, row.address) if part) for row in rows}
    records = db.session.execute(select(Person).where(Person.id.in_(labels))).scalars()
    return {
        one.id: Found(one.id, labels[one.id], {name: getattr(one, name) for name, _label in FIELDS}) for one in records
    }


def _find(words: str) -> list[Found]:
    query = people_listed(me().person_id, Wanted(words=words)).order_by(Person.sort_name).limit(20)
    found = _found_of([row.id for row in db.session.execute(query)])
    return sorted(found.values(), key=lambda one: one.label)


def _order(one: int, other: int) -> tuple[int, int]:
    """Who signs in stays. Two who both sign in are made one by herself alone, by proving the other address."""
    signs_in = set(
        db.session.execute(
            select(Person.id).where(Person.id.in_([one, other]), Person.admitted_at.is_not(None))
        ).scalars()
    )
    if len(signs_in) == 2:
        raise DomainError(
            _("Both sign in. She can put them together herself: on her page, by adding the other address.")
        )
    kept, gone = (other, one) if other in signs_in else (one, other)
    if signs_in:
        _refuse_a_door(kept, gone)
    ask_before_merging(kept, gone)
    return kept, gone


def _refuse_a_door(kept: int, gone: int) -> None:
    """Her first address is where a code for signing in goes: nobody gives her one by making two records one."""
    addresses = select(EmailAddress.person_id).where(EmailAddress.person_id.in_([kept, gone]))
    if set(db.session.execute(addresses).scalars()) == {gone}:
        raise DomainError(
            _(
                "One signs in and has no address. She can put them together herself: on her page, by adding the other address."
            )
        )


def _pairs() -> list[tuple[Found, Found]]:
    pairs = alike_pairs(me().person_id)
    known = _found_of([one for pair in pairs for one in pair])
    return [(known[one], known[other]) for one, other in pairs if one in known and other in known]


def _derived(chosen: dict[str, Any]) -> dict[str, Any]:
    return {"sort_name": sort_name(chosen["name"])[:200]} if "name" in chosen else {}


add_merge_pages(
    people,
    MergePages(
        kind="person",
        fields=FIELDS,
        may=lambda: can_list_people(me()),
        find=_find,
        record=_record,
        order=_order,
        pairs=_pairs,
        derived=_derived,
        show=lambda person_id: url_for("people.show", person_id=person_id),
    ),
)
