"""Whether somebody who walked in stands on the list already."""

from collections.abc import Iterable

from portal.attendance.queries import SheetRow
from portal.events.queries_newcomers import person_with_address
from portal.people.names import sort_name


def row_with_address(rows: Iterable[SheetRow], address: str) -> SheetRow | None:
    """The row of the person whom this address belongs to (one query, none without an address)."""
    person_id = person_with_address(address) if address else None
    return next((row for row in rows if row.person_id == person_id), None)


def row_named(rows: Iterable[SheetRow], name: str, school: str) -> SheetRow | None:
    """Somebody of that name at that school, or at one that is not known on either side."""
    wanted, place = sort_name(name).casefold(), school.strip().casefold()
    return next(
        (
            row
            for row in rows
            if row.sort_name.casefold() == wanted and (not place or not row.school or row.school.casefold() == place)
        ),
        None,
    )
