"""What people talk about, and how mentors and mentees meet."""

from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from portal.conversations.models import Topic, TopicRead
from portal.conversations.operations_marks import mark_useful
from portal.conversations.operations_posts import reply
from portal.conversations.operations_topics import close_topic, pin_topic, start_topic
from portal.db import db, operation
from portal.demo.story import TIME_ZONE, Story, at, read, spread
from portal.mentoring.models import Pairing
from portal.mentoring.operations import end_pairing, start_pairing
from portal.mentoring.operations_contacts import confirm_contact, log_contact
from portal.mentoring.talks import Talk

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


def tell_mentoring(story: Story) -> None:
    key = current_app.config["SETTINGS"].key("mentoring")
    for told in read("mentoring")["pair"]:
        pairing = _pair(story, told)
        for place, talk in enumerate(told["talks"]):
            is_last = place == len(told["talks"]) - 1
            _met(story, told, pairing, talk, told.get("next") if is_last else None, key)
        if "ended" in told:
            with at(story.ago(told["ended"])):
                end_pairing(pairing, story.who("ines"), story.ago(told["ended"]).date())


def _pair(story: Story, told: dict[str, Any]) -> Pairing:
    with at(story.ago(told["since"])):
        return start_pairing(
            story.networks["tarn-and-tide"],
            story.who(told["mentor"]),
            story.who(told["mentee"]),
            story.who("ines"),
            story.ago(told["since"]).date(),
            told["purpose"],
            told["rhythm"],
            told.get("month"),
        )


def _met(
    story: Story, told: dict[str, Any], pairing: Pairing, talk: list[Any], next_in: int | None, key: bytes
) -> None:
    ago, minutes, mode, writer, confirmed, we_two, only_me = talk
    next_at = story.moment(story.today + timedelta(days=next_in), "15:45") if next_in else None
    said = Talk(story.ago(ago, "12:00"), minutes, mode, next_at=next_at, parked=we_two, only_me=only_me)
    with at(story.ago(ago, "13:40")):
        contact = log_contact(pairing, story.who(writer), said, key, TIME_ZONE)
    if confirmed:
        other = told["mentee"] if writer == told["mentor"] else told["mentor"]
        with at(story.ago(max(ago - 1, 0), "13:50")):
            confirm_contact(contact, story.who(other))
