"""The door for a mail to oneself."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.resources.operations_mailing import mail_pack_to
from portal.resources.routes import resources, the_pack
from portal.web.access import me
from portal.web.forms import ActForm
from portal.web.hypermedia import done


@resources.post("/<int:pack_id>/mail")
def mail_to_me(pack_id: int) -> Response:
    the_pack(pack_id)
    form = ActForm()
    to = form.attempt(mail_pack_to, me().person_id, pack_id) if form.accepted() else None
    if to is None:
        return done(url_for(".show", pack_id=pack_id), form.refusal(), kind="wrong")
    return done(url_for(".show", pack_id=pack_id), _("It is on its way to %(address)s.", address=to))
