"""Saved segments: keep a question under a name, change it, throw it away, take that back."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.letters.forms import SegmentForm
from portal.letters.operations_segments import change_segment, delete_segment, restore_segment, save_segment
from portal.letters.queries import segment_in
from portal.letters.question import question_in, questioned
from portal.letters.routes import letters, people_page, reading_of
from portal.networks.scope import here
from portal.web.hypermedia import done
from portal.web.numbers import number_of


@letters.post("/segments")
def save() -> AnyResponse:
    """The question stands in the address, the name in the form."""
    form, question = SegmentForm(), question_in(request.args)
    if form.accepted():
        segment = form.attempt(save_segment, here().membership, form.name.data or "", question.address)
        if segment:
            text = _("“%(name)s” is saved. Who is in it is worked out whenever you look.", name=segment.name)
            return done(url_for(".people", segment=segment.id, **question.address), text)
    return people_page(reading_of(question), form=form)


@letters.get("/segments/<int:segment_id>")
def open_segment(segment_id: int) -> AnyResponse:
    question = questioned(segment_in(here().network.id, segment_id).question)
    return done(url_for(".people", segment=segment_id, **question.address))


@letters.post("/segments/<int:segment_id>")
def change(segment_id: int) -> AnyResponse:
    segment = segment_in(here().network.id, segment_id)
    form, question = SegmentForm(), question_in(request.args)
    if form.accepted():
        version, name = number_of(form.version.data) or 0, form.name.data or ""
        if form.attempt(change_segment, here().membership, segment_id, version, name, question.address):
            text = _("“%(name)s” asks this now.", name=name)
            return done(url_for(".people", segment=segment_id, **question.address), text)
    form.replaces(form.version, segment.row_version)
    return people_page(reading_of(question), segment=segment, form=form)


@letters.post("/segments/<int:segment_id>/deletion")
def delete(segment_id: int) -> AnyResponse:
    segment = delete_segment(here().membership, segment_id)
    text = _("“%(name)s” is deleted. Letters that were written with it keep their question.", name=segment.name)
    return done(url_for(".index"), text, undo=url_for(".restore", segment_id=segment_id))


@letters.post("/segments/<int:segment_id>/restoring")
def restore(segment_id: int) -> AnyResponse:
    restore_segment(here().membership, segment_id)
    return done(url_for(".index"), _("The segment is back."))
