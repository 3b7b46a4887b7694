"""Answering, editing with the earlier text kept, removing and bringing back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from portal import history
from portal.conversations.mentions import link_mentions
from portal.conversations.models import Mention, Post, PostFile, PostVersion, Topic, TopicFollow, TopicNews
from portal.conversations.queries import members_named
from portal.db import db, operation
from portal.files.queries import files_brought_by
from portal.history import phrases
from portal.networks.scope import Standing
from portal.web import clock, prose
from portal.web.errors import Conflict, DomainError, NotHere

phrases.declare(
    {
        "post.written": _l("%(actor)s answered"),
        "post.edited": _l("%(actor)s changed a text"),
        "post.removed": _l("%(actor)s removed what %(person)s wrote"),
        "post.brought_back": _l("%(actor)s brought back what %(person)s wrote"),
    }
)
KEPT = timedelta(days=7)


@operation
def reply(standing: Standing, topic_id: int, body: str, file_ids: Sequence[int] = (), by_mail: bool = False) -> Post:
    """Answer in a topic; whoever answers follows it from then on. Raises DomainError once the topic is closed."""
    topic = topic_here(standing, topic_id)
    if topic.closed_at is not None:
        raise DomainError(_("This conversation was closed while you wrote. Your text is still here: copy it."), "body")
    post = write_post(standing, topic, body, file_ids)
    post.by_mail = by_mail
    topic.posts_count += 1
    topic.last_post_at, topic.last_post_by = post.created_at, post.author_id
    follow_by_writing(topic.id, standing.person_id, post.created_at)
    mark_news(topic.id, post.created_at)
    history.record(standing.person_id, "post.written", "topic", topic.id, standing.network_id)
    return post


@operation
def edit_post(standing: Standing, post_id: int, body: str, row_version: int) -> Post:
    """Change a text; the earlier one is kept and readable. Raises Conflict when it changed since it was opened."""
    post = post_here(standing, post_id)
    if post.row_version != row_version:
        raise Conflict({"body": post.body})
    if post.body == body:
        return post
    now = clock.now()
    earlier = PostVersion(
        post_id=post.id,
        body=post.body,
        body_html=post.body_html,
        written_at=post.edited_at or post.created_at,
        replaced_at=now,
        replaced_by=standing.person_id,
    )
    db.session.add(earlier)
    post.body, post.edited_at = body, now
    post.body_html, named = _html(body, standing.network_id)
    _set_mentions(post, named)
    history.record(standing.person_id, "post.edited", "topic", post.topic_id, standing.network_id)
    return post


@operation
def remove_post(standing: Standing, post_id: int) -> Post:
    """Take an answer out of sight for seven days, then for good. The opening text goes only with its topic."""
    post = post_here(standing, post_id)
    if post.id == _opening_of(post.topic_id):
        raise DomainError(_("The first text carries the others: remove the whole conversation instead."))
    post.deleted_at, post.deleted_by = clock.now(), standing.person_id
    _recount(post.topic)
    details = {"person_id": post.author_id}
    history.record(standing.person_id, "post.removed", "topic", post.topic_id, standing.network_id, **details)
    return post


@operation
def bring_back_post(standing: Standing, post_id: int) -> Post:
    """Undo a removal. Raises NotHere when seven days are over."""
    post = post_here(standing, post_id, removed=True)
    post.deleted_at = post.deleted_by = None
    _recount(post.topic)
    details = {"person_id": post.author_id}
    history.record(standing.person_id, "post.brought_back", "topic", post.topic_id, standing.network_id, **details)
    return post


@operation
def forget_removed_posts() -> None:
    """After seven days a removed text is really gone; that something stood there stays."""
    over = Post.deleted_at < clock.now() - KEPT
    for post in db.session.execute(select(Post).where(over, Post.body != "")).scalars():
        post.body = post.body_html = ""
        for table in (PostVersion, PostFile, Mention):
            db.session.execute(delete(table).where(table.post_id == post.id))


def write_post(standing: Standing, topic: Topic, body: str, file_ids: Sequence[int]) -> Post:
    """A new text with its files and mentions. Belongs inside an operation."""
    author, (html, named) = standing.person_id, _html(body, standing.network_id)
    post = Post(topic_id=topic.id, author_id=author, body=body, body_html=html, created_at=clock.now())
    db.session.add(post)
    db.session.flush()
    _set_mentions(post, named)
    brought = files_brought_by(author, file_ids)
    db.session.add_all(PostFile(post_id=post.id, file_id=file.id, position=at) for at, file in enumerate(brought))
    db.session.flush()
    return post


def _html(body: str, network_id: int) -> tuple[str, set[int]]:
    html = str(prose.render(body))
    return link_mentions(html, members_named(network_id) if "@" in html else {})


def _set_mentions(post: Post, named: set[int]) -> None:
    db.session.execute(delete(Mention).where(Mention.post_id == post.id))
    db.session.add_all(Mention(post_id=post.id, person_id=one) for one in sorted(named - {post.author_id}))


def follow_by_writing(topic_id: int, person_id: int, now: datetime) -> None:
    """Writing follows by itself, unless she said that she wants to hear nothing of it."""
    if db.session.get(TopicFollow, (topic_id, person_id)) is None:
        db.session.add(TopicFollow(topic_id=topic_id, person_id=person_id, since=now))


def mark_news(topic_id: int, now: datetime) -> None:
    """Leave word for the worker that something was said: one row, whether nobody follows or five hundred."""
    news = db.session.get(TopicNews, topic_id)
    if news is None:
        db.session.add(TopicNews(topic_id=topic_id, said_at=now, due_at=now))
    else:
        news.said_at, news.due_at = now, min(news.due_at, now)


def topic_here(standing: Standing, topic_id: int) -> Topic:
    """A topic of that network that was not removed. Raises NotHere."""
    wanted = (Topic.id == topic_id, Topic.network_id == standing.network_id, Topic.deleted_at.is_(None))
    topic = db.session.execute(select(Topic).where(*wanted)).scalar_one_or_none()
    if topic is None:
        raise NotHere
    return topic


def post_here(standing: Standing, post_id: int, removed: bool = False) -> Post:
    """A post of that network, one that stands there or one that was removed at most seven days ago."""
    rows = select(Post).join(Topic).where(Post.id == post_id, Topic.network_id == standing.network_id)
    state = Post.deleted_at >= clock.now() - KEPT if removed else Post.deleted_at.is_(None)
    post = db.session.execute(rows.where(Topic.deleted_at.is_(None), state)).scalar_one_or_none()
    if post is None:
        raise NotHere
    return post


def _opening_of(topic_id: int) -> int | None:
    rows = select(Post.id).where(Post.topic_id == topic_id).order_by(Post.created_at, Post.id).limit(1)
    return db.session.execute(rows).scalar()


def _recount(topic: Topic) -> None:
    db.session.flush()
    there = (Post.topic_id == topic.id, Post.deleted_at.is_(None))
    newest = select(Post.created_at, Post.author_id).where(*there).order_by(Post.created_at.desc(), Post.id.desc())
    topic.posts_count = db.session.execute(select(func.count()).select_from(Post).where(*there)).scalar_one()
    topic.last_post_at, topic.last_post_by = db.session.execute(newest.limit(1)).one()
