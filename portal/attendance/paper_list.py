"""The printed list: numbered by name as it stood when it was printed, so that its numbers still mean the same people
when it is typed back, whoever has booked or cancelled since.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from portal.attendance.queries import SheetRow, sheet_of
from portal.web import clock

# Without letters that a pen confuses with figures.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
EMPTY_LINES = 12
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


@dataclass(frozen=True, slots=True)
class PaperList:
    """``numbered`` are those who had booked by then; ``later`` came onto the sheet without booking or after it was printed
    and have no number, so that they never shift another's.
    """

    code: str
    printed_at: datetime
    numbered: list[tuple[int, SheetRow]]
    later: list[SheetRow]

    @property
    def last(self) -> int:
        return len(self.numbered)

    @property
    def empty(self) -> range:
        """Numbers of the lines for people who walk in."""
        return range(self.last + 1, self.last + EMPTY_LINES + 1)

    @property
    def rows(self) -> list[SheetRow]:
        return [*(row for _number, row in self.numbered), *self.later]


def paper_list(session_id: int, code: str = "") -> PaperList:
    """The list as of now, or as it was printed under that code; an unreadable code is the list of now (one query)."""
    printed_at = moment_of(code) or clock.now().replace(microsecond=0)
    rows = sorted(sheet_of(session_id, cancelled_after=printed_at).rows, key=lambda row: (row.sort_name, row.person_id))
    stood = [row for row in rows if row.booked_at and row.booked_at < printed_at + timedelta(seconds=1)]
    known = {row.person_id for row in stood}
    later = [row for row in rows if row.person_id not in known]
    return PaperList(code_of(printed_at), printed_at, list(enumerate(stood, 1)), later)


def code_of(moment: datetime) -> str:
    """The second in seven signs, in two groups to read aloud."""
    rest, signs = int(moment.timestamp()), ""
    while rest:
        rest, sign = divmod(rest, len(SIGNS))
        signs = SIGNS[sign] + signs
    return f"{signs[:3]}-{signs[3:]}"


def moment_of(code: str) -> datetime | None:
    """When a list was printed, read kindly; None for anything that is no code of ours, or of a time to come."""
    signs = code.upper().translate(_READ_AS)
    if not 6 <= len(signs) <= 7 or not set(signs) <= set(SIGNS):
        return None
    second = 0
    for sign in signs:
        second = second * len(SIGNS) + SIGNS.index(sign)
    moment = datetime.fromtimestamp(second, UTC)
    return moment if moment <= clock.now() else None
