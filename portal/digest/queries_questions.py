"""Questions for a digest: what nobody has answered yet, and what moved on in the conversations that people follow."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, func, select, union_all

from portal.conversations.models import Post, Topic, TopicFollow, TopicRead, TopicTold
from portal.db import db
from portal.people.models import Person
from portal.web import clock

LATELY = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Question:
    """A conversation that consists of its first text alone."""

    id: int
    network_id: int
    title: str
    author_id: int
    author: str
    asked_at: datetime

    @property
    def told(self) -> str:
        return f"question:{self.id}"


@dataclass(frozen=True, slots=True)
class Moved:
    """A conversation that a person follows and has not read to its end: how many new answers, and whose is the last."""

    id: int
    network_id: int
    title: str
    answers: int
    last_by: str
    last_at: datetime

    @property
    def told(self) -> str:
        return f"topic:{self.id}@{int(self.last_at.timestamp())}"


@dataclass
class Questions:
    """All of it for one batch of readers. ``known`` holds what a person has opened or muted."""

    unanswered: dict[int, list[Question]] = field(default_factory=dict)
    moved: dict[int, list[Moved]] = field(default_factory=dict)
    known: frozenset[tuple[int, int]] = frozenset()


def questions_for(person_ids: Collection[int], network_ids: Collection[int]) -> Questions:
    """Unanswered questions, who has seen which of them, and followed conversations (three queries)."""
    asked = unanswered(network_ids)
    ids = [one.id for several in asked.values() for one in several]
    return Questions(asked, moved_on(person_ids, network_ids), _known_to(person_ids, ids))


def unanswered(network_ids: Collection[int]) -> dict[int, list[Question]]:
    """Network → questions of the last weeks without an answer, the newest first (one query)."""
    rows = db.session.execute(
        select(Topic.id, Topic.network_id, Topic.title, Topic.author_id, Person.name, Topic.created_at)
        .join(Person, Person.id == Topic.author_id)
        .where(
            Topic.network_id.in_(network_ids),
            Topic.deleted_at.is_(None),
            Topic.closed_at.is_(None),
            Topic.posts_count == 1,
            Topic.last_post_at > clock.now() - LATELY,
        )
        .order_by(Topic.created_at.desc(), Topic.id.desc())
    )
    found: dict[int, list[Question]] = defaultdict(list)
    for row in rows:
        found[row.network_id].append(Question(*row))
    return dict(found)


def _known_to(person_ids: Collection[int], topic_ids: Collection[int]) -> frozenset[tuple[int, int]]:
    """(person, topic) of what was opened or muted (one query)."""
    if not topic_ids:
        return frozenset()
    opened = select(TopicRead.person_id, TopicRead.topic_id).where(
        TopicRead.person_id.in_(person_ids), TopicRead.topic_id.in_(topic_ids)
    )
    muted = select(TopicFollow.person_id, TopicFollow.topic_id).where(
        TopicFollow.person_id.in_(person_ids), TopicFollow.topic_id.in_(topic_ids), TopicFollow.is_muted
    )
    rows: Any = union_all(opened, muted)
    return frozenset((person_id, topic_id) for person_id, topic_id in db.session.execute(rows))


def moved_on(person_ids: Collection[int], network_ids: Collection[int]) -> dict[int, list[Moved]]:
    """Person → followed conversations with answers that she has neither read nor been sent, the newest first (one query)."""
    read = func.coalesce(TopicRead.read_at, TopicFollow.since, type_=Topic.last_post_at.type)
    # What the conversation's own mail told her is no news either.
    until = case((TopicTold.told_until > read, TopicTold.told_until), else_=read)
    new = (
        select(func.count())
        .select_from(Post)
        .where(
            Post.topic_id == Topic.id,
            Post.created_at > until,
            Post.author_id != TopicFollow.person_id,
            Post.deleted_at.is_(None),
        )
        .correlate(Topic, TopicRead, TopicFollow, TopicTold)
        .scalar_subquery()
    )
    mine = and_(TopicRead.topic_id == TopicFollow.topic_id, TopicRead.person_id == TopicFollow.person_id)
    told = and_(TopicTold.topic_id == TopicFollow.topic_id, TopicTold.person_id == TopicFollow.person_id)
    rows = db.session.execute(
        select(TopicFollow.person_id, Topic.id, Topic.network_id, Topic.title, new, Person.name, Topic.last_post_at)
        .join(Topic, Topic.id == TopicFollow.topic_id)
        .join(Person, Person.id == Topic.last_post_by)
        .outerjoin(TopicRead, mine)
        .outerjoin(TopicTold, told)
        .where(
            TopicFollow.person_id.in_(person_ids),
            TopicFollow.is_muted.is_(False),
            Topic.network_id.in_(network_ids),
            Topic.deleted_at.is_(None),
            Topic.last_post_at > clock.now() - LATELY,
            Topic.last_post_by != TopicFollow.person_id,
            Topic.last_post_at > until,
        )
        .order_by(Topic.last_post_at.desc(), Topic.id.desc())
    )
    found: dict[int, list[Moved]] = defaultdict(list)
    for person_id, *row in rows:
        found[person_id].append(Moved(*row))
    return dict(found)
