"""Who is in a segment, who of them gets a letter, and why somebody does not. Worked out anew at each asking.

Nobody stands in it twice: the rows are persons, whatever number of memberships and addresses each has.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, select

from portal.db import Rows, db
from portal.letters.models import TakenOut
from portal.letters.question import Reading
from portal.mail.queries import stops
from portal.networks.models import Membership
from portal.networks.queries_members import main_affiliation
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Consent, EmailAddress, Person

# What keeps a letter from somebody, the first that holds; "" stands for nothing.
LEFT_OUT: dict[str, LazyString] = {
    "taken_out": _l("taken out by hand"),
    "waiting": _l("has not come in yet: nobody is written to before she accepts an invitation"),
    "refused": _l("does not want to be written to"),
    "stopped": _l("stopped letters from this network"),
    "paused": _l("is away for a while"),
    "no_address": _l("no mail address is known"),
    "bounced": _l("mail to her address came back"),
}


def members_in(reading: Reading, letter_id: int | None = None) -> Rows:
    """Everybody in the segment, for a listing: who she is, where her mail goes, and ``left_out``: why not, or ""."""
    return (
        select(
            Person.id,
            Person.name,
            Person.sort_name,
            Person.called,
            Person.locale,
            EmailAddress.address,
            Organisation.name.label("school"),
            _through(reading).label("network_id"),
            _left_out(reading, letter_id).label("left_out"),
        )
        .outerjoin(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(
            exists().where(*_hers(reading)),
            Person.erased_at.is_(None),
            Person.merged_into.is_(None),
            reading.condition,
        )
    )


def getting_it(reading: Reading, letter_id: int | None = None) -> Rows:
    """Those of them who get the letter."""
    return members_in(reading, letter_id).where(_left_out(reading, letter_id) == "")


def left_out(reading: Reading, letter_id: int | None = None) -> Rows:
    """Those of them who don't."""
    return members_in(reading, letter_id).where(_left_out(reading, letter_id) != "")


def count_by_reason(reading: Reading, letter_id: int | None = None) -> dict[str, int]:
    """How many get it (under "") and how many don't, by reason (one query)."""
    if reading.gone:
        return {}
    rows = members_in(reading, letter_id).subquery()
    counted = db.session.execute(select(rows.c.left_out, func.count()).group_by(rows.c.left_out))
    return {reason: count for reason, count in counted}  # noqa: C416


def reasons_of(reading: Reading, person_ids: Sequence[int]) -> dict[int, list[str]]:
    """The sentences that hold for each of some people (one query)."""
    sentences = reading.reasons
    if not sentences or not person_ids:
        return {}
    columns = [condition.label(f"why{place}") for place, (_sentence, condition) in enumerate(sentences)]
    rows = db.session.execute(select(Person.id, *columns).where(Person.id.in_(person_ids)))
    return {
        row[0]: [sentence for (sentence, _condition), holds in zip(sentences, row[1:], strict=True) if holds]
        for row in rows
    }


def one_in(reading: Reading, person_id: int, letter_id: int | None = None) -> Any:
    """One person of the segment, or None."""
    return db.session.execute(members_in(reading, letter_id).where(Person.id == person_id)).first()


def first_of(reading: Reading, letter_id: int | None = None, limit: int = 1) -> list[Any]:
    """The first few who get it, by name."""
    return list(db.session.execute(getting_it(reading, letter_id).order_by(Person.sort_name, Person.id).limit(limit)))


def in_words(reason: str) -> str:
    return str(LEFT_OUT.get(reason, ""))


def told_reasons(counts: dict[str, int]) -> Iterable[tuple[str, int]]:
    """(in words, how many) of those who are left out, in the order of the reasons."""
    return [(in_words(reason), counts[reason]) for reason in LEFT_OUT if counts.get(reason)]


def _hers(reading: Reading) -> Sequence[ColumnElement[bool]]:
    return (
        Membership.person_id == Person.id,
        Membership.network_id.in_(reading.span.network_ids),
        Membership.ended_at.is_(None),
    )


def _through(reading: Reading) -> ColumnElement[int]:
    """The network through which she gets it: the one that writes where she is in it, else the first of the others."""
    away, elsewhere = Membership.paused_at.is_not(None), Membership.network_id != reading.span.network.id
    query = select(Membership.network_id).where(*_hers(reading)).order_by(away, elsewhere, Membership.network_id)
    return query.limit(1).correlate(Person).scalar_subquery()


def _left_out(reading: Reading, letter_id: int | None) -> ColumnElement[str]:
    refused = and_(
        exists().where(*_contact(), Consent.withdrawn_at.is_not(None)),
        ~exists().where(*_contact(), Consent.withdrawn_at.is_(None)),
    )
    taken = exists().where(TakenOut.letter_id == letter_id, TakenOut.person_id == Person.id) if letter_id else false()
    return case(
        (taken, "taken_out"),
        (Person.admitted_at.is_(None), "waiting"),
        (refused, "refused"),
        (stops(Person.__table__.c.id, "letter", reading.span.network.id), "stopped"),
        (~exists().where(*_hers(reading), Membership.paused_at.is_(None)), "paused"),
        (EmailAddress.address.is_(None), "no_address"),
        (EmailAddress.bounced_at.is_not(None), "bounced"),
        else_=literal(""),
    )


def _contact() -> Sequence[ColumnElement[bool]]:
    return (Consent.person_id == Person.id, Consent.kind == "contact")


def reader(person_id: int) -> Any:
    """Somebody as a mail sees her, in no segment: for a test or a preview."""
    columns = (Person.id, Person.name, Person.called, Person.locale, EmailAddress.address)
    return db.session.execute(
        select(*columns, Organisation.name.label("school"))
        .outerjoin(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .outerjoin(Affiliation, main_affiliation())
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Person.id == person_id)
    ).one()
