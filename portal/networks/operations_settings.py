"""Changing a network: its charter, names, words, rooms and terms. Two people who edit at once lose no text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.networks.models import Network, SchoolTerm
from portal.networks.queries_about import network_with, term_with
from portal.networks.rooms import ROOMS
from portal.web.errors import Conflict, DomainError

CHARTER = ("cares_about", "for_whom", "cadence", "norms", "deciding", "review_on")
SETTINGS = ("name", "short_name", "strapline", "plate", "time_zone", "locale", "is_open_to_ask", "looks_first")

phrases.declare(
    {
        "network.charter_changed": _l("%(actor)s changed the charter"),
        "network.settings_changed": _l("%(actor)s changed the settings"),
        "network.words_changed": _l("%(actor)s changed the network’s own words"),
        "network.room_opened": _l("%(actor)s opened the room %(title)s"),
        "network.room_closed": _l("%(actor)s closed the room %(title)s"),
        "network.term_saved": _l("%(actor)s set the dates of %(title)s"),
        "network.term_removed": _l("%(actor)s removed the dates of %(title)s"),
    }
)


@operation
def change_charter(network_id: int, row_version: int, values: Mapping[str, Any], by: int) -> Network:
    """Write the charter. Raises Conflict with what stands there now when somebody else changed the network."""
    return _change(network_id, row_version, CHARTER, values, by, "network.charter_changed")


@operation
def change_settings(network_id: int, row_version: int, values: Mapping[str, Any], by: int) -> Network:
    """Names, strapline, plate, clock, language, open to ask, look at packs first. Raises Conflict like the charter."""
    return _change(network_id, row_version, SETTINGS, values, by, "network.settings_changed")


@operation
def change_words(network_id: int, row_version: int, words: Mapping[str, str], by: int) -> Network:
    """The network's own words; an empty one goes back to the usual."""
    kept = {key: word for key, word in words.items() if word}
    return _change(network_id, row_version, ("words",), {"words": kept}, by, "network.words_changed")


@operation
def set_room(network_id: int, key: str, is_open: bool, by: int) -> str:
    """Open a room or close it for everyone; nothing in it is deleted. Returns its name."""
    room = next((one for one in ROOMS if one.key == key), None)
    if room is None or not room.can_close:
        raise DomainError(_("This room is always open."))
    network = network_with(network_id)
    if is_open != (key in network.rooms):
        others = {one for one in network.rooms if one != key}
        network.rooms = [one.key for one in ROOMS if one.key in others or (one.key == key and is_open)]
        _tell(network_id, by, "network.room_opened" if is_open else "network.room_closed", str(room.name))
    return str(room.name)


@operation
def save_term(
    network_id: int, term_id: int | None, name: str, days: tuple[date, date, date | None], by: int
) -> SchoolTerm:
    """Add a term or set its dates: first day, last day, Monday of the break. Raises DomainError when they overlap."""
    starts_on, ends_on, break_on = days
    _refuse_odd_dates(network_id, term_id, days)
    if term_id is None:
        term = SchoolTerm(network_id=network_id)
        db.session.add(term)
    else:
        term = term_with(network_id, term_id)
    term.name, term.starts_on, term.ends_on, term.break_on = name, starts_on, ends_on, break_on
    _tell(network_id, by, "network.term_saved", name)
    return term


@operation
def remove_term(network_id: int, term_id: int, by: int) -> None:
    """Remove a term; what happened in it stays."""
    term = term_with(network_id, term_id)
    db.session.delete(term)
    _tell(network_id, by, "network.term_removed", term.name)


def _change(
    network_id: int, row_version: int, fields: tuple[str, ...], values: Mapping[str, Any], by: int, action: str
) -> Network:
    network = network_with(network_id)
    if network.row_version != row_version:
        raise Conflict({field: _shown(getattr(network, field)) for field in fields})
    changed = [field for field in fields if getattr(network, field) != values[field]]
    for field in changed:
        setattr(network, field, values[field])
    if changed:
        history.record(by, action, "network", network_id, network_id=network_id, fields=changed)
    return network


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {word}" for key, word in value.items())
    return "" if value is None else str(value)


def _refuse_odd_dates(network_id: int, term_id: int | None, days: tuple[date, date, date | None]) -> None:
    starts_on, ends_on, break_on = days
    if ends_on <= starts_on:
        raise DomainError(_("The last day comes after the first."), "ends_on")
    if (ends_on - starts_on).days > 366:
        raise DomainError(_("A term lasts at most a year. Is the year right?"), "ends_on")
    if break_on and not starts_on < break_on < ends_on:
        raise DomainError(_("The break lies inside the term."), "break_on")
    clash = select(SchoolTerm.name).where(
        SchoolTerm.network_id == network_id,
        SchoolTerm.starts_on <= ends_on,
        SchoolTerm.ends_on >= starts_on,
        SchoolTerm.id != (term_id or 0),
    )
    other = db.session.execute(clash.limit(1)).scalar_one_or_none()
    if other:
        raise DomainError(_("These dates overlap with %(term)s.", term=other), "starts_on")


def _tell(network_id: int, by: int, action: str, title: str) -> None:
    history.record(by, action, "network", network_id, network_id=network_id, title=title)
