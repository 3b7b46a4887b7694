"""One reader's digest, made of the facts of her batch: only what she may see, is new to her, and is still open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.digest import words
from portal.digest.composing_dates import hers, to_book
from portal.digest.composing_openings import openings
from portal.digest.composing_packs import packs
from portal.digest.composing_people import new_faces, questions, waiting
from portal.digest.content import Content, Item, Make, Section, ready
from portal.digest.gathering import Facts
from portal.digest.queries_readers import Reader
from portal.web.links import absolute

# Together about a dozen: what did not fit comes next time, if it is still true then.
MOST = {"waiting": 2, "yours": 3, "dates": 3, "resources": 3, "questions": 2, "openings": 2, "people": 2}


@dataclass(frozen=True, slots=True)
class Part:
    """All that there is of one kind, and the room behind it."""

    key: str
    heading: str
    makes: Sequence[Make]
    room: str = ""
    # The page of that room on which the rest stands, where it is not the first.
    page: str = ""


def compose(reader: Reader, facts: Facts) -> Content | None:
    """Her digest, or None when nothing in it is new. Belongs inside ``words.as_read_by(reader)``."""
    waits, faces = waiting(reader, facts), new_faces(reader, facts)
    parts = [part for part in _parts(reader, facts, waits, faces) if part.makes]
    # All but what waits is there because it is new.
    is_new = any(part.key != "waiting" for part in parts) or any(not reader.told.issuperset(one.told) for one in waits)
    if not is_new:
        return None
    counts = Counter({part.key: len(part.makes) for part in parts})
    counts["dates"] += counts["yours"]
    counts["people"] = sum(len(one.told) for one in faces)
    counts["waiting"] = sum(facts.waiting[place.id] for place in reader.places.values() if place.role == "coordinator")
    sections = tuple(_section(part, reader) for part in parts)
    return Content(words.subject(counts), words.heading(reader), sections)


def _parts(reader: Reader, facts: Facts, waits: list[Item], faces: list[Item]) -> list[Part]:
    yours = [item for item in hers(reader, facts) if item.told[0] not in reader.told]
    return [
        Part("waiting", _("Waiting for you"), ready(waits)),
        Part("yours", _("Yours"), ready(yours), "events"),
        Part("dates", _("New dates"), to_book(reader, facts), "events"),
        Part("resources", _("New resources"), packs(reader, facts), "resources"),
        Part("questions", _("Questions"), questions(reader, facts), "conversations"),
        Part("openings", _("Openings"), ready(openings(reader, facts)), "mentoring", "openings.index"),
        Part("people", _("New faces"), ready(faces)),
    ]


def _section(part: Part, reader: Reader) -> Section:
    shown = tuple(make() for make in part.makes[: MOST[part.key]])
    more = len(part.makes) - len(shown)
    return Section(part.key, part.heading, shown, more, _door(part, reader) if more else "")


def _door(part: Part, reader: Reader) -> str:
    """Where the rest stands: the room, or Today for who is in several networks."""
    places = reader.places_with(part.room) if part.room else []
    if len(places) != 1:
        return absolute("today.land")
    return absolute(part.page or f"{part.room}.index", network=places[0].slug)
