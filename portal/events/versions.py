"""An event field by field in words, to show beside what somebody else typed meanwhile."""

from flask_babel import gettext as _

from portal.events import words
from portal.events.models import Event


def in_words(event: Event) -> dict[str, str]:
    """What stands there now, by the names of the form's fields."""
    sessions = (f"{words.date_and_hours(one)}, {words.where(one)}" for one in event.sessions if not one.cancelled_at)
    return {
        "title": event.title,
        "strapline": event.strapline,
        "about": event.about,
        "for_whom": event.for_whom,
        "cost": event.cost,
        "getting_there": event.getting_there,
        "is_public": _("open to everyone") if event.is_public else _("for members"),
        "objectives": event.objectives,
        "books_whole": _("as a whole") if event.books_whole else _("date by date"),
        "completed_share": str(event.completed_share),
        "seats_per_school": str(event.seats_per_school or ""),
        "confirm_hours": str(event.confirm_hours or ""),
        "evaluation": str(words.EVALUATIONS.get(event.evaluation, event.evaluation)),
        "sessions": "\n".join(sessions),
    }
