"""The doors to who reads a programme's totals: named and ended by coordinators, seen by every member."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.programmes import queries
from portal.programmes.blueprints import programmes
from portal.programmes.forms import ReaderForm
from portal.programmes.models import Programme, ProgrammeReader
from portal.programmes.operations import end_reader, name_reader
from portal.programmes.routes import keepers_only, show_page, the_programme
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.errors import NotHere
from portal.web.forms import ActForm
from portal.web.hypermedia import done


@programmes.post("/<int:programme_id>/readers")
def add_reader(programme_id: int) -> AnyResponse:
    keepers_only()
    programme, form = the_programme(programme_id), ReaderForm()
    people = queries.members_who_could_read(programme.network_id, programme.id)
    form.person_id.choices = choices_of([(0, _("Choose a member")), *people])
    if form.accepted() and form.attempt(name_reader, programme, form.person_id.data, me().person_id) is not None:
        said = _("She reads the totals of this programme now. Never a note, never a day.")
        return done(url_for(".show", programme_id=programme.id), said)
    return show_page(programme, form)


@programmes.post("/<int:programme_id>/readers/<int:reader_id>/end")
def end_reading(programme_id: int, reader_id: int) -> AnyResponse:
    programme, reader = _reader(programme_id, reader_id)
    if ActForm().accepted():
        end_reader(programme, reader, True, me().person_id)
    undo = url_for(".resume_reading", programme_id=programme_id, reader_id=reader_id)
    return done(url_for(".show", programme_id=programme_id), _("She no longer reads the totals."), undo=undo)


@programmes.post("/<int:programme_id>/readers/<int:reader_id>/resume")
def resume_reading(programme_id: int, reader_id: int) -> AnyResponse:
    programme, reader = _reader(programme_id, reader_id)
    if ActForm().accepted():
        end_reader(programme, reader, False, me().person_id)
    return done(url_for(".show", programme_id=programme_id), _("She reads the totals again."))


def _reader(programme_id: int, reader_id: int) -> tuple[Programme, ProgrammeReader]:
    keepers_only()
    programme = the_programme(programme_id)
    reader = queries.reader_in(programme.id, reader_id)
    if reader is None:
        raise NotHere
    return programme, reader
