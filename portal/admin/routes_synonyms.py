"""The administrator's doors to synonyms: words of which any finds all."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms_synonyms import SynonymsForm
from portal.admin.operations_synonyms import (
    add_synonyms,
    change_synonyms,
    delete_synonyms,
    restore_synonyms,
    synonyms_with,
)
from portal.admin.routes import admin
from portal.fulltext.synonyms import groups
from portal.history.queries import lines_about
from portal.web.access import me
from portal.web.hypermedia import done, page


@admin.get("/synonyms")
def synonyms() -> Response:
    return _all(SynonymsForm())


@admin.post("/synonyms")
def new_synonyms() -> AnyResponse:
    form = SynonymsForm()
    if form.accepted():
        group = form.attempt(add_synonyms, form.words.data or "", me().person_id)
        if group:
            return done(
                url_for("admin.synonyms"), _("From now on any of these finds all: %(words)s", words=group.words)
            )
    return _all(form)


@admin.get("/synonyms/<int:synonyms_id>")
def edit_synonyms(synonyms_id: int) -> Response:
    words = synonyms_with(synonyms_id).words
    return _one(synonyms_id, SynonymsForm(words=words, was=words))


@admin.post("/synonyms/<int:synonyms_id>")
def save_synonyms(synonyms_id: int) -> AnyResponse:
    synonyms_with(synonyms_id)
    form = SynonymsForm()
    if form.accepted():
        typed = (form.was.data or "", form.words.data or "", me().person_id)
        if form.attempt(change_synonyms, synonyms_id, *typed):
            return done(url_for("admin.synonyms"), _("Changed. The next search follows it."))
    return _one(synonyms_id, form)


@admin.post("/synonyms/<int:synonyms_id>/delete")
def drop_synonyms(synonyms_id: int) -> AnyResponse:
    words = delete_synonyms(synonyms_id, me().person_id)
    undo = url_for("admin.undelete_synonyms", synonyms_id=synonyms_id)
    return done(url_for("admin.synonyms"), _("No longer looked for together: %(words)s", words=words), undo=undo)


@admin.post("/synonyms/<int:synonyms_id>/restore")
def undelete_synonyms(synonyms_id: int) -> AnyResponse:
    words = restore_synonyms(synonyms_id, me().person_id)
    return done(url_for("admin.synonyms"), _("Looked for together again: %(words)s", words=words))


def _all(form: SynonymsForm) -> Response:
    return page("admin/synonyms.html", form=form, groups=groups())


def _one(synonyms_id: int, form: SynonymsForm) -> Response:
    group = synonyms_with(synonyms_id)
    form.replaces(form.was, group.words)
    lines = lines_about("synonyms", synonyms_id)
    return page(
        "admin/one_synonyms.html",
        form=form,
        group=group,
        lines=lines,
    )
