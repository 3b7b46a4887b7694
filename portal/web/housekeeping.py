"""Small duties that nobody waits for: what is out of date goes. The mail worker does them about once an hour.

A room declares its own beside its operations::

    housekeeping.each_hour(forget_removed_posts)
"""

import logging
from collections.abc import Callable

Duty = Callable[[], object]
logger = logging.getLogger("staffroom")
_duties: list[Duty] = []


def each_hour(duty: Duty) -> Duty:
    """Have an operation done about once an hour. It must be safe to run twice."""
    if duty not in _duties:
        _duties.append(duty)
    return duty


def do_all() -> list[str]:
    """Do every duty; one that fails does not keep the others. Returns the names of those that failed."""
    failed = []
    for duty in _duties:
        try:
            duty()
        except Exception:
            logger.exception("a duty was not done")
            failed.append(getattr(duty, "__name__", "?"))
    return failed
