"""The commands and the developers' page, for the place where rooms are joined to the house."""

from flask import Flask

from portal.mail.commands import mail_commands
from portal.mail.reasons import outcome_words, reason_words
from portal.mail.routes import dev_mail
from portal.mail.troubles import trouble_words


def init_mail(app: Flask) -> None:
    app.register_blueprint(dev_mail)
    app.cli.add_command(mail_commands)
    app.jinja_env.filters |= {"bounce_reason": reason_words, "mail_outcome": outcome_words, "mail_trouble": trouble_words}
