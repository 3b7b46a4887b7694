"""The yardstick: about the least that a Flask page can do. Session row, CSRF, the same queries through the ORM, HTML by Jinja.

It reads the portal's own tables and takes the portal's own cookies, and knows nothing of rooms, words, languages or gates.
"""

from typing import Any

from flask import Flask, abort, redirect, render_template, request, session
from flask_compress import Compress
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from jinja2 import DictLoader
from sqlalchemy import select, text
from sqlalchemy.orm import joinedload, load_only
from werkzeug.wrappers import Response

import portal.rooms  # noqa: F401  (every model that a relation names)
from portal import fulltext
from portal.config import Settings
from portal.conversations.models import Post, Topic
from portal.db import db, init_database, writing
from portal.events.models import Event, Session
from portal.networks.models import Membership, Network
from portal.people.models import Person, SignInSession
from portal.web import clock
from portal.web.links import hashed

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="/static/site.css"></head><body><header><nav>
{% for number in range(36) %}<a class="tab" href="/n/{{ network.slug }}/room-{{ number }}" title="Room {{ number }}">
<span class="code">R{{ number }}</span> <span class="name">Room {{ number }}</span></a>{% endfor %}
</nav></header><main><h1>{{ title }}</h1>{% block content %}{% endblock %}
<form method="post" action="/reply/{{ item }}"><input type="hidden" name="csrf_token" value="{{ token }}">
<textarea name="body"></textarea><button>Send</button></form></main><footer>{{ person.name }}</footer></body></html>"""
LIST = """{% extends "page" %}{% block content %}<ol class="rows">{% for row in rows %}<li class="row">
<p class="day"><time datetime="{{ row.at.isoformat() }}">{{ row.at.strftime('%a %d %b %Y, %H:%M') }}</time></p>
<h3 class="title"><a href="/item/{{ row.id }}">{{ row.title }}</a></h3>
<p class="soft small">{{ row.by }} <span>{{ row.note }}</span></p>
<div class="figures"><span class="figure"><strong>{{ row.count }}</strong> <span class="unit">in all, and counting on</span></span>
<a class="button small" href="/item/{{ row.id }}#last" aria-label="Go to the newest of {{ row.title }}">The newest</a></div>
</li>{% endfor %}</ol><nav class="pages"><a href="?page=2">2</a> <a href="?page=3">3</a></nav>{% endblock %}"""
ITEM = """{% extends "page" %}{% block content %}{% for post in rows %}<article id="post-{{ post.id }}" class="post">
<header><strong>{{ post.by }}</strong>
<time datetime="{{ post.at.isoformat() }}">{{ post.at.strftime('%a %d %b %Y, %H:%M') }}</time></header>
<div class="prose">{{ post.html|safe }}</div><form method="post" action="/useful/{{ post.id }}">
<input type="hidden" name="csrf_token" value="{{ token }}">
<button class="small">Useful to me <span>{{ post.useful }}</span></button></form>
</article>{% endfor %}{% endblock %}"""


def create_minimal() -> Flask:
    settings = Settings()
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page": PAGE, "list": LIST, "item": ITEM})
    app.config.update(SECRET_KEY=settings.key("session"), SESSION_COOKIE_NAME="staffroom", WTF_CSRF_SSL_STRICT=False)
    app.config.update(COMPRESS_ALGORITHM=["zstd", "gzip"], COMPRESS_LEVEL=1, COMPRESS_MIN_SIZE=600)
    init_database(app, settings)
    CSRFProtect(app)
    Compress(app)
    app.add_url_rule("/healthz", view_func=lambda: "ok", endpoint="health")
    app.add_url_rule("/list", view_func=topics)
    app.add_url_rule("/item/<int:topic_id>", view_func=topic)
    app.add_url_rule("/events", view_func=events)
    app.add_url_rule("/search", view_func=search)
    app.add_url_rule("/reply/<int:topic_id>", view_func=reply, methods=["POST"])
    return app


def _visitor() -> tuple[Person, Network]:
    """Who asks, and in which network she may: two objects in one query."""
    query = (
        select(Person, Network)
        .join(SignInSession, SignInSession.person_id == Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Network, Network.id == Membership.network_id)
        .where(SignInSession.token_hash == hashed(session.get("_user_id", "")), SignInSession.expires_at > clock.now())
        .where(SignInSession.ended_at.is_(None), Membership.ended_at.is_(None), Network.slug == "tarn-and-tide")
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else abort(403)


def _page(template: str, title: str, rows: list[dict[str, Any]], item: int = 0) -> str:
    person, network = _visitor()
    return render_template(
        template, title=title, rows=rows, person=person, network=network, token=generate_csrf(), item=item
    )


def _network_id() -> int:
    return _visitor()[1].id


def _names(ids: set[int]) -> dict[int, str]:
    people = db.session.execute(select(Person).options(load_only(Person.name)).where(Person.id.in_(ids))).scalars()
    return {person.id: person.name for person in people}


def topics() -> str:
    query = select(Topic).where(Topic.network_id == _network_id(), Topic.deleted_at.is_(None))
    found = list(db.session.execute(query.order_by(Topic.last_post_at.desc()).limit(25)).scalars())
    names = _names({one.author_id for one in found} | {one.last_post_by for one in found})
    rows = [
        {"id": one.id, "title": one.title, "at": one.last_post_at, "count": one.posts_count}
        | {"by": names[one.author_id], "note": names[one.last_post_by]}
        for one in found
    ]
    return _page("list", "Conversations", rows)


def topic(topic_id: int) -> str:
    found = db.session.execute(
        select(Topic).where(Topic.id == topic_id, Topic.network_id == _network_id())
    ).scalar_one()
    query = select(Post).where(Post.topic_id == topic_id, Post.deleted_at.is_(None)).order_by(Post.created_at)
    posts = list(db.session.execute(query.limit(50)).scalars())
    names = _names({post.author_id for post in posts})
    rows = [
        {"id": post.id, "by": names[post.author_id], "at": post.created_at, "html": post.body_html}
        | {"useful": post.useful_count}
        for post in posts
    ]
    return _page("item", found.title, rows, topic_id)


def events() -> str:
    query = (
        select(Session)
        .join(Event)
        .options(joinedload(Session.event))
        .where(Session.network_id == _network_id(), Session.starts_at > clock.now(), Event.published_at.is_not(None))
        .order_by(Session.starts_at)
    )
    rows = [
        {"id": one.event_id, "title": one.event.title, "at": one.starts_at, "by": one.place}
        | {"note": one.event.strapline, "count": one.minutes}
        for one in db.session.execute(query.limit(25)).scalars()
    ]
    return _page("list", "What is on", rows)


def search() -> str:
    """The posts that have the words, best first: one kind of thing where the portal looks for six."""
    words = fulltext.matching("post", request.args["q"], [fulltext.network(_network_id())]).subquery()
    query = select(Post).options(joinedload(Post.topic)).join(words, words.c.id == Post.id).order_by(words.c.rank)
    found = list(db.session.execute(query.limit(20)).scalars())
    names = _names({post.author_id for post in found})
    rows = [
        {"id": post.topic_id, "title": post.topic.title, "at": post.created_at, "by": names[post.author_id]}
        | {"note": post.body[:160], "count": post.useful_count}
        for post in found
    ]
    return _page("list", "Found", rows)


def reply(topic_id: int) -> Response:
    with writing():
        person, network = _visitor()
        found = db.session.execute(
            select(Topic).where(Topic.id == topic_id, Topic.network_id == network.id)
        ).scalar_one()
        body, now = request.form["body"], clock.now()
        html = f"<p>{body}</p>"
        db.session.add(Post(topic_id=topic_id, author_id=person.id, body=body, body_html=html, created_at=now))
        found.posts_count += 1
        found.last_post_at, found.last_post_by = now, person.id
        db.session.execute(text("SELECT 1"))
        db.session.commit()
    return redirect(f"/item/{topic_id}", 303)


app = create_minimal()
