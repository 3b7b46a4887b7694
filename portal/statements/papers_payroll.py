"""The payroll copy as tagged PDF: mentor, hours, and a line for each to sign on."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from portal.programmes.models import Programme
from portal.statements import wording
from portal.statements.claiming import has_caps
from portal.statements.payroll import PayLine
from portal.statements.periods import Period
from portal.web import dates, papers
from portal.web.languages import spoken

PAPER = "payroll"


def payroll_paper(programme: Programme, period: Period, lines: Sequence[PayLine], network: str, today: date) -> bytes:
    """Raises typst.TypstError when it can't be set."""
    title = _("Payroll copy: %(programme)s, %(period)s", programme=programme.name, period=wording.period_short(period))
    rows = [_row(programme, line) for line in lines]
    values = {
        "network": network,
        "heading": _("Mentoring hours: payroll copy"),
        "period": f"{programme.name}, {wording.period_short(period)}",
        "running": title,
        "page_word": _("Page"),
        "facts": [
            (_("Period"), wording.in_period(period)),
            (_("Mentors"), dates.number(len(lines))),
            (_("Worked"), wording.time(sum(line.worked for line in lines))),
            (_("To claim"), wording.amount(programme, sum(line.claim for line in lines))),
            (_("As of"), wording.on_day(today)),
        ],
        "heads": [_("Mentor"), _("Talks"), _("Worked"), _("To claim"), _("Signature and date")],
        "rows": rows or [[_("Nobody in this time"), "", "", ""]],
        "columns": [30, 10, 20, 24, 38],
        "ends": [1, 2, 3],
        "signing": _signing(programme),
        "notes": payroll_notes(programme, lines),
    }
    return papers.pdf(PAPER, title, str(spoken()), values)


def payroll_notes(programme: Programme, lines: Sequence[PayLine]) -> list[str]:
    """By which rules the column to claim was made, and what nobody answered."""
    notes = [_("Only talks that count for this programme; each once, a group as one."), *wording.rules_of(programme)]
    if has_caps(programme) or programme.round_to > 1:
        notes.append(
            _(
                "Steps and caps are those of the programme’s year so far, so that its months add up to the statement "
                "of the year."
            )
        )
    words = sum(line.on_one_word for line in lines)
    if words:
        notes.append(_("Not answered in two weeks, and counted: %(talks)s.", talks=wording.talks(words)))
    return notes


def _row(programme: Programme, line: PayLine) -> list[str]:
    return [
        line.mentor,
        dates.number(line.talks),
        wording.time(line.worked),
        wording.amount(programme, line.claim),
    ]


def _signing(programme: Programme) -> list[str]:
    who = programme.signed_by or _("Coordinator")
    return [_("%(role)s, date", role=who[:1].upper() + who[1:]), _("Received by the payroll office, date")]
