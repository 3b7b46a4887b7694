"""My record: transcript and certificates, for whoever is signed in; and the page that sends a link to everybody else."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.certificates.blueprints import my_record
from portal.certificates.forms import NameForm, RecordForm
from portal.certificates.operations_record import send_record
from portal.certificates.record_pages import (
    Way,
    certificate_file,
    certificate_page,
    name_page,
    transcript_file,
    transcript_page,
)
from portal.credit.operations_certificates import correct_name
from portal.credit.queries_certificates import certificate_of
from portal.networks.queries import region
from portal.web import clock, dates
from portal.web.access import me, public
from portal.web.hypermedia import done, page
from portal.web.limits import client


@my_record.get("/me/transcript")
def transcript() -> AnyResponse:
    return transcript_page(me().person_id, me().name, _way())


@my_record.get("/me/transcript.pdf")
def transcript_pdf() -> AnyResponse:
    return transcript_file(me().person_id, me().name)


@my_record.get("/me/certificates/<int:certificate_id>")
def certificate(certificate_id: int) -> AnyResponse:
    return certificate_page(me().person_id, certificate_id, _way())


@my_record.get("/me/certificates/<int:certificate_id>.pdf")
def certificate_pdf(certificate_id: int) -> AnyResponse:
    return certificate_file(certificate_of(me().person_id, certificate_id))


@my_record.get("/me/certificates/<int:certificate_id>/name")
def ask_name(certificate_id: int) -> AnyResponse:
    one = certificate_of(me().person_id, certificate_id)
    return name_page(one, NameForm(name=one.name), _way())


@my_record.post("/me/certificates/<int:certificate_id>/name")
def put_name_right(certificate_id: int) -> AnyResponse:
    one, form = certificate_of(me().person_id, certificate_id), NameForm()
    if form.accepted():
        new = form.attempt(correct_name, one, form.name.data or "", clock.today(dates.place_clock()).year)
        if new:
            return done(_way().certificate(new.id), renamed(new.number))
    return name_page(one, form, _way())


@my_record.get("/record")
@public
def ask() -> AnyResponse:
    return page("certificates/ask.html", form=RecordForm())


@my_record.post("/record")
@public
def send_link() -> AnyResponse:
    form, here = RecordForm(), region()
    if form.accepted():
        form.attempt(send_record, form.address.data or "", client(), here.locale if here else "en_GB")
        if not form.errors:
            return done(url_for(".sent"))
    return page("certificates/ask.html", form=form)


@my_record.get("/record/sent")
@public
def sent() -> AnyResponse:
    """The same page whether or not the address is known."""
    return page("certificates/sent.html")


def renamed(number: str) -> str:
    return _("This is your new certificate, number %(number)s. The one with the other name is void.", number=number)


def _way() -> Way:
    return Way(
        home=url_for("my_record.transcript"),
        transcript=lambda **asked: url_for("my_record.transcript", **asked),
        paper=lambda **asked: url_for("my_record.transcript_pdf", **asked),
        certificate=lambda one: url_for("my_record.certificate", certificate_id=one),
        certificate_paper=lambda one: url_for("my_record.certificate_pdf", certificate_id=one),
        name=lambda one: url_for("my_record.ask_name", certificate_id=one),
    )
