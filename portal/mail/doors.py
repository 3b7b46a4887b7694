"""The commands and the developers' page, for the place where rooms are joined to the house."""

from flask import Flask

from portal.mail import commands_receiving
from portal.mail.commands import mail_commands
from portal.mail.mailbox import look_into_mailbox
from portal.mail.reasons import outcome_words, reason_words
from portal.mail.receiving_words import became_words
from portal.mail.receiving_words import reason_words as received_reason
from portal.mail.routes import dev_mail
from portal.mail.troubles import trouble_words
from portal.web.housekeeping import each_round

# Importing it gives `flask mail` its other commands.
COMMANDS = (mail_commands, commands_receiving)


def init_mail(app: Flask) -> None:
    app.register_blueprint(dev_mail)
    app.cli.add_command(mail_commands)
    each_round(look_into_mailbox)
    app.jinja_env.filters |= {"became_words": became_words, "received_reason": received_reason}
    app.jinja_env.filters |= {
        "bounce_reason": reason_words,
        "mail_outcome": outcome_words,
        "mail_trouble": trouble_words,
    }
