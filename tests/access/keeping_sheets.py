"""The sheet row by row, on paper, and by people's own word. Its name comes after ``events``, on whose session it stands."""

import io

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.activities.operations import Mark, record_attendance
from portal.attendance.models import AttendanceClaim
from portal.attendance.operations_paper import add_photos
from portal.db import db
from portal.events.models import Session
from portal.events.models_papers import EventPaper
from portal.files.operations import keep
from portal.web import clock
from tests import cast
from tests.access.events import COORDINATORS, MEMBERS, prepared
from tests.web.heic import TILE

MATRIX = {
    "POST attendance.tick": COORDINATORS,
    "GET attendance.person": COORDINATORS,
    "POST attendance.mark_person": COORDINATORS,
    "GET attendance.paper_pdf": COORDINATORS,
    "GET attendance.type_paper": COORDINATORS,
    "POST attendance.save_typed_paper": COORDINATORS,
    "GET attendance.photos": COORDINATORS,
    "POST attendance.add_photo": COORDINATORS,
    "GET attendance.photo": COORDINATORS,
    "POST attendance.take_photo_away": COORDINATORS,
    "POST attendance.put_photo_back": COORDINATORS,
    "GET attendance.mine": MEMBERS,
    "POST attendance.say_mine": MEMBERS,
    "POST attendance.accept": COORDINATORS,
    "POST attendance.decline": COORDINATORS,
    "POST attendance.ask_again": COORDINATORS,
}


def prepare() -> dict[str, object]:
    """Somebody on the sheet, what she says of herself, and a photo of the paper."""
    ines, tobi = cast.person_id("ines"), cast.person_id("tobi")
    session = db.session.get_one(Session, prepared["session_id"])
    claim = AttendanceClaim(session_id=session.id, person_id=tobi, minutes=90, said_at=clock.now())
    db.session.add(claim)
    db.session.flush()
    file = keep(FileStorage(io.BytesIO(TILE.read_bytes()), "sheet.heic"), ines)
    add_photos(session, [file], ines)
    # On the sheet whatever becomes of bookings.
    record_attendance(session.id, [Mark(cast.person_id("dafydd"), 0)], ines)
    photo = db.session.execute(select(EventPaper.id).order_by(EventPaper.id.desc()).limit(1)).scalar_one()
    return {"attendee_id": cast.person_id("dafydd"), "claim_id": claim.id, "photo_id": photo}
