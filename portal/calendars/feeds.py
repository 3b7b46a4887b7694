"""A feed as it is sent: entries, a mark that says whether anything changed, and how long it may be kept."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta

from flask import Response, request

from portal.calendars.queries import FeedSession
from portal.events.calendar_files import entry_of
from portal.events.queries_calendar import last_changes
from portal.web import calendars
from portal.web.links import absolute

AGAIN_AFTER = timedelta(hours=1)
KEPT_SECONDS = 15 * 60


def member_url(one: FeedSession) -> str:
    """The page that this reader may open; none where she is no member and the event is not open."""
    if one.is_member:
        return absolute("events.show", network=one.slug, event_id=one.event_id)
    return public_url(one) if one.is_public else ""


def public_url(one: FeedSession) -> str:
    return absolute("public_events.show", slug=one.slug, event_id=one.event_id)


def entries_of(sessions: Sequence[FeedSession], url: Callable[[FeedSession], str]) -> list[calendars.Entry]:
    """Entries without a word of who comes: only the reader's own standing, and her link where she has a place."""
    changes = last_changes([one.event_id for one in sessions])
    return [
        entry_of(one, one, url(one), one.time_zone, changes.get(one.event_id, one.published_at), one.mine == "waiting")
        for one in sessions
    ]


def feed(entries: Sequence[calendars.Entry], name: str, time_zone: str, is_public: bool = False) -> Response:
    """The feed, or 304 for a subscriber who has it already. It carries no METHOD: it is no message to anybody."""
    mark = hashlib.sha256(repr((calendars.PRODUCT, name, time_zone, entries)).encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(mark):
        response = Response(status=304)
    else:
        content = calendars.ics_calendar(entries, name, time_zone, method="", again_after=AGAIN_AFTER)
        response = calendars.as_download(content, "events.ics")
    # Weak: the same entries, however they are packed for the line.
    response.set_etag(mark, weak=True)
    response.headers["Cache-Control"] = f"{'public' if is_public else 'private'}, max-age={KEPT_SECONDS}"
    if not is_public:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
