"""Questions about mails that came in. People and networks stand a few storeys above: here they are rows with a name."""

from dataclasses import dataclass

from sqlalchemy import DateTime, Integer, String, func, select
from sqlalchemy.sql.expression import column, table

from portal.db import Rows, db
from portal.mail.answers import Asked, answerable, asked_by
from portal.mail.kinds import private_kinds
from portal.mail.models import OutboxMail, folded
from portal.mail.models_receiving import ReceivedMail

_person = table(
    "person", column("id", Integer), column("name", String), column("called", String), column("locale", String),
    column("erased_at", DateTime), column("merged_into", Integer), column("admitted_at", DateTime),
)  # fmt: skip
_address = table(
    "email_address", column("person_id", Integer), column("address", String), column("folded", String),
    column("is_primary", Integer), column("bounced_at", DateTime),
)  # fmt: skip
_membership = table(
    "membership", column("network_id", Integer), column("person_id", Integer), column("role", String),
    column("ended_at", DateTime),
)  # fmt: skip
_network = table(
    "network", column("id", Integer), column("name", String), column("locale", String), column("closed_at", DateTime)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who was asked, as she is now. ``addresses`` are folded, all of hers."""

    person_id: int
    name: str
    first_name: str
    locale: str
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is written to."""

    person_id: int
    name: str
    first_name: str
    address: str
    locale: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a mail answers: the question, and the network that it belongs to."""

    asked: Asked | None
    network_id: int | None


def is_known(message_id: str) -> bool:
    """Whether this mail came in before."""
    rows = select(ReceivedMail.id).where(ReceivedMail.message_id == message_id)
    return db.session.execute(rows).first() is not None


def source_of(asked: Asked | None, answers_to: list[str]) -> Source | None:
    """What is answered: by the address that it came to, else by the mail that it names, else None.

    A mail found by its number was sent to one person: only hers is the answer then.
    """
    network_id = None
    if asked is None and answers_to:
        rows = select(OutboxMail).where(OutboxMail.message_id.in_(answers_to)).order_by(OutboxMail.id.desc())
        mail = db.session.execute(rows.limit(1)).scalar_one_or_none()
        if mail is None:
            return None
        found = asked_by(mail.reply_to or "")
        asked = found if found and found.person_id == mail.person_id else None
        network_id = mail.network_id
    handler = answerable(asked.what) if asked else None
    if asked and handler:
        network_id = handler.network_of(asked.thing_id) or network_id
    return Source(asked, network_id) if asked or network_id else None


def private_mail_among(message_ids: list[str]) -> tuple[int | None, int | None, str | None] | None:
    """(person, network, where answers go) of the newest of these mails whose answers are kept nowhere, or None."""
    if not message_ids:
        return None
    rows = (
        select(OutboxMail.person_id, OutboxMail.network_id, OutboxMail.reply_to)
        .where(OutboxMail.message_id.in_(message_ids), OutboxMail.kind.in_(private_kinds()))
        .order_by(OutboxMail.id.desc())
        .limit(1)
    )
    found = db.session.execute(rows).first()
    return (found.person_id, found.network_id, found.reply_to) if found else None


def address_of(person_id: int) -> str | None:
    """Where mail reaches a person."""
    rows = select(_address.c.address).where(_address.c.person_id == person_id, _address.c.is_primary == 1)
    return db.session.execute(rows.where(_address.c.bounced_at.is_(None))).scalar()


def writer_with(person_id: int) -> Writer | None:
    """Who was asked; a record that was merged into another is that other. None for somebody who is gone."""
    row = db.session.execute(select(_person).where(_person.c.id == person_id)).first()
    if row is not None and row.merged_into is not None:
        row = db.session.execute(select(_person).where(_person.c.id == row.merged_into)).first()
    if row is None or row.erased_at is not None:
        return None
    held = db.session.execute(select(_address.c.folded).where(_address.c.person_id == row.id)).scalars()
    first = row.called or row.name.split(" ")[0]
    return Writer(row.id, row.name, first, row.locale or "en_GB", frozenset(held))


def is_hers(writer: Writer, sender: str) -> bool:
    return folded(sender) in writer.addresses


def coordinators_with_address(network_id: int) -> list[Reader]:
    """The coordinators of a network to whom mail gets through."""
    rows = (
        select(_person.c.id, _person.c.name, _person.c.called, _address.c.address, _person.c.locale)
        .join(_membership, _membership.c.person_id == _person.c.id)
        .join(_address, _address.c.person_id == _person.c.id)
        .where(
            _membership.c.network_id == network_id,
            _membership.c.role == "coordinator",
            _membership.c.ended_at.is_(None),
            _address.c.is_primary == 1,
            _address.c.bounced_at.is_(None),
            _person.c.admitted_at.is_not(None),
            _person.c.erased_at.is_(None),
        )
        .order_by(_person.c.id)
    )
    return [Reader(id, name, called or name.split(" ")[0], address, locale or "") for id, name, called, address, locale in
            db.session.execute(rows)]  # fmt: skip


def network_named(network_id: int) -> tuple[str, str]:
    """(name, language) of a network."""
    row = db.session.execute(select(_network.c.name, _network.c.locale).where(_network.c.id == network_id)).first()
    return (row.name, row.locale) if row else ("", "en_GB")


def kept_mails() -> Rows:
    """Mails whose bytes are still here, for a listing; never the bytes themselves."""
    columns = ("id", "from_address", "subject", "size", "received_at", "became", "reason", "is_waiting", "network_id")
    held = select(*(getattr(ReceivedMail, name) for name in columns), _network.c.name.label("network"))
    return held.outerjoin(_network, _network.c.id == ReceivedMail.network_id).where(ReceivedMail.raw.is_not(None))


def count_by_fate() -> dict[str, int]:
    """How many mails became what, as far back as lines are kept (one query)."""
    rows = select(ReceivedMail.became, func.count()).group_by(ReceivedMail.became)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def count_waiting() -> int:
    """How many found no place and wait for somebody."""
    rows = select(func.count()).select_from(ReceivedMail).where(ReceivedMail.is_waiting)
    return db.session.execute(rows).scalar_one()


def received_mail(mail_id: int) -> ReceivedMail | None:
    """One mail whose bytes are still here."""
    rows = select(ReceivedMail).where(ReceivedMail.id == mail_id, ReceivedMail.raw.is_not(None))
    return db.session.execute(rows).scalar_one_or_none()


def networks_with_coordinators() -> list[tuple[int, str]]:
    """(id, name) of the open networks, to choose who gets a mail that found no place."""
    rows = select(_network.c.id, _network.c.name).where(_network.c.closed_at.is_(None)).order_by(_network.c.name)
    return [(row.id, row.name) for row in db.session.execute(rows)]
