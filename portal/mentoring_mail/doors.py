"""All doors of the room: acts from its mails, answers to them, and what it writes at its hours. It has no pages."""

from flask import Flask

from portal.mentoring_mail.acts import declare_acts
from portal.mentoring_mail.acts_talked import declare_talked
from portal.mentoring_mail.answering import take_answers_by_mail
from portal.mentoring_mail.operations_asking import ask_about_new_talks, ask_once_more
from portal.mentoring_mail.operations_month_end import tell_of_month
from portal.mentoring_mail.operations_reminders import ask_after_dates
from portal.web.housekeeping import each_hour, each_round


def init_mentoring_mail(app: Flask) -> None:
    """Hang the room in."""
    declare_acts()
    declare_talked()
    take_answers_by_mail()
    each_round(ask_about_new_talks)
    for duty in (ask_once_more, ask_after_dates, tell_of_month):
        each_hour(duty)
