"""The mail to a follower: what was said since she read, and how to answer it from the mail itself."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row

from portal.conversations.queries_news import KIND, Place
from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mail.models import OutboxMail
from portal.web import prose
from portal.web.languages import in_language
from portal.web.links import absolute, act_link

kinds.declare(
    KIND, why=_l("You get this because you follow this conversation."), name=_l("answers in conversations you follow")
)
MOST_SHOWN = 10
LONGEST = 2_000
ANSWER_DAYS, MUTE_DAYS = 180, 365


def write_news(
    place: Place, follower: Row[*tuple[Any, ...]], posts: Sequence[Row[*tuple[Any, ...]]], coordinator: str | None
) -> OutboxMail:
    """Queue one mail about all of these posts. Belongs inside an operation."""
    may_answer = follower.role != "observer" and not place.is_closed
    answers_to = address_for("topic", follower.id, place.topic_id) if may_answer else None
    mute = act_link("mutetopic", follower.id, place.topic_id, days=MUTE_DAYS)
    with _as_read_by(follower, place):
        return outbox.queue(
            KIND,
            follower.address,
            _("Re: %(title)s", title=" ".join(place.title.split()))[:300],
            "conversation",
            to_name=" ".join(follower.name.split()),
            person_id=follower.id,
            network_id=place.network_id,
            from_name=" ".join(place.network.split()),
            reply_to=answers_to or coordinator,
            headers=_headers(place, mute),
            mute_link=mute,
            takes_answers=answers_to is not None,
            answer_link=act_link("answer", follower.id, place.topic_id, days=ANSWER_DAYS) if may_answer else "",
            **_said(place, follower, posts),
        )


def _said(place: Place, follower: Row[*tuple[Any, ...]], posts: Sequence[Row[*tuple[Any, ...]]]) -> dict[str, Any]:
    shown = posts[-MOST_SHOWN:]
    return {
        "first_name": follower.called or follower.name.split(" ")[0],
        "title": place.title,
        "sender": {"network": place.network},
        "posts": [(post.author, post.created_at, prose.plain(post.body)[:LONGEST]) for post in shown],
        "count": len(posts),
        "left_out": len(posts) - len(shown),
        "page_link": absolute("conversations.show", network=place.slug, topic_id=place.topic_id),
    }


def _headers(place: Place, mute: str) -> dict[str, str]:
    """The mail program's own button ends this conversation, not all of them; and it shows them as one thread."""
    return {
        "List-Unsubscribe": f"<{mute}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "References": f"<topic-{place.topic_id}@{place.slug}.conversations>",
    }


@contextmanager
def _as_read_by(follower: Row[*tuple[Any, ...]], place: Place) -> Iterator[None]:
    """Her language, and her clock."""
    before = g.get("time_zone")
    g.time_zone = follower.time_zone or place.time_zone
    try:
        with in_language(follower.locale or place.locale):
            yield
    finally:
        g.time_zone = before
