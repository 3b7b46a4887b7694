"""Topic, post and what people do with them: follow, read, find useful, mention, attach."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base


class Topic(Base):
    __tablename__ = "topic"
    __table_args__ = (
        Index("ix_topic_network_id_last_post_at", "network_id", "deleted_at", "pinned_at", "last_post_at"),
        Index("ix_topic_author_id", "author_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    title: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    # Kept in the row so that the list needs no counting; the opening post counts too.
    last_post_at: Mapped[datetime]
    last_post_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    posts_count: Mapped[int] = mapped_column(default=1)
    pinned_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    row_version: Mapped[int] = mapped_column(default=1)

    posts: Mapped[list["Post"]] = relationship(back_populates="topic", order_by="Post.created_at")

    __mapper_args__ = {"version_id_col": row_version}


class Post(Base):
    """What somebody wrote: the Markdown as typed, and its safe HTML kept beside it."""

    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_topic_id_created_at", "topic_id", "created_at"),
        Index("ix_post_author_id", "author_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_mail: Mapped[bool] = mapped_column(default=False)
    useful_count: Mapped[int] = mapped_column(default=0)
    row_version: Mapped[int] = mapped_column(default=1)

    topic: Mapped[Topic] = relationship(back_populates="posts")

    __mapper_args__ = {"version_id_col": row_version}


class PostVersion(Base):
    """A text as it stood before an edit."""

    __tablename__ = "post_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    replaced_at: Mapped[datetime]
    replaced_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PostFile(Base):
    __tablename__ = "post_file"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)


class TopicFollow(Base):
    """Who wants to hear of new replies. Writing follows by itself; ``is_muted`` is a plain no."""

    __tablename__ = "topic_follow"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    since: Mapped[datetime]
    is_muted: Mapped[bool] = mapped_column(default=False)


class TopicRead(Base):
    """Up to when a person has read a topic. Gathered, not written by the page view."""

    __tablename__ = "topic_read"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    read_at: Mapped[datetime]


class TopicNews(Base):
    """Something new was said here: one row, however many follow. The worker writes to them, a hundred at a time."""

    __tablename__ = "topic_news"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True)
    said_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    # How far this pass over the followers has come, when it began, and when somebody who waits may be written to.
    after_person: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime | None]
    again_at: Mapped[datetime | None]


class TopicTold(Base):
    """What a follower was told by mail: when, and up to which moment of the conversation."""

    __tablename__ = "topic_told"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    told_at: Mapped[datetime]
    told_from: Mapped[datetime]
    told_until: Mapped[datetime]
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_mail.id", ondelete="SET NULL"), index=True)


class UsefulMark(Base):
    """Useful to me: a mark that a reader sets for herself; the author sees how many, never a ranking."""

    __tablename__ = "useful_mark"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    marked_at: Mapped[datetime]


class Mention(Base):
    __tablename__ = "mention"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
