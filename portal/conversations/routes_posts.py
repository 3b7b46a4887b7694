"""The doors of a post: answer, edit, earlier versions, remove, bring back, mark as useful, its files."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import Row
from werkzeug.wrappers import Response as AnyResponse

from portal.conversations import policy
from portal.conversations.forms import EditForm, ReplyForm, SwitchForm
from portal.conversations.operations_marks import mark_useful
from portal.conversations.operations_posts import bring_back_post, edit_post, remove_post, reply
from portal.conversations.queries_posts import file_in, page_of_post, post_for, versions_of
from portal.conversations.routes import conversations, require, topic_page
from portal.files.receiving import receive
from portal.files.serving import send
from portal.networks.scope import here
from portal.web import prose
from portal.web.errors import DomainError, NotHere
from portal.web.hypermedia import done, page


@conversations.post("/<int:topic_id>/replies")
def answer(topic_id: int) -> AnyResponse:
    require(policy.can_write(here().membership))
    form = ReplyForm()
    files = receive(form.files, here().membership.person_id, here().network.id)
    if request.form.get("preview"):
        return topic_page(topic_id, form, preview=prose.render(form.body.data or ""))
    if form.accepted():
        post = form.attempt(reply, here().membership, topic_id, form.body.data or "", files)
        if post:
            return done(_at(topic_id, post.id))
    return topic_page(topic_id, form)


@conversations.get("/posts/<int:post_id>/edit")
def edit(post_id: int) -> AnyResponse:
    post = _post(post_id)
    require(policy.can_edit(here().membership, post.author_id))
    return page("conversations/edit.html", post=post, form=EditForm(body=post.body, row_version=post.row_version))


@conversations.post("/posts/<int:post_id>/edit")
def save(post_id: int) -> AnyResponse:
    post = _post(post_id)
    require(policy.can_edit(here().membership, post.author_id))
    form = EditForm()
    if request.form.get("preview"):
        return page("conversations/edit.html", post=post, form=form, preview=prose.render(form.body.data or ""))
    if form.accepted():
        version = form.row_version.data or 0
        saved = form.attempt(edit_post, here().membership, post_id, form.body.data or "", version)
        if saved:
            return done(_at(saved.topic_id, post_id), _("Your text is changed. The earlier one can still be read."))
    form.replaces(form.row_version, post.row_version)
    return page("conversations/edit.html", post=post, form=form)


@conversations.get("/posts/<int:post_id>/versions")
def versions(post_id: int) -> AnyResponse:
    return page("conversations/versions.html", post=_post(post_id), versions=versions_of(post_id))


@conversations.post("/posts/<int:post_id>/removal")
def remove(post_id: int) -> AnyResponse:
    post = _post(post_id)
    require(policy.can_remove(here().membership, post.author_id))
    try:
        remove_post(here().membership, post_id)
    except DomainError as refusal:
        return done(_at(post.topic_id, post_id), refusal.sentence, kind="wrong")
    undo = url_for(".bring_back", post_id=post_id)
    return done(_at(post.topic_id, post_id), _("Removed. It can be brought back for seven days."), undo=undo)


@conversations.post("/posts/<int:post_id>/return")
def bring_back(post_id: int) -> AnyResponse:
    post = post_for(here().network.id, post_id)
    if post is None:
        raise NotHere
    require(policy.can_bring_back(here().membership, post.deleted_by))
    bring_back_post(here().membership, post_id)
    return done(_at(post.topic_id, post_id), _("It stands where it stood."))


@conversations.post("/posts/<int:post_id>/useful")
def useful(post_id: int) -> AnyResponse:
    post = _post(post_id)
    require(policy.can_write(here().membership))
    form = SwitchForm()
    if form.accepted():
        form.attempt(mark_useful, here().membership, post_id, form.on.data == "1")
    refused = next((sentence for _field, sentence in form.lines()), None)
    return done(_at(post.topic_id, post_id), refused, kind="wrong")


@conversations.get("/posts/<int:post_id>/files/<int:file_id>")
def attachment(post_id: int, file_id: int) -> AnyResponse:
    file = file_in(here().network.id, post_id, file_id)
    if file is None:
        raise NotHere
    return send(file, inline="show" in request.args)


def _post(post_id: int) -> Row[*tuple[Any, ...]]:
    post = post_for(here().network.id, post_id)
    if post is None or post.deleted_at or post.topic_deleted_at:
        raise NotHere
    return post


def _at(topic_id: int, post_id: int) -> str:
    number = page_of_post(topic_id, post_id)
    return url_for(".show", topic_id=topic_id, page=number if number > 1 else None, _anchor=f"post-{post_id}")
