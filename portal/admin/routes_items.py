"""The administrator's doors to the item bank: the questions that evaluations are made of."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.admin.forms_items import ItemForm, NewItemForm
from portal.admin.routes import admin
from portal.history.queries import lines_about
from portal.surveys import words
from portal.surveys.operations_items import (
    MOST_USUAL,
    MOST_USUAL_WORDS,
    add_item,
    change_item,
    move_item,
    retire_item,
)
from portal.surveys.queries_items import item_with, items
from portal.web.access import me
from portal.web.hypermedia import done, page


@admin.get("/questions")
def questions() -> Response:
    return _bank(NewItemForm())


@admin.post("/questions")
def new_question() -> AnyResponse:
    form = NewItemForm()
    if form.accepted() and form.attempt(add_item, form.typed(), me().person_id) is not None:
        return done(url_for("admin.questions"), _("It stands in the bank now, and can be chosen for an event."))
    return _bank(form)


@admin.get("/questions/<int:question_id>")
def edit_question(question_id: int) -> Response:
    item = item_with(question_id)
    return _one(question_id, ItemForm(obj=item, was=item.text))


@admin.post("/questions/<int:question_id>")
def save_question(question_id: int) -> AnyResponse:
    item, form = item_with(question_id), ItemForm()
    typed = (question_id, form.was.data or "", form.typed(item.kind), me().person_id)
    if form.accepted() and form.attempt(change_item, *typed) is not None:
        return done(url_for("admin.questions"), _("Changed for all that is asked from now on."))
    return _one(question_id, form)


@admin.post("/questions/<int:question_id>/up")
def question_up(question_id: int) -> AnyResponse:
    move_item(question_id, -1, me().person_id)
    return done(url_for("admin.questions"))


@admin.post("/questions/<int:question_id>/down")
def question_down(question_id: int) -> AnyResponse:
    move_item(question_id, 1, me().person_id)
    return done(url_for("admin.questions"))


@admin.post("/questions/<int:question_id>/retire")
def retire_question(question_id: int) -> AnyResponse:
    retire_item(question_id, True, me().person_id)
    undo = url_for("admin.restore_question", question_id=question_id)
    return done(url_for("admin.questions"), _("No longer offered. Where it was asked, it stays."), undo=undo)


@admin.post("/questions/<int:question_id>/restore")
def restore_question(question_id: int) -> AnyResponse:
    retire_item(question_id, False, me().person_id)
    return done(url_for("admin.questions"), _("It is offered again. Tick it if it shall be usual."))


def _bank(form: NewItemForm) -> Response:
    found = items(retired=True)
    usual = sum(item.is_usual for item in found)
    return page(
        "admin/questions.html",
        form=form,
        items=found,
        usual=usual,
        words=words,
        most=MOST_USUAL,
        most_words=MOST_USUAL_WORDS,
    )


def _one(question_id: int, form: ItemForm) -> Response:
    item = item_with(question_id)
    form.replaces(form.was, item.text)
    return page(
        "admin/question.html", form=form, item=item, words=words,
        lines=lines_about("survey-item", question_id),
    )  # fmt: skip
