"""Kit boxes: members read and say what is wrong, coordinators keep them, a keeper minds hers, anybody speaks at the box."""

from sqlalchemy import select

from portal.db import db
from portal.kit.fields import Said
from portal.kit.models import Kit, KitPart, KitProblem
from portal.kit.operations_problems import tell_problems
from portal.kit.operations_service import take_out_of_service
from portal.web import clock
from tests import cast
from tests.access.resources import row
from tests.kit.kits import make_kit

READ = row("may", "may", "may", "may", "404", "404", "404", "sign-in")
EDIT = row("may", "403", "403", "403", "404", "404", "404", "sign-in")
# Dafydd is its keeper.
MIND = row("may", "403", "may", "403", "404", "404", "404", "sign-in")
# Nothing is deleted, has a photo, or waits to be imported.
NOTHING = row("404", "404", "404", "404", "404", "404", "404", "sign-in")
WAITS = row("404", "403", "403", "403", "404", "404", "404", "sign-in")
EVERYONE = row(*["may"] * 8)
NO_PHOTO = row(*["404"] * 8)

MATRIX = {
    "GET kit.index": READ,
    "GET kit.show": READ,
    "GET kit.new": EDIT,
    "POST kit.create": EDIT,
    "GET kit.edit": EDIT,
    "POST kit.change": EDIT,
    "POST kit.publish": EDIT,
    "POST kit.unpublish": EDIT,
    "GET kit.retirement": EDIT,
    "POST kit.retire": EDIT,
    "POST kit.take_back": EDIT,
    "POST kit.delete": EDIT,
    "GET kit.deletion": NOTHING,
    "POST kit.undelete": NOTHING,
    "GET kit.code": EDIT,
    "POST kit.renew_code": EDIT,
    "GET kit.photo": NOTHING,
    "GET kit.edit_photo": MIND,
    "POST kit.set_photo": MIND,
    "POST kit.remove_photo": MIND,
    "POST kit.return_photo": MIND,
    "GET kit.contents": MIND,
    "POST kit.add_parts": MIND,
    "GET kit.edit_part": MIND,
    "POST kit.change_part": MIND,
    "POST kit.move_part": MIND,
    "POST kit.remove_part": MIND,
    "POST kit.return_part": MIND,
    "POST kit.refill_part": MIND,
    "POST kit.undo_refill": MIND,
    "GET kit.packs": EDIT,
    "POST kit.add_pack": EDIT,
    "POST kit.remove_pack": EDIT,
    "GET kit.service": MIND,
    "POST kit.take_out": MIND,
    "POST kit.end_service": MIND,
    "POST kit.cancel_service": MIND,
    "POST kit.restore_service": MIND,
    "GET kit.training": EDIT,
    "POST kit.add_training": EDIT,
    "POST kit.remove_training": EDIT,
    "POST kit.note_trained": EDIT,
    "POST kit.forget_trained": EDIT,
    "GET kit.new_problem": READ,
    "POST kit.tell": READ,
    "GET kit.problem": MIND,
    "POST kit.settle": MIND,
    "POST kit.reopen": MIND,
    "GET kit.refill": MIND,
    "GET kit.shopping": MIND,
    "GET kit.labels": MIND,
    "GET kit.labels_paper": MIND,
    "GET kit.slips": READ,
    "GET kit.bring": EDIT,
    "POST kit.take": EDIT,
    "GET kit.columns": WAITS,
    "POST kit.choose": WAITS,
    "GET kit.preview": WAITS,
    "POST kit.run": WAITS,
    "GET kit.result": WAITS,
    "GET kit.rejects": WAITS,
    "GET box.ask": EVERYONE,
    "GET box.show": EVERYONE,
    "GET box.problem": EVERYONE,
    "POST box.tell": EVERYONE,
    "GET box.photo": NO_PHOTO,
}


def prepare() -> dict[str, object]:
    """A kit that Dafydd keeps, with a report, a spell out of service, a pack and an event that trains for it."""
    kit_id = make_kit(keeper_id=cast.person_id("dafydd"))
    kit = db.session.get_one(Kit, kit_id)
    part_id = (
        db.session.execute(select(KitPart.id).where(KitPart.kit_id == kit_id).order_by(KitPart.id)).scalars().first()
    )
    tell_problems(None, kit_id, [Said("missing", part_id, 2, "Two are gone.")], "somewhere")
    problem_id = db.session.execute(select(KitProblem.id).order_by(KitProblem.id.desc())).scalars().first()
    ines = cast.person_id("ines")
    return {
        "kit_id": kit_id,
        "part_id": part_id,
        "problem_id": problem_id,
        "spell_id": take_out_of_service(ines, kit_id, clock.today(), None, "Being mended"),
        "code": kit.code,
    }
