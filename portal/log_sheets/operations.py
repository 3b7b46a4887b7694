"""Keying a paper sheet back: all of its rows become talks, or none does."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _

from portal.db import operation
from portal.log_sheets.rows_refused import RowsRefused
from portal.mentoring.models import Pairing
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.queries import names_of
from portal.mentoring.talks import Talk
from portal.mentoring.twins import group_elsewhere
from portal.web import clock, dates
from portal.web.errors import DomainError


@operation
def log_sheet(pairing: Pairing, by: int, talks: Mapping[int, Talk], key: bytes, time_zone: str) -> int:
    """Write all talks of a sheet down, by the number of their row; returns how many.

    Raises RowsRefused with every row that is refused; then none is kept.
    """
    refused: dict[int, DomainError] = {}
    for number, talk in talks.items():
        try:
            if talk.kind == "group":
                day = clock.local(talk.at, time_zone).date()
                refuse_a_group_twice(pairing, by, day, talk.minutes, time_zone)
            log_contact(pairing, by, talk, key, time_zone)
        except DomainError as refusal:
            refused[number] = refusal
    if refused:
        raise RowsRefused(refused)
    return len(talks)


def refuse_a_group_twice(pairing: Pairing, by: int, day: date, minutes: int, time_zone: str) -> None:
    """A talk with a group counts once, however many sheets and mails tell of it.

    Whose else the mentor is is hers to know: the mentee is told that it stands there, and with nobody's name.
    """
    there = group_elsewhere(pairing, day, minutes, time_zone)
    if there is None:
        return
    time = dates.minutes(minutes)
    if by != pairing.mentor_id:
        said = _(
            "Your mentor has written down a talk with a group, %(time)s on that day. Ask to be added there.", time=time
        )
        raise DomainError(said, "kind")
    said = _(
        "A talk with a group, %(time)s on that day, is written down with %(name)s already. Add this one there.",
        time=time,
        name=names_of(there.pairing)[there.pairing.mentee_id],
    )
    raise DomainError(said, "kind")
