"""One question for each kind of thing: what has these words and may be seen by this reader?

All answer with the same columns: id, title, about, body, network_id, at, rank. Who may see a row is decided inside
the question, so that nothing unseen is loaded or counted.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Integer, String, and_, case, desc, func, literal, null, or_, select, true
from sqlalchemy.sql.expression import ColumnElement

from portal import fulltext
from portal.conversations.models import Post, Topic
from portal.db import Rows, UTCDateTime
from portal.events.models import Event, Session
from portal.kit.models import Kit
from portal.kit.queries import lent_to_the_region
from portal.networks.models import Membership
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Person
from portal.resources.finding import Question, worth
from portal.resources.finding import found as packs_found
from portal.resources.models import Pack
from portal.search.readers import Reader
from portal.standards.models import Framework, Standard

# Of a word that stands nearly everywhere only the newest are shown.
NEWEST = 500
# More than any rank of the index.
ALL_FIRST = 1_000_000.0
NO_MOMENT, NO_NETWORK, NO_TEXT = null().cast(UTCDateTime()), null().cast(Integer), literal("", String)


def found_in(kind: str, words: str, reader: Reader, newest: bool) -> Any:
    """The matching rows of a kind as a subquery of (id, rank)."""
    rows = fulltext.matching(kind, words, reader.scope(), newest)
    return (rows.order_by(desc("id")).limit(NEWEST) if newest else rows).subquery()


def found_packs(question: Question) -> Any:
    """The same for packs, as the list of packs finds them: those that have all the words before those that have some."""
    found = packs_found(question)
    rank = -worth(found) - case((found.c.is_all == 1, ALL_FIRST), else_=0.0)
    rows = select(found.c.id, rank.label("rank")).join(Pack, Pack.id == found.c.id)
    return (rows.order_by(desc("id")).limit(NEWEST) if question.are_many else rows).subquery()


def _columns(
    id: Any, title: Any, about: Any, rank: Any, body: Any = NO_TEXT, network: Any = NO_NETWORK, at: Any = NO_MOMENT
) -> tuple[ColumnElement[Any], ...]:
    named = {"id": id, "title": title, "about": about, "body": body, "network_id": network, "at": at, "rank": rank}
    return tuple(column.label(name) for name, column in named.items())


def conversations(reader: Reader, found: Any) -> Rows:
    """Topics with the post that fits best."""
    best = (
        select(
            Post.id,
            Post.topic_id,
            found.c.rank,
            func.row_number().over(partition_by=Post.topic_id, order_by=(found.c.rank, Post.id.desc())).label("place"),
        )
        .join(found, found.c.id == Post.id)
        .where(Post.deleted_at.is_(None))
        .subquery()
    )
    columns = _columns(Topic.id, Topic.title, Person.name, best.c.rank, Post.body, Topic.network_id, Topic.last_post_at)
    rows = select(*columns).join(best, and_(best.c.topic_id == Topic.id, best.c.place == 1))
    rows = rows.join(Post, Post.id == best.c.id).join(Person, Person.id == Post.author_id)
    return rows.where(Topic.network_id.in_(reader.ids("conversations")), Topic.deleted_at.is_(None))


def packs(reader: Reader, found: Any) -> Rows:
    """What is shared in her networks, and her own drafts."""
    columns = _columns(Pack.id, Pack.title, Pack.strapline, found.c.rank, Pack.about, Pack.network_id, Pack.changed_at)
    shared = and_(Pack.shared_at.is_not(None), Pack.retired_at.is_(None))
    rows = select(*columns).join(found, found.c.id == Pack.id).where(Pack.network_id.in_(reader.ids("resources")))
    return rows.where(Pack.deleted_at.is_(None), or_(shared, Pack.owner_id == reader.person_id))


def events(reader: Reader, found: Any) -> Rows:
    """What is published in her networks, with its first date."""
    first = select(func.min(Session.starts_at)).where(Session.event_id == Event.id).scalar_subquery()
    columns = _columns(Event.id, Event.title, Event.strapline, found.c.rank, Event.about, Event.network_id, first)
    rows = select(*columns).join(found, found.c.id == Event.id).where(Event.network_id.in_(reader.ids("events")))
    return rows.where(Event.deleted_at.is_(None), Event.published_at.is_not(None))


def kits(reader: Reader, found: Any) -> Rows:
    """What her networks lend, drafts where she coordinates, and what others lend to the whole region."""
    about = func.coalesce(func.nullif(Kit.strapline, ""), Kit.home)
    columns = _columns(Kit.id, _kit_title(), about, found.c.rank, Kit.about, _kit_network(reader), Kit.changed_at)
    open_to_her = reader.ids("kit")
    listed = and_(Kit.listed_at.is_not(None), Kit.retired_at.is_(None))
    own = and_(Kit.network_id.in_(open_to_her), or_(listed, Kit.network_id.in_(reader.coordinated)))
    shared = and_(lent_to_the_region(), literal(bool(open_to_her)))
    rows = select(*columns).join(found, found.c.id == Kit.id)
    return rows.where(Kit.deleted_at.is_(None), Kit.retired_at.is_(None), or_(own, shared))


def _kit_title() -> Any:
    return case((Kit.asset_code == "", Kit.title), else_=Kit.asset_code + ", " + Kit.title)


def _kit_network(reader: Reader) -> Any:
    """In which of her networks she opens it: its own, or, for what the whole region may borrow, her first."""
    mine = reader.ids("kit")
    return case((Kit.network_id.in_(mine), Kit.network_id), else_=mine[0] if mine else None)


def people(reader: Reader, found: Any) -> Rows:
    """The members of her networks; those who were never admitted only where she coordinates.

    The school is told when the person lists it, or to a coordinator.
    """
    together = Membership.network_id.in_(reader.ids())
    coordinated = Membership.network_id.in_(reader.coordinated)
    theirs = (Membership.person_id == Person.id, Membership.ended_at.is_(None))
    shared = select(func.min(Membership.network_id)).where(*theirs)
    here, led = shared.where(together).scalar_subquery(), shared.where(coordinated).scalar_subquery()
    lists_school = func.coalesce(Person.listing["school"].as_boolean(), true())
    about = case((or_(lists_school, led.is_not(None)), _school()), else_=None)
    columns = _columns(Person.id, Person.name, about, found.c.rank, network=func.coalesce(led, here))
    rows = select(*columns).join(found, found.c.id == Person.id).where(Person.erased_at.is_(None))
    seen = or_(led.is_not(None), and_(here.is_not(None), Person.admitted_at.is_not(None)))
    return rows.where(Person.merged_into.is_(None), seen)


def _school() -> Any:
    rows = select(Organisation.name).join(Affiliation, Affiliation.organisation_id == Organisation.id)
    rows = rows.where(Affiliation.person_id == Person.id, Affiliation.ended_on.is_(None))
    return rows.order_by(Affiliation.is_main.desc(), Affiliation.id).limit(1).scalar_subquery()


def organisations(reader: Reader, found: Any) -> Rows:
    """Names and places of organisations are public facts."""
    columns = _columns(Organisation.id, Organisation.name, Organisation.place, found.c.rank)
    return select(*columns).join(found, found.c.id == Organisation.id).where(Organisation.merged_into.is_(None))


def standards(reader: Reader, found: Any) -> Rows:
    """The lines of every framework."""
    columns = _columns(Standard.id, Standard.code, Framework.name, found.c.rank, Standard.statement)
    rows = select(*columns).join(found, found.c.id == Standard.id)
    return rows.join(Framework, Framework.id == Standard.framework_id)


# The kind in the address, the kind of the index, and the question.
KINDS: dict[str, tuple[str, Callable[[Reader, Any], Rows]]] = {
    "conversations": ("post", conversations),
    "packs": ("pack", packs),
    "events": ("event", events),
    "kits": ("kit", kits),
    "people": ("person", people),
    "organisations": ("organisation", organisations),
    "standards": ("standard", standards),
}
