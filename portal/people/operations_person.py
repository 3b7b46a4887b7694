"""What is known of a person: changed by herself, or by those who keep her record."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.people.models import Affiliation, Person, PersonWord
from portal.people.names import sort_name, tidy_name
from portal.people.queries import ORGANISATION
from portal.web.errors import Conflict, DomainError, NotHere

phrases.declare(
    {
        "person.changed": _l("%(actor)s changed %(fields)s"),
        "person.started_work": _l("%(actor)s noted a place of work: %(title)s"),
        "person.ended_work": _l("%(actor)s noted the end of work at %(title)s"),
        "person.resumed_work": _l("%(actor)s took back the end of work at %(title)s"),
    }
)


@operation
def change_person(person_id: int, values: dict[str, object], word_ids: set[int], version: int, by: int) -> None:
    """Change name, called, language, clock, phone, "knows about", subjects and phases. Raises Conflict."""
    person = db.session.get_one(Person, person_id)
    if person.row_version != version:
        raise Conflict({key: str(getattr(person, key) or "") for key in values})
    values = values | {"name": tidy_name(str(values["name"]))}
    changed = [key for key, value in values.items() if (getattr(person, key) or "") != (value or "")]
    for key in changed:
        setattr(person, key, values[key] or ("" if key == "knows_about" else None))
    person.sort_name = sort_name(person.name)[:200]
    if _set_words(person_id, word_ids):
        changed.append("words")
    if changed:
        history.record(by, "person.changed", "person", person_id, fields=", ".join(changed))


def _set_words(person_id: int, wanted: set[int]) -> bool:
    there = set(db.session.execute(select(PersonWord.word_id).where(PersonWord.person_id == person_id)).scalars())
    gone = delete(PersonWord).where(PersonWord.person_id == person_id, PersonWord.word_id.in_(there - wanted))
    db.session.execute(gone)
    db.session.add_all(PersonWord(person_id=person_id, word_id=one) for one in sorted(wanted - there))
    return there != wanted


@operation
def start_work(person_id: int, organisation_id: int, role_id: int | None, title: str, on: date | None, by: int) -> None:
    """Note that a person works at an organisation. Raises DomainError when that stands there already."""
    name = _organisation(organisation_id)
    now = (Affiliation.person_id == person_id, Affiliation.ended_on.is_(None))
    held = list(db.session.execute(select(Affiliation).where(*now)).scalars())
    if any(one.organisation_id == organisation_id for one in held):
        raise DomainError(_("%(name)s stands there already.", name=name))
    made = Affiliation(
        person_id=person_id, organisation_id=organisation_id, role_id=role_id, title=title, started_on=on
    )
    made.is_main = not any(one.is_main for one in held)
    db.session.add(made)
    history.record(by, "person.started_work", "person", person_id, title=name)


@operation
def end_work(person_id: int, affiliation_id: int, on: date, by: int) -> None:
    """Note when a person left an organisation: what happened from there stays counted there."""
    held = _affiliation(person_id, affiliation_id)
    held.ended_on = on
    db.session.flush()
    _choose_main(person_id)
    history.record(by, "person.ended_work", "person", person_id, title=_organisation(held.organisation_id))


@operation
def resume_work(person_id: int, affiliation_id: int, by: int) -> None:
    """Take back that she left."""
    held = _affiliation(person_id, affiliation_id)
    held.ended_on = None
    history.record(by, "person.resumed_work", "person", person_id, title=_organisation(held.organisation_id))


def _choose_main(person_id: int) -> None:
    """One of the places of now is the main one, the longest held if none was chosen."""
    now = (Affiliation.person_id == person_id, Affiliation.ended_on.is_(None))
    held = list(db.session.execute(select(Affiliation).where(*now).order_by(Affiliation.id)).scalars())
    if held and not any(one.is_main for one in held):
        db.session.execute(update(Affiliation).where(Affiliation.id == held[0].id).values(is_main=True))


def _affiliation(person_id: int, affiliation_id: int) -> Affiliation:
    held = db.session.get(Affiliation, affiliation_id)
    if held is None or held.person_id != person_id:
        raise NotHere
    return held


def _organisation(organisation_id: int) -> str:
    columns = select(ORGANISATION.c.name).where(
        ORGANISATION.c.id == organisation_id, ORGANISATION.c.merged_into.is_(None)
    )
    name = db.session.execute(columns).scalar()
    if name is None:
        raise NotHere
    return str(name)
