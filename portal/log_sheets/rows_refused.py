"""Several rows at once, some of which are to be put right."""

from collections.abc import Mapping

from flask_babel import gettext as _

from portal.web.errors import DomainError


class RowsRefused(DomainError):
    """What is to be put right, by the number of the row."""

    def __init__(self, rows: Mapping[int, DomainError]) -> None:
        super().__init__(_("Nothing is saved yet: some rows have something to put right."))
        self.rows = rows
