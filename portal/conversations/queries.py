"""Lists of topics: bounded, as plain rows, with counts kept in the topic itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.expression import ColumnElement

from portal import fulltext
from portal.conversations.models import Post, Topic, TopicFollow, TopicRead
from portal.db import Rows, db
from portal.networks.models import Membership
from portal.people.models import Person

FILTERS = ("unread", "mine", "followed", "unanswered")
# A question may rest a day before it waits for a coordinator.
ANSWER_TIME, LOOK_BACK = timedelta(days=1), timedelta(days=120)
Author, LastWriter = aliased(Person), aliased(Person)
# Newest on top, and above them what a coordinator pinned.
ORDER = (Topic.pinned_at.desc().nulls_last(), Topic.last_post_at.desc(), Topic.id.desc())


def topics_of(
    network_id: int, person_id: int, since: datetime, seen: Mapping[int, datetime], only: str = "", words: str = ""
) -> Rows:
    """The topics of a network as one of its members sees them, without order.

    ``since`` is when she joined: older topics are no news to her. ``seen`` is what she read a moment ago, which
    is not written yet. ``only`` is one of FILTERS.
    """
    rows = select(*_columns(person_id, since, seen)).select_from(Topic)
    rows = rows.join(Author, Author.id == Topic.author_id).join(LastWriter, LastWriter.id == Topic.last_post_by)
    rows = _with_mine(rows, person_id).where(Topic.network_id == network_id, Topic.deleted_at.is_(None))
    if words:
        rows = rows.where(Topic.id.in_(_having(words, network_id)))
    return rows.where(*_filter(only, person_id, since, seen))


def count_topics(network_id: int) -> int:
    """How many topics a network has (read from an index)."""
    rows = select(func.count()).select_from(Topic).where(Topic.network_id == network_id, Topic.deleted_at.is_(None))
    return db.session.execute(rows).scalar_one()


def _columns(person_id: int, since: datetime, seen: Mapping[int, datetime]) -> tuple[ColumnElement[Any], ...]:
    return (
        Topic.id.label("id"),
        Topic.title.label("title"),
        Author.name.label("author"),
        Topic.created_at.label("created_at"),
        LastWriter.name.label("last_by"),
        Topic.last_post_at.label("last_post_at"),
        Topic.posts_count.label("posts_count"),
        Topic.pinned_at.label("pinned_at"),
        Topic.closed_at.label("closed_at"),
        _is_unread(person_id, since, seen).label("is_unread"),
        and_(TopicFollow.topic_id.is_not(None), TopicFollow.is_muted.is_(False)).label("is_followed"),
    )


def _with_mine(rows: Rows, person_id: int) -> Rows:
    mine = and_(TopicRead.topic_id == Topic.id, TopicRead.person_id == person_id)
    follow = and_(TopicFollow.topic_id == Topic.id, TopicFollow.person_id == person_id)
    return rows.outerjoin(TopicRead, mine).outerjoin(TopicFollow, follow)


def _is_unread(person_id: int, since: datetime, seen: Mapping[int, datetime]) -> ColumnElement[bool]:
    just_read = [and_(Topic.id == topic_id, Topic.last_post_at <= at) for topic_id, at in seen.items()]
    return and_(
        Topic.last_post_at > func.coalesce(TopicRead.read_at, since, type_=Topic.last_post_at.type),
        Topic.last_post_by != person_id,
        or_(TopicFollow.is_muted.is_(None), TopicFollow.is_muted.is_(False)),
        ~or_(false(), *just_read),
    )


def _filter(
    only: str, person_id: int, since: datetime, seen: Mapping[int, datetime]
) -> tuple[ColumnElement[bool], ...]:
    if only == "unread":
        return (_is_unread(person_id, since, seen),)
    if only == "mine":
        wrote = exists().where(Post.topic_id == Topic.id, Post.author_id == person_id, Post.deleted_at.is_(None))
        return (wrote,)
    if only == "followed":
        return (TopicFollow.topic_id.is_not(None), TopicFollow.is_muted.is_(False))
    return (Topic.posts_count == 1, Topic.closed_at.is_(None)) if only == "unanswered" else ()


def rests_unanswered(now: datetime) -> ColumnElement[bool]:
    """Nobody has answered it for a day, and no coordinator opened or closed it; what is older than four months is past."""
    by_coordinator = exists().where(
        Membership.network_id == Topic.network_id,
        Membership.person_id == Topic.author_id,
        Membership.role == "coordinator",
        Membership.ended_at.is_(None),
    )
    is_due = and_(Topic.last_post_at < now - ANSWER_TIME, Topic.last_post_at > now - LOOK_BACK)
    is_open = and_(Topic.deleted_at.is_(None), Topic.closed_at.is_(None), Topic.posts_count == 1)
    return and_(is_open, is_due, ~by_coordinator)


def _having(words: str, network_id: int) -> Rows:
    found = fulltext.matching("post", words, [fulltext.network(network_id)], newest=True).subquery()
    return select(Post.topic_id).join(found, found.c.id == Post.id)


def members_named(network_id: int) -> dict[int, str]:
    """The people who can be mentioned: everybody who has come in and is in the network now."""
    rows = select(Person.id, Person.name).join(Membership, Membership.person_id == Person.id)
    here = (Membership.network_id == network_id, Membership.ended_at.is_(None), Person.admitted_at.is_not(None))
    return {row.id: row.name for row in db.session.execute(rows.where(*here))}
