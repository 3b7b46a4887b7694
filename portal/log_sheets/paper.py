"""The sheet to write on by hand, as plain values in words for its PDF. One pair, one month, twelve rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.activities.meetings import MODES
from portal.log_sheets.forms import ROWS
from portal.mentoring.words import KINDS
from portal.web import dates


def sheet_values(
    month: date, mentor: str, mentee: str, network: str, page: str, words: Sequence[tuple[int, str, str]]
) -> dict[str, Any]:
    """Everything that ``templates/papers/mentoring_sheet.typ`` draws. Holds no talk: it is empty paper."""
    return {
        "title": _("Mentoring in %(month)s", month=dates.month(month)),
        "network": network,
        "pair": _("%(mentor)s with %(mentee)s", mentor=mentor, mentee=mentee),
        "heads": [
            _("Row"), _("Day"), _("Start"), _("Minutes"), _("How"), _("Kind"), _("Activities, by number"),
            _("Mentor’s initials"), _("Mentee’s initials"),
        ],
        "rows": [str(number) for number in range(1, ROWS + 1)],
        "lists": [
            [_("How"), [str(label) for _code, label in MODES]],
            [_("Kind"), [str(label) for _code, label in KINDS]],
        ],
        "activities_word": _("Activities"),
        "activities": [[str(number), label] for number, _code, label in words],
        "privacy": _("No notes and no names of pupils here: paper lies about. Coordinators see what stands in these rows."),
        "how": _("To type it back, twelve rows at once:"),
        "page": page,
        "page_word": _("Page"),
        "of_word": _("of"),
    }  # fmt: skip
