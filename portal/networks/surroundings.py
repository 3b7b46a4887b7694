"""What every template may use: who is signed in, where she stands, the rooms around her, the network's own words."""

from dataclasses import dataclass
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from portal.networks.queries import region, term_of
from portal.networks.rooms import ROOMS
from portal.networks.scope import room_of
from portal.web.access import visitor


@dataclass(frozen=True, slots=True)
class Site:
    name: str
    is_development: bool
    time_zone: str
    contact_words: str


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    code: str
    name: str
    url: str
    is_here: bool


def init_surroundings(app: Flask) -> None:
    app.before_request(_keep_the_clock)
    app.context_processor(_surroundings)
    app.jinja_env.globals["word"] = word


def _keep_the_clock() -> None:
    """Moments are shown on the network's clock, else the person's, else the region's."""
    found = region()
    if "time_zone" not in g and found:
        g.time_zone = found.time_zone


def _surroundings() -> dict[str, Any]:
    found = region()
    locale = get_locale() or Locale("en", "GB")
    scope = g.get("here")
    around: dict[str, Any] = {
        "me": visitor(),
        "site": Site(
            found.name if found else "Staffroom",
            current_app.config["IS_DEVELOPMENT"],
            g.get("time_zone") or "UTC",
            found.contact_words if found else "",
        ),
        "html_lang": str(locale).replace("_", "-"),
        "html_dir": locale.text_direction,
        "network": None,
    }
    if scope:
        around |= {
            "network": scope.network,
            "membership": scope.membership,
            "term": term_of(scope.network.id, scope.network.time_zone),
            "rooms": tabs(scope.network),
            "room_key": room_of(request.blueprint),
        }
    return around


def tabs(network: Any) -> list[Tab]:
    """The open rooms of a network, as tabs. A room whose pages this installation lacks is left out."""
    return [
        Tab(room.key, str(room.code), str(room.name), url_for(room.endpoint, network=network.slug), _is_here(room.key))
        for room in ROOMS
        if (not room.can_close or room.key in network.rooms) and room.endpoint in current_app.view_functions
    ]


def _is_here(key: str) -> bool:
    return room_of(request.blueprint) == key


def word(term: str) -> str:
    """The network's own word for a thing ("school", "pupils", "box"), else the usual one in the reader's language."""
    scope = g.get("here")
    own = scope.network.words.get(term) if scope else None
    return str(own or _usual(term))


def _usual(term: str) -> str:
    usual = {
        "school": _("school"),
        "schools": _("schools"),
        "pupil": _("pupil"),
        "pupils": _("pupils"),
        "box": _("box"),
        "boxes": _("boxes"),
        "teacher": _("teacher"),
        "teachers": _("teachers"),
    }
    return usual[term]
