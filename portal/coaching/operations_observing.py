"""Notes of a visit to a lesson: a line at a time, read by nobody but the observer until she shows them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.coaching.models import CycleStep
from portal.coaching.observing import ABOUT, MOST_LINES, PREFIX, Line, lines_in, next_number, with_line, without_line
from portal.coaching.operations_cycles import refuse_closed
from portal.coaching.writing import Where, held, open_or_refuse
from portal.db import operation
from portal.history import phrases
from portal.mentoring.queries_texts import Fields
from portal.mentoring.texts import keep_text
from portal.web.errors import Conflict, DomainError, NotHere

phrases.declare(
    {
        "cycle.noted": _l("%(actor)s noted something in a lesson"),
        "cycle.shown": _l("%(actor)s showed the notes of a lesson to the other one"),
        "cycle.hidden": _l("%(actor)s took the notes of a lesson back"),
    }
)


def where_notes_lie(step: CycleStep, observer: int, key: bytes) -> Where:
    """With the two once she has shown them, else with her alone."""
    shown = Where("cycle_step", step.id, observer, "we_two")
    there = held(key, shown)
    return shown if there.fields or there.is_lost else shown._replace(layer="only_me")


@operation
def note_line(step: CycleStep, observer: int, at: str, look_for: int, text: str, key: bytes) -> int:
    """Add a line ("10:42", the number of a look-for or 0, what was seen); returns its number.

    Raises DomainError for more lines than a lesson has, in a cycle that was closed, and where the notes can't be opened.
    """
    refuse_closed(step.cycle_id)
    where = where_notes_lie(step, observer, key)
    fields = open_or_refuse(key, where)
    if len(lines_in(fields)) >= MOST_LINES:
        raise DomainError(
            _(
                "300 lines stand here already, more than one conversation holds. Put what is new into a line that is there."
            )
        )
    line = Line(next_number(fields), at, look_for, text)
    keep_text(key, *where, with_line(fields, line))
    history.record(observer, "cycle.noted", "cycle_step", step.id)
    return line.number


@operation
def change_line(step: CycleStep, observer: int, line: Line, seen: str, key: bytes) -> bool:
    """Put a line right. Raises NotHere for one that is gone, Conflict when it was changed in another window.

    Raises DomainError like ``note_line``.
    """
    refuse_closed(step.cycle_id)
    where = where_notes_lie(step, observer, key)
    fields = open_or_refuse(key, where)
    there = line_with(fields, line.number)
    if there.mark != seen and there != line:
        raise Conflict({"text": there.text})
    keep_text(key, *where, with_line(fields, line))
    history.record(observer, "cycle.noted", "cycle_step", step.id)
    return True


@operation
def take_line_out(step: CycleStep, observer: int, number: int, key: bytes) -> None:
    """Gone for good. Raises NotHere for one that is gone already."""
    where = where_notes_lie(step, observer, key)
    fields = open_or_refuse(key, where)
    line_with(fields, number)
    keep_text(key, *where, without_line(fields, number))
    history.record(observer, "cycle.noted", "cycle_step", step.id)


@operation
def show_notes(step: CycleStep, observer: int, key: bytes) -> bool:
    """From now on the other one reads the lines too. What she thinks of them stays with her."""
    return _move(step, observer, "only_me", "we_two", key, "cycle.shown")


@operation
def hide_notes(step: CycleStep, observer: int, key: bytes) -> bool:
    """Keep them to herself again; what was read is not unread."""
    return _move(step, observer, "we_two", "only_me", key, "cycle.hidden")


def line_with(fields: Fields, number: int) -> Line:
    found = next((one for one in lines_in(fields) if one.number == number), None)
    if found is None:
        raise NotHere
    return found


def _move(step: CycleStep, observer: int, source: str, target: str, key: bytes, action: str) -> bool:
    """The lines and what they are about, from one layer to the other. False where there was nothing to move."""
    whence, whither = (Where("cycle_step", step.id, observer, layer) for layer in (source, target))
    here, there = open_or_refuse(key, whence), open_or_refuse(key, whither)
    moving = {name: text for name, text in here.items() if name == ABOUT or name.startswith(PREFIX)}
    if not moving:
        return False
    keep_text(key, *whence, {name: text for name, text in here.items() if name not in moving})
    keep_text(key, *whither, {**there, **moving})
    history.record(observer, action, "cycle", step.cycle_id)
    return True
