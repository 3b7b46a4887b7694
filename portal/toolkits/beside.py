"""What toolkits put beside a pack, above the list of packs, and above a network's public packs."""

from typing import Any

from sqlalchemy import func, select

from portal.db import db
from portal.resources.beside import Part, beside, beside_list, beside_public_list
from portal.resources.policy import Member
from portal.toolkits.policy import can_make_toolkit
from portal.toolkits.queries import public_toolkits, toolkits_with


@beside
def toolkits_beside(pack: Any, member: Any) -> Part | None:
    """The toolkits that hold it, and the way to put it into one (one query)."""
    can_put = can_make_toolkit(member) and pack.state == "shared"
    holding = toolkits_with(member, pack.id)
    if not holding and not can_put:
        return None
    return Part("toolkits/_beside.html", toolkits=holding, can_put=can_put)


@beside_list
def toolkits_above(member: Member) -> Part:
    """A door to them, above the list of packs."""
    return Part("toolkits/_door.html")


@beside_public_list
def public_toolkits_above(network: Any) -> Part | None:
    """A door to the public ones, where there are any (one query)."""
    query = select(func.count()).select_from(public_toolkits(network.id).subquery())
    number = db.session.execute(query).scalar_one()
    return Part("toolkits/_public_door.html", number=number, slug=network.slug) if number else None
