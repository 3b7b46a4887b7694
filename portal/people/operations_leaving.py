"""A person deletes herself: name and addresses go at once, what was counted stays counted, without her name."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update

from portal import history
from portal.db import Base, db, operation
from portal.history import phrases
from portal.people.models import Affiliation, Consent, EmailAddress, Person, PersonWord, SignInCode
from portal.people.operations_sessions import end_all_sessions
from portal.people.reach import MEMBERSHIP, NETWORK
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare({"person.erased": _l("A member deleted herself: her name and addresses are gone, the counts stay")})
_hooks: list[Callable[[int], None]] = []


def at_erasure(hook: Callable[[int], None]) -> None:
    """A room's own part of forgetting a person, called inside the transaction with her id."""
    _hooks.append(hook)


@operation
def erase_person(person_id: int) -> None:
    """Forget a person at her wish, at once and for good.

    Raises DomainError for the only coordinator of a network and the only administrator: they name a successor first.
    """
    person = db.session.get_one(Person, person_id)
    _need_successors(person)
    # The line is written before the name goes, and holds none.
    history.record(None, "person.erased", "person", person_id)
    for hook in _hooks:
        hook(person_id)
    end_all_sessions(person_id)
    _end_what_is_open(person_id)
    addresses = select(EmailAddress.folded).where(EmailAddress.person_id == person_id)
    db.session.execute(delete(SignInCode).where(SignInCode.folded.in_(addresses)))
    db.session.execute(delete(SignInCode).where(SignInCode.person_id == person_id))
    for model in (EmailAddress, Affiliation, PersonWord, Consent):
        db.session.execute(delete(model).where(model.person_id == person_id))
    _forget_name(person)


def _forget_name(person: Person) -> None:
    now = clock.now()
    for one in [person, *db.session.execute(select(Person).where(Person.merged_into == person.id)).scalars()]:
        one.name = one.sort_name = _("Former member")
        one.called = one.phone = one.locale = one.time_zone = None
        one.knows_about, one.listing = "", {}
        one.is_administrator = False
        one.erased_at = now


def _end_what_is_open(person_id: int) -> None:
    now = clock.now()
    _set("membership", person_id, "ended_at", {"ended_at": now})
    _set("invitation", person_id, "withdrawn_at", {"withdrawn_at": now})
    _set("booking", person_id, "cancelled_at", {"cancelled_at": now}, _future_sessions())
    table = Base.metadata.tables
    for name, gone in (("invitation", {"address": "", "note": ""}), ("join_request", {"note": ""})):
        if name in table:
            db.session.execute(update(table[name]).where(table[name].c.person_id == person_id).values(gone))
    mails = table["outbox_mail"]
    db.session.execute(delete(mails).where(mails.c.person_id == person_id))
    merges = table["merge"]
    db.session.execute(
        update(merges)
        .where(merges.c.table == "person", merges.c.kept_id == person_id)
        .values(undo={"steps": []}, undone_at=now)
    )


def _set(name: str, person_id: int, ending: str, values: dict[str, Any], also: Any = None) -> None:
    if name in Base.metadata.tables:
        table = Base.metadata.tables[name]
        query = update(table).where(table.c.person_id == person_id, table.c[ending].is_(None))
        db.session.execute((query if also is None else query.where(also)).values(values))


def _future_sessions() -> Any:
    table = Base.metadata.tables
    if "booking" not in table:
        return None
    coming = select(table["activity"].c.id).where(table["activity"].c.starts_at > clock.now())
    return table["booking"].c.session_id.in_(coming)


def _need_successors(person: Person) -> None:
    others = MEMBERSHIP.alias("others")
    alone = (
        select(NETWORK.c.name)
        .join(MEMBERSHIP, MEMBERSHIP.c.network_id == NETWORK.c.id)
        .where(
            MEMBERSHIP.c.person_id == person.id,
            MEMBERSHIP.c.role == "coordinator",
            MEMBERSHIP.c.ended_at.is_(None),
            NETWORK.c.closed_at.is_(None),
            ~select(others.c.person_id)
            .where(
                others.c.network_id == NETWORK.c.id,
                others.c.role == "coordinator",
                others.c.ended_at.is_(None),
                others.c.person_id != person.id,
            )
            .exists(),
        )
    )
    name = db.session.execute(alone).scalars().first()
    if name:
        raise DomainError(_("You are the only coordinator of %(network)s. Name a second one first.", network=name))
    administrators = select(func.count()).where(Person.is_administrator, Person.erased_at.is_(None))
    if person.is_administrator and db.session.execute(administrators).scalar_one() < 2:
        raise DomainError(_("You are the only administrator. Name a second one first."))
