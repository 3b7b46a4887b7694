"""Why two suit each other, in words: "Both teach Physics. 4 km apart. Both free on Tuesday." """

from collections.abc import Mapping, Sequence

from babel.dates import get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.matching.suggesting import Before, Suggestion, Unfit
from portal.web.languages import spoken

# A week's days and what people read for each code, by kind of word.
Labels = Mapping[str, Mapping[str, str]]


def reasons(one: Suggestion, labels: Labels) -> list[str]:
    """What speaks for it, in the order in which it counts, one sentence each; what is not known is said too."""
    found = []
    if one.subjects:
        found.append(_("Both teach %(subjects)s.", subjects=_words(one.subjects, labels, "subject")))
    if one.phases:
        found.append(_("Both in %(phases)s.", phases=_words(one.phases, labels, "phase")))
    found.append(_distance(one))
    if one.days:
        found.append(_("Both free on %(days)s.", days=day_names(one.days)))
    if one.languages:
        found.append(_("Both speak %(languages)s.", languages=_words(one.languages, labels, "language")))
    return found


def lacking(one: Suggestion) -> list[str]:
    """What the two do not share, so that nobody has to find out later."""
    missing = []
    if not one.subjects:
        missing.append(_("no subject in common"))
    if not one.phases:
        missing.append(_("no phase in common"))
    if not one.days:
        missing.append(_("no free day in common"))
    if one.speak_apart:
        missing.append(_("no language in common"))
    return missing


def _distance(one: Suggestion) -> str:
    if one.km is None:
        known = _("How far apart they work is not known.")
        return known + " " + _("Both would meet online.") if one.both_online else known
    if one.km == 0:
        return _("They work at one place.")
    if one.km < 1:
        return _("Less than 1 km apart.")
    return _("%(km)s km apart.", km=format_decimal(round(one.km), locale=spoken()))


def before(one: Suggestion) -> list[str]:
    """What was between them already."""
    words = {
        Before.DECLINED: _("One of them said no to this before."),
        Before.LAPSED: _("They were asked before, and it was left without an answer."),
        Before.WERE_PAIR: _("They were a pair before."),
        Before.REMATCHED: _("They were a pair, and one of them wished for somebody else."),
    }
    return [words[what] for what in one.candidate.before if what in words]


def unfit(one: Suggestion) -> str:
    """Why an offer is left out."""
    words = {
        Unfit.TOO_FAR: _("Farther than either travels, and not both meet online."),
        Unfit.ONE_SCHOOL: _("They work at one school, and one of them would rather not."),
        Unfit.OTHER_SCHOOL: _("They work at different schools, and one of them wants the same."),
        Unfit.SCHOOL_UNKNOWN: _("It is not known where both work, and one of them minds."),
        Unfit.PAIR_NOW: _("They are a pair already."),
        Unfit.ASKED_NOW: _("Both are being asked just now."),
    }
    return words[one.unfit] if one.unfit else ""


def places_left(one: Suggestion) -> str:
    """How many more she would take."""
    candidate = one.candidate
    if candidate.most is None or candidate.free is None:
        return ""
    if candidate.free == 0:
        return _("Full: she takes %(most)s.", most=candidate.most)
    return ngettext("One more place.", "%(num)s more places.", candidate.free)


def day_names(days: Sequence[int]) -> str:
    """Monday and Tuesday."""
    names = get_day_names("wide", locale=spoken())
    return format_list([names[day] for day in days if day in names], locale=spoken())


def _words(codes: Sequence[str], labels: Labels, kind: str) -> str:
    return named(labels.get(kind, {}), codes)


def named(known: Mapping[str, str], codes: Sequence[str]) -> str:
    """Physics, Biology and Computing."""
    return format_list([known.get(code, code) for code in codes], locale=spoken())
