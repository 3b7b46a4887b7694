"""All doors of the room, with its part of the export, of erasure and of merging, its commands and its duties."""

from flask import Flask

from portal.mentoring import (
    beside_keeping,
    beside_pair,
    exporting,
    merging,
    routes_caseload,
    routes_contacts,
    routes_drafts,
    routes_keeping,
    routes_months,
    routes_notes,
    routes_pair,
    routes_pairing,
    routes_programmes,
    routes_sheet,
    routes_talks,
    sheet_beside,
)
from portal.mentoring.acts import declare_acts
from portal.mentoring.acts_keeping import declare_keeping_acts
from portal.mentoring.acts_talked import declare_talked
from portal.mentoring.by_mail import take_answers_by_mail
from portal.mentoring.commands import mentoring_commands
from portal.mentoring.operations_asking import ask_about_new_talks, ask_once_more
from portal.mentoring.operations_month_end import tell_of_month
from portal.mentoring.operations_reminders import ask_after_dates
from portal.mentoring.routes import mentoring
from portal.web.housekeeping import each_hour, each_round

__all__ = [
    "beside_keeping",
    "beside_pair",
    "exporting",
    "init_mentoring",
    "merging",
    "routes_caseload",
    "routes_contacts",
    "routes_drafts",
    "routes_keeping",
    "routes_months",
    "routes_notes",
    "routes_pair",
    "routes_pairing",
    "routes_programmes",
    "routes_sheet",
    "routes_talks",
    "sheet_beside",
]


def init_mentoring(app: Flask) -> None:
    declare_acts()
    declare_keeping_acts()
    declare_talked()
    take_answers_by_mail()
    each_round(ask_about_new_talks)
    for duty in (ask_once_more, ask_after_dates, tell_of_month):
        each_hour(duty)
    app.register_blueprint(mentoring)
    app.cli.add_command(mentoring_commands)
