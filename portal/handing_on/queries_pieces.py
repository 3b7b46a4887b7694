"""What one teacher may pick: asked for by her id, so that nothing is loaded that she may not give."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Row, select

from portal.db import db
from portal.handing_on.pieces import Piece
from portal.handing_on.words import NOTE, SHARED
from portal.mentoring.models import MentoringContact, Pairing, PairProgramme, PairTalk
from portal.mentoring.queries_texts import Private, private_of
from portal.networks.models import Network
from portal.people.models import Person
from portal.programmes.models import Programme
from portal.web import clock, dates

Found = Row[*tuple[Any, ...]]


def pieces_of_talks(person_id: int, key: bytes) -> list[Piece]:
    """What she may hand on of her pairs as their mentee, ended ones too, and of their talks (four queries).

    Facts first, the newest pair first; then her own words. Of texts that the key at hand does not open there is nothing.
    """
    pairs = _pairs(person_id)
    if not pairs:
        return []
    talks = _talks([pair.id for pair in pairs])
    notes = private_of("talk", [talk.id for talk in talks], person_id, True, key)
    return [*_facts(pairs, talks), *_words(person_id, talks, notes)]


def _pairs(person_id: int) -> Sequence[Found]:
    return db.session.execute(
        select(Pairing.id, Pairing.started_on, Pairing.ended_on, Person.name.label("mentor"), Network.name, Network.time_zone)
        .join(Person, Person.id == Pairing.mentor_id)
        .join(Network, Network.id == Pairing.network_id)
        .where(Pairing.mentee_id == person_id)
        .order_by(Pairing.started_on.desc(), Pairing.id.desc())
    ).all()  # fmt: skip


def _talks(pairing_ids: list[int]) -> Sequence[Found]:
    """Talks that she sat in: the mentor's own time is not hers to count."""
    return db.session.execute(
        select(PairTalk.id, PairTalk.pairing_id, PairTalk.confirmed_at, MentoringContact.starts_at, MentoringContact.minutes)
        .join(MentoringContact, MentoringContact.id == PairTalk.contact_id)
        .where(
            PairTalk.pairing_id.in_(pairing_ids),
            MentoringContact.deleted_at.is_(None),
            MentoringContact.contact_kind != "support",
        )
        .order_by(MentoringContact.starts_at, PairTalk.id)
    ).all()  # fmt: skip


def _facts(pairs: Sequence[Found], talks: Sequence[Found]) -> Iterator[Piece]:
    of_pair: dict[int, list[Found]] = defaultdict(list)
    for talk in talks:
        of_pair[talk.pairing_id].append(talk)
    programmes = _programmes([pair.id for pair in pairs])
    for pair in pairs:
        yield _fact(pair, of_pair[pair.id], programmes.get(pair.id, []))
    for pair in pairs:
        if of_pair[pair.id]:
            title = _("Hours by month, with %(mentor)s", mentor=pair.mentor)
            yield Piece("months", pair.id, title, tuple(_months(of_pair[pair.id], pair.time_zone)), pair.started_on)


def _programmes(pairing_ids: list[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(PairProgramme.pairing_id, Programme.name)
        .join(Programme, Programme.id == PairProgramme.programme_id)
        .where(PairProgramme.pairing_id.in_(pairing_ids))
        .order_by(Programme.name)
    )
    for pairing_id, name in rows:
        found[pairing_id].append(name)
    return found


def _fact(pair: Found, talks: Sequence[Found], programmes: Sequence[str]) -> Piece:
    agreed = sum(1 for talk in talks if talk.confirmed_at)
    ended = dates.day(pair.ended_on) if pair.ended_on else _("still a pair")
    lines = [(_("Network"), pair.name)]
    if programmes:
        lines.append((_("Programme"), ", ".join(programmes)))
    lines += [
        (_("From"), dates.day(pair.started_on)),
        (_("Until"), ended),
        (_("Talks"), ngettext("%(num)s, %(agreed)s confirmed by both", "%(num)s, %(agreed)s of them confirmed by both",
                              len(talks), agreed=agreed)),
        (_("In all"), dates.minutes(sum(talk.minutes for talk in talks))),
    ]  # fmt: skip
    return Piece("pair", pair.id, _("Mentoring with %(mentor)s", mentor=pair.mentor), tuple(lines), pair.started_on)


def _months(talks: Sequence[Found], time_zone: str) -> Iterator[tuple[str, str]]:
    minutes: dict[date, int] = defaultdict(int)
    for talk in talks:
        minutes[_day(talk.starts_at, time_zone).replace(day=1)] += talk.minutes
    for month, total in minutes.items():
        yield dates.month(month), dates.minutes(total)


def _words(person_id: int, talks: Sequence[Found], notes: Mapping[int, Private]) -> Iterator[Piece]:
    for talk in talks:
        words = notes.get(talk.id, Private()).ours_by(person_id)
        lines = tuple((str(SHARED.get(name, "")), text) for name, text in words.items())
        if lines:
            yield Piece("talk", talk.id, _title(talk), lines, dates.here(talk.starts_at).date())
    for talk in talks:
        mine = notes.get(talk.id, Private()).mine
        lines = tuple((str(NOTE.get(name, "")), text) for name, text in mine.items())
        if lines:
            yield Piece("note", talk.id, _title(talk), lines, dates.here(talk.starts_at).date())


def _title(talk: Found) -> str:
    return _("Talk on %(day)s, %(length)s", day=dates.day(talk.starts_at), length=dates.minutes(talk.minutes))


def _day(at: datetime, time_zone: str) -> date:
    return clock.local(at, time_zone).date()
