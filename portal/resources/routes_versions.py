"""The doors of a pack's versions: which there were, what changed between two of them, a new one, a changed copy."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal.networks.scope import here
from portal.resources import operations as make
from portal.resources.forms_acts import VersionForm
from portal.resources.policy import can_edit_pack, can_make_pack
from portal.resources.queries import items_of
from portal.resources.queries_changes import changes_between
from portal.resources.queries_versions import told_version, version_of, versions_of
from portal.resources.routes import resources, the_pack
from portal.web.access import me
from portal.web.errors import NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.numbers import row_number


@resources.get("/<int:pack_id>/versions")
def versions(pack_id: int) -> Response:
    pack = the_pack(pack_id)
    can_edit = can_edit_pack(here().membership, pack)
    return page(
        "resources/versions.html", form=VersionForm(), pack=pack, versions=versions_of(pack_id), can_edit=can_edit
    )


@resources.post("/<int:pack_id>/versions")
def start_version(pack_id: int) -> Response:
    pack, form = the_pack(pack_id, to_edit=True), VersionForm()
    if form.accepted():
        number = form.attempt(make.start_version, me().person_id, pack_id, form.note.data or "")
        if number:
            return done(
                url_for(".items", pack_id=pack_id),
                _("This is version %(number)s now. Change what is new.", number=number),
            )
    return page("resources/versions.html", form=form, pack=pack, versions=versions_of(pack_id), can_edit=True)


@resources.get("/<int:pack_id>/versions/<int:version_number>")
def version(pack_id: int, version_number: int) -> Response:
    pack, old = the_pack(pack_id), version_of(pack_id, version_number)
    if old is None:
        raise NotHere
    return page(
        "resources/version.html", pack=pack, old=old, said=told_version(old), items=items_of(pack_id, version_number)
    )


@resources.get("/<int:pack_id>/changes")
def changes(pack_id: int) -> Response:
    """What changed from one version to another; the last change unless the address says which."""
    pack = the_pack(pack_id)
    newer = request.args.get("to", pack.version, type=row_number)
    older = request.args.get("from", newer - 1, type=row_number)
    if older > newer:
        older, newer = newer, older
    found = changes_between(pack, older, newer)
    if found is None:
        raise NotHere
    return page("resources/changes.html", pack=pack, older=older, newer=newer, changes=found)


@resources.post("/<int:pack_id>/adaptations")
def adapt(pack_id: int) -> Response:
    the_pack(pack_id)
    if not can_make_pack(here().membership):
        raise NotYours
    form = ActForm()
    copy_id = form.attempt(make.adapt_pack, me().person_id, pack_id) if form.accepted() else None
    if copy_id:
        count = len(items_of(copy_id))
        sentence = ngettext(
            "A copy is yours, as a draft, with %(num)s file or link. Change what you changed in class.",
            "A copy is yours, as a draft, with %(num)s files and links. Change what you changed in class.",
            count,
        )
        return done(url_for(".edit", pack_id=copy_id), sentence)
    return done(url_for(".show", pack_id=pack_id), form.refusal(), kind="wrong")
