"""Answering in a conversation from a mail, without signing in."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from portal.conversations.models import Topic
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
    topic = db.session.get(Topic, link.thing_id)
    scope = scope_by_link(topic.network_id if topic else 0, link.person_id, "conversations")
    if topic is None or topic.deleted_at:
        raise NotHere
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


def declare_acts() -> None:
    declare_signed("answer", look_at_topic, answer_topic, AnswerForm)
