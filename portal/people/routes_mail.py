"""My mails: how often, which kinds I stopped, and ending the links of all earlier mails."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.mail.stopping import resume
from portal.people.forms_mail import RhythmForm
from portal.people.operations_mail import choose_rhythm, end_links
from portal.people.queries_mail import rhythm_of, stopped_by
from portal.web.access import me
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, page
from portal.web.numbers import number_of

my_mail = Blueprint("my_mail", __name__, url_prefix="/me/mail")


@my_mail.get("")
def index() -> Response:
    return _page(RhythmForm(rhythm=rhythm_of(me().person_id)))


def _page(form: RhythmForm) -> Response:
    return page("people/my_mail.html", form=form, sign=ActForm(), stopped=stopped_by(me().person_id))


@my_mail.post("")
def change() -> AnyResponse:
    form = RhythmForm()
    if form.accepted():
        form.attempt(choose_rhythm, me().person_id, form.rhythm.data)
    if form.errors:
        return _page(form)
    return done(url_for(".index"), _("Noted. The next mail comes in that rhythm."))


@my_mail.post("/again")
def again() -> AnyResponse:
    """Have a kind of mail back that was stopped."""
    pressed(resume, me().person_id, request.form.get("kind", ""), number_of(request.form.get("network_id")))
    return done(url_for(".index"), _("They come again."))


@my_mail.post("/links/end")
def end_all() -> AnyResponse:
    pressed(end_links, me().person_id)
    return done(url_for(".index"), _("No link of an earlier mail works any more. New mails bring new ones."))
