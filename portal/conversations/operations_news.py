"""Telling followers by mail: at once for the first thing she has not read, then at most once an hour until she has.

What a mail says is decided when it is written, from what is unread then; one that has not left yet is taken back for
a newer one. The worker does this, a few followers to a transaction: whoever posts waits for none of it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, select

from portal.conversations.letters import write_news
from portal.conversations.models import TopicNews, TopicTold
from portal.conversations.queries_news import (
    BATCH,
    Place,
    answers_go_to,
    due_topics,
    followers_after,
    place_of,
    posts_since,
)
from portal.db import db, operation, writing
from portal.mail.models import OutboxMail
from portal.web import clock

APART = timedelta(hours=1)
# Older news is no news: after days without a worker the digest tells of it, and nobody gets a heap of mails.
STALE = timedelta(days=2)
# So that a storm in many conversations does not keep the mails that are written already from leaving.
BATCHES_A_ROUND = 30
Follower = Row[*tuple[Any, ...]]


def tell_followers() -> int:
    """At each round of the worker: write to whoever follows something new. Returns how many batches."""
    done = 0
    while done < BATCHES_A_ROUND:
        topics = due_topics(clock.now(), BATCHES_A_ROUND - done)
        db.session.rollback()
        if not topics:
            break
        for topic_id in topics:
            with writing():
                tell_some(topic_id)
            done += 1
    return done


@operation
def tell_some(topic_id: int) -> None:
    """Write to the next followers of a conversation; after the last of them its mark goes, or waits."""
    news = db.session.execute(select(TopicNews).where(TopicNews.topic_id == topic_id)).scalar_one_or_none()
    now = clock.now()
    if news is None or news.due_at > now:
        return
    place = place_of(topic_id)
    if place is None or news.said_at < now - STALE:
        db.session.delete(news)
        return
    if news.after_person == 0:
        news.began_at, news.again_at = now, None
    followers = followers_after(place, news.after_person)
    _tell_each(news, place, followers, now)
    if len(followers) == BATCH:
        news.after_person = followers[-1].id
    else:
        _finish(news)


def _tell_each(news: TopicNews, place: Place, followers: Sequence[Follower], now: datetime) -> None:
    if not followers:
        return
    posts = posts_since(place.topic_id, min(_starts(one) for one in followers))
    coordinator = answers_go_to(place.network_id)
    told: list[tuple[Follower, datetime, datetime, OutboxMail]] = []
    for follower in followers:
        fresh = [post for post in posts if post.created_at > _heard(follower) and post.author_id != follower.id]
        if not fresh:
            continue
        wait = _must_wait(follower, now)
        if wait:
            news.again_at = min(filter(None, (news.again_at, wait)))
            continue
        start = _starts(follower)
        unread = [post for post in posts if post.created_at > start and post.author_id != follower.id]
        mail = write_news(place, follower, unread, coordinator)
        told.append((follower, start, unread[-1].created_at, mail))
    _remember(place, told, now)


def _remember(place: Place, told: Sequence[tuple[Follower, datetime, datetime, OutboxMail]], now: datetime) -> None:
    """Note what each of them was told; a mail that has not left makes room for the newer one."""
    older = [follower.waiting_mail for follower, *_rest in told if follower.waiting_mail is not None]
    db.session.execute(delete(OutboxMail).where(OutboxMail.id.in_(older)))
    people = [follower.id for follower, *_rest in told]
    db.session.execute(delete(TopicTold).where(TopicTold.topic_id == place.topic_id, TopicTold.person_id.in_(people)))
    db.session.flush()
    db.session.add_all(
        TopicTold(
            topic_id=place.topic_id,
            person_id=follower.id,
            told_at=now,
            told_from=start,
            told_until=until,
            mail_id=mail.id,
        )
        for follower, start, until, mail in told
    )


def _heard(follower: Follower) -> datetime:
    """Up to when she knows what was said: she began to follow, has read, or was told."""
    return max(filter(None, (follower.since, follower.read_at, follower.told_until)))


def _starts(follower: Follower) -> datetime:
    """From when on a mail tells; with one that has not left yet, what that one said is told again in its place."""
    told = follower.told_from if follower.waiting_mail is not None else follower.told_until
    return max(filter(None, (follower.since, follower.read_at, told)))


def _must_wait(follower: Follower, now: datetime) -> datetime | None:
    """Until when: a mail of this conversation is out that she has not read, and it is less than an hour old."""
    if follower.told_at is None or (follower.read_at and follower.read_at >= follower.told_until):
        return None
    # A clock that was set back must not make her wait for longer than the hour.
    until = min(follower.told_at, now) + APART
    return until if follower.told_at + APART > now else None


def _finish(news: TopicNews) -> None:
    """All followers were seen. What was said meanwhile begins another pass; who must wait is looked at in time."""
    news.after_person = 0
    if news.began_at is not None and news.said_at > news.began_at:
        news.due_at = clock.now()
    elif news.again_at is not None:
        news.due_at = news.again_at
    else:
        db.session.delete(news)
