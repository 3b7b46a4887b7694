"""The administrator's doors to the frames of good teaching that talks and feedback refer to."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms_frames import FrameLineForm, NewFrameLineForm
from portal.admin.routes import admin
from portal.history.queries import lines_about
from portal.programmes import operations_frames, queries_frames
from portal.programmes.models import FrameLine
from portal.web.access import me
from portal.web.hypermedia import done, page


@admin.get("/frames")
def frames() -> Response:
    found = queries_frames.frames(retired=True)
    lines = queries_frames.lines_of([frame.id for frame in found])
    return page("admin/frames.html", frames=found, lines=lines)


@admin.get("/frames/<int:frame_id>")
def frame(frame_id: int) -> Response:
    return _one(frame_id, NewFrameLineForm())


@admin.post("/frames/<int:frame_id>")
def add_frame_line(frame_id: int) -> AnyResponse:
    form = NewFrameLineForm()
    typed = (frame_id, form.code.data or "", form.label.data or "", form.hint.data or "", me().person_id)
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


@admin.get("/frames/<int:frame_id>/lines/<int:line_id>")
def edit_frame_line(frame_id: int, line_id: int) -> Response:
    line = queries_frames.line_of(frame_id, line_id)
    return _line(line, FrameLineForm(obj=line, seen=queries_frames.mark_of_line(line)))


@admin.post("/frames/<int:frame_id>/lines/<int:line_id>")
def save_frame_line(frame_id: int, line_id: int) -> AnyResponse:
    form = FrameLineForm()
    typed = (frame_id, line_id, form.label.data or "", form.hint.data or "", me().person_id, form.seen.data or "")
    if form.accepted() and form.attempt(operations_frames.change_line, *typed) is not None:
        said = _("Changed everywhere: whatever was ticked with it reads the new words.")
        return done(url_for("admin.frame", frame_id=frame_id), said)
    line = queries_frames.line_of(frame_id, line_id)
    form.replaces(form.seen, queries_frames.mark_of_line(line))
    return _line(line, form)


@admin.post("/frames/<int:frame_id>/lines/<int:line_id>/up")
def frame_line_up(frame_id: int, line_id: int) -> AnyResponse:
    return _moved(frame_id, line_id, -1)


@admin.post("/frames/<int:frame_id>/lines/<int:line_id>/down")
def frame_line_down(frame_id: int, line_id: int) -> AnyResponse:
    return _moved(frame_id, line_id, 1)


def _moved(frame_id: int, line_id: int, step: int) -> AnyResponse:
    operations_frames.move_line(frame_id, line_id, step, me().person_id)
    return done(url_for("admin.frame", frame_id=frame_id))


def _line(line: FrameLine, form: FrameLineForm) -> Response:
    frame = queries_frames.frame_with(line.frame_id)
    return page("admin/frame_line.html", form=form, line=line, frame=frame, both=form.both())


def _one(frame_id: int, form: NewFrameLineForm) -> Response:
    found = queries_frames.frame_with(frame_id)
    return page(
        "admin/frame.html",
        form=form,
        frame=found,
        lines=queries_frames.lines_of([frame_id], retired=True)[frame_id],
        history=lines_about("frame", frame_id),
    )
