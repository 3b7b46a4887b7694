"""What lies in packs is read, so that it can be seen and searched: files that hang on nothing or elsewhere are not."""

from sqlalchemy import select

from portal.db import operation
from portal.files import reading_rounds
from portal.files.operations_reading import BATCH, ask_to_read
from portal.resources.models import PackItem
from portal.web.housekeeping import each_hour

# Importing it has the worker read what waits.
ROUNDS = reading_rounds


@operation
def ask_for_unread() -> int:
    """Ask for files of packs that nobody asked to read yet: those from before there was reading, or brought in bulk."""
    asked = 0
    while some := ask_to_read(select(PackItem.file_id).where(PackItem.file_id.is_not(None))):
        asked += some
        if some < BATCH:
            break
    return asked


each_hour(ask_for_unread)
