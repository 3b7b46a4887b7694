"""The credit of an event in words: how much, how it stands, and what its form's fields are called."""

from collections.abc import Iterable
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.credit.models import CreditType
from portal.credit.rounding import in_words
from portal.credit.type_words import rounded
from portal.events.credit_rules import Timed, most_of, percent, terms_of
from portal.events.models_credit import EventCredit
from portal.web import dates
from portal.web.languages import spoken

LABELS: dict[str, LazyString] = {
    "most_minutes": _l("The most it gives"),
    "category": _l("Category"),
    "provider": _l("Provider"),
    "provider_number": _l("Provider’s number"),
    "committee": _l("Committee that approves"),
    "presenters": _l("Who presents, and what qualifies them"),
    "needs_statement": _l("The need that it meets"),
    "objectives": _l("What people can do afterwards"),
    "stem_elements": _l("What it integrates and brings"),
    "justification": _l("How it integrates them"),
    "needs_evaluation": _l("No certificate without the evaluation"),
    "least_share": _l("The least share of minutes, in percent"),
    "round_to": _l("Rounded"),
    "fee": _l("Fee"),
}
STATES: dict[str, LazyString] = {
    "none": _l("Not applied for"),
    "applied": _l("Applied for"),
    "approved": _l("Approved"),
    "declined": _l("Declined"),
}
# Science, technology, engineering and mathematics, then what else Washington asks of a STEM hour (practice.md 7.3, S83).
STEM: dict[str, LazyString] = {
    "science": _l("Science"),
    "technology": _l("Technology"),
    "engineering": _l("Engineering"),
    "mathematics": _l("Mathematics"),
    "standards": _l("Linked to learning standards"),
    "careers": _l("Information on STEM careers"),
    "activity": _l("Teachers do a STEM activity, and carry it to their classes"),
}


def is_stem(category: str) -> bool:
    """Whether a category is about STEM, as a region may write it: STEM, STEM renewal."""
    return "stem" in category.casefold().split()


def how_much(block: EventCredit, kind: CreditType, sessions: Iterable[Timed]) -> str:
    """ "1½ STEM clock hours": the most that the event gives."""
    most = most_of(terms_of(block, kind), sessions)
    return in_words(kind, most, str(spoken()), block.category)


def approval(block: EventCredit) -> str:
    """ "approved Wed 28 Oct (no. TT-26-0417)"."""
    day = dates.short_day(block.approved_on)
    if block.in_service_number:
        return _("approved %(day)s (no. %(number)s)", day=day, number=block.in_service_number)
    return _("approved %(day)s", day=day)


def state_in_words(block: EventCredit, kind: CreditType) -> str:
    """How it stands, with its date."""
    if not kind.needs_approval:
        return _("Needs no approval")
    day = block.declined_on or block.approved_on or block.applied_on
    stands = str(STATES[block.state])
    return _("%(state)s on %(day)s", state=stands, day=dates.short_day(day)) if day else stands


def wanted(block: EventCredit, kind: CreditType) -> str:
    """What a certificate wants besides the approval."""
    if block.needs_evaluation or kind.needs_evaluation:
        return _("%(share)s of the minutes, and the evaluation", share=percent(block.least_share))
    return _("%(share)s of the minutes", share=percent(block.least_share))


def block_in_words(block: EventCredit) -> dict[str, str]:
    """What stands there now, by the names of the form's fields."""
    return {key: shown(key, getattr(block, key)) for key in LABELS}


def shown(key: str, value: Any) -> str:
    """One column in words."""
    if key == "most_minutes":
        return dates.minutes(value) if value else _("as long as it lasts")
    if key == "round_to":
        return rounded(int(value))
    if key == "stem_elements":
        return "\n".join(str(STEM[one]) for one in STEM if one in (value or []))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
