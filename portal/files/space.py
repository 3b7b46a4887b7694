"""How much may be kept: a bound for each person and each network, counted with what is promised and still on its way.

Asked inside the transaction that writes the row: SQLite lets one of those in at a time, so that twenty uploads at once
stay below the bound together.
"""

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select

from portal.db import db
from portal.files.models import PartialUpload, StoredFile
from portal.web.errors import DomainError

MEGABYTE = 1_000_000


def refuse_over_space(person_id: int | None, network_id: int | None, size: int, arriving: str = "") -> None:
    """Raises DomainError where ``size`` bytes more would be over a bound. ``arriving`` is the key of what they were
    promised under: that promise is not counted beside them."""
    settings = current_app.config["SETTINGS"]
    if person_id is not None and settings.person_space:
        left = settings.person_space * MEGABYTE - _held_by_person(person_id, arriving)
        if size > left:
            raise DomainError(_full(_("You have %(most)s MB for files here", most=settings.person_space), size, left))
    if network_id is not None and settings.network_space:
        left = settings.network_space * MEGABYTE - _held_by_network(network_id, arriving)
        if size > left:
            raise DomainError(
                _full(_("This network has %(most)s MB for files", most=settings.network_space), size, left)
            )


def _full(whose: str, size: int, left: int) -> str:
    room = {"whose": whose, "size": -(-size // MEGABYTE), "left": max(0, left) // MEGABYTE}
    return _(
        "%(whose)s, and this file takes %(size)s of the %(left)s MB that are left. "
        "Make it smaller, or put it elsewhere and send the link; an administrator can make room.",
        **room,
    )


def _held_by_person(person_id: int, arriving: str) -> int:
    return _held(StoredFile.uploaded_by == person_id, PartialUpload.person_id == person_id, arriving)


def _held_by_network(network_id: int, arriving: str) -> int:
    return _held(StoredFile.network_id == network_id, PartialUpload.network_id == network_id, arriving)


def _held(kept: ColumnElement[bool], promised: ColumnElement[bool], arriving: str) -> int:
    """Bytes that are here and those that are promised (two queries)."""
    here = db.session.execute(select(func.coalesce(func.sum(StoredFile.size), 0)).where(kept)).scalar_one()
    on_the_way = select(func.coalesce(func.sum(PartialUpload.size), 0)).where(
        promised, PartialUpload.file_id.is_(None), PartialUpload.key != arriving
    )
    return int(here) + int(db.session.execute(on_the_way).scalar_one())
