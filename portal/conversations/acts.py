"""Answering in a conversation from a mail, or hearing no more of it, without signing in."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from portal.conversations.models import Topic, TopicFollow
from portal.conversations.operations_marks import choose_following
from portal.conversations.operations_posts import reply
from portal.conversations.policy import can_write
from portal.db import db
from portal.networks.scope import Here, scope_by_link
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import NotHere, NotYours
from portal.web.links import Link, absolute

LONGEST = 20_000


class AnswerForm(SignedForm):
    body = TextAreaField(_l("Your answer"), [DataRequired(_l("Write your answer first.")), Length(max=LONGEST)])


def _topic(link: Link) -> tuple[Topic, Here]:
    topic, scope = _followed(link)
    if not can_write(scope.membership):
        raise NotYours
    return topic, scope


def look_at_topic(link: Link) -> Look:
    topic, scope = _topic(link)
    page = absolute("conversations.show", network=scope.network.slug, topic_id=topic.id)
    closed = _("This conversation is closed.") if topic.closed_at else ""
    return Look(
        topic.title,
        [_("Every member of %(network)s can read what you write, under your name.", network=scope.network.name)],
        closed,
        [] if closed else [Button("answer", _("Answer"))],
        [(_("The whole conversation (you sign in first)"), page)],
        scope.network.name,
    )


def answer_topic(link: Link, choice: str, form: AnswerForm) -> str:
    topic, scope = _topic(link)
    reply(scope.membership, topic.id, form.body.data or "")
    return _("Your answer stands in the conversation.")


def look_at_following(link: Link) -> Look:
    topic, scope = _followed(link)
    follow = db.session.get(TopicFollow, (topic.id, link.person_id))
    is_muted = follow is not None and follow.is_muted
    again, stop = Button("follow", _("Write to me again")), Button("mute", _("No more of this conversation"))
    return Look(
        _("No more of this conversation?"),
        [topic.title],
        _("You get no mails about it.") if is_muted else "",
        [again] if is_muted else [stop],
        network=scope.network.name,
    )


def choose_from_mail(link: Link, choice: str, form: SignedForm) -> str:
    topic, scope = _followed(link)
    # A mail program's own button sends no choice (RFC 8058).
    wants = choice == "follow"
    choose_following(scope.membership, topic.id, "follow" if wants else "mute")
    return _("You hear of new answers again.") if wants else _("Done: no more of this conversation.")


def _followed(link: Link) -> tuple[Topic, Here]:
    """Reading along is enough to hear no more of it."""
    topic = db.session.get(Topic, link.thing_id)
    scope = scope_by_link(topic.network_id if topic else 0, link.person_id, "conversations")
    if topic is None or topic.deleted_at:
        raise NotHere
    return topic, scope


def declare_acts() -> None:
    declare_signed("mutetopic", look_at_following, choose_from_mail)
    declare_signed("answer", look_at_topic, answer_topic, AnswerForm)
