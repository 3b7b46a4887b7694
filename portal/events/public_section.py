"""The next open events on a network's public page."""

from dataclasses import dataclass

from portal.db import db
from portal.events import words
from portal.events.models import Session
from portal.events.queries_lists import ListedSession, listed, public_sessions
from portal.networks.models import Network
from portal.networks.public_sections import Section, public_section

MOST = 5


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """One line: the next date of what is open, in the words of the network's own clocks."""

    session: ListedSession
    when: str
    where: str


@public_section
def next_open_events(network: Network) -> Section | None:
    """The next dates that anybody may come to, those that were called off left out (two queries)."""
    if "events" not in network.rooms:
        return None
    ahead = public_sessions(network.id).where(Session.cancelled_at.is_(None))
    rows = db.session.execute(ahead.order_by(Session.starts_at, Session.id).limit(MOST)).all()
    found = [OpenEvent(one, words.hours(one, network.time_zone), words.where(one)) for one in listed(list(rows), None)]
    return Section("events/_public_next.html", {"events": found, "slug": network.slug})
