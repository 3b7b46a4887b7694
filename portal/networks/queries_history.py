"""What changed in a network itself, for its own pages. What happened in a room is told by that room, to whom it shows."""

from portal.db import Rows, db
from portal.history.models import HistoryLine
from portal.history.queries import Line, lines_of_network, told

# These name people who are not members (yet): their names are for the coordinators alone.
ABOUT_OUTSIDERS = (
    "network.imported",
    "network.invited",
    "network.invitation_withdrawn",
    "network.invitation_sent_again",
    "network.declined",
    "network.asked",
    "network.ask_taken_back",
    "network.not_welcomed",
)


def lines_here(network_id: int, for_coordinator: bool) -> Rows:
    """The lines of a network's own history, for a listing; members do not read who stands outside."""
    query = lines_of_network(network_id).where(HistoryLine.subject_kind == "network")
    return query if for_coordinator else query.where(HistoryLine.action.not_in(ABOUT_OUTSIDERS))


def newest_lines(network_id: int, for_coordinator: bool, limit: int = 3) -> list[Line]:
    """The last few of them, as sentences (two queries)."""
    newest = (HistoryLine.at.desc(), HistoryLine.id.desc())
    query = lines_here(network_id, for_coordinator).order_by(*newest).limit(limit)
    return told(list(db.session.execute(query)))
