"""The worker's part: who is due gets a digest, a hundred people at a time, and no more than can leave soon.

A digest is decided at the moment of sending. Where mails wait (a limit, a server that is away), writing waits too.
"""

import logging
from collections.abc import Iterator, Sequence

from portal.db import db, writing
from portal.digest import words
from portal.digest.composing import compose
from portal.digest.gathering import Facts, gather
from portal.digest.operations import Written, keep_digests, take_back_outdated
from portal.digest.periods import SPANS, period_now
from portal.digest.queries_due import Due, chosen_time, due_readers, time_zones
from portal.digest.queries_readers import Reader
from portal.digest.queries_unsent import count_waiting, outdated_mails
from portal.web import clock

logger = logging.getLogger("staffroom")
BATCH = 100
# A mail takes milliseconds to write: nobody should wait long for the write lock.
AT_ONCE = 20
MOST_WAITING = 200
ROUNDS = 10


def look_out() -> int:
    """Write what is due now and can leave soon; returns how many mails. Done at each round of the worker."""
    if outdated_mails():
        with writing():
            take_back_outdated()
    written = 0
    for _round in range(ROUNDS):
        room = min(BATCH, MOST_WAITING - count_waiting())
        due = due_readers(list(dues()), room) if room > 0 else []
        if not due:
            break
        written += write_digests(due)
    return written


def dues() -> Iterator[Due]:
    """Each rhythm in each time zone whose period is open now."""
    choice, now = chosen_time(), clock.now()
    for zone in time_zones():
        for rhythm in SPANS:
            period = period_now(rhythm, zone, choice, now)
            if period is not None:
                yield Due(rhythm, zone, period)


def write_digests(due: Sequence[tuple[int, str]]) -> int:
    """Compose for these people, then note and queue a few at a time; returns how many mails."""
    periods = dict(due)
    facts = gather(periods)
    # What is read is read: no transaction stays open while the digests are composed.
    db.session.rollback()
    readers = {reader.id: reader for reader in facts.readers}
    composed = [_composed(person_id, period, readers.get(person_id), facts) for person_id, period in periods.items()]
    mails = 0
    for start in range(0, len(composed), AT_ONCE):
        with writing():
            mails += keep_digests(composed[start : start + AT_ONCE], facts)
    return mails


def _composed(person_id: int, period: str, reader: Reader | None, facts: Facts) -> Written:
    """What there is to tell her. A fault with one digest is logged, and keeps nobody else's back."""
    if reader is None:
        return Written(person_id, period)
    try:
        with words.as_read_by(reader):
            return Written(person_id, period, reader, compose(reader, facts))
    except Exception:
        logger.exception("the digest of person %s was not written", person_id)
        return Written(person_id, period)
