"""On the day after a next date without a word of it, both are asked how it went. Once for each date."""

from datetime import datetime, time

from portal.db import db, operation, writing
from portal.mentoring_mail.letters_dates import KIND, ask_how_it_went
from portal.mentoring_mail.queries_asking import last_written
from portal.mentoring_mail.queries_dates import Passed, passed_dates
from portal.mentoring_mail.queries_readers import reader_of
from portal.web import clock

# Nobody is woken by it.
FROM = time(7, 0)


def ask_after_dates() -> int:
    """About once an hour. Returns how many mails."""
    now = clock.now()
    asked: dict[tuple[int, int], list[Passed]] = {}
    for passed in passed_dates(now):
        if clock.local(now, passed.time_zone).time() >= FROM:
            for person_id in (passed.mentor_id, passed.mentee_id):
                asked.setdefault((passed.network_id, person_id), []).append(passed)
    db.session.rollback()
    written = 0
    for (network_id, person_id), dates in asked.items():
        with writing():
            written += _ask(network_id, person_id, dates, now)
    return written


@operation
def _ask(network_id: int, person_id: int, dates: list[Passed], now: datetime) -> int:
    """All dates of one person at once: what lies before the day of her last such mail was asked about in it."""
    last = last_written(network_id, person_id, KIND)
    fresh = [one for one in dates if last is None or one.day >= clock.local(last, one.time_zone).date()]
    reader = reader_of(KIND, network_id, person_id) if fresh else None
    if reader is None:
        return 0
    for passed in fresh:
        ask_how_it_went(reader, passed)
    return len(fresh)
