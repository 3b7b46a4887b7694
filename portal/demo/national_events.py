"""The events of a nation: sessions, who booked, who came, and for how long."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from portal.activities.models import Activity, Participation
from portal.demo.national_pour import LINE, Here, Nation, Row, line
from portal.demo.national_standing import Evening, Standing
from portal.events.models import Booking, Event, Session
from portal.events.models_credit import EventCredit

# Of a hundred events so many lie ahead; the others go back three years.
AHEAD = 12
CAPACITIES = (None, 12, 20, 24, 30, 40)


def hold_events(nation: Nation, total: int, bookings: int) -> None:
    """``total`` events with about ``bookings`` bookings; attendance, answers and certificates where they are over."""
    usual, standing = max(9, bookings // total), Standing(nation)
    nation.pour_together(
        row
        for network, part in nation.shares(total)
        for _n in range(part)
        for row in _event(nation, network, usual, standing)
    )
    standing.counts()


def _event(nation: Nation, network: Here, usual: int, standing: Standing) -> Iterator[tuple[type, Row]]:
    random, is_ahead = nation.random, nation.random.random() < AHEAD / 100
    first = _after_school(nation, random.randint(0, 110) if is_ahead else -random.randint(1, 1090))
    event = _described(nation, network, min(first, nation.now) - timedelta(days=40))
    yield Event, event
    for action in ("event-planned", "event-published"):
        yield LINE, line(network, event["created_at"], event["owner_id"], action, ("event", event["id"]))
    credit = standing.credit(event, first)
    if credit:
        yield EventCredit, credit
    coming = random.sample(network.members, min(len(network.members), random.randint(usual - 8, usual + 8)))
    many = 3 if random.random() < 0.1 else 1
    for place in range(many):
        activity = _activity(nation, event, first + timedelta(weeks=place))
        session = _session(nation, activity, event["id"], place + 1)
        yield Activity, activity
        yield Session, session
        rows = (
            [row for person in coming for row in _coming(nation, activity, person)]
            if _is_for_them(random, place)
            else []
        )
        yield from rows
        if many == 1 and session["attendance_closed_at"] and not event["cancelled_at"]:
            came = [
                (row["person_id"], row["minutes"]) for model, row in rows if model is Participation and row["minutes"]
            ]
            yield from standing.after(Evening(event, activity, credit, came))


def _is_for_them(random: Random, place: int) -> bool:
    """Everybody books the first date, few the later ones."""
    return place == 0 or random.random() < 0.3


def _after_school(nation: Nation, days: int) -> datetime:
    first = (nation.now + timedelta(days=days)).replace(hour=16, minute=30, second=0, microsecond=0)
    return first - timedelta(days=max(0, first.weekday() - 4))


def _described(nation: Nation, network: Here, planned: datetime) -> Row:
    about, html = nation.words.text()
    return {
        "id": nation.next_id("event"),
        "network_id": network.id,
        "title": nation.words.title(),
        "strapline": nation.words.sentence(),
        "about": about,
        "about_html": html,
        "for_whom": "Anybody who teaches it",
        "owner_id": nation.random.choice(network.coordinators),
        "created_at": planned,
        "published_at": planned if nation.random.random() < 0.99 else None,
        "cancelled_at": planned + timedelta(days=20) if nation.random.random() < 0.02 else None,
    }


def _activity(nation: Nation, event: Row, at: datetime) -> Row:
    is_over = at < nation.now
    return {
        "id": nation.next_id("activity"),
        "kind": "session",
        "network_id": event["network_id"],
        "title": event["title"],
        "starts_at": at,
        "minutes": nation.random.choice((60, 90, 90, 120, 360)),
        "mode": nation.random.choice(("in_person", "in_person", "online", "hybrid")),
        "place": f"{nation.words.place()} hall",
        "held_at": at if is_over else None,
        "recorded_by": event["owner_id"] if is_over else None,
        "created_at": event["created_at"],
    }


def _session(nation: Nation, activity: Row, event_id: int, place: int) -> Row:
    at, by = activity["starts_at"], activity["recorded_by"]
    is_closed = at < nation.ago(3) and nation.random.random() < 0.99
    return {
        "id": activity["id"],
        "event_id": event_id,
        "position": place,
        "capacity": nation.random.choice(CAPACITIES),
        "attendance_closed_at": at + timedelta(days=1) if is_closed else None,
        "attendance_closed_by": by if is_closed else None,
    }


def _coming(nation: Nation, activity: Row, person: int) -> Iterator[tuple[type, Row]]:
    random, at = nation.random, activity["starts_at"]
    booked = min(at, nation.now) - timedelta(days=30 * random.random(), hours=1)
    gave_back = booked + timedelta(minutes=30) if random.random() < 0.05 else None
    who = {"person_id": person, "organisation_id": nation.works_at[person]}
    times = {"booked_at": booked, "placed_at": booked, "cancelled_at": gave_back}
    yield Booking, {"session_id": activity["id"], **who, **times}
    if activity["held_at"] and not gave_back:
        minutes = 0 if random.random() < 0.15 else random.choice((60, 75, 90, 90, 120))
        marked = {"minutes": minutes, "recorded_by": activity["recorded_by"], "recorded_at": at}
        yield Participation, {"activity_id": activity["id"], **who, **marked}
