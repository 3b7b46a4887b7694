"""The conversations of a nation: topics, their posts, who follows, who has read, and what was found useful."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from portal.conversations.models import Post, Topic, TopicFollow, TopicRead, UsefulMark
from portal.demo.national_pour import LINE, Here, Nation, Row, line

DAYS = 900


def talk(nation: Nation, topics: int, posts: int) -> None:
    """``posts`` in ``topics``: most are short, some are long, and one in each network has pages."""
    nation.pour_together(_topics(nation, topics, posts))


def _topics(nation: Nation, topics: int, posts: int) -> Iterator[tuple[type, Row]]:
    shares = zip(nation.shares(topics), nation.shares(posts), strict=True)
    for (network, wanted), (_network, texts) in shares:
        sizes = _sizes(nation, wanted, texts)
        starts = sorted(nation.some_time_ago(DAYS) for _size in sizes)
        for place, (size, started) in enumerate(zip(sizes, starts, strict=True)):
            yield from _topic(nation, network, size, started, is_pinned=place >= wanted - 2)


def _sizes(nation: Nation, topics: int, posts: int) -> list[int]:
    """How many posts each topic has: at least one, on the whole as many as were asked for."""
    sizes = [1] * topics
    sizes[-3] = min(120, posts // 4)
    left = posts - sum(sizes)
    for _number in range(left):
        sizes[int(topics * nation.random.random() ** 1.4)] += 1
    return sizes


def _topic(nation: Nation, network: Here, size: int, started: datetime, is_pinned: bool) -> Iterator[tuple[type, Row]]:
    random, topic_id = nation.random, nation.next_id("topic")
    step = min(timedelta(days=9), (nation.now - started) / (size + 1)) if size > 1 else timedelta()
    moments = [started + step * place for place in range(size)]
    authors = [random.choice(network.members) for _moment in moments]
    yield (
        Topic,
        {
            "id": topic_id,
            "network_id": network.id,
            "title": nation.words.title(),
            "author_id": authors[0],
            "created_at": started,
            "last_post_at": moments[-1],
            "last_post_by": authors[-1],
            "posts_count": size,
            "pinned_at": started if is_pinned else None,
            "closed_at": None,
        },
    )
    for place, (at, author) in enumerate(zip(moments, authors, strict=True)):
        yield from _post(nation, network, topic_id, at, author)
        yield LINE, line(network, at, author, "post.written" if place else "topic.started", ("topic", topic_id))
    for author in sorted(set(authors)):
        yield TopicFollow, {"topic_id": topic_id, "person_id": author, "since": started}
        yield TopicRead, {"topic_id": topic_id, "person_id": author, "read_at": moments[-1]}


def _post(nation: Nation, network: Here, topic_id: int, at: datetime, author: int) -> Iterator[tuple[type, Row]]:
    body, html = nation.words.text()
    marked = nation.random.sample(network.members, 2) if nation.random.random() < 0.15 else []
    post_id = nation.next_id("post")
    yield (
        Post,
        {
            "id": post_id,
            "topic_id": topic_id,
            "author_id": author,
            "body": body,
            "body_html": html,
            "created_at": at,
            "useful_count": len(marked),
        },
    )
    for person in marked:
        yield UsefulMark, {"post_id": post_id, "person_id": person, "marked_at": at}
