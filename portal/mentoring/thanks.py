"""What is said when a talk comes in: thanks, and what is true now."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.mentoring.models import PairTalk
from portal.mentoring.queries_talks import Month
from portal.web import dates

ORDINALS = (
    _l("First talk this month."),
    _l("Second talk this month."),
    _l("Third talk this month."),
    _l("Fourth talk this month."),
    _l("Fifth talk this month."),
)


def thanks_for(told: PairTalk, month: Month, this_month: date, other: str) -> str:
    """A sentence for whoever wrote it down; ``other`` is whom it waits for."""
    kind, pairs = told.contact.contact_kind, len(told.contact.talks)
    asked_of = sum(1 for one in told.contact.talks if one.confirmed_at is None)
    if kind == "support":
        return _("Thank you. Your own time counts, and nobody has to confirm it.")
    if month.month != this_month:
        where = _("It counts for %(month)s.", month=dates.month(month.month))
    elif month.talks <= len(ORDINALS):
        where = str(ORDINALS[max(month.talks, 1) - 1])
    else:
        where = _("Talk number %(number)s this month.", number=month.talks)
    if pairs > 1 and asked_of < pairs:
        asked = ngettext("One of them is asked whether that is right.",
                         "%(num)s of them are asked whether that is right.", asked_of)  # fmt: skip
        asked = asked if asked_of else _("All of them have said so already.")
    elif pairs > 1:
        asked = ngettext("The one is asked whether that is right.",
                         "Each of the %(num)s is asked whether that is right.", pairs)  # fmt: skip
    else:
        asked = _("%(name)s is asked whether that is right.", name=other)
    return " ".join((_("Thank you."), where, asked))
