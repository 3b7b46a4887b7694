"""When which box is where: members read the calendar, coordinators and keepers plan, whoever drives has her list."""

from datetime import date, timedelta

from portal.lending.fields import RunFields
from portal.lending.operations_rotations import Whose, plan_rotation
from portal.lending.operations_runs import load_run, plan_run
from portal.lending.queries_rotations import loans_of
from portal.lending.rotations_plan import Turn
from portal.web import clock
from tests import cast
from tests.access.resources import row
from tests.kit.kits import make_kit

READ = row("may", "may", "may", "may", "404", "404", "404", "sign-in")
# Ines coordinates.
COORDINATE = row("may", "403", "403", "403", "404", "404", "404", "sign-in")
# Dafydd drives.
DRIVE = row("may", "403", "may", "403", "404", "404", "404", "sign-in")
# Dafydd keeps a box, and may plan for that one; this rotation is not of it.
PLAN = row("may", "403", "may", "403", "404", "404", "404", "sign-in")
THIS = row("may", "403", "404", "403", "404", "404", "404", "sign-in")
# The loan of the address is no turn of this rotation, and on no run.
NO_TURN = row("404", "403", "404", "403", "404", "404", "404", "sign-in")
NO_RIDE = row("404", "403", "404", "403", "404", "404", "404", "sign-in")

MATRIX = {
    "GET kit_calendar.index": READ,
    "GET kit_rotations.index": PLAN,
    "GET kit_rotations.new": PLAN,
    "POST kit_rotations.create": PLAN,
    "GET kit_rotations.show": THIS,
    "POST kit_rotations.earlier": NO_TURN,
    "POST kit_rotations.shift": THIS,
    "POST kit_rotations.cancel": THIS,
    "POST kit_rotations.restore": THIS,
    "GET kit_runs.index": READ,
    "GET kit_runs.new": COORDINATE,
    "POST kit_runs.create": COORDINATE,
    "GET kit_runs.show": DRIVE,
    "GET kit_runs.edit": COORDINATE,
    "POST kit_runs.change": COORDINATE,
    "GET kit_runs.loading": COORDINATE,
    "POST kit_runs.load": COORDINATE,
    "POST kit_runs.left": NO_RIDE,
    "POST kit_runs.fetched": NO_RIDE,
    "POST kit_runs.undo": NO_RIDE,
    "POST kit_runs.cancel": COORDINATE,
    "POST kit_runs.restore": COORDINATE,
}


def prepare() -> dict[str, object]:
    """A rotation of a box of its own through two classrooms, and a run that takes its first turn out."""
    today, ines = clock.today(), cast.person_id("ines")
    kit_id = make_kit(title="Structures", asset_code="Box 3")
    turns = [
        Whose(cast.person_id(who), Turn(first, first + timedelta(days=11)))
        for who, first in (("tobi", date(2026, 11, 16)), ("leon", date(2026, 12, 7)))
    ]
    rotation_id = plan_rotation(ines, cast.network_id(), kit_id, "Structures for Year 5", turns, today)
    run_id = plan_run(
        ines, cast.network_id(), RunFields(date(2026, 11, 13), "North round", driver_id=cast.person_id("dafydd"))
    )
    load_run(ines, run_id, {loans_of(rotation_id)[0].id}, set())
    return {"rotation_id": rotation_id, "run_id": run_id}
