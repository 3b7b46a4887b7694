"""The administrator's doors to the region's words."""

from flask import Response, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms import WordForm
from portal.admin.operations_words import add_word, change_word, move_word, retire_word
from portal.admin.routes import admin
from portal.history.queries import lines_about
from portal.vocabulary.models import KINDS
from portal.vocabulary.operations import word_with
from portal.vocabulary.queries import all_words, words_of
from portal.web.access import me
from portal.web.errors import NotHere
from portal.web.hypermedia import done, page

NAMES: dict[str, LazyString] = {
    "subject": _l("Subjects"),
    "phase": _l("Phases"),
    "role": _l("Roles at work"),
    "organisation_kind": _l("Kinds of organisation"),
    "licence": _l("Licences"),
    "language": _l("Languages"),
    "focus": _l("What mentoring is about"),
    "locale": _l("Kinds of place"),
    "mentoring_activity": _l("What mentors and mentees do"),
    "mentoring_need": _l("What new teachers want help with"),
    "support_topic": _l("What schools are supported with"),
}


@admin.get("/words")
def words() -> Response:
    return page("admin/words.html", kinds=NAMES, words=all_words())


@admin.get("/words/<word_kind>")
def words_of_kind(word_kind: str) -> Response:
    return _kind_page(word_kind, WordForm())


@admin.post("/words/<word_kind>")
def new_word(word_kind: str) -> AnyResponse:
    form = WordForm()
    if form.accepted():
        typed = (form.label.data or "", form.hint.data or "", form.also.data or "")
        word = form.attempt(add_word, word_kind, *typed, me().person_id)
        if word:
            return done(
                url_for("admin.words_of_kind", word_kind=word_kind), _("“%(word)s” is offered now.", word=word.label)
            )
    return _kind_page(word_kind, form)


@admin.get("/words/<int:word_id>/edit")
def edit_word(word_id: int) -> Response:
    return _word_page(word_id, None)


@admin.post("/words/<int:word_id>/edit")
def save_word(word_id: int) -> AnyResponse:
    form = WordForm()
    if form.accepted():
        typed = (form.label.data or "", form.hint.data or "", form.also.data or "")
        word = form.attempt(change_word, word_id, *typed, me().person_id)
        if word:
            text = _("Changed everywhere: whatever carries the word follows.")
            return done(url_for("admin.words_of_kind", word_kind=word.kind), text)
    return _word_page(word_id, form)


@admin.post("/words/<int:word_id>/up")
def move_up(word_id: int) -> AnyResponse:
    return _back(move_word(word_id, -1, me().person_id).kind)


@admin.post("/words/<int:word_id>/down")
def move_down(word_id: int) -> AnyResponse:
    return _back(move_word(word_id, 1, me().person_id).kind)


@admin.post("/words/<int:word_id>/retire")
def retire(word_id: int) -> AnyResponse:
    word = retire_word(word_id, True, me().person_id)
    text = _("“%(word)s” is no longer offered. What carries it keeps it.", word=word.label)
    return done(
        url_for("admin.words_of_kind", word_kind=word.kind), text, undo=url_for("admin.restore", word_id=word_id)
    )


@admin.post("/words/<int:word_id>/restore")
def restore(word_id: int) -> AnyResponse:
    word = retire_word(word_id, False, me().person_id)
    return done(url_for("admin.words_of_kind", word_kind=word.kind), _("“%(word)s” is offered again.", word=word.label))


def _back(kind: str) -> AnyResponse:
    return done(url_for("admin.words_of_kind", word_kind=kind))


def _kind_page(kind: str, form: WordForm) -> Response:
    if kind not in KINDS:
        raise NotHere
    return page("admin/words_of_kind.html", form=form, kind=kind, name=NAMES[kind], words=words_of(kind, retired=True))


def _word_page(word_id: int, form: WordForm | None) -> Response:
    word = word_with(word_id)
    form = form or WordForm(obj=word)
    return page("admin/word.html", form=form, word=word, name=NAMES[word.kind], lines=lines_about("word", word_id))
