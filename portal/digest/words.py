"""The words around a digest: its subject, its headings, when and where, in the reader's language and on her clocks."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.digest.queries_dates import SessionAhead
from portal.digest.queries_readers import Place, Reader
from portal.events import words as event_words
from portal.web import clock, dates
from portal.web.languages import in_language

FEW_PLACES = 10


@contextmanager
def as_read_by(reader: Reader) -> Iterator[None]:
    """What is written inside is in her language, and shows her clocks."""
    before = g.get("time_zone")
    g.time_zone = reader.time_zone
    try:
        with in_language(reader.locale):
            yield
    finally:
        g.time_zone = before


def heading(reader: Reader) -> str:
    """Your week, Tobi."""
    name = reader.first_name
    if reader.rhythm == "daily":
        return _("Your day, %(name)s", name=name)
    if reader.rhythm == "monthly":
        return _("Your month, %(name)s", name=name)
    return (
        _("Your fortnight, %(name)s", name=name)
        if reader.rhythm == "fortnightly"
        else _("Your week, %(name)s", name=name)
    )


def subject(counts: Counter[str]) -> str:
    """3 dates, 2 resources, 1 question; who is new or waits is counted where there is nothing else."""
    main = [
        ngettext("%(num)s date", "%(num)s dates", counts["dates"]) if counts["dates"] else "",
        ngettext("%(num)s resource", "%(num)s resources", counts["resources"]) if counts["resources"] else "",
        ngettext("%(num)s question", "%(num)s questions", counts["questions"]) if counts["questions"] else "",
    ]
    waiting, people = counts["waiting"], counts["people"]
    rest = [
        ngettext("%(num)s thing waits for you", "%(num)s things wait for you", waiting) if waiting else "",
        ngettext("%(num)s opening", "%(num)s openings", counts["openings"]) if counts["openings"] else "",
        ngettext("%(num)s new member", "%(num)s new members", people) if people else "",
    ]
    said = [part for part in main if part] or [part for part in rest if part]
    return ", ".join(said)


def when(session: SessionAhead, reader: Reader, place: Place) -> str:
    """Thu 19 Nov, 5:00 to 6:30 pm: on the clocks of the room where there is one, else on the reader's."""
    zone = reader.time_zone if session.mode == "online" else place.time_zone
    said = f"{dates.short_day(clock.local(session.starts_at, zone).date())}, {event_words.hours(session, zone)}"
    return said if zone == reader.time_zone else _("%(when)s, local time", when=said)


def on_her_clock(moment: datetime, reader: Reader) -> str:
    """Thu 19 Nov, 3:45 pm."""
    return dates.moment(clock.local(moment, reader.time_zone))


def places(left: int | None) -> str:
    """How many places are left, where that matters."""
    if left is None or left > FEW_PLACES:
        return ""
    if not left:
        return _("Full: you would wait for a place.")
    return ngettext("%(num)s place left.", "%(num)s places left.", left)


def names(people: list[Any], shown: int) -> str:
    """Ada, Ben and 3 more."""
    first = [one.name for one in people[:shown]]
    more = len(people) - len(first)
    if more:
        rest = ngettext("%(num)s more", "%(num)s more", more)
        return _("%(names)s and %(rest)s", names=", ".join(first), rest=rest)
    if len(first) == 1:
        return str(first[0])
    return _("%(names)s and %(rest)s", names=", ".join(first[:-1]), rest=first[-1])


def sentence(*parts: str) -> str:
    """Parts of a line that are there, each ending as a sentence does."""
    return " ".join(part if part[-1] in ".!?…" else f"{part}." for part in parts if part)
