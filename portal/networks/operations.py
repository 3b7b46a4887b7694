"""What rooms above and the import ask of a network: somebody imported is on its list, an organisation takes part."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.networks.models import Membership, Network, NetworkOrganisation
from portal.networks.queries_members import current_membership
from portal.organisations.models import Organisation
from portal.web import clock
from portal.web.errors import NotHere

phrases.declare(
    {
        "network.imported": _l("%(actor)s put %(person)s on the list by an import"),
        "network.organisation_added": _l("%(actor)s added %(title)s"),
        "network.organisation_removed": _l("%(actor)s took %(title)s off the list"),
        "network.host_added": _l("%(actor)s noted %(title)s as a host"),
        "network.host_removed": _l("%(actor)s noted that %(title)s is no longer a host"),
    }
)


@operation
def add_imported_member(network_id: int, person_id: int, by: int | None) -> None:
    """Put an imported person on the list as a member. Nobody is mailed, and she can't sign in by it.

    One who is on the list already, or ever was, is left alone: an import never takes back that somebody left.
    """
    ever = select(Membership.id).where(Membership.network_id == network_id, Membership.person_id == person_id)
    if db.session.execute(ever.limit(1)).first() or current_membership(network_id, person_id):
        return
    now = clock.now()
    db.session.add(Membership(network_id=network_id, person_id=person_id, role="member", started_at=now, how="import"))
    history.record(by, "network.imported", "network", network_id, network_id=network_id, person_id=person_id)


@operation
def attach_organisation(network_id: int, organisation_id: int) -> None:
    """An organisation takes part in a network from today; one that does already is left alone."""
    if db.session.get(NetworkOrganisation, (network_id, organisation_id)) is None:
        network = db.session.get_one(Network, network_id)
        since = clock.today(network.time_zone)
        db.session.add(NetworkOrganisation(network_id=network_id, organisation_id=organisation_id, since=since))


@operation
def add_organisation(network_id: int, organisation_id: int, by: int) -> str:
    """A coordinator adds an organisation of the directory; returns its name."""
    name = _name(organisation_id)
    if db.session.get(NetworkOrganisation, (network_id, organisation_id)) is None:
        attach_organisation(network_id, organisation_id)
        _tell(network_id, by, "network.organisation_added", name)
    return name


@operation
def remove_organisation(network_id: int, organisation_id: int, by: int) -> str:
    """Take an organisation off the list; what happened with it stays. Returns its name."""
    row = _row(network_id, organisation_id)
    db.session.delete(row)
    name = _name(organisation_id)
    _tell(network_id, by, "network.organisation_removed", name)
    return name


@operation
def set_host(network_id: int, organisation_id: int, is_host: bool, by: int) -> str:
    """Note that an organisation hosts the network (it then takes part too), or no longer does. Returns its name."""
    name = add_organisation(network_id, organisation_id, by) if is_host else _name(organisation_id)
    row = _row(network_id, organisation_id)
    if row.is_host != is_host:
        row.is_host = is_host
        _tell(network_id, by, "network.host_added" if is_host else "network.host_removed", name)
    return name


def _row(network_id: int, organisation_id: int) -> NetworkOrganisation:
    db.session.flush()
    row = db.session.get(NetworkOrganisation, (network_id, organisation_id))
    if row is None:
        raise NotHere
    return row


def _name(organisation_id: int) -> str:
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None or organisation.merged_into:
        raise NotHere
    return organisation.name


def _tell(network_id: int, by: int, action: str, title: str) -> None:
    history.record(by, action, "network", network_id, network_id=network_id, title=title)
