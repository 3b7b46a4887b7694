"""Calendar files for the tests, written as other programs write them."""

from datetime import UTC, datetime, time
from functools import partial

from portal.calendars.importing import SCHOOL_DAY
from portal.web.calendars_in import Reading, read_calendar
from tests import cast

NEW_YORK = """BEGIN:VTIMEZONE
TZID:Our own clocks
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""


def entry(*lines: str, uid: str = "1@old", summary: str | None = "Soldering", **more: str) -> str:
    """One VEVENT; DTSTART and an hour are given unless said otherwise."""
    said = {"DTSTART": "20261203T170000Z"} | {key.replace("_", "-").upper(): value for key, value in more.items()}
    if not any(key in said for key in ("DTEND", "DURATION")) and not any(
        one.startswith(("DTEND", "DTSTART")) for one in lines
    ):
        said["DURATION"] = "PT1H"
    if any(one.startswith("DTSTART") for one in lines):
        del said["DTSTART"]
    head = [f"UID:{uid}"] * bool(uid) + [f"SUMMARY:{summary}"] * (summary is not None)
    body = head + [f"{key}:{value}" for key, value in said.items() if value] + list(lines)
    return "\n".join(["BEGIN:VEVENT", *body, "END:VEVENT", ""])


def calendar(*entries: str, head: str = "", zones: str = "") -> bytes:
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{zones}{''.join(entries)}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def reading(content: bytes, time_zone: str = "Europe/London", now: datetime = cast.NOW) -> Reading:
    return read_calendar(content, time_zone, now, SCHOOL_DAY)


def only(content: bytes, **more: object):
    """The one thing that a file holds."""
    read = reading(content, **more)  # type: ignore[arg-type]
    assert not read.left, read.left
    [found] = read.found
    return found


def starts(content: bytes, **more: object) -> list[str]:
    return [f"{one.starts_at:%Y-%m-%d %H:%M}" for one in only(content, **more).dates]


def why(content: bytes) -> str:
    """Why its one entry is not taken."""
    read = reading(content)
    assert not read.found
    [left] = read.left
    return left.reason


utc = partial(datetime, tzinfo=UTC)
__all__ = ["NEW_YORK", "calendar", "entry", "only", "reading", "starts", "time", "utc", "why"]
