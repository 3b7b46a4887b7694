"""From what she picked to the document: the one place where its head is worded. Read inside a request, in her language."""

from flask_babel import gettext as _

from portal.db import db
from portal.handing_on.document import document
from portal.handing_on.models import HandOver
from portal.handing_on.offering import pieces_of
from portal.handing_on.pieces import PARTS, by_kind, taken
from portal.networks.models import Network
from portal.people.models import Person
from portal.web import dates
from portal.web.languages import spoken


def made_of(one: HandOver, key: bytes) -> bytes:
    """What would be sent if it were made now. The same picks, texts and reader make the same bytes."""
    picked = taken(pieces_of(one.person_id, key), one.picked)
    return document(_head(one, len(picked)), [(str(PARTS[kind]), some) for kind, some in by_kind(picked).items()])


def reader_name(one: HandOver) -> str:
    """Whom it is for, as people read it."""
    if one.to_person_id:
        return db.session.get_one(Person, one.to_person_id).name
    return f"{one.to_name}, {one.to_organisation}" if one.to_organisation else one.to_name


def _head(one: HandOver, count: int) -> dict[str, object]:
    name = db.session.get_one(Person, one.person_id).name
    network = db.session.get_one(Network, one.network_id).name
    return {
        "language": str(spoken()).replace("_", "-"),
        "title": _("From %(name)s", name=name),
        "facts": [
            [_("For"), reader_name(one)],
            [_("From"), name],
            [_("Out of"), _("the mentoring of %(network)s", network=network)],
            [_("Put together on"), dates.day(one.made_at)],
        ],
        "foot": _(
            "%(name)s picked each piece of this and saw it exactly as it stands here. "
            "What is not in it was not picked, and that says nothing.", name=name,
        ),
    }  # fmt: skip
