"""Puts the people's pages in place, with the neighbours that they need from beside and above."""

from collections.abc import Callable

from flask import Flask

from portal.people import routes_bounces, routes_importing, routes_merging, routes_passkeys, routes_slips
from portal.people.acts import declare_acts
from portal.people.importing import Workplaces
from portal.people.routes import people
from portal.people.routes_importing import Attach, Join
from portal.people.routes_mail import my_mail
from portal.people.routes_me import my_page

__all__ = ["routes_bounces", "routes_importing", "routes_merging", "routes_passkeys", "routes_slips"]


def init_people(app: Flask, workplaces: Callable[[], Workplaces], join: Join, attach: Attach) -> None:
    declare_acts()
    routes_importing.introduce(workplaces, join, attach)
    app.register_blueprint(people)
    app.register_blueprint(my_page)
    app.register_blueprint(my_mail)
