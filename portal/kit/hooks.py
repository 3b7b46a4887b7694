"""What lending, which stands above, knows of a kit: is it here, on which loan is it out, when is it needed next?

Each question has one answerer, hung in with ``answers``; a portal without lending answers that everything is here::

    @answers.whereabouts
    def where(kits: Sequence[int], today: date, reader_in: int) -> dict[int, Whereabouts]: ...
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false


@dataclass(frozen=True)
class Whereabouts:
    """``mark`` is a kind of ``web/marks.html`` (done, wait, late, ink); ``words`` say it: "Out to Low Garrick School"."""

    mark: str
    words: str


Where = Callable[[Sequence[int], date, int], dict[int, Whereabouts]]
Next = Callable[[Sequence[int], date], dict[int, date]]
Free = Callable[[Sequence[int], date], dict[int, date | None]]


class Answers:
    """Whoever knows. Handed ids of kits and the day; what is left out of the answer is here, or not needed."""

    def __init__(self) -> None:
        self._where: Where = lambda kit_ids, today, reader_in: {}
        self._next: Next = lambda kit_ids, today: {}
        self._free: Free = lambda kit_ids, today: {}
        self._loan: Callable[[int], int | None] = lambda kit_id: None
        self._away: Callable[[date], ColumnElement[bool]] = lambda today: false()

    def whereabouts(self, answer: Where) -> Where:
        """For lists: where each kit is, if not at home and free. One query for all of them."""
        self._where = answer
        return answer

    def needed_next(self, answer: Next) -> Next:
        """For the refill list: the first day on which each is needed. One query for all of them."""
        self._next = answer
        return answer

    def free_again(self, answer: Free) -> Free:
        """For a pack's page: from when each is to be had that is not today; None: nobody knows. Two queries."""
        self._free = answer
        return answer

    def loan_out(self, answer: Callable[[int], int | None]) -> Callable[[int], int | None]:
        """The id of the loan that a kit is out on, so that what is said at the box is kept with it."""
        self._loan = answer
        return answer

    def is_away(self, answer: Callable[[date], ColumnElement[bool]]) -> Callable[[date], ColumnElement[bool]]:
        """A condition on ``Kit``: held by somebody on that day. For the filter "free now"."""
        self._away = answer
        return answer


answers = Answers()


def whereabouts_of(kit_ids: Sequence[int], today: date, reader_in: int) -> dict[int, Whereabouts]:
    """``reader_in`` is the network of whoever reads it: of another's kits she is not told who has them."""
    return answers._where(kit_ids, today, reader_in) if kit_ids else {}


def needed_next_of(kit_ids: Sequence[int], today: date) -> dict[int, date]:
    return answers._next(kit_ids, today) if kit_ids else {}


def free_again_of(kit_ids: Sequence[int], today: date) -> dict[int, date | None]:
    return answers._free(kit_ids, today) if kit_ids else {}


def loan_of(kit_id: int) -> int | None:
    return answers._loan(kit_id)


def away_on(today: date) -> ColumnElement[bool]:
    return answers._away(today)
