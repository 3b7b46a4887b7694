"""Small duties that nobody waits for: what is out of date goes. The mail worker does them about once an hour.

A room declares its own beside its operations::

    housekeeping.each_hour(forget_removed_posts)

What should not wait for the hour (a digest that is due, a letter that goes out in batches) is done each round of the
worker, before it sends. Such a duty keeps its own short transactions and returns at once when nothing is due::

    housekeeping.each_round(write_due_digests)
"""

import logging
from collections.abc import Callable

Duty = Callable[[], object]
logger = logging.getLogger("staffroom")
_duties: list[Duty] = []
_each_round: list[Duty] = []


def each_hour(duty: Duty) -> Duty:
    """Have an operation done about once an hour. It must be safe to run twice."""
    if duty not in _duties:
        _duties.append(duty)
    return duty


def each_round(duty: Duty) -> Duty:
    """Have something done at each round of the worker, every few seconds, outside of any transaction."""
    if duty not in _each_round:
        _each_round.append(duty)
    return duty


def do_all() -> list[str]:
    """Do every hourly duty; one that fails does not keep the others. Returns the names of those that failed."""
    return _do(_duties)


def do_each_round() -> list[str]:
    """Do what belongs to each round; returns the names of those that failed."""
    return _do(_each_round)


def _do(duties: list[Duty]) -> list[str]:
    failed = []
    for duty in duties:
        try:
            duty()
        except Exception:
            logger.exception("a duty was not done")
            failed.append(getattr(duty, "__name__", "?"))
    return failed
