"""Questions about the talks of a pair: the last ones, a month, who else sat in one, and which have something written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.mentoring.models import MentoringContact, Pairing, PairTalk, SealedText
from portal.mentoring.months import next_month
from portal.mentoring.queries import newest_first, notes_for, talks_of
from portal.mentoring.queries_texts import Private
from portal.mentoring.talks import SHARED, Talk
from portal.people.models import Person
from portal.web import dates
from portal.web.errors import Conflict

LAST = 3


@dataclass(frozen=True)
class Month:
    """What a pair wrote down in a month."""

    month: date
    talks: int
    minutes: int


def last_talks(pairing_id: int) -> list[Any]:
    """The newest talks of a pair: the counted layer alone (one query)."""
    return list(db.session.execute(talks_of(pairing_id).order_by(*newest_first()).limit(LAST)))


def month_of_pair(pairing_id: int, month: date, time_zone: str) -> Month:
    """How many talks in that month, support left out, and all minutes (one query)."""
    is_talk = MentoringContact.contact_kind != "support"
    row = db.session.execute(
        select(func.count().filter(is_talk), func.coalesce(func.sum(MentoringContact.minutes), 0))
        .join(PairTalk, PairTalk.contact_id == MentoringContact.id)
        .where(
            PairTalk.pairing_id == pairing_id,
            MentoringContact.deleted_at.is_(None),
            MentoringContact.starts_at >= _midnight(month, time_zone),
            MentoringContact.starts_at < _midnight(next_month(month), time_zone),
        )
    ).one()
    return Month(month, int(row[0]), int(row[1]))


def _midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def names_and_others(pairing: Pairing, is_mentor: bool) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """The names of the two, by id; and for the mentor (id, mentee) of her other open pairs in this network (one query)."""
    mentor, mentee = aliased(Person), aliased(Person)
    hers = and_(
        Pairing.network_id == pairing.network_id, Pairing.mentor_id == pairing.mentor_id, Pairing.ended_on.is_(None)
    )
    rows = db.session.execute(
        select(Pairing.id, mentor.name.label("mentor"), mentee.name.label("mentee"))
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(or_(Pairing.id == pairing.id, hers) if is_mentor else Pairing.id == pairing.id)
        .order_by(mentee.sort_name)
    ).all()
    own = next(row for row in rows if row.id == pairing.id)
    others = [(row.id, row.mentee) for row in rows if row.id != pairing.id]
    return {pairing.mentor_id: own.mentor, pairing.mentee_id: own.mentee}, others


def books_of(contact_id: int) -> list[tuple[int, int, str]]:
    """(id of the talk, of the pair, name of the mentee) of a talk in the book of each pair. For its mentor (one query)."""
    rows = db.session.execute(
        select(PairTalk.id, PairTalk.pairing_id, Person.name)
        .join(Pairing, Pairing.id == PairTalk.pairing_id)
        .join(Person, Person.id == Pairing.mentee_id)
        .where(PairTalk.contact_id == contact_id)
        .order_by(Person.sort_name)
    )
    return [(row.id, row.pairing_id, row.name) for row in rows]


def talks_with_notes(pairing_id: int, reader_id: int) -> Rows:
    """The talks of a pair beside which this reader, one of the two, can read something.

    Removed ones too: who wrote a talk down can take it out of the count, and not what the other one wrote beside it.
    """
    text = aliased(SealedText)
    mine = and_(text.layer == "only_me", text.author_id == reader_id)
    written = (
        select(text.id)
        .where(text.thing == "talk", text.thing_id == PairTalk.id, or_(text.layer == "we_two", mine))
        .exists()
    )
    return talks_of(pairing_id, removed=True).where(written)


def fact_of(at: datetime, minutes: int) -> str:
    """What the other one of a pair says yes to, as a mark: when it was, and how long."""
    return f"{at:%Y%m%d%H%M}-{minutes}"


def mark_of(told: PairTalk, notes: Private) -> str:
    """What a talk and its reader's own texts beside it are now, as a mark that changes when they do."""
    return f"{told.contact.row_version}-{notes.mark}"


def refuse_stale(told: PairTalk, by: int, talk: Talk, key: bytes, time_zone: str, seen: str) -> None:
    """Raises Conflict with what stands there now where it differs from what is about to be written."""
    notes = notes_for(by, told, key)
    if seen == mark_of(told, notes):
        return
    differs = _counted_now(told.contact, talk, time_zone) | _texts_now(notes, by, talk.texts)
    if differs:
        raise Conflict(differs)


def refuse_stale_texts(told: PairTalk, by: int, texts: dict[str, str], key: bytes, seen: str) -> None:
    """The same for the private half alone."""
    notes = notes_for(by, told, key)
    if seen and seen != mark_of(told, notes) and (differs := _texts_now(notes, by, texts)):
        raise Conflict(differs)


def _texts_now(notes: Private, author: int, texts: dict[str, str]) -> dict[str, str]:
    """This author's own texts as they are kept, where they are not what she typed."""
    ours = notes.ours_by(author)
    kept = {name: ours.get(name, "") for name in SHARED} | {"only_me": notes.mine.get("note", "")}
    return {name: text for name, text in kept.items() if text != texts[name]}


def _counted_now(contact: MentoringContact, talk: Talk, time_zone: str) -> dict[str, str]:
    def said(moment: datetime | None, has_time: bool = True) -> str:
        return (dates.moment(moment) if has_time else dates.short_day(moment)) if moment else "–"

    pairs = {
        "on": (said(contact.starts_at, contact.has_time), said(talk.at, talk.has_time)),
        "minutes": (dates.minutes(contact.minutes), dates.minutes(talk.minutes)),
        "mode": (contact.mode, talk.mode),
        "kind": (contact.contact_kind, talk.kind),
        "next_on": (said(contact.next_at), said(talk.next_at)),
    }
    return {name: now for name, (now, typed) in pairs.items() if now != typed}
