"""How mentoring is counted: the fact of a talk and its minutes, never its content."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.activities.counted_rows import Span, held
from portal.activities.counting import Gap, Rule
from portal.db import Rows
from portal.mentoring.models import MentoringContact, Pairing, PairTalk
from portal.people.models import Person
from portal.web import clock

# After two weeks without an answer a talk is told as the writer's word alone.
ANSWER_TIME = timedelta(days=14)
FEW = 5
# What fewer pairs than these come to is theirs alone.
FEW_PAIRS = ("mentoring-pairs", FEW)


def contacts(span: Span) -> Rows:
    """One row for each talk with somebody: the mentor's time alone (support) is none."""
    return worked(span).where(MentoringContact.contact_kind != "support")


def worked(span: Span) -> Rows:
    """One row for each talk and each time of support that was written down; no word of what was said.

    A talk of a group stands once, under the pair it was written down in.
    """
    mentor, mentee = aliased(Person), aliased(Person)
    return (
        select(
            MentoringContact.starts_at.label("when"),
            mentor.name.label("mentor"),
            mentee.name.label("mentee"),
            MentoringContact.contact_kind.label("kind"),
            MentoringContact.minutes.label("minutes"),
        )
        .join(Pairing, Pairing.id == MentoringContact.pairing_id)
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(*held(span, "mentoring_contact"), MentoringContact.deleted_at.is_(None))
        .order_by(MentoringContact.starts_at.desc())
    )


def pairs(span: Span) -> Rows:
    """One row for each pair that met in the span: the mentor's time alone is no meeting."""
    mentor, mentee = aliased(Person), aliased(Person)
    return (
        select(
            mentor.name.label("mentor"),
            mentee.name.label("mentee"),
            func.count().label("times"),
            func.sum(MentoringContact.minutes).label("minutes"),
        )
        .select_from(MentoringContact)
        .join(PairTalk, PairTalk.contact_id == MentoringContact.id)
        .join(Pairing, Pairing.id == PairTalk.pairing_id)
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(
            *held(span, "mentoring_contact"),
            MentoringContact.deleted_at.is_(None),
            MentoringContact.contact_kind != "support",
        )
        .group_by(Pairing.id, mentor.name, mentee.name)
        .order_by(mentor.name, mentee.name)
    )


def mentors(span: Span) -> Rows:
    """One row for each mentor at work in the span. A talk has one mentor, however many pairs sat in it."""
    mentor = aliased(Person)
    return (
        select(
            mentor.name.label("mentor"),
            func.count().label("times"),
            func.sum(MentoringContact.minutes).label("minutes"),
        )
        .select_from(MentoringContact)
        .join(Pairing, Pairing.id == MentoringContact.pairing_id)
        .join(mentor, mentor.id == Pairing.mentor_id)
        .where(*held(span, "mentoring_contact"), MentoringContact.deleted_at.is_(None))
        .group_by(mentor.id, mentor.name, mentor.sort_name)
        .order_by(mentor.sort_name)
    )


def unconfirmed(span: Span) -> Rows:
    """Talks that somebody has not confirmed within two weeks: counted, and said so."""
    open_word = (
        select(PairTalk.id)
        .where(PairTalk.contact_id == MentoringContact.id, PairTalk.confirmed_at.is_(None))
        .correlate(MentoringContact)
        .exists()
    )
    return contacts(span).where(
        open_word,
        MentoringContact.starts_at < clock.now() - ANSWER_TIME,
    )


MENTOR, MENTEE = _l("Mentor"), _l("Mentee")
ROW = {"when": _l("Date"), "mentor": MENTOR, "mentee": MENTEE, "kind": _l("Kind"), "minutes": _l("Minutes")}

RULES = (
    Rule(
        "mentoring-pairs",
        _l("mentoring pairs met"),
        _l("A pair counts once in the period when it wrote down at least one talk."),
        pairs,
        {"mentor": MENTOR, "mentee": MENTEE, "times": _l("Times"), "minutes": _l("Minutes")},
        small=FEW,
    ),
    Rule(
        "mentoring-mentors",
        _l("mentors at work"),
        _l("A mentor counts once in the period when a talk or a time of support of hers is written down."),
        mentors,
        {"mentor": MENTOR, "times": _l("Times"), "minutes": _l("Minutes")},
        small=FEW,
    ),
    Rule(
        "mentoring-contacts",
        _l("mentoring talks"),
        _l(
            "One talk that a mentor or a mentee wrote down; a talk that both wrote down is one, and so is one with several "
            "mentees. The mentor’s time alone is none."
        ),
        contacts,
        ROW,
        few_of=FEW_PAIRS,
    ),
    Rule(
        "mentoring-hours",
        _l("mentoring hours"),
        _l("The minutes of those talks and of the mentors’ time alone, each once: not once for each who sat in it."),
        worked,
        ROW,
        sums="minutes",
        unit="minutes",
        few_of=FEW_PAIRS,
    ),
)

GAPS = (
    Gap(
        "mentoring-unconfirmed",
        _l("Mentoring talks not confirmed after two weeks"),
        _l("mentoring talks and hours, counted without an answer"),
        unconfirmed,
        ROW,
        few_of=FEW_PAIRS,
    ),
)
