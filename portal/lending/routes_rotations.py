"""The doors of rotations: the list, one planned in one screen, and one whose turns move."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.db import db
from portal.kit.models import Kit
from portal.lending import operations_rotations as act
from portal.lending import queries_rotations as queries
from portal.lending.calendar_links import loan_url
from portal.lending.forms_rotations import RotationForm, ShiftForm
from portal.lending.models import Loan, LoanRotation
from portal.lending.queries_list import minds_any
from portal.lending.rotations_plan import Turn, jumped, known_until
from portal.lending.rules import clash_in, why_not_she
from portal.networks.queries import terms_of
from portal.networks.scope import here, room_blueprint
from portal.networks.tabs import Tab, declare_tab
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, done_unless_refused, page
from portal.web.listing import Listing, Sort
from portal.web.numbers import row_number

kit_rotations = room_blueprint("kit_rotations", __name__, path="/kit/rotations", room="kit")
declare_tab("kit", Tab("rotations", _l("Rotations"), "kit_rotations.index", 60, shown=minds_any, under="calendar"))
SORTS = (Sort("made", _l("Newest first"), (LoanRotation.made_at.desc(), LoanRotation.id.desc())),)


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of the preview: whose, when, and what stands in its way."""

    name: str
    turn: Turn
    weeks_jumped: int
    clash: str
    soft: list[str]


@kit_rotations.get("/")
def index() -> Response:
    kits = _kits()
    return page("lending/rotations.html", listing=Listing(queries.rotations(here().membership), SORTS), can_plan=kits)


@kit_rotations.get("/new")
def new() -> Response:
    kits = _kits()
    chosen = next((kit for kit in kits if kit.id == request.args.get("kit_id", type=row_number)), None)
    usual = {"weeks": 8, "between": 7, "jumps": True, "kit_id": chosen.id if chosen else None}
    return _form_page(RotationForm(_today(), kits, queries.colleagues_in(here().network.id), data=usual))


@kit_rotations.post("/")
def create() -> AnyResponse:
    """Looked at first as often as one likes; booked all at once, or not at all."""
    form = RotationForm(_today(), _kits(), queries.colleagues_in(here().network.id))
    if not form.accepted():
        return _form_page(form)
    kit = db.session.get_one(Kit, form.kit_id.data)
    turns = form.turns(_terms())
    if not turns:
        return _form_page(form)
    if "preview" in request.form:
        return _form_page(form, _lines(form, kit, turns))
    whose = [act.Whose(one.id, turn) for one, turn in zip(form.people, turns, strict=True)]
    plan = (here().network.id, kit.id, form.title.data or "", whose, _today())
    made = form.attempt(act.plan_rotation, me().person_id, *plan)
    if made is None:
        return _form_page(form, _lines(form, kit, turns))
    told = _("Booked for all of them, and each has been told.")
    return done(url_for(".show", rotation_id=made), told, undo=url_for(".cancel", rotation_id=made))


@kit_rotations.get("/<int:rotation_id>")
def show(rotation_id: int) -> Response:
    rotation, kit = _rotation(rotation_id)
    return _rotation_page(rotation, kit)


@kit_rotations.post("/<int:rotation_id>/earlier/<int:loan_id>")
def earlier(rotation_id: int, loan_id: int) -> AnyResponse:
    """This turn and the one before it change places."""
    _rotation(rotation_id)
    left = _left(rotation_id)
    at = next((n for n, loan in enumerate(left) if loan.id == loan_id), 0)
    form = ActForm()
    if not form.accepted() or not at:
        raise NotHere
    one, other = left[at - 1], left[at]
    windows = {one.id: Turn(other.starts_on, other.ends_on), other.id: Turn(one.starts_on, one.ends_on)}
    moved = form.attempt(act.move_turns, me().person_id, rotation_id, windows, _today())
    notice = _("Both have been told.") if moved else form.refusal()
    return done(url_for(".show", rotation_id=rotation_id), notice, kind="done" if moved else "wrong")


@kit_rotations.post("/<int:rotation_id>/shift")
def shift(rotation_id: int) -> AnyResponse:
    """One turn begins on another day, and all after it follow."""
    rotation, kit = _rotation(rotation_id)
    form = _shift_form(rotation_id)
    if form.accepted():
        windows = form.windows(_left(rotation_id), kit.turn_round_days, _terms())
        if form.attempt(act.move_turns, me().person_id, rotation_id, windows, _today()):
            return done(url_for(".show", rotation_id=rotation_id), _("Moved, and each of them has been told."))
    return _rotation_page(rotation, kit, form)


@kit_rotations.post("/<int:rotation_id>/cancel")
def cancel(rotation_id: int) -> AnyResponse:
    _rotation(rotation_id)
    count = act.cancel_rest(me().person_id, rotation_id)
    undo = url_for(".restore", rotation_id=rotation_id) if count else None
    return done(url_for(".show", rotation_id=rotation_id), _("What was left of it is cancelled."), undo=undo)


@kit_rotations.post("/<int:rotation_id>/restore")
def restore(rotation_id: int) -> AnyResponse:
    _rotation(rotation_id)
    form = pressed(act.restore_rest, me().person_id, rotation_id, _today())
    return done_unless_refused(form, url_for(".show", rotation_id=rotation_id), _("It stands again."))


def _form_page(form: RotationForm, lines: list[Line] | None = None) -> Response:
    until = known_until(_terms())
    beyond = lines and until and any(line.turn.ends_on > until for line in lines)
    return page("lending/rotation_new.html", form=form, lines=lines, beyond=until if beyond else None)


def _lines(form: RotationForm, kit: Kit, turns: list[Turn]) -> list[Line]:
    return [
        Line(
            one.label,
            turn,
            jumped(turn, _terms()),
            clash_in(kit, turn.starts_on, turn.ends_on, _today()),
            list(why_not_she(kit, one.id, _today())),
        )
        for one, turn in zip(form.people, turns, strict=True)
    ]


def _rotation_page(rotation: LoanRotation, kit: Kit, form: ShiftForm | None = None) -> Response:
    turns = queries.turns_of(rotation.id)
    left = [row.Loan.id for row in turns if act.is_left(row.Loan)]
    context: dict[str, Any] = {"rotation": rotation, "kit": kit, "turns": turns, "left": left, "today": _today()}
    return page("lending/rotation.html", form=form or _shift_form(rotation.id, turns), loan_url=loan_url, **context)


def _shift_form(rotation_id: int, turns: list[Any] | None = None) -> ShiftForm:
    rows = queries.turns_of(rotation_id) if turns is None else turns
    return ShiftForm(_today(), [(row.Loan.id, f"{row.person}, {row.school}") for row in rows if act.is_left(row.Loan)])


def _left(rotation_id: int) -> list[Loan]:
    return [loan for loan in queries.loans_of(rotation_id) if act.is_left(loan)]


def _rotation(rotation_id: int) -> tuple[LoanRotation, Kit]:
    _kits()
    found = queries.rotation_in(here().membership, rotation_id)
    if found is None:
        raise NotHere
    return found


def _kits() -> list[Any]:
    """The kits that she may plan for; 403 for whoever minds none."""
    kits = queries.kits_minded_by(here().membership)
    if not kits and not here().membership.is_coordinator:
        raise NotYours
    return kits


def _terms() -> list[Any]:
    return terms_of(here().network.id)


def _today() -> date:
    return clock.today(here().network.time_zone)
