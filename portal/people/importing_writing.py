"""Writing a chunk of imported people: new rows in bulk, changed ones by difference."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, update

from portal.db import Base, db
from portal.people.finding import Known
from portal.people.models import Affiliation, EmailAddress, Person, PersonWord
from portal.people.names import sort_name
from portal.web import clock


def write_people(
    people: Sequence[Known], as_typed: Mapping[str, str], places: Mapping[int, int], added_by: int | None
) -> dict[int, int]:
    """Bring the database to what ``people`` say; returns provisional id → id.

    ``as_typed`` is folded address → as it was written; ``places`` provisional id → id of organisations.
    """
    ids = _insert([known for known in people if known.id < 0], added_by)
    _change([known for known in people if known.id > 0])
    real = {ids.get(known.id, known.id): known for known in people}
    _add_addresses(real, as_typed)
    _add_work(real, places)
    _add_words(real)
    return ids


def _insert(new: Sequence[Known], added_by: int | None) -> dict[int, int]:
    if not new:
        return {}
    rows = [
        {
            "name": known.name,
            "sort_name": sort_name(known.name)[:200],
            "called": known.facts.get("called") or None,
            "phone": known.facts.get("phone") or None,
            "knows_about": known.facts.get("knows_about", ""),
            "listing": {},
            "created_at": clock.now(),
            "added_by": added_by,
            "how_added": "import",
        }
        for known in new
    ]
    made = db.session.execute(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows).scalars()
    return {known.id: person_id for known, person_id in zip(new, made, strict=True)}


def _change(known_before: Sequence[Known]) -> None:
    rows = Base.metadata.tables["person"]
    for known in known_before:
        values: dict[str, Any] = {key: known.facts.get(key) or None for key in ("called", "phone")}
        values["knows_about"] = known.facts.get("knows_about") or ""
        db.session.execute(
            update(rows).where(rows.c.id == known.id).values(**values, row_version=rows.c.row_version + 1)
        )


def _add_addresses(people: Mapping[int, Known], as_typed: Mapping[str, str]) -> None:
    query = select(EmailAddress.person_id, EmailAddress.folded).where(EmailAddress.person_id.in_(people))
    there = {(person_id, folded) for person_id, folded in db.session.execute(query)}
    with_one = {person_id for person_id, _folded in there}
    order = {folded: place for place, folded in enumerate(as_typed)}
    rows = []
    for person_id, known in people.items():
        missing = [folded for folded in known.addresses if folded in as_typed and (person_id, folded) not in there]
        for folded in sorted(missing, key=order.__getitem__):
            rows.append(
                {
                    "person_id": person_id,
                    "address": as_typed[folded],
                    "folded": folded,
                    # Who signs in proves her first address herself: it is where codes for her door go.
                    "is_primary": person_id not in with_one and not known.is_admitted,
                }
            )
            with_one.add(person_id)
    _bulk(EmailAddress, rows)


def _add_work(people: Mapping[int, Known], places: Mapping[int, int]) -> None:
    work = Base.metadata.tables["affiliation"]
    query = select(work).where(work.c.person_id.in_(people), work.c.ended_on.is_(None))
    there = {(row.person_id, row.organisation_id): row for row in db.session.execute(query)}
    working = {person_id for person_id, _place in there}
    rows = []
    for person_id, known in people.items():
        for place, (role_id, title) in known.work.items():
            held = there.get((person_id, places.get(place, place)))
            if held is None:
                row = {"person_id": person_id, "organisation_id": places.get(place, place), "role_id": role_id}
                rows.append(row | {"title": title, "is_main": person_id not in working})
                working.add(person_id)
            elif (held.role_id, held.title) != (role_id, title):
                db.session.execute(update(work).where(work.c.id == held.id).values(role_id=role_id, title=title))
    _bulk(Affiliation, rows)


def _add_words(people: Mapping[int, Known]) -> None:
    query = select(PersonWord.person_id, PersonWord.word_id).where(PersonWord.person_id.in_(people))
    there = {(person_id, word_id) for person_id, word_id in db.session.execute(query)}
    wanted = [(person_id, word_id) for person_id, known in people.items() for word_id in sorted(known.words)]
    _bulk(PersonWord, [{"person_id": p, "word_id": w} for p, w in wanted if (p, w) not in there])


def _bulk(model: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    if rows:
        db.session.execute(insert(model), rows)
