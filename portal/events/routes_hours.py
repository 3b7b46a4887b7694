"""The old address of my hours: they stand in the transcript now, one page for all networks."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.events.blueprints import events
from portal.networks.scope import here


@events.get("/my-hours")
def my_hours() -> AnyResponse:
    """Bookmarks and old mails lead here; the period that they name is kept."""
    asked: dict[str, Any] = {name: request.args[name] for name in ("from", "to", "format") if request.args.get(name)}
    return redirect(url_for("my_record.transcript", network=here().network.slug, **asked), code=303)
