"""What a reader does for herself: follow or mute a topic, mark a post as useful to her, and how far she has read."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update

from portal import history
from portal.conversations.models import Post, TopicFollow, TopicRead, UsefulMark
from portal.conversations.operations_posts import post_here, topic_here
from portal.db import db, operation
from portal.history import phrases
from portal.networks.scope import Standing
from portal.web import clock
from portal.web.errors import DomainError
from portal.web.gathered import basket

phrases.declare(
    {
        "topic.followed": _l("%(actor)s follows this conversation"),
        "topic.unfollowed": _l("%(actor)s no longer follows this conversation"),
        "topic.muted": _l("%(actor)s muted this conversation"),
        "post.useful": _l("%(actor)s found a text useful"),
        "post.not_useful": _l("%(actor)s took back a mark"),
    }
)
CHOICES = {"follow": "topic.followed", "none": "topic.unfollowed", "mute": "topic.muted"}


@operation
def choose_following(standing: Standing, topic_id: int, choice: str) -> None:
    """``follow``: hear of each reply. ``none``: only find it in the list. ``mute``: not even marked as unread.

    Kept in her own history, not in the topic's: who follows what is nobody else's business.
    """
    topic = topic_here(standing, topic_id)
    follow = db.session.get(TopicFollow, (topic.id, standing.person_id))
    if choice == "none":
        if follow is not None:
            db.session.delete(follow)
    elif follow is None:
        is_muted = choice == "mute"
        row = TopicFollow(topic_id=topic.id, person_id=standing.person_id, since=clock.now(), is_muted=is_muted)
        db.session.add(row)
    else:
        follow.is_muted = choice == "mute"
    history.record(standing.person_id, CHOICES[choice], "person", standing.person_id)


@operation
def mark_useful(standing: Standing, post_id: int, is_useful: bool) -> Post:
    """Note that a text was useful to her, or take that back. Raises DomainError for her own text."""
    post = post_here(standing, post_id)
    if post.author_id == standing.person_id:
        raise DomainError(_("This one is your own: the mark is for others to give."))
    mark = db.session.get(UsefulMark, (post.id, standing.person_id))
    if is_useful and mark is None:
        db.session.add(UsefulMark(post_id=post.id, person_id=standing.person_id, marked_at=clock.now()))
    elif not is_useful and mark is not None:
        db.session.delete(mark)
    db.session.flush()
    marks = select(func.count()).select_from(UsefulMark).where(UsefulMark.post_id == post.id)
    # Past the mapper: a mark must not look like a change of the text to somebody who is editing it.
    kept = update(Post).where(Post.id == post.id).values(useful_count=marks.scalar_subquery())
    db.session.execute(kept, execution_options={"synchronize_session": False})
    history.record(standing.person_id, "post.useful" if is_useful else "post.not_useful", "person", standing.person_id)
    return post


def note_read(topic_id: int, person_id: int, until: datetime) -> None:
    """Remember how far somebody has read. Gathered: the page that she reads writes nothing."""
    _reads.put((topic_id, person_id), until)


def _write_reads(facts: Mapping[object, object]) -> None:
    for key, until in facts.items():
        topic_id, person_id = cast("tuple[int, int]", key)
        read = db.session.get(TopicRead, (topic_id, person_id))
        if read is None:
            db.session.add(TopicRead(topic_id=topic_id, person_id=person_id, read_at=cast("datetime", until)))
        else:
            read.read_at = max(read.read_at, cast("datetime", until))


_reads = basket(_write_reads)
