"""All doors of the room, with its part of the export and of erasure."""

from flask import Flask

from portal.mentoring import exporting, routes_contacts, routes_sheet, sheet_beside
from portal.mentoring.acts import declare_acts
from portal.mentoring.acts_talked import declare_talked
from portal.mentoring.by_mail import take_answers_by_mail
from portal.mentoring.operations_asking import ask_about_new_talks, ask_once_more
from portal.mentoring.operations_month_end import tell_of_month
from portal.mentoring.operations_reminders import ask_after_dates
from portal.mentoring.routes import mentoring
from portal.web.housekeeping import each_hour, each_round

__all__ = ["exporting", "init_mentoring", "routes_contacts", "routes_sheet", "sheet_beside"]


def init_mentoring(app: Flask) -> None:
    declare_acts()
    declare_talked()
    take_answers_by_mail()
    each_round(ask_about_new_talks)
    for duty in (ask_once_more, ask_after_dates, tell_of_month):
        each_hour(duty)
    app.register_blueprint(mentoring)
