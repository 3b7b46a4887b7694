"""The doors of the room, and what the worker does for it."""

from flask import Flask

from portal.digest.duties import look_out
from portal.digest.operations import forget_person, forget_told
from portal.digest.routes import digest, digest_time
from portal.people.operations_leaving import at_erasure
from portal.web import housekeeping


def init_digest(app: Flask) -> None:
    housekeeping.each_round(look_out)
    housekeeping.each_hour(forget_told)
    at_erasure(forget_person)
    app.register_blueprint(digest)
    app.register_blueprint(digest_time)
