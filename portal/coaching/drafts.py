"""Drafts of this room: what one of the two typed into a form here and has not saved, sealed and read by her alone.

Each form (the needs list, a new goal, one that is changed, one that is closed, a step) is a ``Desk``:
it knows where its draft lies, how it is made, what it shows when nothing is typed, and how its page is drawn.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from portal.coaching.access import key
from portal.mentoring.draft_keeping import Draft, Place, as_sent, draft_of, typed_in
from portal.mentoring.models import Pairing
from portal.web.access import me
from portal.web.forms import Form

# What a form carries beside what is typed into it. The marks of what she had before her are kept with the draft.
CARRIED = ("csrf_token", "form_key", "done", "reopens")
MARKS = ("seen", "seen_mine")


@dataclass(frozen=True)
class Desk:
    """A form at which one of the two writes; policy has said that she may.

    ``door`` is the address that saves it. ``make()`` is the form as it was sent, ``make(formdata=…)`` from something else.
    """

    place: Place
    pairing: Pairing
    door: str
    make: Callable[..., Any]
    fill: Callable[[Any], None]
    draw: Callable[..., Response]
    # Raises DomainError where what is typed has nothing to belong to any more.
    check: Callable[[], None] = lambda: None

    def as_saved(self) -> Any:
        form = self.make(formdata=None)
        self.fill(form)
        return form

    def opened(self) -> tuple[Any, Draft | None]:
        """The form as she left it: with her draft where she has one that can be opened, else as it is saved."""
        draft = draft_of(self.place, me().person_id, key())
        if draft is None or draft.is_closed:
            return self.as_saved(), draft
        return self.make(formdata=as_sent(draft.fields)), draft

    def page(self, form: Any = None, draft: Draft | None = None, **more: Any) -> Response:
        """The page with this form. ``more``: refusal, where a draft could not be kept."""
        return self.draw(form, door=self.door, **addresses(self.place), draft=draft, **more)

    def unsaved(self) -> Mapping[str, str]:
        """What was sent, as a draft holds it; nothing where it is as it was saved."""
        form = self.make()
        names = [name for name in form._fields if name not in CARRIED]
        if not _differ(form, self.as_saved(), [name for name in names if name not in MARKS]):
            return {}
        return typed_in({name: request.form.getlist(name) for name in request.form}, names)


def addresses(place: Place) -> dict[str, str]:
    """Where a form sends its draft, and where that is thrown away."""
    doors = {"draft_url": "coaching.keep", "throw_url": "coaching.ask_throw"}
    return {name: url_for(door, draft_kind=place.thing, draft_number=place.thing_id) for name, door in doors.items()}


def _differ(sent: Form, saved: Form, names: Collection[str]) -> bool:
    return any(_plain(sent[name].data) != _plain(saved[name].data) for name in names)


def _plain(value: Any) -> Any:
    """Boxes are the same in any order, and nothing typed is nothing saved."""
    return sorted(value) if isinstance(value, list) else value or ""
