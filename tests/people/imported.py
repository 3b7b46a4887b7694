"""Members who were brought in by a list and have not been asked yet, for the tests of what they get."""

from portal.db import db, operation
from portal.networks.models import Membership
from portal.people.models import EmailAddress, Person
from tests import cast


@operation
def member(name: str, address: str) -> Person:
    """Somebody on the list of Tarn and Tide who never came in."""
    person = Person(name=name, sort_name=name, created_at=cast.NOW, added_by=cast.person_id("ines"))
    db.session.add(person)
    db.session.flush()
    db.session.add(EmailAddress(person_id=person.id, address=address, folded=address, is_primary=True))
    there = {"network_id": cast.network_id(), "person_id": person.id, "role": "member", "how": "import"}
    db.session.add(Membership(**there, started_at=cast.NOW))
    return person
