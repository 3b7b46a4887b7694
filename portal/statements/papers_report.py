"""R6 as a funder gets it: tagged PDF with figures and rules, the counting rules behind it, and no name of anybody."""

from typing import Any

from flask_babel import gettext as _

from portal.statements import wording
from portal.statements.figures import figures_of, is_hiding, too_few
from portal.statements.report import Report
from portal.statements.small import FEW
from portal.statements.ticks import Mix
from portal.web import dates, papers
from portal.web.languages import spoken

PAPER = "mentoring"


def report_paper(report: Report, network: str, whole_region: bool) -> bytes:
    """Raises typst.TypstError when it can't be set."""
    title = _("Mentoring and induction hours, %(period)s", period=wording.period_short(report.period))
    figures = figures_of(report)
    values = {
        "network": network,
        "heading": _("Mentoring and induction hours"),
        "period": wording.in_period(report.period),
        "running": f"{network}: {title}",
        "page_word": _("Page"),
        "facts": _facts(report, network, whole_region),
        "figures": [
            {"value": one.shown, "name": one.name, "rule": one.rule, "hidden": one.is_hidden} for one in figures
        ],
        "parts": [_mix(_("What they did"), report.did), _mix(_("What it was about"), report.about)],
        "notes_title": _("How this was counted"),
        "notes": notes_of(report, is_hiding(figures)),
    }  # fmt: skip
    return papers.pdf(PAPER, title, str(spoken()), values)


def notes_of(report: Report, is_hiding_some: bool) -> list[str]:
    """The counting rules and what is missing: a report's back page (practice.md 11.1)."""
    notes = [
        _("A person is counted once in a period, whatever the number of her addresses."),
        _("A talk is one, whoever wrote it down: two entries of one talk are one. A talk that was removed is none."),
        _(
            "Minutes are counted once for the network. A talk that counts for two programmes stands in the report of each, "
            "and once here: reports of two programmes do not add up."
        ),
        _("No note, no topic of a single talk and no name stands in this report."),
    ]
    if report.on_one_word and not report.is_of_few:
        notes.append(
            _(
                "Not answered in two weeks, and counted: %(talks)s.",
                talks=wording.talks(report.on_one_word),
            )
        )
    left_out = [one for some in report.counted.left_out.values() for one in some]
    if left_out and not report.is_of_few:
        count = wording.talks(len({one.contact_id for one in left_out}))
        notes.append(_("Written down, but not counted by this programme’s rules: %(talks)s.", talks=count))
    if is_hiding_some or report.did.is_hiding or report.about.is_hiding:
        notes.append(
            _(
                "Figures from fewer than %(few)s pairs or people are not shown, and neither is what would tell them.",
                few=FEW,
            )
        )
    return notes


def _facts(report: Report, network: str, whole_region: bool) -> list[tuple[str, str]]:
    whose = _("%(network)s and the networks under it", network=network) if whole_region else network
    return [
        (_("Network"), whose),
        (_("Programme"), report.programme.name if report.programme else _("All talks, whatever the programme")),
        (_("Prepared by"), _("the coordinator of %(network)s", network=network)),
        (_("Data as of"), wording.on_day(report.today)),
    ]


def _mix(title: str, mix: Mix) -> dict[str, Any]:
    rows = [
        [line.label, too_few() if line.percent is None else _("%(percent)s %%", percent=line.percent)]
        for line in mix.lines
    ]
    note = (
        _(
            "Of %(talks)s talks with a tick, in steps of 5 per cent. A talk can have several.",
            talks=dates.number(mix.talks),
        )
        if mix.is_shown
        else _("Too few to show: fewer than five pairs ticked something.")
    )
    return {
        "title": title,
        "note": note,
        "heads": [_("What"), _("Share")],
        "rows": rows,
        "columns": [80, 24],
        "ends": [1],
    }
