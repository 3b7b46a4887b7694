"""Who follows a conversation and may be written to, and what was said that each of them has not read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select

from portal.conversations.models import Post, Topic, TopicFollow, TopicNews, TopicRead, TopicTold
from portal.db import db
from portal.mail.models import OutboxMail
from portal.mail.queries import stops
from portal.networks.models import Membership, Network
from portal.people.models import EmailAddress, Person
from portal.people.rhythms import NEVER

KIND = "conversation"
# Writing a mail takes milliseconds, and whoever posts meanwhile waits for the write lock.
BATCH = 10
MOST_POSTS = 30


@dataclass(frozen=True, slots=True)
class Place:
    """The conversation and its network, as a mail names them."""

    topic_id: int
    title: str
    is_closed: bool
    network_id: int
    slug: str
    network: str
    locale: str
    time_zone: str


def due_topics(now: datetime, limit: int) -> list[int]:
    """Conversations with news that followers may be told now, the longest waiting first."""
    rows = select(TopicNews.topic_id).where(TopicNews.due_at <= now).order_by(TopicNews.due_at, TopicNews.topic_id)
    return list(db.session.execute(rows.limit(limit)).scalars())


def place_of(topic_id: int) -> Place | None:
    """Where the conversation stands; None when it was removed, or its room or network closed (one query)."""
    rows = select(
        Topic.id,
        Topic.title,
        Topic.closed_at.is_not(None),
        Network.id,
        Network.slug,
        Network.name,
        Network.locale,
        Network.time_zone,
        Network.rooms,
    ).join(Network, Network.id == Topic.network_id)
    row = db.session.execute(
        rows.where(Topic.id == topic_id, Topic.deleted_at.is_(None), Network.closed_at.is_(None))
    ).first()
    if row is None or "conversations" not in row[-1]:
        return None
    return Place(*row[:-1])


_FOLLOWER = (
    Person.id,
    Person.name,
    Person.called,
    Person.locale,
    Person.time_zone,
    EmailAddress.address,
    Membership.role,
    TopicFollow.since,
    TopicRead.read_at,
    TopicTold.told_at,
    TopicTold.told_from,
    TopicTold.told_until,
    OutboxMail.id.label("waiting_mail"),
)


def followers_after(place: Place, person_id: int) -> list[Row[*tuple[Any, ...]]]:
    """The next who follow it, can be reached and want to be, with what they have read and were told (one query)."""
    mine = and_(TopicRead.topic_id == TopicFollow.topic_id, TopicRead.person_id == TopicFollow.person_id)
    told = and_(TopicTold.topic_id == TopicFollow.topic_id, TopicTold.person_id == TopicFollow.person_id)
    rows = (
        select(*_FOLLOWER)
        .select_from(TopicFollow)
        .join(Person, Person.id == TopicFollow.person_id)
        .join(EmailAddress, and_(EmailAddress.person_id == Person.id, EmailAddress.is_primary))
        .join(Membership, and_(Membership.person_id == Person.id, Membership.network_id == place.network_id))
        .outerjoin(TopicRead, mine)
        .outerjoin(TopicTold, told)
        .outerjoin(OutboxMail, and_(OutboxMail.id == TopicTold.mail_id, _has_not_left()))
        .where(TopicFollow.topic_id == place.topic_id, TopicFollow.person_id > person_id, *_may_be_written_to(place))
        .order_by(Person.id)
    )
    return list(db.session.execute(rows.limit(BATCH)))


def _may_be_written_to(place: Place) -> tuple[ColumnElement[bool], ...]:
    return (
        TopicFollow.is_muted.is_(False),
        Membership.ended_at.is_(None),
        Membership.paused_at.is_(None),
        Person.admitted_at.is_not(None),
        Person.erased_at.is_(None),
        Person.merged_into.is_(None),
        Person.rhythm != NEVER,
        EmailAddress.bounced_at.is_(None),
        ~stops(Person.__table__.c.id, KIND, place.network_id),
    )


def _has_not_left() -> ColumnElement[bool]:
    """No server has seen it yet: it can still be taken back for a newer one."""
    return and_(
        OutboxMail.sent_at.is_(None),
        OutboxMail.failed_at.is_(None),
        OutboxMail.leased_until.is_(None),
        OutboxMail.attempts == 0,
    )


def posts_since(topic_id: int, moment: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """What was said after a moment, the oldest first; of very much the newest thirty (one query)."""
    rows = (
        select(Post.id, Post.author_id, Person.name.label("author"), Post.body, Post.created_at)
        .join(Person, Person.id == Post.author_id)
        .where(Post.topic_id == topic_id, Post.created_at > moment, Post.deleted_at.is_(None))
        .order_by(Post.created_at.desc(), Post.id.desc())
    )
    return list(reversed(db.session.execute(rows.limit(MOST_POSTS)).all()))


def answers_go_to(network_id: int) -> str | None:
    """The coordinator who gets answers where the portal itself takes none: the longest serving with an address."""
    rows = (
        select(EmailAddress.address)
        .join(Membership, Membership.person_id == EmailAddress.person_id)
        .where(
            EmailAddress.is_primary,
            EmailAddress.bounced_at.is_(None),
            Membership.network_id == network_id,
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.started_at, Membership.id)
    )
    return db.session.execute(rows.limit(1)).scalar()
