"""Lists of people that leave the portal as a spreadsheet leave a line, too."""

from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import operation
from portal.history import phrases

phrases.declare({"people.exported": _l("%(actor)s took %(count)s people as a spreadsheet")})


@operation
def note_export(by: int, count: int) -> None:
    """Note that a list of people was taken along."""
    history.record(by, "people.exported", "person", by, count=count)
