"""The doors of the feeds. Calendar programs sign in nowhere: the address itself is the key, or the feed is for all."""

from flask import Blueprint, Response
from flask_babel import gettext as _

from portal.calendars.addresses import read_token
from portal.calendars.feeds import entries_of, feed, member_url, public_url
from portal.calendars.queries import FeedSession, booked_by, holder_of, told_to_all, told_to_members
from portal.events.blueprints import public_network
from portal.web.access import public
from portal.web.errors import NotHere
from portal.web.languages import in_language, spoken

feeds = Blueprint("feeds", __name__)


@feeds.get("/feeds/<feed_token>.ics")
@public
def follow(feed_token: str) -> Response:
    address = read_token(feed_token)
    holder = holder_of(address) if address else None
    if holder is None:
        raise NotHere
    with in_language(holder.locale or str(spoken())):
        if holder.network_id:
            sessions = told_to_members(holder.network_id, holder.person_id)
            return feed(entries_of(sessions, member_url), holder.name, _one_zone(sessions))
        sessions = booked_by(holder.person_id)
        return feed(entries_of(sessions, member_url), _("My Staffroom dates"), holder.time_zone or _one_zone(sessions))


@feeds.get("/p/<slug>/events.ics")
@public
def follow_public(slug: str) -> Response:
    network = public_network(slug)
    with in_language(network.locale):
        entries = entries_of(told_to_all(network.id), public_url)
        return feed(entries, network.name, network.time_zone, is_public=True)


def _one_zone(sessions: list[FeedSession]) -> str:
    """The clock that a program may show the whole feed on, where there is only one."""
    zones = {one.time_zone for one in sessions}
    return zones.pop() if len(zones) == 1 else ""
