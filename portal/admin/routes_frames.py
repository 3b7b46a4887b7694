"""The administrator's doors to the frames of good teaching that talks and feedback refer to."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms_frames import FrameLineForm
from portal.admin.routes import admin
from portal.history.queries import lines_about
from portal.programmes import operations_frames, queries_frames
from portal.web.access import me
from portal.web.hypermedia import done, page


@admin.get("/frames")
def frames() -> Response:
    found = queries_frames.frames(retired=True)
    lines = queries_frames.lines_of([frame.id for frame in found])
    return page("admin/frames.html", frames=found, lines=lines)


@admin.get("/frames/<int:frame_id>")
def frame(frame_id: int) -> Response:
    return _one(frame_id, FrameLineForm())


@admin.post("/frames/<int:frame_id>")
def add_frame_line(frame_id: int) -> AnyResponse:
    form = FrameLineForm()
    typed = (frame_id, form.code.data or "", form.label.data or "", me().person_id)
    if form.accepted() and form.attempt(operations_frames.add_line, *typed) is not None:
        return done(url_for("admin.frame", frame_id=frame_id), _("It can be ticked from now on."))
    return _one(frame_id, form)


@admin.post("/frames/<int:frame_id>/retire")
def retire_frame(frame_id: int) -> AnyResponse:
    frame = operations_frames.retire_frame(frame_id, True, me().person_id)
    said = _("“%(name)s” is no longer offered. What refers to it keeps it.", name=frame.name)
    return done(url_for("admin.frames"), said, undo=url_for("admin.restore_frame", frame_id=frame_id))


@admin.post("/frames/<int:frame_id>/restore")
def restore_frame(frame_id: int) -> AnyResponse:
    frame = operations_frames.retire_frame(frame_id, False, me().person_id)
    return done(url_for("admin.frames"), _("“%(name)s” is offered again.", name=frame.name))


@admin.post("/frames/<int:frame_id>/lines/<int:line_id>/retire")
def retire_frame_line(frame_id: int, line_id: int) -> AnyResponse:
    line = operations_frames.retire_line(frame_id, line_id, True, me().person_id)
    said = _("“%(name)s” is no longer offered. What refers to it keeps it.", name=line.label)
    undo = url_for("admin.restore_frame_line", frame_id=frame_id, line_id=line_id)
    return done(url_for("admin.frame", frame_id=frame_id), said, undo=undo)


@admin.post("/frames/<int:frame_id>/lines/<int:line_id>/restore")
def restore_frame_line(frame_id: int, line_id: int) -> AnyResponse:
    line = operations_frames.retire_line(frame_id, line_id, False, me().person_id)
    return done(url_for("admin.frame", frame_id=frame_id), _("“%(name)s” is offered again.", name=line.label))


def _one(frame_id: int, form: FrameLineForm) -> Response:
    found = queries_frames.frame_with(frame_id)
    return page(
        "admin/frame.html",
        form=form,
        frame=found,
        lines=queries_frames.lines_of([frame_id], retired=True)[frame_id],
        history=lines_about("frame", frame_id),
    )
