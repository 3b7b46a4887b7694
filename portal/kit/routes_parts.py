"""The doors of the contents: several lines at once, one line changed, moved, taken out and put back."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal.kit import operations_parts as act
from portal.kit.forms_acts import LinesForm, PartForm
from portal.kit.models import Kit, KitPart
from portal.kit.queries import part_of, parts_of
from portal.kit.routes import kit, the_kit
from portal.kit.sheets import contents_cells, contents_columns
from portal.web import listing as lists
from portal.web import money
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.forms import SureForm, pressed
from portal.web.hypermedia import done, page


@kit.get("/<int:kit_id>/contents")
def contents(kit_id: int) -> Response:
    box = the_kit(kit_id, to_mind=True)
    if kind := lists.wanted_export():
        return lists.export(box.title, contents_columns(), parts_of(kit_id), kind, contents_cells(box.currency))
    return _contents_page(box, LinesForm(box.currency))


@kit.post("/<int:kit_id>/contents")
def add_parts(kit_id: int) -> Response:
    box = the_kit(kit_id, to_mind=True)
    form = LinesForm(box.currency)
    if form.accepted() and (count := form.attempt(act.add_parts, me().person_id, kit_id, form.read)):
        return done(
            url_for(".contents", kit_id=kit_id), ngettext("%(num)s thing added.", "%(num)s things added.", count)
        )
    return _contents_page(box, form)


@kit.get("/<int:kit_id>/contents/<int:part_id>")
def edit_part(kit_id: int, part_id: int) -> Response:
    box, part = _both(kit_id, part_id)
    return page("kit/part.html", form=PartForm(box.currency, part), kit=box, part=part)


@kit.post("/<int:kit_id>/contents/<int:part_id>")
def change_part(kit_id: int, part_id: int) -> Response:
    box, part = _both(kit_id, part_id)
    form = PartForm(box.currency)
    if form.accepted() and form.attempt(act.change_part, me().person_id, kit_id, part_id, form.said()):
        return done(url_for(".contents", kit_id=kit_id), _("Saved."))
    return page("kit/part.html", form=form, kit=box, part=part)


@kit.post("/<int:kit_id>/contents/<int:part_id>/place")
def move_part(kit_id: int, part_id: int) -> Response:
    _both(kit_id, part_id)
    way = "up" if request.form.get("way") == "up" else "down"
    pressed(act.move_part, me().person_id, kit_id, part_id, "up" if way == "up" else "down")
    return done(url_for(".contents", kit_id=kit_id))


@kit.post("/<int:kit_id>/contents/<int:part_id>/removal")
def remove_part(kit_id: int, part_id: int) -> Response:
    _box, part = _both(kit_id, part_id)
    form, back = SureForm(), url_for(".contents", kit_id=kit_id)
    if not form.accepted() or not form.attempt(act.remove_part, me().person_id, kit_id, part_id):
        return done(back)
    undo = url_for(".return_part", kit_id=kit_id, part_id=part_id)
    return done(back, _("“%(part)s” no longer belongs in it.", part=part.title), undo)


@kit.post("/<int:kit_id>/contents/<int:part_id>/removal/undo")
def return_part(kit_id: int, part_id: int) -> Response:
    _box, part = _both(kit_id, part_id, removed=True)
    pressed(act.return_part, me().person_id, kit_id, part_id)
    return done(url_for(".contents", kit_id=kit_id), _("“%(part)s” belongs in it again.", part=part.title))


def _both(kit_id: int, part_id: int, removed: bool = False) -> tuple[Kit, KitPart]:
    box = the_kit(kit_id, to_mind=True)
    part = part_of(kit_id, part_id)
    if part is None or (part.removed_at and not removed):
        raise NotHere
    return box, part


def _contents_page(box: Kit, form: LinesForm) -> Response:
    return page("kit/contents.html", form=form, kit=box, parts=parts_of(box.id), in_words=money.in_words)
