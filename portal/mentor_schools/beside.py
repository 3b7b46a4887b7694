"""On the page of an organisation: whom it helps and who helps it, in the networks of the reader."""

from sqlalchemy import select

from portal.db import db
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.queries import Mentee, Mentor, in_state, stands_in
from portal.networks.models import Membership, Network
from portal.networks.queries import networks_open_for
from portal.organisations.beside import Part, beside
from portal.organisations.models import Organisation
from portal.web.access import Visitor


@beside
def mentor_schools_beside(organisation: Organisation, reader: Visitor) -> Part | None:
    """The pairs of it that are at work (one query)."""
    mine = select(Membership.network_id).where(Membership.person_id == reader.person_id, Membership.ended_at.is_(None))
    rows = db.session.execute(
        select(
            OrganisationPair.id,
            OrganisationPair.mentor_organisation_id,
            Mentor.name.label("mentor"),
            Mentee.name.label("mentee"),
            Network.slug,
        )
        .join(Mentor, Mentor.id == OrganisationPair.mentor_organisation_id)
        .join(Mentee, Mentee.id == OrganisationPair.mentee_organisation_id)
        .join(Network, Network.id == OrganisationPair.network_id)
        .where(
            stands_in(organisation.id),
            OrganisationPair.deleted_at.is_(None),
            in_state("running"),
            Network.id.in_(mine),
            Network.id.in_(networks_open_for("mentoring")),
        )
        .order_by(OrganisationPair.starts_on.desc())
    ).all()
    return Part("mentor_schools/_beside.html", pairs=rows) if rows else None
