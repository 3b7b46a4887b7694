"""Pages that stand on every footer, open to everyone, and the address that a watchdog asks."""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text

from portal.db import db
from portal.help.pieces import sample
from portal.networks.queries import region
from portal.web.access import public
from portal.web.errors import NotHere
from portal.web.hypermedia import page

help_pages = Blueprint("help", __name__)


@help_pages.get("/help")
@public
def index() -> Response:
    return page("help/index.html", region=region())


@help_pages.get("/help/writing")
@public
def formatting() -> Response:
    return page("help/formatting.html")


@help_pages.get("/privacy")
@public
def privacy() -> Response:
    return page("help/privacy.html", region=region())


@help_pages.get("/accessibility")
@public
def accessibility() -> Response:
    return page("help/accessibility.html", region=region())


@help_pages.get("/dev/pieces")
@public
def pieces() -> Response:
    """Every piece of the look on one page; in development only."""
    if not current_app.config["IS_DEVELOPMENT"]:
        raise NotHere
    return page("dev/pieces.html", **sample())


@help_pages.get("/healthz")
@public
def health() -> Response:
    """200 and ``ok`` while the database answers; a watchdog needs no more, and a stranger learns no more."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")
