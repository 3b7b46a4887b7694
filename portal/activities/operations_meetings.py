"""Writing a meeting into the ledger: who was there, and what a correction changes. For operations of the rooms."""

from collections.abc import Mapping

from sqlalchemy import select

from portal.activities.meetings import Met
from portal.activities.models import Activity, Participation
from portal.activities.queries import affiliations_at
from portal.db import db
from portal.web import clock


def note_who_was_there(
    meeting: Activity, there: Mapping[int, str], by: int, where: Mapping[int, int] | None = None
) -> None:
    """Make the participations what is said now: person → capacity, each for the whole of the meeting.

    Those who are new to it stand there from ``where`` (person → organisation), or else from where each worked on that
    day; who was noted already keeps the place and the capacity she had.
    """
    # Asked of the database: what the meeting itself holds of them may be from before they were written.
    rows = db.session.execute(select(Participation).where(Participation.activity_id == meeting.id)).scalars()
    known = {row.person_id: row for row in rows}
    for person_id, row in known.items():
        if person_id in there:
            row.minutes = meeting.minutes
        else:
            db.session.delete(row)
    fresh = [person_id for person_id in there if person_id not in known]
    places = affiliations_at(fresh, meeting.starts_at) if where is None else where
    for person_id in fresh:
        db.session.add(
            Participation(
                activity_id=meeting.id,
                person_id=person_id,
                organisation_id=places.get(person_id),
                capacity=there[person_id],
                minutes=meeting.minutes,
                how_recorded="self",
                recorded_by=by,
                recorded_at=clock.now(),
            )
        )


def corrections(meeting: Activity, met: Met, time_zone: str) -> dict[str, dict[str, object]]:
    """What the history is told when a meeting is put right: "minutes" and "redated" with both figures, else "changed"."""
    before, after = (clock.local(at, time_zone).date().isoformat() for at in (meeting.starts_at, met.at))
    found: dict[str, dict[str, object]] = {}
    if meeting.minutes != met.minutes:
        found["minutes"] = {"before": meeting.minutes, "after": met.minutes}
    if before != after:
        found["redated"] = {"before": before, "after": after}
    return found or {"changed": {}}
