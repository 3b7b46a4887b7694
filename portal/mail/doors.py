"""The commands and the developers' page, for the place where rooms are joined to the house."""

from flask import Flask

from portal.mail.commands import mail_commands
from portal.mail.routes import dev_mail


def init_mail(app: Flask) -> None:
    app.register_blueprint(dev_mail)
    app.cli.add_command(mail_commands)
