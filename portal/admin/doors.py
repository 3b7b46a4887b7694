"""The doors of administration and of the first run, put into the application together."""

from flask import Flask

from portal.admin import (
    routes_credit,
    routes_frames,
    routes_items,
    routes_mail,
    routes_networks,
    routes_post,
    routes_synonyms,
    routes_words,
)
from portal.admin.routes import admin
from portal.admin.routes_first_run import init_first_run
from portal.mail.operations_receiving import forget_received_of
from portal.people.operations_leaving import at_erasure

# Importing them gives the blueprint its views.
SPLIT_BY_NOUN = (
    routes_credit,
    routes_frames,
    routes_items,
    routes_mail,
    routes_networks,
    routes_post,
    routes_synonyms,
    routes_words,
)


def init_admin(app: Flask) -> None:
    app.register_blueprint(admin)
    init_first_run(app)
    at_erasure(forget_received_of)
