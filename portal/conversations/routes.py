"""The doors of a network's conversations: the list, a topic, a new one."""

from datetime import datetime
from typing import Any

from flask import Response, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import Row
from werkzeug.wrappers import Response as AnyResponse

from portal.conversations import policy
from portal.conversations.forms import FollowForm, ReplyForm, SwitchForm, TopicForm
from portal.conversations.models import Topic
from portal.conversations.operations_marks import note_read
from portal.conversations.operations_topics import start_topic
from portal.conversations.queries import FILTERS, ORDER, count_topics, topics_of
from portal.conversations.queries_posts import PAGE_SIZE, count_readers, files_of, posts_of, topic_for
from portal.files.receiving import receive
from portal.history.queries import lines_about
from portal.networks.scope import here, room_blueprint
from portal.people.names import initials
from portal.web import prose
from portal.web.errors import NotHere, NotYours
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column

conversations = room_blueprint("conversations", __name__)
conversations.add_app_template_filter(initials, "initials_of")
# Made safe by prose.render when it was written, and kept beside what was typed.
conversations.add_app_template_filter(Markup, "kept_prose")
REMEMBERED = 20
SORTS = (
    Sort("newest", _l("Newest answer first"), ORDER),
    Sort("started", _l("Newest question first"), (Topic.created_at.desc(), Topic.id.desc())),
    Sort("quiet", _l("Longest without an answer first"), (Topic.last_post_at, Topic.id)),
    Sort("title", _l("By title"), (Topic.title, Topic.id)),
)
COLUMNS = [Column(_l("Title")), Column(_l("Started by")), Column(_l("Started")), Column(_l("Replies"))]
COLUMNS += [Column(_l("Last answer by")), Column(_l("Last answer"))]


@conversations.get("/")
def index() -> AnyResponse:
    only = request.args.get("only", "")
    only = only if only in FILTERS else ""
    words = request.args.get("q", "").strip()[:200]
    scope = here().membership
    rows = topics_of(scope.network_id, scope.person_id, scope.started_at, just_read(), only, words)
    topics = Listing(rows, SORTS, total=None if only or words else count_topics(scope.network_id))
    kind = wanted_export()
    if kind:
        return export("conversations", COLUMNS, topics.everything(), kind, _cells)
    may_write = policy.can_write(scope)
    return page("conversations/index.html", topics=topics, only=only, words=words, may_write=may_write)


def _cells(row: Row[*tuple[Any, ...]]) -> list[Any]:
    return [row.title, row.author, row.created_at, row.posts_count - 1, row.last_by, row.last_post_at]


@conversations.get("/new")
def new() -> AnyResponse:
    return _new_page(TopicForm())


@conversations.post("/new")
def start() -> AnyResponse:
    require(policy.can_write(here().membership))
    form = TopicForm()
    files = receive(form.files, here().membership.person_id, here().network.id)
    if request.form.get("preview"):
        return _new_page(form, preview=prose.render(form.body.data or ""))
    if form.accepted():
        title, body = form.title.data or "", form.body.data or ""
        topic = form.attempt(start_topic, here().membership, title, body, files)
        if topic:
            said = _("Your conversation is open. Colleagues see it under Today.")
            return done(url_for(".show", topic_id=topic.id), said)
    return _new_page(form)


def _new_page(form: TopicForm, preview: str = "") -> Response:
    require(policy.can_write(here().membership))
    readers = count_readers(here().network.id)
    return page("conversations/new.html", fragments=("writing",), form=form, preview=preview, readers=readers)


@conversations.get("/<int:topic_id>")
def show(topic_id: int) -> AnyResponse:
    return topic_page(topic_id, ReplyForm())


def topic_page(topic_id: int, form: ReplyForm, preview: str = "", status: int | None = None) -> Response:
    """A topic with the page of its posts that the address asks for, and the reply as far as it is written."""
    scope = here().membership
    topic = topic_for(scope.network_id, scope.person_id, topic_id)
    if topic is None or (topic.deleted_at and not policy.can_bring_back(scope, topic.deleted_by)):
        raise NotHere
    pages = max(1, -(-topic.rows_count // PAGE_SIZE))
    number = min(max(request.args.get("page", pages if request.method == "POST" else 1, type=int), 1), pages)
    posts = posts_of(topic_id, scope.person_id, number)
    unread_after = max(filter(None, (topic.read_at, scope.started_at, just_read().get(topic_id))))
    if request.method == "GET" and posts and not topic.deleted_at:
        _note_read(topic_id, posts[-1].created_at)
    return page(
        "conversations/show.html",
        fragments=("thread", "following"),
        status=status,
        topic=topic,
        posts=posts,
        files=files_of([post.id for post in posts]),
        number=number,
        pages=pages,
        unread_after=unread_after,
        first_unread_page=min(pages, topic.rows_read // PAGE_SIZE + 1),
        may=_rights(topic),
        policy=policy,
        form=form,
        switch=SwitchForm(),
        follow_form=FollowForm(),
        preview=preview,
        # Who answered stands above already.
        lines=[line for line in lines_about("topic", topic_id, 30) if line.action != "post.written"][:5],
    )


def _rights(topic: Row[*tuple[Any, ...]]) -> dict[str, bool]:
    scope = here().membership
    return {
        "write": policy.can_write(scope) and not topic.closed_at and not topic.deleted_at,
        "edit": policy.can_edit(scope, topic.author_id),
        "pin": policy.can_pin(scope),
        "close": policy.can_close(scope, topic.author_id),
        "remove": policy.can_remove(scope, topic.author_id),
    }


def _note_read(topic_id: int, until: datetime) -> None:
    """What is read now is written in a minute; until then the reader's own cookie remembers it."""
    note_read(topic_id, here().membership.person_id, until)
    kept = {key: value for key, value in session.get("read", {}).items() if key != str(topic_id)}
    newest = [*kept.items(), (str(topic_id), until.isoformat())][-REMEMBERED:]
    if dict(newest) != session.get("read"):
        session["read"] = dict(newest)


def just_read() -> dict[int, datetime]:
    """What this browser read a moment ago: topic and moment."""
    return {int(key): datetime.fromisoformat(value) for key, value in session.get("read", {}).items()}


def require(allowed: bool) -> None:
    if not allowed:
        raise NotYours
