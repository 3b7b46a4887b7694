"""Questions about letters and saved segments. They start from the network whose coordinators may read them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, false, func, literal, or_, select

from portal.activities.models import Use
from portal.conversations.models import Post
from portal.db import Rows, db
from portal.events.models import Booking, Session
from portal.letters.models import Letter, LetterRecipient, Segment
from portal.mail.models import MailStop, OutboxMail
from portal.networks.models import Membership
from portal.people.models import Person
from portal.web.errors import NotHere

STATES = ("waits", "sent", "back", "stopped", "gone")
BACK = ("refused", "given-up", "comes-back")


def letters_of(network_id: int) -> Rows:
    """The letters of a network without their texts, with how many each was written to, for a listing."""
    written = select(func.count()).where(LetterRecipient.letter_id == Letter.id).correlate(Letter).scalar_subquery()
    return (
        select(
            Letter.id,
            Letter.subject,
            Letter.changed_at,
            Letter.send_at,
            Letter.begun_at,
            Letter.finished_at,
            Letter.given_back,
            Person.name.label("writer"),
            written.label("written"),
        )
        .join(Person, Person.id == func.coalesce(Letter.sent_by, Letter.written_by))
        .where(Letter.network_id == network_id, Letter.deleted_at.is_(None))
    )


def letter_in(network_id: int, letter_id: int, deleted: bool = False) -> Letter:
    """One letter of this network. Raises NotHere."""
    is_there = Letter.deleted_at.is_not(None) if deleted else Letter.deleted_at.is_(None)
    query = select(Letter).where(Letter.id == letter_id, Letter.network_id == network_id, is_there)
    letter = db.session.execute(query).scalar_one_or_none()
    if letter is None:
        raise NotHere
    return letter


def segments_of(network_id: int) -> list[Segment]:
    """The saved questions of a network, by name (one query)."""
    query = select(Segment).where(Segment.network_id == network_id, Segment.deleted_at.is_(None))
    return list(db.session.execute(query.order_by(func.lower(Segment.name), Segment.id).limit(200)).scalars())


def segment_in(network_id: int, segment_id: int, deleted: bool = False) -> Segment:
    """One saved question of this network. Raises NotHere."""
    is_there = Segment.deleted_at.is_not(None) if deleted else Segment.deleted_at.is_(None)
    query = select(Segment).where(Segment.id == segment_id, Segment.network_id == network_id, is_there)
    segment = db.session.execute(query).scalar_one_or_none()
    if segment is None:
        raise NotHere
    return segment


def what_happened(letter: Letter, reader_id: int) -> Rows:
    """Person by person what became of a letter, for a listing; of other networks only those that the reader coordinates."""
    return (
        select(
            Person.id,
            Person.name,
            Person.sort_name,
            LetterRecipient.written_at,
            OutboxMail.sent_at,
            OutboxMail.outcome,
            OutboxMail.last_error,
            state_of(letter).label("state"),
            did_since(letter).label("did"),
        )
        .join(Person, Person.id == LetterRecipient.person_id)
        .outerjoin(OutboxMail, OutboxMail.id == LetterRecipient.mail_id)
        .where(LetterRecipient.letter_id == letter.id, LetterRecipient.network_id.in_(_coordinated(reader_id)))
    )


def figures_of(letter: Letter) -> dict[str, int]:
    """How many got it and what became of it: by state, and "did" for those who acted since (one query)."""
    rows = (
        select(state_of(letter).label("state"), did_since(letter).label("did"))
        .select_from(LetterRecipient)
        .join(Person, Person.id == LetterRecipient.person_id)
        .outerjoin(OutboxMail, OutboxMail.id == LetterRecipient.mail_id)
        .where(LetterRecipient.letter_id == letter.id)
        .subquery()
    )
    counts = [func.count().filter(rows.c.state == state) for state in STATES]
    row = db.session.execute(select(func.count(), func.count().filter(rows.c.did), *counts).select_from(rows)).one()
    return dict(zip(("written", "did", *STATES), row, strict=True))


def state_of(letter: Letter) -> ColumnElement[str]:
    """What became of one mail. Stopping is told even where the mail arrived: it is an answer too."""
    stopped = (
        select(MailStop.id)
        .where(
            MailStop.person_id == LetterRecipient.person_id,
            MailStop.kind == "letter",
            or_(MailStop.network_id == letter.network_id, MailStop.network_id.is_(None)),
            MailStop.stopped_at >= LetterRecipient.written_at,
        )
        .exists()
    )
    back = or_(OutboxMail.outcome.in_(BACK), OutboxMail.came_back_at.is_not(None))
    return case(
        (Person.erased_at.is_not(None), "gone"),
        (back, "back"),
        (or_(stopped, OutboxMail.outcome == "stopped"), "stopped"),
        (OutboxMail.sent_at.is_not(None), "sent"),
        (LetterRecipient.mail_id.is_(None), "back"),
        else_=literal("waits"),
    )


def did_since(letter: Letter) -> ColumnElement[bool]:
    """She did what the letter asked for since it was written to her: read from what she did, not from clicks."""
    about, since = letter.about_id, LetterRecipient.written_at
    if letter.about_kind == "event":
        sessions = select(Session.id).where(Session.event_id == about)
        hers = (Booking.person_id == LetterRecipient.person_id, Booking.session_id.in_(sessions))
        return _any(Booking.id, *hers, or_(Booking.booked_at >= since, Booking.cancelled_at >= since))
    if letter.about_kind == "pack":
        hers = (Use.person_id == LetterRecipient.person_id, Use.withdrawn_at.is_(None))
        return _any(Use.id, *hers, Use.subject_kind == "pack", Use.subject_id == about, Use.recorded_at >= since)
    if letter.about_kind == "topic":
        hers = (Post.author_id == LetterRecipient.person_id, Post.deleted_at.is_(None))
        return _any(Post.id, *hers, Post.topic_id == about, Post.created_at >= since)
    return false()


def _any(column: Any, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(column).where(*where).correlate(LetterRecipient).exists()


def _coordinated(person_id: int) -> Any:
    return select(Membership.network_id).where(
        Membership.person_id == person_id, Membership.role == "coordinator", Membership.ended_at.is_(None)
    )


def already_written(letter_id: int, person_ids: Sequence[int]) -> set[int]:
    """Those of them who have a mail of this letter (one query)."""
    query = select(LetterRecipient.person_id).where(
        LetterRecipient.letter_id == letter_id, LetterRecipient.person_id.in_(person_ids)
    )
    return set(db.session.execute(query).scalars())


def next_due(now: Any, after: int = 0) -> int | None:
    """The letter whose hour has come or that is half written, the oldest first."""
    query = select(Letter.id).where(
        Letter.finished_at.is_(None), Letter.send_at <= now, Letter.deleted_at.is_(None), Letter.id > after
    )
    return db.session.execute(query.order_by(Letter.id).limit(1)).scalar_one_or_none()
