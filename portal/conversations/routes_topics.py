"""What is done to a whole topic: its title, pin, close, follow, remove, bring back."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Row
from werkzeug.wrappers import Response as AnyResponse

from portal.conversations import policy
from portal.conversations.forms import FollowForm, SwitchForm, TitleForm
from portal.conversations.operations_marks import choose_following
from portal.conversations.operations_topics import (
    bring_back_topic,
    close_topic,
    pin_topic,
    remove_topic,
    rename_topic,
)
from portal.conversations.queries_posts import topic_for
from portal.conversations.routes import conversations, require
from portal.networks.scope import here
from portal.web.errors import DomainError, NotHere
from portal.web.hypermedia import done, page


@conversations.get("/<int:topic_id>/title")
def title(topic_id: int) -> AnyResponse:
    topic = _topic(topic_id)
    require(policy.can_remove(here().membership, topic.author_id))
    return page("conversations/title.html", topic=topic, form=TitleForm(title=topic.title))


@conversations.post("/<int:topic_id>/title")
def rename(topic_id: int) -> AnyResponse:
    topic = _topic(topic_id)
    require(policy.can_remove(here().membership, topic.author_id))
    form = TitleForm()
    if form.accepted():
        rename_topic(here().membership, topic_id, form.title.data or "")
        return _back(topic_id)
    return page("conversations/title.html", topic=topic, form=form)


@conversations.post("/<int:topic_id>/pin")
def pin(topic_id: int) -> AnyResponse:
    _topic(topic_id)
    require(policy.can_pin(here().membership))
    form = SwitchForm()
    if form.accepted():
        pin_topic(here().membership, topic_id, form.on.data == "1")
    return _back(topic_id)


@conversations.post("/<int:topic_id>/closing")
def close(topic_id: int) -> AnyResponse:
    topic = _topic(topic_id)
    require(policy.can_close(here().membership, topic.author_id))
    form = SwitchForm()
    if form.accepted():
        close_topic(here().membership, topic_id, form.on.data == "1")
    return _back(topic_id)


@conversations.post("/<int:topic_id>/following")
def follow(topic_id: int) -> AnyResponse:
    _topic(topic_id)
    form = FollowForm()
    if form.accepted():
        choose_following(here().membership, topic_id, form.choice.data or "none")
    return _back(topic_id)


@conversations.post("/<int:topic_id>/removal")
def remove_all(topic_id: int) -> AnyResponse:
    topic = _topic(topic_id)
    require(policy.can_remove(here().membership, topic.author_id))
    try:
        remove_topic(here().membership, topic_id, here().membership.is_coordinator)
    except DomainError as refusal:
        return done(url_for(".show", topic_id=topic_id), refusal.sentence, kind="wrong")
    undo = url_for(".bring_all_back", topic_id=topic_id)
    said = _("“%(title)s” is removed. It can be brought back for seven days.", title=topic.title)
    return done(url_for(".index"), said, undo=undo)


@conversations.post("/<int:topic_id>/return")
def bring_all_back(topic_id: int) -> AnyResponse:
    topic = topic_for(here().network.id, here().membership.person_id, topic_id)
    if topic is None:
        raise NotHere
    require(policy.can_bring_back(here().membership, topic.deleted_by))
    if topic.deleted_at:
        bring_back_topic(here().membership, topic_id)
    return done(url_for(".show", topic_id=topic_id), _("The conversation is back with all its answers."))


def _topic(topic_id: int) -> Row[*tuple[Any, ...]]:
    topic = topic_for(here().network.id, here().membership.person_id, topic_id)
    if topic is None or topic.deleted_at:
        raise NotHere
    return topic


def _back(topic_id: int) -> AnyResponse:
    return done(url_for(".show", topic_id=topic_id))
