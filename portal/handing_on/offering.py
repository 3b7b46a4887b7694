"""All that one teacher may pick, from the rooms that hold something of hers: talks, needs, goals and coaching cycles."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select

from portal.coaching.forms import HOW_MUCH, NEED
from portal.coaching.queries_handing import what_can_go
from portal.db import db
from portal.handing_on.pieces import Piece
from portal.handing_on.queries_pieces import pieces_of_talks
from portal.mentoring.models import Pairing
from portal.mentoring.queries_texts import Fields, Private, private_of
from portal.people.models import Person
from portal.vocabulary.queries import choices
from portal.web import dates


def pieces_of(person_id: int, key: bytes) -> list[Piece]:
    """Everything that is hers to give, in a fixed order; nothing that the other one of a pair wrote in her own name."""
    return [*pieces_of_talks(person_id, key), *_needs(person_id, key), *_of_coaching(person_id)]


def _needs(person_id: int, key: bytes) -> Iterator[Piece]:
    pairs = db.session.execute(
        select(Pairing.id, Pairing.started_on, Person.name.label("mentor"))
        .join(Person, Person.id == Pairing.mentor_id)
        .where(Pairing.mentee_id == person_id)
        .order_by(Pairing.started_on, Pairing.id)
    ).all()
    words = private_of("needs", [pair.id for pair in pairs], person_id, True, key)
    labels, marks = dict(choices("mentoring_need")), {str(mark): str(label) for mark, label in HOW_MUCH}
    for pair in pairs:
        lines = tuple(_marked(words.get(pair.id, Private()).ours_by(person_id), labels, marks))
        if lines:
            title = _title(pair.mentor)
            yield Piece("needs", pair.id, title, lines, pair.started_on)


def _title(mentor: str) -> str:
    return _("What you told %(mentor)s", mentor=mentor)


def _marked(words: Fields, labels: dict[str, str], marks: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each need with its mark, then what she wrote beside them."""
    for name, text in words.items():
        if name.startswith(NEED):
            code = name.removeprefix(NEED)
            yield labels.get(code, code), marks.get(text, text)
        else:
            yield "", text


def _of_coaching(person_id: int) -> Iterator[Piece]:
    for one in what_can_go(person_id):
        day = dates.here(one.date).date()
        yield Piece(one.kind, one.id, f"{one.label}, {dates.day(day)}", tuple(one.fields), day)
