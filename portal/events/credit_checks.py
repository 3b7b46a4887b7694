"""What a provider would ask back about an event's credit: said beforehand, and never in the way.

Sources: practice.md 7.3 (S83, S84, S87): tied to an assessed need, objectives and agenda attached, an hour or more, a
qualified presenter, an evaluation plan; STEM hours integrate at least two of S, T, E and M, link to learning standards,
include STEM careers information, and have teachers do a STEM activity.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.credit.models import CreditType
from portal.events.credit_rules import Timed, counting, is_approved_in_time, starts_on
from portal.events.credit_words import STEM, is_stem
from portal.events.models_credit import EventCredit
from portal.web import dates

SUBJECTS = ("science", "technology", "engineering", "mathematics")
FEWEST_SUBJECTS = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """What the checks need to know of the event itself."""

    sessions: Sequence[Timed]
    time_zone: str
    objectives: str
    has_agenda: bool
    has_presenter: bool
    evaluation: str
    has_begun: bool


def no_certificate(block: EventCredit, kind: CreditType, plan: Plan) -> str | None:
    """In plain words that no credit certificate will exist, and why; None as long as one can."""
    first = starts_on(plan.sessions, plan.time_zone)
    if first is None or not kind.needs_approval:
        return None
    if block.declined_on:
        return _(
            "It was declined, so no credit certificate will exist. People still get one that says they were there."
        )
    if block.approved_on and not is_approved_in_time(block.approved_on, plan.sessions, plan.time_zone):
        return _(
            "No credit certificate will exist: the approval is dated %(day)s, and it began on %(start)s. "
            "Nothing is granted afterwards. People still get a certificate that says they were there.",
            day=dates.day(block.approved_on),
            start=dates.day(first),
        )
    if not block.approved_on and plan.has_begun:
        return _(
            "It began on %(start)s without an approval. No credit certificate will exist, "
            "unless a letter dated on that day or before turns up.",
            start=dates.day(first),
        )
    return None


def open_points(block: EventCredit, kind: CreditType, plan: Plan) -> list[str]:
    """What is still missing or odd, each in a sentence; nothing of it is in the way of saving."""
    return [*_about_time(block, kind, plan), *_about_the_form(block, kind, plan), *_about_stem(block)]


def _about_time(block: EventCredit, kind: CreditType, plan: Plan) -> Iterator[str]:
    lasts = sum(one.minutes for one in counting(plan.sessions))
    if lasts < kind.shortest:
        yield _(
            "It lasts %(length)s; an event that carries this lasts at least %(least)s.",
            length=dates.minutes(lasts),
            least=dates.minutes(kind.shortest),
        )
    if block.most_minutes and block.most_minutes > lasts:
        yield _("It says more than the event lasts; nobody gets more than %(length)s.", length=dates.minutes(lasts))
    if block.approved_on and block.approved_on == starts_on(plan.sessions, plan.time_zone) and kind.needs_approval:
        yield _("The approval is dated on the day it begins. That counts; keep the letter with the event.")
    if block.approved_on and block.applied_on and block.approved_on < block.applied_on:
        yield _("The approval is dated before the application. One of the two dates is a slip.")
    if kind.needs_times:
        yield _("Have people sign in and out: this kind wants the hours of coming and going.")


def _about_the_form(block: EventCredit, kind: CreditType, plan: Plan) -> Iterator[str]:
    if not block.objectives and not plan.objectives:
        yield _("There are no objectives yet: say what people can do afterwards.")
    if not plan.has_agenda:
        yield _(
            "There is no agenda yet: lines that begin with an hour in the event’s words, or a file among its papers."
        )
    if not plan.has_presenter and not block.presenters:
        yield _("Nobody presents yet: name who does, and what qualifies them.")
    if kind.needs_approval and not block.needs_statement:
        yield _("The need that it meets is not described yet.")
    if (block.needs_evaluation or kind.needs_evaluation) and plan.evaluation == "none":
        yield _("The certificate waits for an evaluation, and this event asks for none. Change one of the two.")


def _about_stem(block: EventCredit) -> Iterator[str]:
    if not is_stem(block.category):
        return
    ticked = set(block.stem_elements or [])
    if len(ticked.intersection(SUBJECTS)) < FEWEST_SUBJECTS:
        yield _("STEM hours integrate at least two of science, technology, engineering and mathematics.")
    missing = [str(STEM[key]) for key in STEM if key not in SUBJECTS and key not in ticked]
    if missing:
        yield _("STEM hours also bring: %(what)s.", what="; ".join(missing))
    if not block.justification:
        yield _("How it integrates them is not described yet.")
