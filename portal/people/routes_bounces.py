"""The door for who keeps a record and knows that mail reaches an address again."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.people.operations_bounces import write_again
from portal.people.policy import can_change
from portal.people.queries import level_of
from portal.people.routes import people
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.hypermedia import done


@people.post("/<int:person_id>/addresses/<int:address_id>/again")
def mail_again(person_id: int, address_id: int) -> AnyResponse:
    person, level = level_of(person_id, me().person_id)
    if not can_change(level) or person.id == me().person_id:
        # Her own address she proves with a code.
        raise NotYours
    address = write_again(person.id, address_id, me().person_id)
    text = _("Mail goes to %(address)s again. If it comes back once more, Today says so.", address=address)
    return done(url_for("people.show", person_id=person.id), text)
