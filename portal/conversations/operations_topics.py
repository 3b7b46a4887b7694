"""Starting a topic, pinning, closing, removing and bringing back."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.conversations.models import Post, Topic
from portal.conversations.operations_posts import (
    KEPT,
    follow_by_writing,
    forget_removed_posts,
    topic_here,
    write_post,
)
from portal.db import db, operation
from portal.history import phrases
from portal.networks.scope import Standing
from portal.web import clock
from portal.web.errors import DomainError, NotHere
from portal.web.housekeeping import each_hour

phrases.declare(
    {
        "topic.started": _l("%(actor)s started this conversation"),
        "topic.renamed": _l("%(actor)s gave this conversation a new title"),
        "topic.pinned": _l("%(actor)s pinned this conversation"),
        "topic.unpinned": _l("%(actor)s took the pin off this conversation"),
        "topic.closed": _l("%(actor)s closed this conversation"),
        "topic.reopened": _l("%(actor)s opened this conversation again"),
        "topic.removed": _l("%(actor)s removed this conversation"),
        "topic.brought_back": _l("%(actor)s brought this conversation back"),
    }
)
OTHERS_WROTE = _l("Others have answered here, so this conversation is theirs too. A coordinator can remove it.")


@operation
def start_topic(standing: Standing, title: str, body: str, file_ids: Sequence[int] = ()) -> Topic:
    """Open a conversation with its first text; whoever starts it follows it."""
    now = clock.now()
    topic = Topic(
        network_id=standing.network_id,
        title=title,
        author_id=standing.person_id,
        created_at=now,
        last_post_at=now,
        last_post_by=standing.person_id,
    )
    db.session.add(topic)
    db.session.flush()
    write_post(standing, topic, body, file_ids)
    follow_by_writing(topic.id, standing.person_id, now)
    history.record(standing.person_id, "topic.started", "topic", topic.id, standing.network_id)
    return topic


@operation
def rename_topic(standing: Standing, topic_id: int, title: str) -> None:
    """Give a topic a clearer title."""
    topic = topic_here(standing, topic_id)
    if topic.title != title:
        topic.title = title
        _note(standing, "topic.renamed", topic)


@operation
def pin_topic(standing: Standing, topic_id: int, pinned: bool) -> None:
    """Put a topic on top of the list, or let it go back to its place."""
    topic = topic_here(standing, topic_id)
    if pinned != (topic.pinned_at is not None):
        topic.pinned_at = clock.now() if pinned else None
        _note(standing, "topic.pinned" if pinned else "topic.unpinned", topic)


@operation
def close_topic(standing: Standing, topic_id: int, closed: bool) -> None:
    """End the answering, or allow it again; reading goes on either way."""
    topic = topic_here(standing, topic_id)
    if closed != (topic.closed_at is not None):
        topic.closed_at = clock.now() if closed else None
        _note(standing, "topic.closed" if closed else "topic.reopened", topic)


@operation
def remove_topic(standing: Standing, topic_id: int, is_coordinator: bool) -> Topic:
    """Take a conversation out of sight for seven days, then for good.

    Raises DomainError for its author once others have answered.
    """
    topic = topic_here(standing, topic_id)
    others = select(Post.id).where(Post.topic_id == topic.id, Post.author_id != standing.person_id)
    if not is_coordinator and db.session.execute(others.where(Post.deleted_at.is_(None)).limit(1)).first():
        raise DomainError(str(OTHERS_WROTE))
    topic.deleted_at, topic.deleted_by = clock.now(), standing.person_id
    _note(standing, "topic.removed", topic)
    return topic


@operation
def bring_back_topic(standing: Standing, topic_id: int) -> None:
    """Undo a removal. Raises NotHere when seven days are over."""
    wanted = (Topic.id == topic_id, Topic.network_id == standing.network_id, Topic.deleted_at >= _oldest())
    topic = db.session.execute(select(Topic).where(*wanted)).scalar_one_or_none()
    if topic is None:
        raise NotHere
    topic.deleted_at = topic.deleted_by = None
    _note(standing, "topic.brought_back", topic)


@operation
def forget_removed_topics() -> None:
    """After seven days the texts of a removed conversation are really gone; forget_removed_posts empties them."""
    over = select(Topic.id).where(Topic.deleted_at < _oldest())
    for post in db.session.execute(select(Post).where(Post.topic_id.in_(over), Post.deleted_at.is_(None))).scalars():
        post.deleted_at, post.deleted_by = post.topic.deleted_at, post.topic.deleted_by
    for topic in db.session.execute(select(Topic).where(Topic.id.in_(over), Topic.title != "")).scalars():
        topic.title = ""


def _oldest() -> datetime:
    return clock.now() - KEPT


def _note(standing: Standing, action: str, topic: Topic) -> None:
    history.record(standing.person_id, action, "topic", topic.id, standing.network_id)


# In this order: the posts of a forgotten conversation count as removed, then their words go.
each_hour(forget_removed_topics)
each_hour(forget_removed_posts)
