"""One topic and a page of what was said in it, as plain rows."""

from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import aliased

from portal.conversations.models import Post, PostFile, PostVersion, Topic, TopicFollow, TopicRead, UsefulMark
from portal.db import db
from portal.files.models import StoredFile
from portal.networks.models import Membership
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Person

PAGE_SIZE = 50
Author, Remover = aliased(Person), aliased(Person)


def topic_for(network_id: int, person_id: int, topic_id: int) -> Row[*tuple[Any, ...]] | None:
    """A topic of that network with what it means to this person, or None (one query). Removed ones are told apart
    by ``deleted_at``: whoever may bring them back still sees them."""
    read_at = select(TopicRead.read_at).where(TopicRead.topic_id == Topic.id, TopicRead.person_id == person_id)
    rows = (
        select(
            *Topic.__table__.columns,
            Author.name.label("author"),
            TopicFollow.is_muted.label("is_muted"),
            read_at.scalar_subquery().label("read_at"),
            _posts().label("rows_count"),
            _posts(Post.created_at <= read_at.scalar_subquery()).label("rows_read"),
            _readers(network_id).label("readers"),
        )
        .join(Author, Author.id == Topic.author_id)
        .outerjoin(TopicFollow, and_(TopicFollow.topic_id == Topic.id, TopicFollow.person_id == person_id))
        .where(Topic.id == topic_id, Topic.network_id == network_id)
    )
    return db.session.execute(rows).first()


def _posts(*conditions: Any) -> Any:
    return select(func.count()).select_from(Post).where(Post.topic_id == Topic.id, *conditions).scalar_subquery()


def _readers(network_id: int) -> Any:
    """Who was only imported has not come in yet and reads nothing."""
    members = select(func.count()).select_from(Membership).join(Person, Person.id == Membership.person_id)
    here = (Membership.network_id == network_id, Membership.ended_at.is_(None), Person.admitted_at.is_not(None))
    return members.where(*here).scalar_subquery()


def count_readers(network_id: int) -> int:
    """Everybody who reads what is written in a network."""
    return int(db.session.execute(select(_readers(network_id))).scalar_one())


def posts_of(topic_id: int, person_id: int, page: int) -> list[Row[*tuple[Any, ...]]]:
    """One page of posts in the order they were written, the opening one first of all."""
    rows = (
        select(
            Post.id,
            Post.author_id,
            Author.name.label("author"),
            _place().label("place"),
            Post.body_html,
            Post.created_at,
            Post.edited_at,
            Post.deleted_at,
            Post.deleted_by,
            Remover.name.label("remover"),
            Post.by_mail,
            Post.useful_count,
            UsefulMark.person_id.label("mine"),
        )
        .join(Author, Author.id == Post.author_id)
        .outerjoin(Remover, Remover.id == Post.deleted_by)
        .outerjoin(UsefulMark, and_(UsefulMark.post_id == Post.id, UsefulMark.person_id == person_id))
        .where(Post.topic_id == topic_id)
        .order_by(Post.created_at, Post.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return list(db.session.execute(rows))


def _place() -> Any:
    """Where the author works now."""
    rows = select(Organisation.name).join(Affiliation, Affiliation.organisation_id == Organisation.id)
    rows = rows.where(Affiliation.person_id == Post.author_id, Affiliation.ended_on.is_(None))
    return rows.order_by(Affiliation.is_main.desc(), Affiliation.id).limit(1).scalar_subquery()


def page_of_post(topic_id: int, post_id: int) -> int:
    """The page that a post stands on."""
    when = select(Post.created_at).where(Post.id == post_id).scalar_subquery()
    before = select(func.count()).select_from(Post).where(Post.topic_id == topic_id, Post.created_at <= when)
    return max(1, -(-db.session.execute(before).scalar_one() // PAGE_SIZE))


def post_for(network_id: int, post_id: int) -> Row[*tuple[Any, ...]] | None:
    """A post of that network with its topic, or None."""
    columns = (*Post.__table__.columns, Topic.title, Topic.closed_at, Topic.deleted_at.label("topic_deleted_at"))
    rows = select(*columns, Author.name.label("author")).join(Topic, Topic.id == Post.topic_id)
    rows = rows.join(Author, Author.id == Post.author_id)
    return db.session.execute(rows.where(Post.id == post_id, Topic.network_id == network_id)).first()


def files_of(post_ids: list[int]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """The files of each post, in order (one query)."""
    rows = (
        select(PostFile.post_id, StoredFile.id, StoredFile.name, StoredFile.kind, StoredFile.size)
        .join(StoredFile, StoredFile.id == PostFile.file_id)
        .where(PostFile.post_id.in_(post_ids))
        .order_by(PostFile.post_id, PostFile.position)
    )
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in db.session.execute(rows):
        found.setdefault(row.post_id, []).append(row)
    return found


def file_in(network_id: int, post_id: int, file_id: int) -> StoredFile | None:
    """A file of a post that stands in that network and was not removed."""
    rows = (
        select(StoredFile)
        .join(PostFile, PostFile.file_id == StoredFile.id)
        .join(Post, Post.id == PostFile.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .where(PostFile.post_id == post_id, StoredFile.id == file_id, Topic.network_id == network_id)
        .where(Post.deleted_at.is_(None), Topic.deleted_at.is_(None))
    )
    return db.session.execute(rows).scalar_one_or_none()


def versions_of(post_id: int) -> list[Row[*tuple[Any, ...]]]:
    """How a post stood before each edit, the newest first."""
    rows = select(PostVersion.body_html, PostVersion.written_at, PostVersion.replaced_at)
    return list(db.session.execute(rows.where(PostVersion.post_id == post_id).order_by(PostVersion.id.desc())))
