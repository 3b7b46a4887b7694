"""The letters about a slip: whoever could be deceived by one hears of it at once."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.mail import kinds, outbox
from portal.people.models import Person
from portal.people.models_slips import Slip
from portal.people.queries_slips import Told, administrators, coordinators_beside, her_addresses
from portal.web.links import absolute

kinds.declare("slip", why=_l("You get this because it is about who can sign in, and as whom."))


def tell_of_slip(slip: Slip, person: Person, maker: Person) -> None:
    """To her at every address of hers, and to those who would be asked: her other coordinators, and for an
    administrator the other administrators."""
    for told in her_addresses(person):
        subject = _("%(name)s made a sign-in slip for you", name=maker.name)
        _write("slip_for_you", subject, told, slip, person, maker)
    for told in _beside(person, maker):
        subject = _("%(maker)s made a sign-in slip for %(name)s", maker=maker.name, name=person.name)
        _write("slip_for_another", subject, told, slip, person, maker)


def tell_of_denial(slip: Slip, person: Person, maker: Person) -> None:
    """To the administrators, and the other coordinators: she knows nothing of a sign-in slip."""
    for told in _beside(person, maker, always_administrators=True):
        subject = _("%(name)s knows nothing of a sign-in slip", name=person.name)
        _write("slip_denied", subject, told, slip, person, maker)


def _beside(person: Person, maker: Person, always_administrators: bool = False) -> list[Told]:
    told = coordinators_beside(person.id, maker.id)
    if person.is_administrator or always_administrators:
        known = {one.person_id for one in told}
        told += [one for one in administrators(person.id, maker.id) if one.person_id not in known]
    return told


def _write(template: str, subject: str, told: Told, slip: Slip, person: Person, maker: Person) -> None:
    outbox.queue(
        "slip",
        told.address,
        subject,
        template,
        to_name=told.name,
        first_name=told.first_name,
        person_id=told.person_id,
        maker=maker.name,
        person=person.name,
        made_at=slip.made_at,
        used_at=slip.used_at,
        expires_at=slip.expires_at,
        link=absolute("my_page.told_of_slips"),
        record_link=absolute("people.show", person_id=person.id),
    )
