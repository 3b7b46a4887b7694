"""What a pack lacks, before anybody opens it: said in the queue, and on the screen where it is looked at."""

from collections import defaultdict
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from portal.db import db
from portal.files.models import FileReading, StoredFile
from portal.resources.fields import NAMES
from portal.resources.models import Pack, PackItem, PackReport
from portal.resources.queries_fields import fields_of_packs


def lacks_of(pack_ids: Sequence[int]) -> dict[int, list[str]]:
    """For each pack what is missing or wrong, in words (five queries for any number of them)."""
    packs = list(db.session.execute(select(Pack).where(Pack.id.in_(pack_ids))).scalars())
    said = fields_of_packs(packs)
    holds, broken = _contents(pack_ids)
    reported = _reported(pack_ids)
    found: dict[int, list[str]] = defaultdict(list)
    for pack in packs:
        lacks = [str(NAMES[name]) for name in said[pack.id].missing()]
        if not holds.get(pack.id):
            lacks.append(_("any file or link"))
        if pack.right_to_share != "made" and not pack.source and not pack.adapted_from_id:
            lacks.append(_("where it comes from"))
        if lacks:
            found[pack.id].append(_("It lacks %(things)s.", things=", ".join(lacks)))
        if number := broken.get(pack.id):
            found[pack.id].append(
                ngettext("%(num)s file could not be opened here.", "%(num)s files could not be opened here.", number)
            )
        if number := reported.get(pack.id):
            found[pack.id].append(
                ngettext("%(num)s report that something is wrong.", "%(num)s reports that something is wrong.", number)
            )
    return found


def _contents(pack_ids: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """How many files and links each holds now, and how many of the files our own reading failed at."""
    rows = db.session.execute(
        select(PackItem.pack_id, func.count(), func.count(FileReading.sha256))
        .outerjoin(StoredFile, StoredFile.id == PackItem.file_id)
        .outerjoin(FileReading, (FileReading.sha256 == StoredFile.sha256) & (FileReading.state == "failed"))
        .where(PackItem.pack_id.in_(pack_ids), PackItem.until_version.is_(None))
        .group_by(PackItem.pack_id)
    )
    holds, broken = {}, {}
    for pack_id, items, failed in rows:
        holds[pack_id], broken[pack_id] = items, failed
    return holds, broken


def _reported(pack_ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(PackReport.pack_id, func.count())
        .where(PackReport.pack_id.in_(pack_ids), PackReport.settled_at.is_(None))
        .group_by(PackReport.pack_id)
    )
    return {row[0]: row[1] for row in rows}
