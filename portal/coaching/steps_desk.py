"""What the screen of a step is made of: its form with what stands there, and what of it goes into which private text."""

from collections.abc import Sequence
from typing import Any

from portal.coaching.forms_steps import (
    ActionForm,
    CheckForm,
    ConversationForm,
    LookForsForm,
    StartForm,
    StepForm,
    TalkedForm,
    VisitForm,
    conversation_form,
)
from portal.coaching.models import CycleStep
from portal.coaching.operations_observing import where_notes_lie
from portal.coaching.queries_frame import Standard
from portal.coaching.queries_reading import CycleRead
from portal.coaching.saving import Words
from portal.coaching.writing import Where, held, mark_of
from portal.mentoring.models import Pairing
from portal.mentoring.queries_texts import Fields, Private

FORMS: dict[str, type[StepForm]] = {
    "goal": StartForm,
    "look_fors": LookForsForm,
    "observation": VisitForm,
    "action": ActionForm,
    "check": CheckForm,
}


def form_of(step: str, standards: Sequence[Standard], **made: Any) -> StepForm:
    """The form of a step as it was sent. ``made``: from what else (``formdata``)."""
    return conversation_form(standards, **made) if step == "conversation" else FORMS[step](**made)


def texts_of(
    form: StepForm, step: CycleStep, pairing: Pairing, writer: int, key: bytes
) -> list[tuple[Where, list[str]]]:
    """Each private text that the form writes, with the names of its fields."""
    found = [(_shared(form, step, pairing, writer, key), list(form.ours()))]
    if form.MINE:
        found.append((Where("cycle_step", step.id, writer, "only_me"), list(form.MINE)))
    return found


def _shared(form: StepForm, step: CycleStep, pairing: Pairing, writer: int, key: bytes) -> Where:
    """A visit lies where its lines lie; what is said in a conversation is its writer's own; the rest is of the two."""
    if isinstance(form, VisitForm):
        return where_notes_lie(step, writer, key)
    author = writer if isinstance(form, ConversationForm) else pairing.mentee_id
    return Where("cycle_step", step.id, author, "we_two")


def fill(form: StepForm, step: CycleStep, read: CycleRead, key: bytes) -> None:
    """Show what stands there, as this reader may read it (no query)."""
    form.due_on.data = step.due_on
    if isinstance(form, LookForsForm):
        form.standards.data = [one.id for one in read.standards]
    text = read.texts[step.step]
    shared = _own(form, text, read.reader) if isinstance(form, TalkedForm) else read.ours(step.step)
    for names, there in ((form.ours(), shared), (form.MINE, text.mine)):
        for name in names:
            form[name].data = there.get(name, "")
    form.seen.data = mark_of(key, shared, form.ours())
    form.seen_mine.data = mark_of(key, text.mine, form.MINE)


def _own(form: StepForm, text: Private, reader: int) -> Fields:
    """What is its writer's own: feedback; and the notes of a visit, where they lie just now."""
    shown = text.ours_by(reader)
    return text.mine if isinstance(form, VisitForm) and not shown else shown


def mark(form: StepForm, step: CycleStep, pairing: Pairing, writer: int, key: bytes) -> None:
    """Note in the form what stands there now, so that saving it once more replaces that knowingly."""
    texts = texts_of(form, step, pairing, writer, key)
    marks = [mark_of(key, held(key, where).fields, names) for where, names in texts]
    form.seen.data, form.seen_mine.data = [*marks, ""][:2]


def words_of(form: StepForm, step: CycleStep, pairing: Pairing, writer: int, key: bytes) -> list[Words]:
    """What was typed, as the operation wants it."""
    seen = (form.seen.data or "", form.seen_mine.data or "")
    return [
        Words(where, form.typed(names), mark)
        for (where, names), mark in zip(texts_of(form, step, pairing, writer, key), seen, strict=False)
    ]


def is_talk(form: StepForm) -> bool:
    return isinstance(form, TalkedForm)
