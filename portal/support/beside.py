"""On the page of an organisation: a coordinator logs a visit there with one press, and reads when it was last seen."""

from sqlalchemy import func, select

from portal.db import db
from portal.networks.models import Membership, Network, NetworkOrganisation
from portal.networks.queries import networks_open_for
from portal.organisations.beside import Part, beside
from portal.organisations.models import Organisation
from portal.support.models import SupportVisit
from portal.web.access import Visitor


@beside
def visits_beside(organisation: Organisation, reader: Visitor) -> Part | None:
    """The networks of hers in which it stands on the list (one query, and only for coordinators)."""
    if not reader.coordinates:
        return None
    last = (
        select(func.max(SupportVisit.starts_at))
        .where(
            SupportVisit.network_id == Network.id,
            SupportVisit.organisation_id == organisation.id,
            SupportVisit.deleted_at.is_(None),
        )
        .correlate(Network)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Network.slug, Network.name, Network.short_name, last.label("last_at"))
        .join(Membership, Membership.network_id == Network.id)
        .join(NetworkOrganisation, NetworkOrganisation.network_id == Network.id)
        .where(
            Membership.person_id == reader.person_id,
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
            NetworkOrganisation.organisation_id == organisation.id,
            Network.id.in_(networks_open_for("mentoring")),
        )
        .order_by(Network.name)
    ).all()
    return Part("support/_beside.html", networks=rows) if rows else None
