"""What the address of a page asks for: a programme, a period, and the statement that comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from portal.networks.scope import here
from portal.programmes.models import Programme
from portal.statements import periods
from portal.statements.claiming import since_when
from portal.statements.counted import Sitting
from portal.statements.periods import Period
from portal.statements.queries_hours import Asked, sittings
from portal.statements.queries_months import closings
from portal.statements.queries_pairs import Pair, programmes_with
from portal.statements.statement import Statement, Whose, statement
from portal.web import clock
from portal.web.numbers import number_of

ALL = "0"


@dataclass(frozen=True, slots=True)
class Choice:
    """The programmes that can be chosen, and what was: without a programme all talks are meant."""

    programmes: list[Programme]
    programme: Programme | None
    period: Period

    @property
    def offered(self) -> list[Period]:
        return [
            periods.year(self.programme, today()),
            periods.year_before(self.programme, today()),
            *periods.months_until(self.programme, today()),
        ]

    @property
    def asked(self) -> dict[str, str]:
        """For the links of the page, so that a figure, its rows and its paper speak of the same."""
        return asked_of(self) | self.period.asked


def asked_of(chosen: Choice, month: str | None = None) -> dict[str, str]:
    """The programme as it stands in an address, with a month where one is named."""
    programme = {"programme": str(chosen.programme.id) if chosen.programme else ALL}
    return programme | ({"period": month} if month else {})


def today() -> date:
    return clock.today(here().network.time_zone)


def choice(programmes: list[Programme], one_at_least: bool = False, usual: Period | None = None) -> Choice:
    """The programme in the address among these; the only one, or with ``one_at_least`` the first, where it names none."""
    typed = request.args.get("programme", "")
    wanted = next((one for one in programmes if one.id == number_of(typed)), None)
    if wanted is None and programmes and (one_at_least or (typed != ALL and len(programmes) == 1)):
        wanted = programmes[0]
    return Choice(programmes, wanted, periods.chosen(request.args, wanted, today(), usual))


def stated(whose: Whose, pairs: Sequence[Pair]) -> tuple[Statement, Choice]:
    """The statement of those pairs as the address asks for it (four queries)."""
    network = here().network
    ids = [pair.id for pair in pairs]
    wanted = choice(programmes_with(ids))
    first, last = since_when(wanted.programme, wanted.period.first), wanted.period.last
    found = sittings(Asked((network.id,), first, last, network.time_zone, pairing_ids=ids))
    shown = _of_programme(pairs, found, wanted.programme)
    months = [one for one in wanted.period.months if one <= today()]
    states = closings(shown, months, today())
    return statement(whose, wanted.programme, wanted.period, shown, found, states, today()), wanted


def _of_programme(pairs: Sequence[Pair], found: Sequence[Sitting], programme: Programme | None) -> Sequence[Pair]:
    """The pairs that a statement for a programme is about: those of which anything counts for it, or all where nothing does."""
    if programme is None:
        return pairs
    counting = {one.pairing_id for one in found if programme.id in one.programmes}
    return [pair for pair in pairs if pair.id in counting] or pairs
