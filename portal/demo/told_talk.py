"""What people talk about."""

from typing import Any

from sqlalchemy import select

from portal.conversations.models import Topic, TopicRead
from portal.conversations.operations_marks import mark_useful
from portal.conversations.operations_posts import reply
from portal.conversations.operations_topics import close_topic, pin_topic, start_topic
from portal.db import db, operation
from portal.demo.story import Story, at, read, spread

READ_UNTIL = 9


def tell_conversations(story: Story) -> None:
    for told in read("conversations")["topic"]:
        _tell_topic(story, told)
    _have_read(story)


def _tell_topic(story: Story, told: dict[str, Any]) -> None:
    with at(story.ago(told["ago"], "19:30")):
        topic = start_topic(story.stands(told["by"]), told["title"], told["text"].strip())
    for place, (ago, who, text, useful) in enumerate(told["replies"]):
        with at(spread(story.ago(ago, "12:05" if ago != told["ago"] else "20:05"), place)):
            post = reply(story.stands(who), topic.id, text)
            for reader in useful:
                mark_useful(story.stands(reader), post.id, True)
    with at(story.ago(max(told["ago"] - 3, 1), "21:00")):
        if told.get("pinned"):
            pin_topic(story.stands("ines"), topic.id, True)
        if told.get("closed"):
            close_topic(story.stands(told["by"]), topic.id, True)


@operation
def _have_read(story: Story) -> None:
    """The cast has read what is older than nine days, so that something is new and not everything."""
    until = story.ago(READ_UNTIL)
    topics = db.session.execute(select(Topic.id).where(Topic.created_at < until)).scalars().all()
    for handle in ("ines", "mairead", "tobi", "dafydd", "leon", "petra"):
        db.session.add_all(TopicRead(topic_id=one, person_id=story.who(handle), read_at=until) for one in topics)
