"""What a person decides about the mails that she gets."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.people.models import Person
from portal.people.rhythms import RHYTHMS
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare(
    {
        "person.rhythm": _l("%(actor)s chose how often mail comes: %(kind)s"),
        "person.links_ended": _l("%(actor)s ended the links of all earlier mails"),
    }
)


@operation
def choose_rhythm(person_id: int, rhythm: str) -> None:
    """How often the digest comes. Raises DomainError for a rhythm that there is not."""
    if rhythm not in RHYTHMS:
        raise DomainError(_("Choose one of the rhythms."), "rhythm")
    person = db.session.get_one(Person, person_id)
    if person.rhythm != rhythm:
        person.rhythm = rhythm
        history.record(person_id, "person.rhythm", "person", person_id, kind=str(RHYTHMS[rhythm]))


@operation
def end_links(person_id: int) -> None:
    """No link of a mail from before now works any more: she passed one on, or lost a mailbox."""
    db.session.get_one(Person, person_id).links_since = clock.now()
    history.record(person_id, "person.links_ended", "person", person_id)
