"""Making an organisation, changing it, closing it, opening it again."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.organisations.models import Organisation
from portal.organisations.names import fold_organisation
from portal.organisations.queries import organisation_with
from portal.web import clock
from portal.web.errors import Conflict, DomainError

phrases.declare(
    {
        "organisation.added": _l("%(actor)s added it to the directory"),
        "organisation.changed": _l("%(actor)s changed %(fields)s"),
        "organisation.closed": _l("%(actor)s noted that it has closed"),
        "organisation.opened": _l("%(actor)s noted that it is open"),
    }
)


@operation
def add_organisation(values: dict[str, object], parent: str, by: int) -> int:
    """Put an organisation into the directory; returns its id. Raises DomainError for a code that is taken."""
    made = Organisation(created_at=clock.now(), name=str(values["name"]), sort_name="")
    db.session.add(made)
    with db.session.no_autoflush:
        _fill(made, values, parent)
    db.session.flush()
    history.record(by, "organisation.added", "organisation", made.id)
    return made.id


@operation
def change_organisation(organisation_id: int, values: dict[str, object], parent: str, version: int, by: int) -> None:
    """Change what is known. Raises Conflict when somebody changed it meanwhile, DomainError for a code that is taken."""
    found = organisation_with(organisation_id)
    if found.row_version != version:
        raise Conflict({key: str(getattr(found, key) or "") for key in values})
    before = {key: getattr(found, key) for key in [*values, "parent_id"]}
    with db.session.no_autoflush:
        _fill(found, values, parent)
    changed = [key for key, value in before.items() if getattr(found, key) != value]
    if changed:
        history.record(by, "organisation.changed", "organisation", found.id, fields=", ".join(changed))


@operation
def close_organisation(organisation_id: int, on: date, by: int) -> None:
    """Note that it has closed: it stays with all that happened, and is no longer offered."""
    found = organisation_with(organisation_id)
    found.closed_on = on
    history.record(by, "organisation.closed", "organisation", found.id)


@operation
def open_organisation(organisation_id: int, by: int) -> None:
    """Take back that it has closed."""
    found = organisation_with(organisation_id)
    found.closed_on = None
    history.record(by, "organisation.opened", "organisation", found.id)


def _fill(organisation: Organisation, values: dict[str, object], parent: str) -> None:
    _refuse_taken_code(organisation, values)
    for key, value in values.items():
        setattr(organisation, key, value)
    organisation.sort_name = fold_organisation(organisation.name)[:250]
    organisation.parent_id = _parent(parent, organisation)


def _refuse_taken_code(organisation: Organisation, values: dict[str, object]) -> None:
    if not values.get("code"):
        return
    same = (Organisation.code == values["code"], Organisation.code_scheme == values.get("code_scheme"))
    other = db.session.execute(select(Organisation).where(*same)).scalars().first()
    if other is not None and other.id != organisation.id:
        raise DomainError(_("%(name)s has this code already.", name=other.name), "code")


def _parent(name: str, child: Organisation) -> int | None:
    """The one organisation of that name. Raises DomainError where there is none, several, or a circle."""
    if not name.strip():
        return None
    query = select(Organisation).where(
        Organisation.sort_name.in_([fold_organisation(name), name.strip()]), Organisation.merged_into.is_(None)
    )
    found = [one for one in db.session.execute(query).scalars() if one.id != child.id]
    fitting = [one for one in found if one.kind == "district"] if len(found) > 1 else found
    if len(fitting) != 1:
        raise DomainError(
            _("There is no single organisation called “%(name)s”. Add it first, or leave this empty.", name=name),
            "parent",
        )
    if fitting[0].parent_id == child.id and fitting[0].parent_id:
        raise DomainError(_("It stands under this one itself."), "parent")
    return fitting[0].id
